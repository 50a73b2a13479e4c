"""Registers: consequences first, then all or nothing, safe to run twice, with the traps of real files."""

import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from resursnav.foundation.access import Role
from resursnav.foundation.imports import actions as imports
from resursnav.foundation.imports.models import Status
from resursnav.foundation.organisations import actions, sweden
from resursnav.foundation.organisations.events import RegisterImported
from resursnav.foundation.organisations.models import (
    Branch,
    HeadCount,
    Kind,
    Organisation,
    OrganiserKind,
    UnitType,
)
from resursnav.foundation.organisations.tree import closure
from resursnav.kernel import events as bus
from tests import factories
from tests.shared_data import shared

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 15, 10, tzinfo=UTC)
SCHOOLS = "Skola;Skol-enhetskod;Kommun-kod;Typ av huvudman;Huvudman;Antal elever\n"
LIBRARIES = "Bibliotek,Adress,Postnr,Ort,Kommunkod,Bibliotekstyp,Sigel\n"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def received(kind, content, **more):
    content = content.encode() if isinstance(content, str) else content
    batch = imports.receive(kind=kind, name=f"{kind}.csv", content=[content], by=None, at=AT, **more)
    return imports.check(batch=batch, at=AT)


def taken_in(kind, content, **more):
    batch = received(kind, content, **more)
    assert batch.status == Status.CHECKED, list(batch.problems.all())
    return imports.apply(batch=imports.confirm(batch=batch, by=None, at=AT), at=AT)


def reasons(batch):
    return {problem.reason for problem in batch.problems.all()}


def branches_are_right():
    parents = dict(Organisation.objects.values_list("pk", "parent_id"))
    return set(closure(parents)) == set(Branch.objects.values_list("ancestor_id", "descendant_id", "depth"))


@pytest.fixture
def tree():
    region = factories.organisation(name="Västerbottens län", code="24")
    return {
        "region": region,
        "dorotea": factories.organisation(region, name="Dorotea", code="2425"),
        "asele": factories.organisation(region, name="Åsele", code="2463"),
    }


def test_it_shows_first_and_then_does_it(tree):
    content = SCHOOLS + "Bergvattenskolan;12345678;2425;Kommunal;Dorotea kommun;12\n"
    batch = received("schools", content)
    assert (batch.new, batch.changed, batch.moved, batch.same) == (1, 0, 0, 0)
    assert not Organisation.objects.filter(code="12345678").exists()
    batch = imports.apply(batch=imports.confirm(batch=batch, by=None, at=AT), at=AT)
    assert batch.status == Status.APPLIED
    school = Organisation.objects.get(code="12345678")
    assert (school.parent, school.unit_type, school.organiser_kind) == (
        tree["dorotea"], UnitType.SCHOOL, OrganiserKind.MUNICIPAL,
    )  # fmt: skip
    assert branches_are_right()
    assert school.names.get().name == "Bergvattenskolan"
    assert school.places.get().parent == tree["dorotea"]
    assert received("schools", content).changes_nothing


def test_it_tells_changed_moved_and_missing_apart(tree):
    area = factories.organisation(tree["dorotea"], kind=Kind.DEPARTMENT)
    factories.organisation(area, name="Oförändrad", code="10000001")
    factories.organisation(tree["dorotea"], name="Gamla namnet", code="10000002")
    factories.organisation(tree["asele"], name="Flyttad", code="10000003")
    factories.organisation(tree["dorotea"], name="Saknas", code="10000004")
    factories.organisation(tree["asele"], name="Annan kommun", code="10000005")
    content = (
        "Skolenhetskod,Namn,Kommunkod\n10000001,Oförändrad,2425\n10000002,Nya namnet,2425\n10000003,Flyttad,2425\n"
    )
    batch = received("schools", content)
    assert (batch.new, batch.changed, batch.moved, batch.same, batch.missing) == (0, 1, 1, 1, 1)
    assert batch.changes.get(verdict="changed").fields == {"namn": ["Gamla namnet", "Nya namnet"]}
    assert batch.changes.get(verdict="moved").fields == {"ligger under": ["Åsele", "Dorotea"]}
    assert batch.changes.get(verdict="missing").title == "Saknas"
    imports.apply(batch=imports.confirm(batch=batch, by=None, at=AT), at=AT)
    assert Organisation.objects.get(code="10000001").parent == area
    renamed = Organisation.objects.get(code="10000002")
    assert list(renamed.names.values_list("name", flat=True)) == ["Gamla namnet", "Nya namnet"]
    assert Organisation.objects.get(code="10000003").parent == tree["dorotea"]
    assert Organisation.objects.get(code="10000004").valid_to is None
    assert branches_are_right()


def test_it_closes_what_is_missing_only_when_asked(tree):
    gone = factories.organisation(tree["dorotea"], name="Saknas", code="10000004")
    person = factories.person("teacher", gone)
    batch = taken_in("schools", "kod,namn,kommunkod\n10000001,Ny,2425\n", options={"close_missing": "1"})
    assert (batch.new, batch.changed, batch.missing) == (1, 1, 0)
    gone.refresh_from_db()
    assert gone.valid_to == date(2026, 9, 15)
    assert person.assignments.get().node == gone
    batch = received("schools", "kod,namn,kommunkod\n10000004,Saknas,2425\n")
    assert "register.closed_here" in reasons(batch)
    assert batch.changes_nothing


def test_it_deletes_nothing_whatever_is_missing(tree):
    gone = factories.organisation(tree["dorotea"], name="Saknas", code="10000004")
    factories.person("teacher", gone)
    owned = factories.resource(gone)
    actions.take_snapshot(year=2025, at=AT)
    before = set(Organisation.objects.values_list("pk", flat=True))
    batch = received("schools", "kod,namn,kommunkod\n10000001,Ny,2425\n", options={"close_missing": "1"})
    with CaptureQueriesContext(connection) as asked:
        imports.apply(batch=imports.confirm(batch=batch, by=None, at=AT), at=AT)
    deleted = [query["sql"] for query in asked if 'DELETE FROM "organisations_' in query["sql"]]
    assert deleted == []
    assert before < set(Organisation.objects.values_list("pk", flat=True))
    owned.refresh_from_db()
    assert owned.owner == gone
    # Even by hand: whatever points at a unit holds it.
    with pytest.raises(ProtectedError):
        gone.delete()


def test_it_puts_right_what_spreadsheets_do_and_says_so():
    batch = taken_in("counties", "name,code,population\nGotlands län,9,58659\n", options={"counted": "2018-03-31"})
    assert reasons(batch) == {"code.lost_zero"}
    gotland = Organisation.objects.get(kind=Kind.REGION)
    assert (gotland.code, gotland.head_counts.get().number) == ("09", 58659)
    taken_in("municipalities", "code,name,population\n980,Gotlands kommun,57255\n", options={"counted": "2018-03-31"})
    town = Organisation.objects.get(kind=Kind.MUNICIPALITY)
    assert (town.code, town.name, town.parent) == ("0980", "Gotland", gotland)


def test_it_leaves_out_a_bad_row_with_its_reason_and_takes_the_rest(tree):
    rows = [
        "God;10000001;2425;;;", ";10000002;2425;;;", "Kort;123;2425;;;", "=HYPERLINK(1);10000003;2425;;;",
        "Okänd;10000004;9999;;;", "Utan kommun;10000005;;;;", "God igen;10000001;2463;;;",
        "x" * 201 + ";10000006;2425;;;",
        "Dold;10000007;2425;;;..", "Konstig;10000008;24;;;",
    ]  # fmt: skip
    batch = taken_in("schools", SCHOOLS + "\n".join(rows))
    assert batch.new == 2
    assert reasons(batch) == {
        "cell.required", "register.bad_code", "cell.formula", "register.unknown_place", "register.no_place",
        "record.twice", "cell.too_long",
    }  # fmt: skip
    assert not HeadCount.objects.exists()


def test_it_calls_the_column_by_its_name_where_a_row_is_wrong(client, tree):
    batch = received("schools", SCHOOLS + "Okänd;10000004;9999;;;\n")
    client.force_login(factories.person(Role.ADMINISTRATOR, tree["region"]))
    page = client.get(reverse("imports:show", args=[batch.pk])).content.decode()
    assert "Kommun- eller länskod" in page
    told = b"".join(client.get(reverse("imports:problems", args=[batch.pk])).streaming_content).decode()
    assert "Kommun- eller länskod;9999" in told


def test_it_refuses_a_file_without_the_columns(tree):
    batch = received("schools", "namn,ort\nA,B\n")
    assert batch.status == Status.REFUSED
    assert reasons(batch) == {"table.missing_columns"}
    batch = received("counties", "kod,namn\n24,X\n", options={"counted": "2025-02-30"})
    assert reasons(batch) == {"register.bad_day"}


def test_it_knows_a_school_without_a_municipality_again(tree):
    school = factories.organisation(tree["dorotea"], name="Skola", code="10000001")
    batch = taken_in("schools", "code,name,municipality_code,lat,lng\n10000001,Skola,,64.26,16.41\n10000002,B,,x,999\n")
    assert (batch.changed, batch.new) == (1, 0)
    school.refresh_from_db()
    assert (school.latitude, school.parent) == (Decimal("64.26000"), tree["dorotea"])
    assert reasons(batch) == {"register.no_place", "register.bad_place"}


def test_it_places_libraries_in_municipalities_and_counties(tree):
    taken_in(
        "libraries",
        LIBRARIES
        + "Dorotea bibliotek,Parkv 1,91731,Dorotea,2425,folkbib,Doro\n"
        + "Sjukhusbiblioteken,,,Umeå,2400,sjukbib,8deb\n"
        + "Skolbibl,,x,,2425,skolbib,8aa1\nFel,,,,2425,folkbib,!!\n,,,,2425,,Y\n",
    )
    assert Organisation.objects.get(sigel="Doro").postcode == "917 31"
    assert Organisation.objects.get(sigel="8deb").parent == tree["region"]
    assert Organisation.objects.get(sigel="8aa1").unit_type == UnitType.SCHOOL_LIBRARY


def test_it_moves_a_school_library_below_its_school(tree):
    school = factories.organisation(tree["dorotea"], code="10000001")
    taken_in("libraries", LIBRARIES + "Skolbibl,,,,2425,skolbib,8aa1\nAndra,,,,2425,skolbib,8aa2\n")
    content = "sigel,school_unit_code\n8aa1,10000001\n8aa2,\n8aa3,10000001\n8aa4,99999999\n?,1\n,1\n"
    batch = taken_in("school-libraries", content)
    assert (batch.moved, batch.missing) == (1, 0)
    assert Organisation.objects.get(sigel="8aa1").parent == school
    assert reasons(batch) == {
        "register.no_school", "register.unknown_library", "register.unknown_place", "register.bad_sigel",
        "cell.required", "register.bad_code",
    }  # fmt: skip
    assert received("school-libraries", content).changes_nothing
    # Read again, the library stays in its school, which lies in the municipality that the register says.
    again = received("libraries", LIBRARIES + "Skolbibl,,,,2425,skolbib,8aa1\nAndra,,,,2425,skolbib,8aa2\n")
    assert again.changes_nothing


def test_it_touches_only_the_branch_that_it_is_for(tree):
    other = factories.organisation(factories.organisation(code="08"), code="0880")
    mine = factories.organisation(tree["dorotea"], name="Min", code="10000001")
    factories.organisation(other, name="Deras", code="10000002")
    content = "kod,namn,kommunkod\n10000001,Min,2425\n10000002,Ändrad,0880\n10000003,Ny,0880\n10000002,Ändrad,0880\n"
    batch = received("schools", content, organisation=tree["region"])
    assert (batch.same, batch.new, batch.changed, batch.missing) == (1, 0, 0, 0)
    assert batch.problems.get(reason="register.outside").details == {"count": 2}
    assert "record.twice_same" in reasons(batch)
    moved = received("schools", "kod,namn,kommunkod\n10000001,Min,0880\n", organisation=tree["region"])
    assert moved.moved == 0
    assert mine.parent == tree["dorotea"]


def test_it_does_nothing_when_the_ground_has_moved(tree):
    batch = received("schools", "kod,namn,kommunkod\n10000001,Ny,2425\n10000002,Ny,2425\n")
    factories.organisation(tree["dorotea"], name="Ny", code="10000001")
    batch = imports.apply(batch=imports.confirm(batch=batch, by=None, at=AT), at=AT)
    assert batch.status == Status.FAILED
    assert not Organisation.objects.filter(code="10000002").exists()


def test_it_tells_of_all_new_ones_at_once(tree):
    heard = []
    bus._listeners[RegisterImported].append(heard.append)
    try:
        taken_in("schools", "kod,namn,kommunkod\n10000001,A,2425\n10000002,B,2425\n")
    finally:
        bus._listeners[RegisterImported].remove(heard.append)
    assert len(heard[0].opened_ids) == 2
    assert heard[0].after == {"new": 2, "changed": 0, "moved": 0, "closed": 0}


@pytest.fixture
def country():
    return {
        code: actions.open_node(kind=Kind.REGION, name=name, parent=None, by=None, at=AT, details={"code": code})
        for code, name in sweden.COUNTIES.items()
    }


def test_it_knows_all_of_sweden():
    assert (len(sweden.COUNTIES), len(sweden.MUNICIPALITIES)) == (21, 290)
    assert sweden.COUNTIES["24"] == "Västerbottens län"
    assert sweden.MUNICIPALITIES["2425"] == "Dorotea"
    assert set(map(sweden.county_of, sweden.MUNICIPALITIES)) == set(sweden.COUNTIES)
    assert sweden.short_name("2080", "Falu kommun") == "Falun"
    assert sweden.short_name("2425", "Stora Dorotea kommun") == "Stora Dorotea"
    assert sweden.short_name("9999", "Nyby kommun") == "Nyby"


def test_it_reads_the_real_counties_and_municipalities():
    batch = taken_in("counties", shared("places/lan.csv").read_bytes(), options={"counted": "2018-03-31"})
    assert (batch.new, batch.noted, batch.wrong) == (21, 8, 0)
    assert dict(Organisation.objects.values_list("code", "name")) == sweden.COUNTIES
    batch = taken_in("municipalities", shared("places/kommuner.csv").read_bytes())
    assert (batch.new, batch.wrong) == (290, 0)
    towns = dict(Organisation.objects.filter(kind=Kind.MUNICIPALITY).values_list("code", "name"))
    assert towns == sweden.MUNICIPALITIES
    both = shared("places/bibstat_municipality_and_county_codes.csv").read_bytes()
    for kind, number in (("counties", 21), ("municipalities", 290)):
        again = received(kind, both)
        assert (again.same, again.changes_nothing, again.wrong) == (number, True, 0)
    assert branches_are_right()


def test_it_reads_the_real_schools_and_libraries(country):
    taken_in("municipalities", shared("places/kommuner.csv").read_bytes())
    schools = shared("schools/skolverket_slutbetyg_ak9_2024-25.csv").read_bytes()
    begun = time.monotonic()
    batch = taken_in("schools", schools)
    assert (batch.new, batch.wrong) == (1714, 0)
    assert time.monotonic() - begun < 20  # measured 2 s; a query for each row would take far longer
    assert HeadCount.objects.filter(what="pupils_year_9", counted_date=date(2025, 6, 30)).count() > 1000
    assert Organisation.objects.filter(unit_type=UnitType.SCHOOL, parent__parent__code="24").count() == 57
    assert Organisation.objects.filter(unit_type=UnitType.SCHOOL, parent__parent__code="08").count() == 39
    assert received("schools", schools).changes_nothing
    merged = shared("schools/school_units_merged.csv").read_bytes()
    batch = taken_in("schools", merged)
    assert batch.new + batch.changed + batch.same + batch.wrong == 3213
    assert set(batch.problems.wrong().values_list("reason", flat=True)) == {"register.no_place"}
    assert received("schools", merged).changes_nothing
    libraries = shared("libraries/libraries_sigel_2014.csv").read_bytes()
    batch = taken_in("libraries", libraries)
    assert (batch.new, batch.wrong) == (947, 0)
    belongs = shared("libraries/sigel_to_school_unit_code.csv").read_bytes()
    batch = taken_in("school-libraries", belongs)
    assert batch.moved > 50
    for kind, content in (("libraries", libraries), ("school-libraries", belongs)):
        assert received(kind, content).changes_nothing
    assert branches_are_right()


def test_it_asks_the_database_no_more_for_more_rows(tree):
    def questions(rows, first):
        content = "kod,namn,kommunkod\n" + "".join(f"{first + n},Skola {n},2425\n" for n in range(rows))
        batch = imports.confirm(batch=received("schools", content), by=None, at=AT)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            imports.apply(batch=batch, at=AT)
        return len(asked)

    # SQLite takes about 300 rows in one statement; a question for each row would be hundreds.
    assert questions(300, 20000000) <= questions(3, 10000000) + 20
