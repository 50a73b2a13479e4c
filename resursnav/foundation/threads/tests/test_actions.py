"""Threads: stories without circles, records with what changed."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from resursnav.foundation.access import Role
from resursnav.foundation.threads import actions, verbs
from resursnav.foundation.threads.actions import Thing, UnableToLink, UnableToName
from resursnav.foundation.threads.models import Link, Node, Record
from resursnav.foundation.threads.story import story
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def region():
    return factories.organisation(name="Västerbotten")


@pytest.fixture
def lent(monkeypatch):
    """A verb of a context that is not there."""
    monkeypatch.setitem(verbs._verbs, "test.lent", verbs.Verb("test.lent", "{who} lånade ut {what}"))


def plant(region, title, days=0):
    return actions.plant(kind="need", title=title, organisation=region, by=None, at=AT + timedelta(days=days))


def chain(region, *titles):
    nodes = [plant(region, title, days) for days, title in enumerate(titles)]
    for cause, effect in pairwise(nodes):
        actions.link(cause=cause, effect=effect, by=None, at=AT)
    return nodes


def test_it_plants_a_node_with_one_line_of_title(region):
    node = plant(region, "  Surfplattor\n till   förskolan ")
    assert Node.objects.get() == node
    assert (node.title, node.organisation, node.created_at) == ("Surfplattor till förskolan", region, AT)


def test_it_refuses_a_node_without_a_title(region):
    with pytest.raises(UnableToName) as refused:
        plant(region, " \n ")
    assert refused.value.field == "title"


def test_it_renames(region):
    node = plant(region, "Surfplattor")
    actions.rename(node=node, title="Läsplattor", by=None, at=AT)
    node.refresh_from_db()
    assert node.title == "Läsplattor"
    with pytest.raises(UnableToName):
        actions.rename(node=node, title="", by=None, at=AT)


def test_it_links_cause_to_effect_once(region):
    somebody = factories.person()
    need, decision = plant(region, "Behov"), plant(region, "Beslut")
    first = actions.link(cause=need, effect=decision, by=somebody, at=AT)
    again = actions.link(cause=need, effect=decision, by=None, at=AT + timedelta(days=1))
    assert first == again == Link.objects.get()
    assert (first.made_by, first.made_at) == (somebody, AT)


def test_it_refuses_a_thing_as_its_own_cause(region):
    need = plant(region, "Behov")
    with pytest.raises(UnableToLink, match="egen orsak"):
        actions.link(cause=need, effect=need, by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(cause=need, effect=need, made_at=AT)


def test_it_refuses_a_circle(region):
    need, decision, plan = chain(region, "Behov", "Beslut", "Plan")
    with pytest.raises(UnableToLink, match="”Behov” kom före ”Plan”"):
        actions.link(cause=plan, effect=need, by=None, at=AT)
    with pytest.raises(UnableToLink):
        actions.link(cause=decision, effect=need, by=None, at=AT)
    assert Link.objects.count() == 2


def test_it_tells_the_whole_story_in_one_query(region, django_assert_num_queries):
    need, decision, plan, loan = chain(region, "Behov", "Beslut", "Plan", "Utlåning")
    other = plant(region, "Annat beslut")
    actions.link(cause=need, effect=other, by=None, at=AT)
    with django_assert_num_queries(1):
        steps = story(decision)
    assert [(step.title, step.depth, step.place) for step in steps] == [
        ("Behov", -1, "Västerbotten"),
        ("Beslut", 0, "Västerbotten"),
        ("Plan", 1, "Västerbotten"),
        ("Utlåning", 2, "Västerbotten"),
    ]
    assert steps[1].created_at == AT + timedelta(days=1)
    assert [step.title for step in story(need)] == ["Behov", "Annat beslut", "Beslut", "Plan", "Utlåning"]
    assert loan.pk == steps[-1].id and plan.pk == steps[2].id


def test_it_tells_a_thing_once_however_many_ways_lead_there(region):
    """A ladder of diamonds has 2 ** 12 ways through; each node is told once."""
    top = plant(region, "Början")
    below = top
    for number in range(12):
        left, right, end = (plant(region, f"{side}{number}") for side in ("vänster", "höger", "slut"))
        for side in (left, right):
            actions.link(cause=below, effect=side, by=None, at=AT)
            actions.link(cause=side, effect=end, by=None, at=AT)
        below = end
    steps = story(top)
    assert len(steps) == len({step.id for step in steps}) == 37
    assert max(step.depth for step in steps) == 24


def test_it_records_only_what_changed(region, lent):
    lead = factories.person(Role.COORDINATOR, region)
    row = actions.record(
        verb="test.lent",
        thing=region,
        organisation=region,
        by=lead,
        at=AT,
        before={"name": "AC", "town": "Umeå", "gone": 1},
        after={"name": "Västerbotten", "town": "Umeå", "new": None},
        said=" därför ",
    )
    row.refresh_from_db()
    assert (row.before, row.after) == ({"name": "AC", "gone": 1}, {"name": "Västerbotten", "new": None})
    assert (row.kind, row.key, row.title) == ("organisations.organisation", region.pk, "Västerbotten")
    assert (row.by, row.acted_as, row.said, row.at, row.about) == (lead, "coordinator", "därför", AT, None)
    assert list(Record.objects.of(region)) == [row]


def test_it_records_what_the_system_and_people_without_a_role_did(region, lent):
    visitor = factories.person()
    system = actions.record(verb="test.lent", thing=region, organisation=None, by=None, at=AT)
    alone = actions.record(verb="test.lent", thing=region, organisation=region.pk, by=visitor.pk, at=AT)
    assert (system.acted_as, system.organisation) == ("system", None)
    assert (alone.acted_as, alone.by, alone.organisation) == ("person", visitor, region)


def test_it_records_something_that_is_no_row(region, lent):
    row = actions.record(verb="test.lent", thing=Thing("register", "Biblioteken"), organisation=region, by=None, at=AT)
    assert (row.kind, row.key, row.title) == ("register", None, "Biblioteken")


def test_it_does_not_copy_the_name_of_the_person_it_is_about(region, lent):
    somebody = factories.person(given_name="Berit", family_name="Lund")
    row = actions.record(verb="test.lent", thing=somebody, organisation=region, by=None, at=AT, about=somebody)
    assert row.title == "" and "Berit" not in str(row) and row.about == somebody


def test_it_refuses_an_unknown_verb(region):
    with pytest.raises(KeyError):
        actions.record(verb="test.unheard", thing=region, organisation=region, by=None, at=AT)
    assert not Record.objects.exists()


def test_it_forgets_who_but_not_what(region, lent):
    lead, pupil = factories.person(Role.COORDINATOR, region), factories.person()
    common = {"verb": "test.lent", "organisation": region, "by": lead, "said": "byter skola"}
    changes = {"before": {"role": "teacher"}, "after": {"role": "principal"}}
    old = actions.record(thing=region, at=AT, **common, **changes)
    personal = actions.record(thing=pupil, about=pupil, at=AT, **common, **changes)
    young = actions.record(thing=pupil, about=pupil, at=AT + timedelta(days=1), **common, **changes)

    assert actions.forget_identities(older_than=AT + timedelta(hours=1), by=None, at=AT) == 2
    assert actions.forget_identities(older_than=AT + timedelta(hours=1), by=None, at=AT) == 0

    old.refresh_from_db(), personal.refresh_from_db(), young.refresh_from_db()
    assert (old.by, old.acted_as, old.title, old.said) == (None, "coordinator", "Västerbotten", "byter skola")
    assert old.after == {"role": "principal"}
    assert (personal.by, personal.about, personal.key, personal.said) == (None, None, None, "")
    assert (personal.before, personal.after, personal.acted_as) == ({}, {}, "coordinator")
    assert (young.by, young.about) == (lead, pupil)


def test_it_forgets_in_batches(region, lent, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    lead = factories.person(Role.COORDINATOR, region)
    for _number in range(3):
        actions.record(verb="test.lent", thing=region, organisation=region, by=lead, at=AT)
    later = AT + timedelta(days=1)
    assert [actions.forget_identities(older_than=later, by=None, at=later) for _run in range(3)] == [2, 1, 0]


def test_it_keeps_the_record_when_the_person_is_deleted(region, lent):
    lead = factories.person(Role.COORDINATOR, region)
    row = actions.record(verb="test.lent", thing=region, organisation=region, by=lead, at=AT)
    lead.delete()
    row.refresh_from_db()
    assert (row.by, row.acted_as) == (None, "coordinator")


facts = st.dictionaries(st.sampled_from("abcd"), st.none() | st.integers(0, 3))


@given(facts, facts)
def test_it_keeps_enough_to_make_the_one_from_the_other(before, after):
    old, new = actions.changed(before, after)
    assert all(old.get(name, ...) != new.get(name, ...) for name in {**old, **new})
    rebuilt = {name: value for name, value in before.items() if name not in old} | new
    assert rebuilt == after


def _link_at_once(pairs, monkeypatch=None):
    """Every pair linked by its own thread, all past their check before the first one writes (if they can be)."""
    barrier = Barrier(len(pairs))
    refused = []

    def run(cause, effect):
        try:
            barrier.wait(timeout=20)
            actions.link(cause=cause, effect=effect, by=None, at=AT)
        except UnableToLink as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=40)
    return refused


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_it_closes_no_circle_when_many_link_at_once(_round):
    region = factories.organisation()
    a, b, c, d = (plant(region, title) for title in "ABCD")
    actions.link(cause=a, effect=b, by=None, at=AT)
    actions.link(cause=c, effect=d, by=None, at=AT)
    refused = _link_at_once([(b, c), (d, a)])  # no node in common, yet together a circle
    assert len(refused) == 1 and Link.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_it_would_close_a_circle_without_the_lock(monkeypatch):
    """The negative control: the same race without the guard makes the circle, so the test above can see it."""
    if connection.vendor == "sqlite":
        monkeypatch.setattr(actions, "link", actions.link.__wrapped__)  # SQLite's guard is the transaction itself
    monkeypatch.setattr(actions, "_stand_in_line", lambda: None)
    meet = Barrier(2)
    looked = actions.reaches

    def look_and_wait(start, end):
        found = looked(start, end)
        meet.wait(timeout=20)
        return found

    monkeypatch.setattr(actions, "reaches", look_and_wait)
    region = factories.organisation()
    a, b, c, d = (plant(region, title) for title in "ABCD")
    for cause, effect in ((a, b), (c, d)):
        Link.objects.create(cause=cause, effect=effect, made_at=AT)
    assert _link_at_once([(b, c), (d, a)]) == []
    assert Link.objects.count() == 4
