"""What other machines read of us: OAI-PMH, feeds and JSON-LD."""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from lxml import etree
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from resursnav.deliver.exchange import oai, providing
from resursnav.deliver.exchange.formats import amb_shape, oai_file
from resursnav.deliver.exchange.formats.oai_file import AMB_ROOT, DC_ROOT
from resursnav.deliver.resources.actions.bulk import upsert
from resursnav.deliver.resources.drafts import (
    CreatorDraft,
    EditionDraft,
    LinkDraft,
    ResourceDraft,
    SubjectDraft,
    fitted,
)
from resursnav.deliver.resources.models import Resource
from resursnav.foundation.access import Role
from resursnav.foundation.imports.reasons import Problem
from resursnav.foundation.imports.safe_xml import elements
from resursnav.foundation.search import index
from tests import factories

AT = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
NS = {"o": oai.OAI, "dc": oai.DC, "oai_dc": oai.OAI_DC, "amb": oai.AMB}

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("oai.rng")))
DC_NAMES = {
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier",
    "source", "language", "relation", "coverage", "rights",
}  # fmt: skip


def drafts(number, first=0):
    for n in range(first, first + number):
        yield fitted(
            ResourceDraft(
                "test",
                f"{n}",
                f"Titel {n} < & > \x0b å",
                description="Om sol & vind </script><script>alert(1)</script>",
                creators=(CreatorDraft("Öberg, Åsa"), CreatorDraft("Ek, Bo", "illustrator")),
                publisher="Förlaget",
                year=2020,
                languages=("sv",),
                editions=(EditionDraft("film", url=f"https://example.org/{n}", duration_s=90, extent="2 min"),),
                identifiers=(("isbn", f"978{n:010}"), ("doi", f"10.1234/{n}")),
                subjects=(SubjectDraft("school", "MAT", "Matematik"), SubjectDraft("topic", "sol", "sol")),
                school_forms=("GR",),
                grade_from=4,
                grade_to=6,
                licence="CC-BY",
                licence_url="https://creativecommons.org/licenses/by/4.0/",
                links=(LinkDraft("https://example.org/mer"),),
            )
        )[0]


@pytest.fixture
def owner(db, settings):
    settings.BASE_URL = "https://katalog.example.org"
    settings.CENTRE_EMAIL = "centret@example.org"
    return factories.organisation()


def fill(owner, number, at=AT, **options):
    upsert(drafts=drafts(number), owner=owner, source="test", by=None, at=at, **options)
    return list(Resource.objects.order_by("pk"))


def ask(client, **arguments):
    answer = client.get(reverse("exchange:oai"), {name.rstrip("_"): value for name, value in arguments.items()})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/xml")
    root = etree.fromstring(answer.content)
    assert GRAMMAR.validate(root), GRAMMAR.error_log
    return root


def code(root):
    return [one.get("code") for one in root.findall("o:error", NS)]


def test_it_says_who_it_is(client, owner):
    fill(owner, 1)
    root = ask(client, verb="Identify")
    said = {one.tag.rpartition("}")[2]: one.text for one in root.find("o:Identify", NS)}
    assert said["baseURL"] == "https://katalog.example.org/oai"
    assert said["earliestDatestamp"] == "2026-11-22T12:00:00Z"
    assert root.find("o:request", NS).get("verb") == "Identify"


def test_it_gives_a_record_in_dublin_core_and_amb(client, owner):
    one = fill(owner, 1)[0]
    name = f"oai:katalog.example.org:resource/{one.pk}"
    root = ask(client, verb="GetRecord", identifier=name, metadataPrefix="oai_dc")
    inside = root.find(".//oai_dc:dc", NS)
    assert {child.tag.rpartition("}")[2] for child in inside} <= DC_NAMES
    assert inside.findtext("dc:title", namespaces=NS) == "Titel 0 < & >  å"
    assert [child.text for child in inside.findall("dc:identifier", NS)] == [
        f"https://katalog.example.org/resources/{one.pk}/",
        "urn:isbn:9780000000000",
        "https://doi.org/10.1234/0",
    ]
    assert inside.findtext("dc:contributor", namespaces=NS) == "Ek, Bo"
    root = ask(client, verb="GetRecord", identifier=name, metadataPrefix="amb")
    said = json.loads(root.findtext(".//amb:json", namespaces=NS))
    assert amb_shape.faults(said) == []
    assert said["id"] == f"https://katalog.example.org/resources/{one.pk}/"
    assert said["duration"] == "PT1M30S"


def test_it_answers_post_too_and_forbids_the_rest(client, owner):
    fill(owner, 1)
    assert client.post(reverse("exchange:oai"), {"verb": "Identify"}).status_code == 200
    assert client.put(reverse("exchange:oai")).status_code == 405


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", "badVerb"),
        ("verb=Nonsense", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&extra=1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2025-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2025-13-01T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=i-gar", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2025-01-01&until=2025-01-02T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-01&until=2026-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marcxml", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=film", "noSetHierarchy"),
        ("verb=ListSets", "noSetHierarchy"),
        ("verb=ListSets&resumptionToken=x", "noSetHierarchy"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:other:resource/1", "idDoesNotExist"),
        (
            "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:katalog.example.org:resource/999999999",
            "idDoesNotExist",
        ),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:katalog.example.org:resource/%D9%A1", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%00", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=oai:katalog.example.org:resource/999999999", "idDoesNotExist"),
    ],
)
def test_it_names_each_fault_by_the_protocols_code(client, owner, query, wanted):
    fill(owner, 1)
    answer = client.get(f"{reverse('exchange:oai')}?{query}")
    root = etree.fromstring(answer.content)
    assert GRAMMAR.validate(root), GRAMMAR.error_log
    assert code(root) == [wanted]
    attributes = dict(root.find("o:request", NS).attrib)
    assert (attributes == {}) is (wanted in {"badVerb", "badArgument"})


def test_it_says_that_a_record_is_gone(client, owner):
    kept, gone = fill(owner, 2)
    Resource.objects.filter(pk=gone.pk).update(
        status="withdrawn", withdrawn_reason="Avtalet tog slut", updated_at=AT + timedelta(hours=1)
    )
    root = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    headers = root.findall(".//o:header", NS)
    assert [one.get("status") for one in headers] == [None, "deleted"]
    assert len(root.findall(".//o:metadata", NS)) == 1
    name = providing.identifier(gone.pk)
    assert code(ask(client, verb="ListMetadataFormats", identifier=name)) == ["noMetadataFormats"]
    assert ask(client, verb="GetRecord", identifier=name, metadataPrefix="amb").find(".//o:metadata", NS) is None
    root = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc", from_="2026-11-22T13:00:00Z")
    assert [one.text for one in root.findall(".//o:identifier", NS)] == [name]
    root = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc", until="2026-11-22T12:00:00Z")
    assert [one.text for one in root.findall(".//o:identifier", NS)] == [providing.identifier(kept.pk)]
    assert ask(client, verb="ListMetadataFormats", identifier=providing.identifier(kept.pk)) is not None


def test_it_shows_nothing_of_what_is_not_for_everyone(client, owner):
    fill(owner, 3)
    rows = list(Resource.objects.order_by("pk"))
    Resource.objects.filter(pk=rows[0].pk).update(visibility="branch")
    Resource.objects.filter(pk=rows[1].pk).update(status="draft", published_at=None)
    text = client.get(reverse("exchange:oai"), {"verb": "ListRecords", "metadataPrefix": "oai_dc"}).content.decode()
    assert rows[0].title.split(" <")[0] not in text
    assert rows[1].title.split(" <")[0] not in text
    assert f"resource/{rows[1].pk}<" not in text
    for name in ("rss", "atom"):
        feed = client.get(reverse(f"exchange:{name}")).content.decode()
        assert feed.count("<item>") + feed.count("<entry>") == 1
    assert client.get(reverse("exchange:jsonld", args=[rows[1].pk])).status_code == 404


def test_it_is_harvested_whole_by_sickle(live_server, owner, monkeypatch):
    monkeypatch.setattr(providing, "PAGE", 7)
    rows = fill(owner, 45)
    Resource.objects.filter(pk__in=[row.pk for row in rows[:5]]).update(status="withdrawn", withdrawn_reason="borta")
    # Many share one moment, so that the order within it must be kept, too.
    for n, row in enumerate(rows):
        Resource.objects.filter(pk=row.pk).update(updated_at=AT + timedelta(seconds=n // 10))
    harvester = Sickle(f"{live_server.url}/oai")
    assert harvester.Identify().repositoryName
    for prefix in ("oai_dc", "amb"):
        found = list(harvester.ListRecords(metadataPrefix=prefix))
        names = [record.header.identifier for record in found]
        assert sorted(names) == sorted(providing.identifier(row.pk) for row in rows)
        assert sum(record.deleted for record in found) == 5
    headers = list(harvester.ListIdentifiers(metadataPrefix="oai_dc", ignore_deleted=True))
    assert len(headers) == 40
    with pytest.raises(NoRecordsMatch):
        harvester.ListRecords(metadataPrefix="oai_dc", until="1990-01-01")


def test_it_goes_on_with_the_same_list_though_a_record_is_changed_meanwhile(client, owner, monkeypatch):
    monkeypatch.setattr(providing, "PAGE", 2)
    rows = fill(owner, 5)
    root = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    token = root.find(".//o:resumptionToken", NS)
    assert (token.get("completeListSize"), token.get("cursor")) == ("5", "0")
    Resource.objects.filter(pk=rows[0].pk).update(updated_at=AT + timedelta(days=1))
    seen = [one.text for one in root.findall(".//o:identifier", NS)]
    while token is not None and token.text:
        root = ask(client, verb="ListIdentifiers", resumptionToken=token.text)
        seen += [one.text for one in root.findall(".//o:identifier", NS)]
        token = root.find(".//o:resumptionToken", NS)
    assert set(seen) == {providing.identifier(row.pk) for row in rows}
    assert seen[-1] == providing.identifier(rows[0].pk)
    assert token is not None  # the last part of a list has an empty token
    assert token.text is None


def test_it_asks_the_database_little_however_many_the_records(client, owner, django_assert_max_num_queries):
    fill(owner, 100)
    with django_assert_max_num_queries(12):
        ask(client, verb="ListRecords", metadataPrefix="amb")


def test_it_reads_its_own_answers_back(client, owner):
    fill(owner, 3)
    for prefix, tag in (("oai_dc", DC_ROOT), ("amb", AMB_ROOT)):
        content = client.get(reverse("exchange:oai"), {"verb": "ListRecords", "metadataPrefix": prefix}).content
        assert etree.fromstring(content).find(f".//{tag}") is not None
        read = [
            one
            for line, record in elements(io.BytesIO(content), f"{oai_file.OAI}record")
            for one in oai_file.from_record(record, source="we", line=line)
        ]
        assert not [one for one in read if isinstance(one, Problem)]
        assert [one.title for one in read] == [f"Titel {n} < & > å" for n in range(3)]
        assert read[0].licence == "CC-BY"


def test_it_tells_news_as_rss_and_atom(client, owner):
    rows = fill(owner, 60)
    rss = etree.fromstring(client.get(reverse("exchange:rss")).content)
    items = rss.findall(".//item")
    assert len(items) == 50
    assert items[0].findtext("link") == f"https://katalog.example.org/resources/{rows[-1].pk}/"
    assert items[0].findtext("category") == "Matematik"
    atom = etree.fromstring(client.get(reverse("exchange:atom")).content)
    assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == 50


def test_it_tells_the_news_of_one_search_and_never_what_a_stranger_may_not_see(client, owner, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    rows = fill(owner, 12)
    Resource.objects.filter(pk=rows[0].pk).update(title="Renar & vargar <på> fjället", published_at=AT)
    Resource.objects.filter(pk=rows[1].pk).update(title="Renar för centret", visibility="centre")
    index.rebuild()
    client.force_login(factories.person(Role.COORDINATOR, owner))
    asked = {"q": "renar", "type": "film", "page": "9", "sort": "title"}
    rss = etree.fromstring(client.get(reverse("exchange:rss"), asked).content)
    assert [item.findtext("title") for item in rss.findall(".//item")] == ["Renar & vargar <på> fjället"]
    assert rss.findtext("channel/title").startswith("Nytt för ”renar”")
    assert "q=renar&type=film" in rss.findtext("channel/link")
    atom = etree.fromstring(client.get(reverse("exchange:atom"), {"type": "film"}).content)
    assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == 11
    assert atom.findtext("{http://www.w3.org/2005/Atom}title").startswith("Nytt i ett urval")
    none = etree.fromstring(client.get(reverse("exchange:rss"), {"type": "game"}).content)
    assert none.findall(".//item") == []


def test_it_offers_the_search_as_files_and_as_a_feed_with_its_filters_kept(client, owner, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    fill(owner, 25)
    index.rebuild()
    asked = "?q=titel&amp;type=film&amp;sort=title"
    text = client.get(reverse("resources:list"), {"q": "titel", "type": "film", "sort": "title"}).content.decode()
    head, body = text.split("</head>")
    for name in ("exchange:rss", "exchange:atom"):
        assert f'href="{reverse(name)}{asked}"' in head
    for name in ("exchange:search_csv", "exchange:search_xlsx", "exchange:rss"):
        assert f'href="{reverse(name)}{asked}"' in body
    assert "Följ sökningen" in body
    assert "Följ nya resurser" in client.get(reverse("resources:list")).content.decode()


def test_it_says_json_ld_by_itself_and_in_the_page(client, owner):
    one = fill(owner, 1)[0]
    answer = client.get(reverse("exchange:jsonld", args=[one.pk]))
    assert answer["Content-Type"] == "application/ld+json"
    said = json.loads(answer.content)
    assert amb_shape.faults(said) == []
    assert said["mainEntityOfPage"][0]["id"] == f"https://katalog.example.org/resources/{one.pk}/"
    text = client.get(reverse("resources:show", args=[one.pk])).content.decode()
    start = text.index('<script type="application/ld+json">') + len('<script type="application/ld+json">')
    inside = text[start : text.index("</script>", start)]
    assert json.loads(inside) == said
    assert "<" not in inside


def test_it_has_a_schema_for_its_own_element(client, db):
    assert etree.fromstring(client.get(reverse("exchange:amb_xsd")).content).tag.endswith("schema")


def test_it_explains_itself_to_people_and_answers_programs(client, db):
    asked = {"Accept": "text/html,application/xhtml+xml"}
    assert client.get(reverse("exchange:oai"), headers=asked).url == reverse("exchange:share")
    assert b"badVerb" in client.get(reverse("exchange:oai")).content
    assert b"Identify" in client.get(reverse("exchange:oai"), {"verb": "Identify"}, headers=asked).content
    page = client.get(reverse("exchange:share")).content.decode()
    for name in ("exchange:rss", "exchange:atom", "resources:list", "api:docs"):
        assert f'href="{reverse(name)}"' in page
    assert "/oai?verb=Identify" in page
    assert reverse("exchange:share") in client.get("/about/").content.decode()
