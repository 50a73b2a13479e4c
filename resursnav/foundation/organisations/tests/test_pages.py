"""The pages of the tree: anybody may read, and only those who answer for a branch may change it."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from resursnav.foundation.access import Role
from resursnav.foundation.imports import actions as imports
from resursnav.foundation.imports.models import ImportBatch, Status
from resursnav.foundation.organisations import actions, health, jobs
from resursnav.foundation.organisations.models import Branch, HeadCount, Kind, Organisation, TreeSnapshot, UnitType
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 15, 10, tzinfo=UTC)
CHANGES = ("edit", "new", "rename", "move", "merge", "close", "reopen")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def tree():
    region = factories.organisation(name="Västerbottens län", code="24")
    dorotea = factories.organisation(region, name="Dorotea", code="2425")
    return {
        "region": region,
        "dorotea": dorotea,
        "school": factories.organisation(dorotea, name="Bergvattenskolan", code="10000001"),
        "asele": factories.organisation(region, name="Åsele", code="2463"),
    }


@pytest.fixture
def coordinator(tree):
    return factories.person(Role.COORDINATOR, tree["region"])


def url(name, node=None, query=""):
    return reverse(f"organisations:{name}", args=[node.pk] if node else []) + query


def test_it_shows_regions_and_a_node_to_a_stranger(client, tree):
    assert "Västerbottens län" in client.get(url("list")).content.decode()
    page = client.get(url("show", tree["dorotea"])).content.decode()
    assert "Bergvattenskolan" in page
    assert "Arbetar här" not in page
    assert "Byt namn" not in page


def test_it_finds_by_name_code_and_type_and_hides_what_is_closed(client, tree):
    gone = factories.organisation(tree["dorotea"], name="Gamla skolan", valid_to=date(2020, 1, 1))
    assert "Bergvattenskolan" in client.get(url("list", query="?q=berg skolan")).content.decode()
    assert "Bergvattenskolan" in client.get(url("list", query="?q=10000001")).content.decode()
    assert "Bergvattenskolan" not in client.get(url("list", query="?q=x&type=library")).content.decode()
    assert "Åsele" in client.get(url("list", query="?type=municipality")).content.decode()
    assert gone.name not in client.get(url("list", query="?q=gamla")).content.decode()
    assert gone.name in client.get(url("list", query="?q=gamla&closed=1")).content.decode()
    assert gone.name not in client.get(url("show", tree["dorotea"])).content.decode()
    assert gone.name in client.get(url("show", tree["dorotea"], "?closed=1")).content.decode()


@pytest.mark.parametrize("query", ["?q=%00", "?q=" + "x" * 5000, "?page=-1", "?page=99999", "?type=hej", "?q=😀‮"])
def test_it_survives_odd_filters(client, tree, query):
    assert client.get(url("list", query=query)).status_code == 200


def test_it_exports_what_the_filter_found(client, tree):
    factories.organisation(tree["dorotea"], name="=cmd|x!A1")
    text = client.get(url("list", query="?type=school&format=csv")).content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Namn;")
    assert "'=cmd|x!A1" in text
    assert "Åsele" not in text.split("Ligger under")[0]


def test_it_shows_the_story_and_the_figures(client, tree, coordinator):
    HeadCount.objects.create(
        organisation=tree["dorotea"], what="inhabitants", counted_date=date(2025, 12, 31), number=2366
    )
    actions.rename(organisation=tree["dorotea"], name="Doroteå", by=None, at=AT, reason="Beslut 12")
    other = factories.organisation(tree["asele"], name="Åsele skola")
    actions.merge(organisation=tree["school"], into=other, by=None, at=AT)
    client.force_login(coordinator)
    page = client.get(url("show", tree["dorotea"])).content.decode()
    assert "Bytte namn från Dorotea till Doroteå" in page
    assert "Beslut 12" in page
    assert "2\u00a0366" in page
    assert "Tog över Bergvattenskolan" in client.get(url("show", other)).content.decode()
    page = client.get(url("show", tree["school"])).content.decode()
    assert "gick 15 september 2026 upp i" in page
    assert "Öppna igen" in page


@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.MUNICIPALITY_LEAD, Role.PRINCIPAL])
def test_it_asks_the_database_little_however_much_there_is(client, tree, role, django_assert_max_num_queries):
    node = {Role.COORDINATOR: tree["region"], Role.PRINCIPAL: tree["school"]}.get(role, tree["dorotea"])
    for number in range(70):
        school = factories.organisation(tree["dorotea"], name=f"Skola {number}")
        factories.person(Role.TEACHER, tree["dorotea"])
        actions.rename(organisation=school, name=f"Skolan {number}", by=None, at=AT)
    for year in range(2015, 2026):
        HeadCount.objects.create(
            organisation=tree["dorotea"], what="inhabitants", counted_date=date(year, 12, 31), number=2500 + year
        )
    actions.merge(organisation=tree["school"], into=school, by=None, at=AT)
    if role:
        client.force_login(factories.person(role, node))
    addresses = [url("list"), url("list", query="?q=skola"), url("show", tree["region"])]
    addresses += [url("show", tree["dorotea"], query) for query in ("", "?page=2", "?closed=1")]
    for address in [*addresses, url("show", tree["school"])]:
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_it_shows_the_latest_figures_and_every_page_of_what_lies_below(client, tree):
    for number in range(70):
        factories.organisation(tree["dorotea"], name=f"Skola {number:02}")
    for year, number in ((2024, 2400), (2025, 2350)):
        HeadCount.objects.create(
            organisation=tree["dorotea"], what="inhabitants", counted_date=date(year, 12, 31), number=number
        )
    first = client.get(url("show", tree["dorotea"])).content.decode()
    assert "2\u00a0350" in first
    assert "2\u00a0400" not in first
    assert "Skola 00" in first
    assert "Skola 69" not in first
    for number in ("2", "99", "999999999999"):
        later = client.get(url("show", tree["dorotea"], f"?page={number}")).content.decode()
        assert ("Skola 69" in later) == (number != "999999999999")
        assert client.get(url("show", tree["dorotea"], "?page=two")).status_code == 200


@pytest.mark.parametrize("name", CHANGES)
def test_it_keeps_strangers_and_others_out(client, tree, name):
    address = url(name, tree["school"])
    assert client.get(address).status_code == 302
    client.force_login(factories.person(Role.MUNICIPALITY_LEAD, tree["asele"]))
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    client.force_login(factories.person(Role.TEACHER, tree["school"]))
    assert client.post(address).status_code == 403
    assert client.get(reverse(f"organisations:{name}", args=[999999])).status_code == 404
    client.force_login(factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"]))
    assert client.get(address).status_code == 200
    assert client.delete(address).status_code == 405


def test_it_does_not_let_a_lead_reshape_the_municipality_itself(client, tree):
    client.force_login(factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"]))
    assert client.get(url("edit", tree["dorotea"])).status_code == 200
    for name in ("rename", "move", "merge", "close"):
        assert client.get(url(name, tree["dorotea"])).status_code == 403


def test_it_corrects_and_keeps_what_was_typed_when_wrong(client, tree):
    client.force_login(factories.person(Role.PRINCIPAL, tree["school"]))
    given = {"unit_type": "school", "code": "10000001", "town": "Dorotea", "postcode": "917"}
    page = client.post(url("edit", tree["school"]), given)
    assert page.status_code == 200
    assert page.context["form"].errors["postcode"]
    assert 'value="Dorotea"' in page.content.decode()
    given |= {"postcode": "91731", "website": "example.org"}
    assert client.post(url("edit", tree["school"]), given).status_code == 302
    school = Organisation.objects.get(pk=tree["school"].pk)
    assert (school.town, school.postcode, school.website) == ("Dorotea", "917 31", "https://example.org")


def test_it_offers_only_fields_that_the_level_has(client, tree, coordinator):
    area = factories.organisation(tree["dorotea"], kind=Kind.DEPARTMENT)
    client.force_login(coordinator)
    assert {"sigel", "unit_type"} <= set(client.get(url("edit", tree["school"])).context["form"].fields)
    assert "sigel" not in client.get(url("edit", tree["dorotea"])).context["form"].fields
    assert "code" not in client.get(url("edit", area)).context["form"].fields


def test_it_adds_below(client, tree, coordinator):
    client.force_login(coordinator)
    address = url("new", tree["dorotea"])
    page = client.post(address, {"kind": "unit", "name": "Ny skola"})
    assert page.context["form"].errors["unit_type"]
    page = client.post(
        address, {"kind": "unit", "unit_type": "school", "name": "Ny", "code": "12", "since": "2025-02-30"}
    )
    assert page.context["form"].errors["since"]
    page = client.post(address, {"kind": "unit", "unit_type": "school", "name": "Ny", "code": "12"})
    assert page.context["form"].errors["code"]
    client.post(address, {"kind": "unit", "unit_type": "school", "name": "Ny skola", "code": "10000009"})
    assert Organisation.objects.get(code="10000009").parent == tree["dorotea"]
    client.post(address, {"kind": "department", "unit_type": "school", "name": "Område norr"})
    assert Organisation.objects.get(name="Område norr").unit_type == ""
    assert client.get(url("new", tree["school"])).context["form"].fields["kind"].initial == "unit"


def test_it_renames(client, tree, coordinator):
    client.force_login(coordinator)
    assert client.post(url("rename", tree["school"]), {"name": ""}).context["form"].errors["name"]
    page = client.post(url("rename", tree["school"]), {"name": "Ny", "day": "2090-01-01"})
    assert page.context["form"].errors["day"]
    client.post(url("rename", tree["school"]), {"name": "Nya namnet"})
    assert Organisation.objects.get(pk=tree["school"].pk).name == "Nya namnet"


def test_it_moves_after_showing_what_follows(client, tree, coordinator):
    client.force_login(coordinator)
    page = client.get(url("move", tree["school"], "?q=åsele"))
    assert [node.name for node in page.context["page"]] == ["Åsele"]
    assert client.post(url("move", tree["school"])).status_code == 200
    confirm = url("move", tree["school"], f"?to={tree['asele'].pk}")
    assert "Från Dorotea till Åsele" in client.get(confirm).content.decode()
    assert client.post(confirm, {"day": "2090-01-01"}).context["form"].errors["day"]
    client.post(confirm)
    assert Organisation.objects.get(pk=tree["school"].pk).parent == tree["asele"]
    assert client.get(url("move", tree["school"], "?to=" + "9" * 40)).status_code == 200


def test_it_offers_no_place_outside_the_branch(client, tree):
    client.force_login(factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"]))
    page = client.get(url("move", tree["school"], f"?to={tree['asele'].pk}"))
    assert page.context["chosen"] is None
    assert tree["asele"] not in page.context["page"]


def test_it_merges_after_showing_what_follows(client, tree, coordinator):
    other = factories.organisation(tree["asele"], name="Åsele skola")
    factories.organisation(tree["school"], unit_type=UnitType.SCHOOL_LIBRARY)
    client.force_login(coordinator)
    confirm = url("merge", tree["school"], f"?to={other.pk}")
    page = client.get(confirm).content.decode()
    assert "Bergvattenskolan går upp i Åsele skola" in page
    assert "1 organisation som ligger under flyttas" in page
    assert client.post(confirm, {"day": "2090-01-01"}).context["form"].errors["day"]
    client.post(confirm, {"reason": "Nämnden"})
    assert Organisation.objects.get(pk=tree["school"].pk).merged_into == other


def test_it_closes_and_opens_again(client, tree, coordinator):
    client.force_login(coordinator)
    page = client.post(url("close", tree["dorotea"]))
    assert page.context["form"].errors["with_below"]
    client.post(url("close", tree["dorotea"]), {"with_below": "on"})
    assert Organisation.objects.get(pk=tree["school"].pk).valid_to
    assert client.post(url("reopen", tree["school"])).status_code == 200
    client.post(url("reopen", tree["dorotea"]))
    client.post(url("reopen", tree["school"]))
    assert not Organisation.objects.filter(valid_to__isnull=False).exists()
    assert "with_below" not in client.get(url("close", tree["school"])).context["form"].fields


def upload(client, content, kind="schools", **more):
    file = SimpleUploadedFile("fil.csv", content.encode())
    return client.post(url("imports"), {"kind": kind, "file": file, **more})


def test_it_reads_a_register_in_after_showing_what_follows(client, tree, coordinator):
    client.force_login(coordinator)
    answer = upload(client, "kod,namn,kommunkod\n10000001,Nytt namn,2425\n10000002,Ny,2463\nx,Fel,2463\n")
    text = client.get(answer["Location"]).content.decode()
    assert "Bergvattenskolan" in text
    assert "Koden ska ha 8 siffror" in text
    batch = ImportBatch.objects.get()
    assert (batch.organisation, batch.status) == (tree["region"], Status.CHECKED)
    assert not Organisation.objects.filter(code="10000002").exists()
    client.post(reverse("imports:confirm", args=[batch.pk]))
    assert Organisation.objects.filter(code="10000002").exists()
    assert "fil.csv" in client.get(url("imports")).content.decode()


def test_it_says_what_is_wrong_with_the_upload(client, tree, coordinator, monkeypatch):
    client.force_login(coordinator)
    page = client.post(url("imports"), {"kind": "schools"})
    assert page.context["form"].errors["file"]
    assert upload(client, "").context["form"].errors["file"]
    assert upload(client, "a,b\n", kind="counties").context["form"].errors["kind"]
    monkeypatch.setattr("resursnav.foundation.imports.uploads.was_refused", lambda request: True)
    assert "för stor" in upload(client, "a,b\n").content.decode()


def test_it_lets_an_administrator_read_counties_and_nobody_else_reach_a_batch(client, tree):
    administrator = factories.person(Role.ADMINISTRATOR, tree["region"])
    client.force_login(administrator)
    upload(client, "kod,namn,invånare\n8,Kalmar län,243718\n", kind="counties", counted="2018-03-31")
    batch = ImportBatch.objects.get()
    assert batch.organisation is None
    client.post(reverse("imports:confirm", args=[batch.pk]))
    kalmar = Organisation.objects.get(code="08")
    assert kalmar.head_counts.get().number == 243718
    client.force_login(factories.person(Role.COORDINATOR, kalmar))
    assert client.get(reverse("imports:show", args=[batch.pk])).status_code == 404
    client.force_login(factories.person(Role.TEACHER, tree["school"]))
    assert client.get(url("imports")).status_code == 403


def test_it_offers_nothing_when_the_register_says_nothing_new(client, tree, coordinator):
    factories.organisation(tree["dorotea"], name="Skolan som saknas", code="10000009")
    client.force_login(coordinator)
    answer = upload(client, "kod,namn,kommunkod\n10000001,Bergvattenskolan,2425\n")
    text = client.get(answer["Location"]).content.decode()
    batch = ImportBatch.objects.get()
    assert (batch.same, batch.missing) == (1, 1)
    assert "Filen säger samma sak som det som redan finns här." in text
    assert "Ta in" not in text
    assert reverse("imports:confirm", args=[batch.pk]) not in text


def test_it_leads_back_to_the_tree_and_not_to_the_catalogue(client, tree, coordinator):
    client.force_login(coordinator)
    address = upload(client, "kod,namn,kommunkod\n10000002,Ny,2463\n")["Location"]
    assert "Ta in 1 skola" in client.get(address).content.decode()
    client.post(reverse("imports:confirm", args=[ImportBatch.objects.get().pk]))
    text = client.get(address).content.decode()
    assert "Till organisationerna" in text
    assert "Till katalogen" not in text


def test_it_waits_for_the_worker_with_a_large_file(client, tree, coordinator, monkeypatch):
    monkeypatch.setattr("resursnav.foundation.imports.models.SMALL_BYTES", 10)
    client.force_login(coordinator)
    answer = upload(client, "kod,namn,kommunkod\n10000002,Ny,2463\n")
    assert client.get(answer["Location"]).status_code == 200
    batch = ImportBatch.objects.get()
    assert batch.status == Status.UPLOADED
    batch = imports.check(batch=ImportBatch.objects.get(), at=AT)
    client.post(reverse("imports:confirm", args=[batch.pk]))
    assert not Organisation.objects.filter(code="10000002").exists()


def test_it_tells_the_doctor_whether_the_tree_is_whole(tree):
    assert [finding.ok for finding in health.tree()] == [True]
    Branch.objects.filter(depth=1).first().delete()
    assert [finding.ok for finding in health.tree()] == [False]
    assert jobs.mend() == 1
    assert [finding.ok for finding in health.tree()] == [True]
    Organisation.objects.filter(pk=tree["school"].pk).update(parent=tree["school"])
    assert [finding.ok for finding in health.tree()] == [False]


def test_it_keeps_last_year_once(tree):
    assert jobs.keep_last_year() == 4
    assert jobs.keep_last_year() == 0
    assert TreeSnapshot.objects.count() == 4
