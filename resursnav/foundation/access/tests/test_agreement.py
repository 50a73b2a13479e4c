"""The filter, the check and a plain reckoning by hand give the same answer, for any tree, person and rule."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from resursnav.foundation.access import ANYONE, SIGNED_IN, Grant, Reach, Role, Rule, may, which
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Assignment, Person
from tests import factories

pytestmark = pytest.mark.django_db

ROLES = [Role.COORDINATOR, Role.MUNICIPALITY_LEAD, Role.TEACHER]


@dataclass(frozen=True)
class Wish:
    """A grant as drawn: roles or anyone, reach, and perhaps only the rows of one role."""

    who: object
    reach: Reach
    only: str | None

    def grant(self):
        return Grant(self.who, self.reach, Q(role=self.only) if self.only else None)


@st.composite
def wishes(draw):
    who = draw(st.one_of(st.sampled_from([ANYONE, SIGNED_IN]), st.frozensets(st.sampled_from(ROLES), min_size=1)))
    reaches = {ANYONE: [Reach.ANYWHERE], SIGNED_IN: [Reach.ANYWHERE, Reach.ABOVE, Reach.OWN]}.get(who, list(Reach))
    return Wish(who, draw(st.sampled_from(reaches)), draw(st.one_of(st.none(), st.sampled_from([*ROLES]))))


trees = st.lists(st.integers(0, 6), max_size=6)  # the parent of each node after the first, taken modulo what exists
posts = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(ROLES), st.integers(0, 6)), min_size=1, max_size=6, unique=True
)


def plant(parents, held):
    """The tree, three people and their assignments, and for each node the numbers of those above it (and itself)."""
    nodes, above = [factories.organisation()], [{0}]
    for number, wanted in enumerate(parents, 1):
        parent = wanted % number
        nodes.append(factories.organisation(nodes[parent]))
        above.append(above[parent] | {number})
    people = [factories.person() for _ in range(3)]
    # A draw may name the same node twice by different numbers; one open post is enough.
    wanted = {(who, role, where % len(nodes)) for who, role, where in held}
    rows = [(who, role, where, factories.assignment(people[who], role, nodes[where])) for who, role, where in wanted]
    return nodes, above, people, rows


def reckoned(wish, viewer, rows, above):
    """The assignments that the wish lets the viewer (a number, None for a stranger) reach, reckoned by hand."""
    mine = [(role, where) for who, role, where, _ in rows if who == viewer]
    fitting = {where for role, where in mine if wish.who in {ANYONE, SIGNED_IN} or role in wish.who}

    def reached(who, where):
        if wish.who is ANYONE:
            return True
        if viewer is None:
            return False
        if wish.reach is Reach.OWN:
            # One's own needs the role too, where the grant names roles.
            return who == viewer and (wish.who is SIGNED_IN or bool(fitting))
        if wish.reach is Reach.ANYWHERE:
            return wish.who is SIGNED_IN or bool(fitting)
        if wish.reach is Reach.HERE:
            return where in fitting
        if wish.reach is Reach.BELOW:
            return bool(fitting & above[where])
        return any(where in above[node] for node in fitting)

    return {row.pk for who, role, where, row in rows if reached(who, where) and wish.only in (None, role)}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parents=trees, held=posts, wished=st.lists(wishes(), min_size=1, max_size=3))
@example([], [(0, ROLES[0], 0)], [Wish(frozenset({ROLES[1]}), Reach.OWN, None)]).via("one's own without the role")
def test_it_filters_checks_and_reckons_alike(parents, held, wished):
    with transaction.atomic():
        _nodes, above, people, rows = plant(parents, held)
        rule = Rule("test.see", tuple(wish.grant() for wish in wished))
        for viewer, person in [(None, AnonymousUser()), *enumerate(people)]:
            expected = set().union(*(reckoned(wish, viewer, rows, above) for wish in wished))
            seen = list(Assignment.objects.visible_to(person, rule).values_list("pk", flat=True))
            assert sorted(seen) == sorted(expected)
            assert {row.pk for *_, row in rows if may(person, rule, row)} == expected
            assert which(person, rule, [row for *_, row in rows]) == expected
            if expected:
                assert may(person, rule)
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parents=trees, held=posts, reach=st.sampled_from([Reach.HERE, Reach.BELOW, Reach.ABOVE]))
def test_it_gives_each_person_once_however_many_posts_fit(parents, held, reach):
    """Persons are reached over many rows; each must come once, or counts would lie."""
    with transaction.atomic():
        _nodes, _above, people, _rows = plant(parents, held)
        rule = Rule("test.see", (Grant(ROLES, reach),))
        for person in people:
            seen = list(Person.objects.visible_to(person, rule).values_list("pk", flat=True))
            assert len(seen) == len(set(seen))
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parents=trees, held=posts, reach=st.sampled_from([Reach.HERE, Reach.BELOW, Reach.ABOVE]), only=st.booleans())
def test_it_answers_the_same_when_the_way_up_is_known(parents, held, reach, only):
    with transaction.atomic():
        _nodes, _above, people, _rows = plant(parents, held)
        first = sorted(ROLES)[0]
        rule = Rule("test.see", (Grant({first}, reach), Grant(ROLES, reach, Q(pk__gt=0) if only else Q(pk=None))))
        for person in people:
            for node in Organisation.objects.all():
                asked = may(person, rule, node)
                node.known_above = frozenset(Organisation.objects.at_or_above([node.pk]).values_list("pk", flat=True))
                assert may(person, rule, node) == asked
        transaction.set_rollback(True)


def test_it_asks_nothing_of_the_tree_when_the_way_up_is_known(django_assert_num_queries):
    town = factories.organisation(factories.organisation())
    lead = factories.person(Role.MUNICIPALITY_LEAD, town)
    lead.standing()
    below = Rule("test.see", (Grant({Role.MUNICIPALITY_LEAD}, Reach.BELOW), Grant({Role.TEACHER}, Reach.HERE)))
    school, other = factories.organisation(town), factories.organisation(town.parent)
    school.known_above = frozenset({school.pk, town.pk, town.parent_id})
    other.known_above = frozenset({other.pk, town.parent_id})
    with django_assert_num_queries(0):
        assert may(lead, below, school)
        assert not may(lead, below, other)


def test_it_asks_the_database_once_at_most(django_assert_num_queries):
    town = factories.organisation(factories.organisation())
    lead = factories.person(Role.MUNICIPALITY_LEAD, town)
    below = Rule("test.see", (Grant({Role.MUNICIPALITY_LEAD}, Reach.BELOW), Grant({Role.TEACHER}, Reach.HERE)))
    with django_assert_num_queries(2):  # the assignments, once for the request, and the question itself
        assert may(lead, below, town)
    with django_assert_num_queries(1):
        assert may(lead, below, town)


def test_it_asks_nothing_when_the_roles_decide(django_assert_num_queries):
    town = factories.organisation(factories.organisation())
    lead = factories.person(Role.MUNICIPALITY_LEAD, town)
    lead.standing()
    with django_assert_num_queries(0):
        assert may(lead, Rule("test.a", (Grant({Role.MUNICIPALITY_LEAD}, Reach.ANYWHERE),)), town)
        assert may(AnonymousUser(), Rule("test.b", (Grant(ANYONE, Reach.ANYWHERE),)), town)
        assert not may(lead, Rule("test.c", (Grant({Role.TEACHER}, Reach.ANYWHERE),)), town)
        assert not may(AnonymousUser(), Rule("test.d", (Grant(SIGNED_IN, Reach.ANYWHERE),)), town)
        assert not may(lead, Rule("test.e", (Grant({Role.TEACHER}, Reach.BELOW),)))


def test_it_asks_once_for_a_whole_list(django_assert_num_queries):
    region = factories.organisation()
    towns = [factories.organisation(region) for _ in range(5)]
    lead = factories.person(Role.MUNICIPALITY_LEAD, towns[0])
    lead.standing()
    with django_assert_num_queries(1):
        assert which(lead, Rule("test.see", (Grant({Role.MUNICIPALITY_LEAD}, Reach.BELOW),)), towns) == {towns[0].pk}
    with django_assert_num_queries(0):
        assert which(lead, Rule("test.see", (Grant({Role.MUNICIPALITY_LEAD}, Reach.BELOW),)), []) == set()


def test_it_knows_nothing_of_what_is_not_saved():
    lead = factories.person(Role.MUNICIPALITY_LEAD, factories.organisation())
    anywhere = Rule("test.see", (Grant({Role.MUNICIPALITY_LEAD}, Reach.ANYWHERE),))
    assert not may(lead, anywhere, Organisation(name="Ingenstans"))


def test_it_forgets_a_post_that_has_ended():
    town = factories.organisation(factories.organisation())
    lead = factories.person()
    factories.assignment(lead, Role.MUNICIPALITY_LEAD, town, valid_to=date(2021, 1, 1))
    assert not may(lead, Rule("test.see", (Grant({Role.MUNICIPALITY_LEAD}, Reach.BELOW),)), town)
