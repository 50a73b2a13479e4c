"""Asking other catalogues for their news."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from django.urls import reverse

from resursnav.deliver.exchange import actions, jobs
from resursnav.deliver.exchange.formats import harvest as harvesting
from resursnav.deliver.exchange.formats.harvest import Harvester
from resursnav.deliver.exchange.models import Harvest
from resursnav.deliver.resources.models import Resource
from resursnav.foundation.access import Role
from resursnav.foundation.imports.models import ImportBatch, Status
from resursnav.foundation.imports.reasons import Unreadable
from tests import factories

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ADDRESS = "https://katalog.example.org/oai"


def record(number, title="Vargen", status=""):
    inside = "" if status else (
        '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title} {number}</dc:title>'
        f"<dc:language>swe</dc:language><dc:subject>Biologi</dc:subject><dc:identifier>https://katalog.example.org/{number}</dc:identifier>"
        "<dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights></oai_dc:dc></metadata>"
    )  # fmt: skip
    mark = f' status="{status}"' if status else ""
    head = f"<identifier>oai:x:{number}</identifier><datestamp>2026-01-01</datestamp>"
    return f"<record><header{mark}>{head}</header>{inside}</record>"


def answer(*records, token="", error=""):
    more = f"<resumptionToken>{token}</resumptionToken>" if token else ""
    body = f'<error code="{error}">nej</error>' if error else f"<ListRecords>{''.join(records)}{more}</ListRecords>"
    return (
        '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2026-11-21T03:00:00Z</responseDate><request>x</request>{body}</OAI-PMH>"
    )


class Catalogue:
    """A catalogue that answers in turn what it has been told to."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self.transport = httpx.MockTransport(self.handle)

    def handle(self, request):
        self.asked.append(dict(request.url.params))
        found = self.answers.pop(0)
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, httpx.Response) else httpx.Response(200, text=found)


def asking(*answers, **options):
    catalogue = Catalogue(*answers)
    slept = []
    options = {"resolve": lambda host: ["93.184.216.34"], "sleep": slept.append} | options
    return Harvester(ADDRESS, transport=catalogue.transport, **options), catalogue, slept


def refused(*answers, **options):
    with pytest.raises(Unreadable) as caught:
        list(asking(*answers, **options)[0].pieces())
    return caught.value.reason


@pytest.fixture
def owner(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.HARVEST_PRIVATE = True
    return factories.organisation()


def kept(owner, **fields):
    fields = {"source": "Filmkatalogen", "address": ADDRESS, "prefix": "oai_dc"} | fields
    return actions.add_harvest(owner=owner, by=None, at=AT, **fields)


def test_it_follows_the_tokens_over_one_connection():
    harvester, catalogue, slept = asking(
        answer(record(1), token="a b&amp;c"),
        answer(record(2), record(3)),
        prefix="oai_dc",
        since="2026-01-01",
        subset="film",
    )
    text = b"".join(harvester.pieces()).decode()
    assert text.count("Vargen") == 3
    assert catalogue.asked == [
        {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01", "set": "film"},
        {"verb": "ListRecords", "resumptionToken": "a b&c"},
    ]
    assert harvester.answered_at == "2026-11-21T03:00:00Z"
    assert slept == []


def test_it_waits_for_a_busy_server_and_gives_up_in_the_end():
    harvester, _catalogue, slept = asking(
        httpx.Response(503, headers={"Retry-After": "7"}), httpx.ConnectError("down"), answer(record(1))
    )
    assert b"Vargen 1" in b"".join(harvester.pieces())
    assert slept == [7.0, 4.0]
    assert refused(*[httpx.Response(502)] * 4) == "harvest.status"
    assert refused(httpx.Response(404)) == "harvest.gone"
    assert refused(*[httpx.ReadTimeout("")] * 4) == "harvest.late"
    assert refused(*[httpx.ConnectError("certificate verify failed")] * 4) == "harvest.certificate"
    assert refused(*[httpx.ConnectError("refused")] * 4) == "harvest.no_answer"
    assert refused("<!DOCTYPE html><html><p>Välkommen</p></html>") == "harvest.web_page"
    harvester, _catalogue, slept = asking(httpx.Response(429, headers={"Retry-After": "999999"}), answer(record(1)))
    list(harvester.pieces())
    assert slept == [120.0]
    said = {"Retry-After": "Sun, 22 Nov 2026 12:00:30 GMT", "Date": "Sun, 22 Nov 2026 12:00:00 GMT"}
    harvester, _catalogue, slept = asking(httpx.Response(503, headers=said), answer(record(1)))
    list(harvester.pieces())
    assert slept == [30.0]
    harvester, _catalogue, slept = asking(httpx.Response(503, headers={"Retry-After": "soon"}), answer(record(1)))
    list(harvester.pieces())
    assert slept == [2.0]


def test_it_refuses_circles_errors_bombs_and_endless_answers(monkeypatch):
    assert refused(answer(record(1), token="x"), answer(record(2), token="x")) == "harvest.circle"
    assert refused(answer(error="badArgument")) == "harvest.error"
    assert refused('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>') == "xml.forbidden"
    assert refused("<OAI-PMH>") == "xml.broken"
    monkeypatch.setattr(harvesting, "ANSWER_BYTES", 100)
    assert refused(answer(record(1))) == "harvest.too_large"


def test_it_finds_nothing_new():
    harvester, _catalogue, _slept = asking(answer(error="noRecordsMatch"))
    assert b"record" not in b"".join(harvester.pieces()).lower().replace(b"listrecords", b"")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "0.0.0.0"])
def test_it_does_not_ask_inside_our_own_network(address):
    assert refused(answer(record(1)), resolve=lambda host: [address]) == "harvest.private"
    assert refused(answer(record(1)), resolve=lambda host: ["93.184.216.34", address]) == "harvest.private"
    harvester, _catalogue, _slept = asking(answer(record(1)), resolve=lambda host: [address], allow_private=True)
    assert list(harvester.pieces())


def test_it_does_not_follow_a_redirect_inside():
    hop = httpx.Response(302, headers={"Location": "http://intern.example.org/oai"})

    def inside(host):
        return ["10.0.0.1"] if host.startswith("intern") else ["93.184.216.34"]

    assert refused(hop, resolve=inside) == "harvest.private"
    assert refused(httpx.Response(302, headers={"Location": "file:///etc/passwd"})) == "harvest.address"
    again = [httpx.Response(302, headers={"Location": ADDRESS}) for _ in range(9)]
    assert refused(*again) == "harvest.redirects"
    harvester, _catalogue, _slept = asking(httpx.Response(301, headers={"Location": "/nytt/oai"}), answer(record(1)))
    assert b"Vargen 1" in b"".join(harvester.pieces())

    def lost(host):
        raise OSError("no such host")

    assert refused(answer(record(1)), resolve=lost) == "harvest.no_such_host"
    assert refused(answer(record(1)), resolve=lambda host: []) == "harvest.no_such_host"


def test_it_resolves_names():
    assert "127.0.0.1" in harvesting.resolved("localhost")


def test_it_takes_in_what_is_new_changed_and_gone(owner):
    harvest = kept(owner)
    catalogue = Catalogue(answer(record(1), record(2)))
    batch = actions.run_harvest(harvest=harvest, by=None, at=AT, transport=catalogue.transport)
    assert (batch.status, batch.new) == (Status.APPLIED, 2)
    harvest.refresh_from_db()
    assert (harvest.harvested_to, harvest.fault, harvest.tried_at) == ("2026-11-21", "", AT)
    one = Resource.objects.get(source_id="oai:x:1")
    assert (one.title, one.languages, one.licence) == ("Vargen 1", ["sv"], "CC-BY")
    catalogue = Catalogue(answer(record(1, "Älgen"), record(2, status="deleted"), record(3, status="deleted")))
    batch = actions.run_harvest(harvest=harvest, by=None, at=AT, transport=catalogue.transport)
    assert catalogue.asked[0]["from"] == "2026-11-21"
    assert (batch.status, batch.changed, batch.same) == (Status.APPLIED, 2, 1)
    one.refresh_from_db()
    assert one.title == "Älgen 1"
    assert Resource.objects.get(source_id="oai:x:2").status == "withdrawn"
    assert Resource.objects.count() == 2


def test_it_asks_for_the_same_again_after_a_failure(owner):
    harvest = kept(owner)
    catalogue = Catalogue(answer(record(1), token="x"), answer(error="badResumptionToken"))
    assert actions.run_harvest(harvest=harvest, by=None, at=AT, transport=catalogue.transport) is None
    harvest.refresh_from_db()
    assert "badResumptionToken" in harvest.why()
    assert harvest.harvested_to == ""
    assert not Resource.objects.exists()
    assert not ImportBatch.objects.exists()
    one_wrong = record(1).replace("<dc:title>Vargen 1</dc:title>", "")
    catalogue = Catalogue(answer(one_wrong, record(2)))
    batch = actions.run_harvest(harvest=harvest, by=None, at=AT, transport=catalogue.transport)
    assert (batch.status, batch.new, batch.wrong) == (Status.APPLIED, 1, 1)


def test_it_refuses_a_source_twice(owner):
    kept(owner)
    with pytest.raises(actions.UnableToHarvest):
        kept(owner)


def test_it_is_done_by_the_worker(owner, monkeypatch):
    kept(owner)
    off = kept(owner, source="Annan")
    Harvest.objects.filter(pk=off.pk).update(is_on=False)
    ran = []
    monkeypatch.setattr(jobs, "run_harvest", lambda harvest, by, at: ran.append(harvest.source) or object())
    assert jobs.harvest() == 1
    assert ran == ["Filmkatalogen"]


def test_it_is_fetched_by_one_at_a_time_and_shows_how_far_it_has_come(client, owner, monkeypatch):
    harvest = kept(owner)
    monkeypatch.setattr(actions, "TICK_EVERY", 0.0)
    assert actions.begin_harvest(harvest=harvest, by=None, at=AT)
    assert actions.run_harvest(harvest=harvest, by=None, at=AT) is None
    actions.want_harvest(harvest=harvest, by=None, at=AT)
    late = AT + timedelta(hours=3)
    token = '<resumptionToken completeListSize="250">x</resumptionToken>'
    catalogue = Catalogue(answer(record(1), token="y").replace("<resumptionToken>y</resumptionToken>", token))
    seen = []

    def handle(request):
        seen.append(Harvest.objects.values_list("fetched", "expected").get())
        if len(seen) == 1:
            return httpx.Response(200, text=catalogue.answers[0])
        client.force_login(factories.person(Role.COORDINATOR, owner))
        assert "1 av 250 poster" in client.get(reverse("exchange:harvests")).content.decode()
        return httpx.Response(200, text=answer(record(2)))

    transport = httpx.MockTransport(handle)
    assert actions.run_harvest(harvest=harvest, by=None, at=late, transport=transport).new == 2
    assert seen == [(0, 0), (1, 250)]
    harvest.refresh_from_db()
    assert harvest.began_at is None


def test_it_gives_the_harvest_up_when_something_breaks(owner):
    harvest = kept(owner)
    with pytest.raises(ZeroDivisionError):
        actions.run_harvest(harvest=harvest, by=None, at=AT, transport=Catalogue(ZeroDivisionError()).transport)
    harvest.refresh_from_db()
    assert (harvest.began_at, harvest.fault) == (None, "import.broke")


def test_it_is_set_up_and_stopped_on_its_page(client, owner, monkeypatch):
    client.force_login(factories.person(Role.COORDINATOR, owner, given_name="Biljana"))
    address = reverse("exchange:harvests")
    assert "Ingen katalog hämtas än" in client.get(address).content.decode()
    said = {"owner": owner.pk, "source": "Filmkatalogen", "address": ADDRESS, "format": "oai_dc", "subset": ""}
    assert client.post(address, said | {"address": "ftp:x"}).status_code == 422
    assert client.post(address, said).status_code == 302
    assert client.post(address, said).status_code == 422
    harvest = Harvest.objects.get()
    assert ADDRESS in client.get(address).content.decode()
    went = client.post(reverse("exchange:run_harvest", args=[harvest.pk]))
    assert went.url == address
    page = client.get(address).content.decode()
    assert "Börjar strax" in page
    assert 'http-equiv="refresh"' in page
    assert "Hämta nu" not in page
    catalogue = Catalogue(answer(record(1)), httpx.Response(404))
    monkeypatch.setattr(Harvester, "_get", _get_through(catalogue))
    assert jobs.harvest_wanted() == 1
    assert jobs.harvest_wanted() == 0
    batch = ImportBatch.objects.get()
    assert batch.uploaded_by.given_name == "Biljana"
    page = client.get(address).content.decode()
    assert reverse("imports:show", args=[batch.pk]) in page
    assert "1 nya, 0 ändrade" in page
    client.post(reverse("exchange:run_harvest", args=[harvest.pk]))
    jobs.harvest_wanted()
    part = client.get(reverse("exchange:harvests_state"), headers={"HX-Request": "true"}).content.decode()
    assert "HTTP 404" in part
    assert "<html" not in part
    assert client.get(reverse("exchange:harvests_state")).url == address
    stranger = factories.person(Role.COORDINATOR, factories.organisation())
    client.force_login(stranger)
    assert client.post(reverse("exchange:remove_harvest", args=[harvest.pk])).status_code == 404
    client.force_login(factories.person(Role.EXPERT, owner))
    assert client.post(reverse("exchange:remove_harvest", args=[harvest.pk])).status_code == 403
    client.force_login(factories.person(Role.COORDINATOR, owner))
    assert client.post(reverse("exchange:remove_harvest", args=[harvest.pk])).status_code == 302
    assert not Harvest.objects.exists()
    assert Resource.objects.count() == 1


def _get_through(catalogue):
    real = Harvester._get

    def get(self, client, asked):
        return real(self, httpx.Client(transport=catalogue.transport), asked)

    return get


def test_it_keeps_why_the_answer_could_not_be_received(owner, settings):
    settings.UPLOAD_LIMIT = 10
    harvest = kept(owner)
    catalogue = Catalogue(answer(record(1)))
    assert actions.run_harvest(harvest=harvest, by=None, at=AT, transport=catalogue.transport) is None
    harvest.refresh_from_db()
    assert harvest.fault
    assert not ImportBatch.objects.exists()
