"""The verbs of the tree: parent, branches and history go together, and nothing is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest

from resursnav.foundation.access import Role
from resursnav.foundation.organisations import actions, events
from resursnav.foundation.organisations.models import (
    Branch,
    HistoryEntry,
    Kind,
    NamePeriod,
    Organisation,
    PlacePeriod,
    TreeSnapshot,
    UnitType,
)
from resursnav.foundation.organisations.tree import BrokenTree, closure, way_up
from resursnav.kernel import events as bus
from resursnav.kernel.errors import Unable
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 15, 10, tzinfo=UTC)
DAY = date(2026, 9, 15)


def branches_are_right() -> bool:
    parents = dict(Organisation.objects.values_list("pk", "parent_id"))
    return set(closure(parents)) == set(Branch.objects.values_list("ancestor_id", "descendant_id", "depth"))


@pytest.fixture
def tree():
    region = factories.organisation(name="Västerbottens län")
    dorotea = factories.organisation(region, name="Dorotea")
    asele = factories.organisation(region, name="Åsele")
    area = factories.organisation(dorotea, kind=Kind.DEPARTMENT, name="Utbildning")
    school = factories.organisation(area, name="Bergvattenskolan")
    library = factories.organisation(school, name="Skolbiblioteket", unit_type=UnitType.SCHOOL_LIBRARY)
    return {
        "region": region, "dorotea": dorotea, "asele": asele, "area": area, "school": school, "library": library,
    }  # fmt: skip


@pytest.fixture
def told():
    heard = []
    kinds = [getattr(events, name) for name in dir(events) if name.startswith(("Organisation", "Register"))]
    for kind in kinds:
        bus._listeners[kind].append(heard.append)
    yield heard
    for kind in kinds:
        bus._listeners[kind].remove(heard.append)


def test_it_opens_a_unit_with_branches_history_and_word_of_it(tree, told):
    school = actions.open_node(
        kind=Kind.UNIT, unit_type=UnitType.SCHOOL, name="  Nya   skolan ", parent=tree["area"], by=None, at=AT,
        since=DAY, details={"code": "1234567", "postcode": "91731", "email": "nya@example.org"},
    )  # fmt: skip
    assert (school.name, school.code, school.postcode) == ("Nya skolan", "01234567", "917 31")
    assert branches_are_right()
    assert [n.name for n in Organisation.objects.path_to(school.pk)] == [
        "Västerbottens län", "Dorotea", "Utbildning", "Nya skolan",
    ]  # fmt: skip
    assert [type(e) for e in told] == [events.OrganisationOpened]
    assert told[0].after["parent"] == "Utbildning"
    assert HistoryEntry.objects.get(organisation=school).happened_date == DAY


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"name": ""}, "name", "fält"),
        ({"name": "x" * 201}, "name", "200"),
        ({"kind": Kind.MUNICIPALITY, "unit_type": ""}, "parent", "kan inte ligga under"),
        ({"details": {"code": "12"}}, "code", "8 siffror"),
        ({"details": {"code": "10000001"}}, None, "används redan"),
        ({"details": {"sigel": "å!"}}, "sigel", "bokstäver"),
        ({"details": {"postcode": "12"}}, "postcode", "fem siffror"),
        ({"details": {"email": "nej"}}, "email", "e-post"),
        ({"details": {"organiser_number": "12"}}, "organiser_number", "tio siffror"),
    ],
)
def test_it_says_why_a_unit_cannot_be_opened(tree, fields, field, words):
    factories.organisation(tree["dorotea"], code="10000001")
    before = Organisation.objects.count()
    given = {"kind": Kind.UNIT, "unit_type": UnitType.SCHOOL, "name": "Ny", "parent": tree["area"]} | fields
    with pytest.raises(actions.UnableToOpen, match=words) as refused:
        actions.open_node(by=None, at=AT, **given)
    assert refused.value.field == field
    assert Organisation.objects.count() == before


def test_it_opens_nothing_below_what_is_closed_or_without_a_place(tree):
    actions.close(organisation=tree["asele"], by=None, at=AT, day=DAY)
    with pytest.raises(actions.UnableToOpen, match="stängd"):
        actions.open_node(kind=Kind.UNIT, name="Ny", parent=tree["asele"], by=None, at=AT)
    with pytest.raises(actions.UnableToOpen, match="Välj vad"):
        actions.open_node(kind=Kind.UNIT, name="Ny", parent=None, by=None, at=AT)


def test_it_lets_only_an_administrator_add_a_region(tree):
    coordinator = factories.person(Role.COORDINATOR, tree["region"])
    administrator = factories.person(Role.ADMINISTRATOR, tree["region"])
    with pytest.raises(actions.UnableToOpen, match="systemadministratör"):
        actions.open_node(kind=Kind.REGION, name="Ny", parent=None, by=coordinator, at=AT)
    assert actions.open_node(kind=Kind.REGION, name="Ny", parent=None, by=administrator, at=AT).parent is None


def test_it_keeps_a_lead_inside_the_branch(tree):
    lead = factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"])
    with pytest.raises(actions.UnableToOpen, match="ansvarar för"):
        actions.open_node(kind=Kind.UNIT, name="Ny", parent=tree["asele"], by=lead, at=AT)
    with pytest.raises(actions.UnableToMove, match="ansvarar för"):
        actions.move(organisation=tree["school"], parent=tree["asele"], by=lead, at=AT)
    other = factories.organisation(tree["asele"])
    with pytest.raises(actions.UnableToMerge, match="ansvarar för"):
        actions.merge(organisation=tree["school"], into=other, by=lead, at=AT)


def test_it_remembers_what_a_unit_was_called(tree, told):
    school = tree["school"]
    actions.rename(organisation=school, name="Skola A", by=None, at=AT, day=date(2020, 7, 1), reason="Nämnden")
    actions.rename(organisation=school, name="Skola B", by=None, at=AT, day=date(2024, 7, 1))
    names = NamePeriod.objects.filter(organisation=school)
    on = [names.on(day).get().name for day in (date(2020, 6, 30), date(2020, 7, 1), date(2024, 6, 30), DAY)]
    assert on == ["Bergvattenskolan", "Skola A", "Skola A", "Skola B"]
    assert told[0].before == {"name": "Bergvattenskolan"}
    assert told[0].after == {"name": "Skola A", "from": "2020-07-01", "reason": "Nämnden"}


def test_it_corrects_a_name_that_was_changed_twice_in_a_day(tree):
    actions.rename(organisation=tree["school"], name="Skola", by=None, at=AT)
    actions.rename(organisation=tree["school"], name="Skolan", by=None, at=AT)
    assert list(NamePeriod.objects.filter(organisation=tree["school"]).values_list("name", flat=True)) == [
        "Bergvattenskolan", "Skolan",
    ]  # fmt: skip


def test_it_does_nothing_when_the_name_is_the_same(tree, told):
    actions.rename(organisation=tree["school"], name=" Bergvattenskolan", by=None, at=AT)
    assert told == []


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [("", DAY, "fält"), ("Ny", DAY + timedelta(1), "eller senare"), ("Ny", date(2019, 1, 1), "senare dag")],
)
def test_it_says_why_a_name_cannot_change(tree, name, day, words):
    actions.rename(organisation=tree["school"], name="Skola", by=None, at=AT, day=date(2020, 1, 1))
    with pytest.raises(actions.UnableToRename, match=words):
        actions.rename(organisation=tree["school"], name=name, by=None, at=AT, day=day)
    assert Organisation.objects.get(pk=tree["school"].pk).name == "Skola"


def test_it_moves_a_branch_and_remembers_where_it_lay(tree, told):
    actions.move(organisation=tree["area"], parent=tree["asele"], by=None, at=AT, day=date(2025, 1, 1), reason="x")
    assert branches_are_right()
    assert [n.name for n in Organisation.objects.path_to(tree["library"].pk)][1] == "Åsele"
    places = PlacePeriod.objects.filter(organisation=tree["area"])
    assert places.on(date(2024, 12, 31)).get().parent == tree["dorotea"]
    assert places.on(date(2025, 1, 1)).get().parent == tree["asele"]
    assert (told[0].before, told[0].after["parent"]) == ({"parent": "Dorotea"}, "Åsele")
    told.clear()
    actions.move(organisation=tree["area"], parent=tree["asele"], by=None, at=AT)
    assert told == []


def test_it_says_why_a_branch_cannot_move(tree):
    with pytest.raises(actions.UnableToMove, match="kan inte ligga under"):
        actions.move(organisation=tree["area"], parent=tree["school"], by=None, at=AT)
    with pytest.raises(actions.UnableToMove, match="ligger själv under"):
        actions.move(organisation=tree["school"], parent=tree["library"], by=None, at=AT)
    with pytest.raises(actions.UnableToMove, match="den dag den gäller"):
        actions.move(organisation=tree["school"], parent=tree["asele"], by=None, at=AT, day=DAY + timedelta(1))
    actions.move(organisation=tree["school"], parent=tree["asele"], by=None, at=AT)
    with pytest.raises(actions.UnableToMove, match="senare dag"):
        actions.move(organisation=tree["school"], parent=tree["area"], by=None, at=AT, day=DAY - timedelta(1))
    actions.close(organisation=tree["area"], by=None, at=AT, day=DAY)
    with pytest.raises(actions.UnableToMove, match="stängd"):
        actions.move(organisation=tree["school"], parent=tree["area"], by=None, at=AT)
    assert branches_are_right()


def test_it_merges_and_moves_what_lay_below(tree, told):
    other = factories.organisation(tree["asele"], name="Åsele skola")
    gone = factories.organisation(tree["school"], name="Nedlagd", valid_to=date(2020, 1, 1))
    into = actions.merge(organisation=tree["school"], into=other, by=None, at=AT, reason="Färre elever")
    old = Organisation.objects.get(pk=tree["school"].pk)
    assert (into, old.merged_into, old.valid_to) == (other, other, DAY)
    assert Organisation.objects.get(pk=tree["library"].pk).parent == other
    assert Organisation.objects.get(pk=gone.pk).parent == old
    assert branches_are_right()
    assert told[0].into_id == other.pk
    assert told[0].after["moved"] == ["Skolbiblioteket"]
    assert {e.verb for e in other.history.all()} == {"received"}


def test_it_says_why_two_cannot_become_one(tree):
    other = factories.organisation(tree["asele"])
    cases = [
        (tree["school"], tree["school"], DAY, "annan organisation"),
        (tree["school"], tree["area"], DAY, "samma nivå"),
        (tree["school"], tree["library"], DAY, "Flytta den först"),
        (tree["school"], other, DAY + timedelta(1), "eller senare"),
        (tree["school"], factories.organisation(tree["asele"], valid_to=DAY), DAY, "Båda"),
        (factories.organisation(tree["asele"], valid_from=DAY), other, DAY, "senare dag"),
    ]
    for node, into, day, words in cases:
        with pytest.raises(actions.UnableToMerge, match=words):
            actions.merge(organisation=node, into=into, by=None, at=AT, day=day)
    assert not Organisation.objects.filter(merged_into__isnull=False).exists()


def test_it_closes_only_an_empty_branch_unless_told(tree, told):
    with pytest.raises(actions.UnableToClose, match="3 som är öppna") as refused:
        actions.close(organisation=tree["dorotea"], by=None, at=AT)
    assert refused.value.field == "with_below"
    actions.close(organisation=tree["dorotea"], by=None, at=AT, day=date(2027, 1, 1), with_below=True, reason="r")
    assert Organisation.objects.filter(valid_to=date(2027, 1, 1)).count() == 4
    assert Organisation.objects.get(pk=tree["school"].pk).is_open(DAY)
    assert [e.after["valid_to"] for e in told] == ["2027-01-01"] * 4
    with pytest.raises(actions.UnableToClose, match="redan"):
        actions.close(organisation=tree["dorotea"], by=None, at=AT, day=date(2027, 1, 1))


def test_it_does_not_close_before_it_opened(tree):
    new = factories.organisation(tree["asele"], valid_from=DAY)
    with pytest.raises(actions.UnableToClose, match="öppnar först"):
        actions.close(organisation=new, by=None, at=AT, day=DAY)


def test_it_opens_again(tree, told):
    with pytest.raises(actions.UnableToClose, match="är öppen"):
        actions.reopen(organisation=tree["school"], by=None, at=AT)
    actions.close(organisation=tree["dorotea"], by=None, at=AT, with_below=True)
    with pytest.raises(actions.UnableToClose, match="Öppna den först"):
        actions.reopen(organisation=tree["area"], by=None, at=AT)
    actions.reopen(organisation=tree["dorotea"], by=None, at=AT, reason="Fel knapp")
    assert Organisation.objects.get(pk=tree["dorotea"].pk).valid_to is None
    assert told[-1].before["valid_to"] == DAY.isoformat()


def test_it_corrects_and_tells_only_what_changed(tree, told):
    actions.correct(organisation=tree["school"], details={"town": "Dorotea", "phone": ""}, by=None, at=AT)
    assert (told[0].before, told[0].after) == ({"town": ""}, {"town": "Dorotea"})
    told.clear()
    actions.correct(organisation=tree["school"], details={"town": " Dorotea "}, by=None, at=AT)
    assert told == []
    with pytest.raises(ValueError, match="name"):
        actions.correct(organisation=tree["school"], details={"name": "x"}, by=None, at=AT)
    with pytest.raises(actions.UnableToCorrect, match="förvaltning"):
        actions.correct(organisation=tree["area"], details={"code": "12"}, by=None, at=AT)


def test_it_keeps_the_year_as_it_was(tree):
    actions.rename(organisation=tree["school"], name="Ny skola", by=None, at=AT, day=date(2026, 3, 1))
    actions.move(organisation=tree["school"], parent=tree["asele"], by=None, at=AT, day=date(2026, 3, 1))
    actions.close(organisation=tree["area"], by=None, at=AT, day=date(2026, 4, 1))
    late = factories.organisation(tree["region"], kind=Kind.MUNICIPALITY, name="Sen", valid_from=date(2026, 1, 2))
    factories.organisation(late, name="Alltid funnits")
    assert actions.take_snapshot(year=2025, at=AT) == 7
    assert actions.take_snapshot(year=2025, at=AT) == 0
    kept = TreeSnapshot.objects.get(year=2025, organisation=tree["school"])
    assert (kept.name, kept.parent, kept.municipality, kept.region) == (
        "Bergvattenskolan", tree["area"], tree["dorotea"], tree["region"],
    )  # fmt: skip
    actions.take_snapshot(year=2026, at=AT)
    kept = TreeSnapshot.objects.get(year=2026, organisation=tree["school"])
    assert (kept.name, kept.municipality) == ("Ny skola", tree["asele"])
    assert not TreeSnapshot.objects.filter(year=2026, organisation=tree["area"]).exists()


def test_it_mends_branches(tree):
    assert actions.mend_branches() == 0
    Branch.objects.filter(descendant=tree["school"], depth=1).delete()
    Branch.objects.create(ancestor=tree["asele"], descendant=tree["school"], depth=2)
    assert not branches_are_right()
    assert actions.mend_branches() == 2
    assert branches_are_right()


def test_it_finds_a_circle_in_the_parents():
    assert way_up({1: None, 2: 1}, 2) == [2, 1]
    with pytest.raises(BrokenTree, match="below itself"):
        way_up({1: 2, 2: 1}, 1)
    with pytest.raises(BrokenTree, match="not in the tree"):
        way_up({1: 2}, 1)


def test_it_is_one_family_of_refusals():
    assert issubclass(actions.UnableToMove, Unable)
