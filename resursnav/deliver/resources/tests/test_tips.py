"""Tips and their moderation."""

import pytest

from resursnav.deliver.resources.actions import UnableToTip, add_tip, approve_tip, decline_tip, remove_tip
from resursnav.deliver.resources.models import Tip
from resursnav.deliver.resources.rules import MODERATE, SEE_TIP
from resursnav.foundation.access import Role
from tests import factories

TIP = {
    "headline": "Bygg i par",
    "text": "Vi lät eleverna bygga i par och byta roll varje kvart.",
    "grade_from": 4,
    "grade_to": 4,
}


@pytest.fixture
def resource(county):
    return factories.resource(county.region)


@pytest.fixture
def tip(county, at, resource):
    return add_tip(resource=resource, by=county.teacher, at=at, **TIP)


def test_it_waits_and_remembers_role_and_place(county, tip):
    assert (tip.status, tip.author_role, tip.author_place, tip.show_name) == (
        "waiting",
        "teacher",
        county.school,
        False,
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"headline": "  "}, "headline"),
        ({"headline": "x" * 121}, "headline"),
        ({"text": "för kort"}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"grade_to": None}, "grade_from"),
        ({"grade_to": 3}, "grade_from"),
    ],
)
def test_it_says_what_the_tip_lacks(county, at, resource, wrong, field):
    with pytest.raises(UnableToTip) as refused:
        add_tip(resource=resource, by=county.teacher, at=at, **{**TIP, **wrong})
    assert refused.value.field == field


def test_it_takes_tips_from_those_who_teach_only(county, at, resource):
    politician = factories.person(Role.POLITICIAN, county.town)
    with pytest.raises(UnableToTip, match="arbetar i skola"):
        add_tip(resource=resource, by=politician, at=at, **TIP)


def test_it_is_shown_to_others_only_when_approved(county, at, tip):
    stranger, colleague = object(), factories.person(Role.TEACHER, county.school)

    def seen(person):
        return Tip.objects.visible_to(person, SEE_TIP).filter(pk=tip.pk).exists()

    assert [seen(p) for p in (stranger, colleague, county.teacher, county.expert)] == [False, False, True, True]
    approve_tip(tip=tip, by=county.expert, at=at)
    assert (tip.status, tip.decided_by, tip.decided_at) == ("shown", county.expert, at)
    assert [seen(p) for p in (stranger, colleague, county.teacher, county.expert)] == [True] * 4


def test_it_is_declined_with_a_reason(county, at, tip):
    with pytest.raises(UnableToTip) as refused:
        decline_tip(tip=tip, reason=" ", by=county.expert, at=at)
    assert refused.value.field == "reason"
    decline_tip(tip=tip, reason="Nämner en elev vid namn.", by=county.expert, at=at)
    assert (tip.status, tip.declined_reason) == ("declined", "Nämner en elev vid namn.")


def test_it_lets_the_first_decision_count(county, at, tip):
    stale = Tip.objects.get(pk=tip.pk)
    decline_tip(tip=tip, reason="Samma som ett annat.", by=county.expert, at=at)
    with pytest.raises(UnableToTip, match="redan granskat"):
        approve_tip(tip=stale, by=county.coordinator, at=at)
    tip.refresh_from_db()
    assert tip.status == "declined"


def test_it_is_taken_back_by_its_author_only(county, at, tip):
    with pytest.raises(UnableToTip, match="har skrivit"):
        remove_tip(tip=tip, by=county.expert, at=at)
    remove_tip(tip=tip, by=county.teacher, at=at)
    assert not Tip.objects.exists()


def test_it_is_moderated_by_the_centre_of_the_own_county_only(county, tip):
    elsewhere = factories.person(Role.COORDINATOR, factories.organisation())
    assert Tip.objects.visible_to(county.coordinator, MODERATE).count() == 1
    assert Tip.objects.visible_to(elsewhere, MODERATE).count() == 0
    assert Tip.objects.visible_to(county.teacher, MODERATE).count() == 0
