"""Access: the filter and the check are one rule."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from resursnav.foundation.access import ANYONE, SIGNED_IN, Grant, Reach, Role, Rule, may
from resursnav.foundation.organisations.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db


def rule(*grants: Grant) -> Rule:
    return Rule("test.see", grants)


@pytest.fixture
def tree():
    region = factories.organisation(name="Norrland")
    town = factories.organisation(region, name="Dorotea")
    school = factories.organisation(town, name="Bergvattenskolan")
    other = factories.organisation(region, name="Åsele")
    return {"region": region, "town": town, "school": school, "other": other}


def seen(person, *grants):
    return set(Organisation.objects.visible_to(person, rule(*grants)).values_list("name", flat=True))


def test_it_reaches_below(tree):
    lead = factories.person(Role.MUNICIPALITY_LEAD, tree["town"])
    assert seen(lead, Grant({Role.MUNICIPALITY_LEAD}, Reach.BELOW)) == {"Dorotea", "Bergvattenskolan"}


def test_it_reaches_here_only(tree):
    lead = factories.person(Role.MUNICIPALITY_LEAD, tree["town"])
    assert seen(lead, Grant({Role.MUNICIPALITY_LEAD}, Reach.HERE)) == {"Dorotea"}


def test_it_reaches_above(tree):
    teacher = factories.person(Role.TEACHER, tree["school"])
    assert seen(teacher, Grant(SIGNED_IN, Reach.ABOVE)) == {"Norrland", "Dorotea", "Bergvattenskolan"}


def test_it_denies_other_roles_and_strangers(tree):
    teacher = factories.person(Role.TEACHER, tree["school"])
    assert seen(teacher, Grant({Role.COORDINATOR}, Reach.BELOW)) == set()
    assert seen(AnonymousUser(), Grant({Role.COORDINATOR}, Reach.ANYWHERE), Grant(SIGNED_IN, Reach.ANYWHERE)) == set()


def test_it_limits_rows_for_strangers(tree):
    assert seen(AnonymousUser(), Grant(ANYONE, Reach.ANYWHERE, Q(name="Åsele"))) == {"Åsele"}


def test_it_gives_everything_when_one_grant_has_no_limit(tree):
    assert len(seen(AnonymousUser(), Grant(ANYONE, Reach.ANYWHERE, Q(name="x")), Grant(ANYONE, Reach.ANYWHERE))) == 4


def test_it_checks_as_it_filters(tree):
    lead = factories.person(Role.MUNICIPALITY_LEAD, tree["town"])
    below = rule(Grant({Role.MUNICIPALITY_LEAD}, Reach.BELOW))
    assert {node.name for node in Organisation.objects.all() if may(lead, below, node)} == seen(lead, *below.grants)
    assert may(lead, below)
    assert not may(AnonymousUser(), below)


def test_it_refuses_a_reach_that_a_stranger_cannot_have():
    with pytest.raises(ValueError, match="no place"):
        Grant(ANYONE, Reach.ABOVE)
    with pytest.raises(ValueError, match="Without a role"):
        Grant(SIGNED_IN, Reach.BELOW)
