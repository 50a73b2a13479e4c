"""Who sees what: the centre its own, a municipality what it has or pays, schools and strangers nothing."""

from decimal import Decimal

import pytest

from resursnav.foundation.access import Role, may
from resursnav.landscape.agreements import actions, reading, waiting
from resursnav.landscape.agreements.models import (
    Agreement,
    AgreementDocument,
    CostShare,
    Counterpart,
    RightPlace,
    TitleList,
    UsageRight,
)
from resursnav.landscape.agreements.models.agreement import PastPeriod
from resursnav.landscape.agreements.rules import EDIT, SEE, SEE_COUNTERPART, SEE_DOCUMENT, SEE_PRICE, SEE_SHARE
from tests import factories

from .conftest import facts
from .test_papers import SOME_PDF


def sees(person, rule=SEE, model=Agreement):
    return model.objects.visible_to(person, rule).exists()


def test_the_centre_sees_its_own_and_nobody_elses(county, agreement):
    assert sees(county.coordinator)
    assert sees(factories.person(Role.EXPERT, county.region))
    assert not sees(factories.person(Role.COORDINATOR, county.abroad.parent))
    assert not sees(None)
    assert not sees(county.teacher)


def test_a_municipality_sees_what_it_has_the_right_to(county, agreement, right, at):
    assert not sees(county.lead)
    actions.mark_place(right=right, organisation=county.region, included=True, by=None, at=at)
    assert sees(county.lead)
    assert sees(county.lead, model=UsageRight)
    assert sees(county.lead, model=RightPlace)
    assert not sees(county.stranger_lead)
    actions.mark_place(right=right, organisation=county.town, included=False, by=None, at=at)
    assert not sees(county.lead)
    assert sees(county.neighbour_lead)
    actions.mark_place(right=right, organisation=county.school, included=True, by=None, at=at)
    assert sees(county.lead)  # a school of its own is included again
    assert Agreement.objects.visible_to(county.lead, SEE).count() == 1


def test_the_nearest_mark_decides_for_those_further_down(county, agreement, right, at):
    owner = factories.person(Role.OBJECT_OWNER, county.school)
    actions.mark_place(right=right, organisation=county.town, included=True, by=None, at=at)
    assert sees(owner)
    actions.mark_place(right=right, organisation=county.school, included=False, by=None, at=at)
    assert not sees(owner)
    assert sees(county.lead)


def test_a_municipality_sees_the_price_and_the_papers_only_when_it_pays(county, agreement, placed, at):
    actions.add_document(agreement=agreement, title="Avtal", name="a.pdf", data=SOME_PDF, by=None, at=at)
    assert not sees(county.lead, SEE_DOCUMENT, AgreementDocument)
    assert reading.payers(agreement, county.lead, at.date()) == []
    assert not may(county.lead, SEE_PRICE, agreement)
    assert may(county.coordinator, SEE_PRICE, agreement)
    assert reading.priced([agreement], county.lead) == set()
    weights = {county.town: Decimal(1), county.neighbour: Decimal(1)}
    actions.set_shares(agreement=agreement, key="equal", weights=weights, by=None, at=at)
    agreement.refresh_from_db()
    assert sees(county.lead, SEE_DOCUMENT, AgreementDocument)
    seen = reading.payers(agreement, county.lead, at.date())
    assert [one.share.organisation for one in seen] == [county.town]
    assert seen[0].kronor == Decimal(500)
    assert sees(county.neighbour_lead)  # it pays, so it sees, though it has no right
    assert reading.priced([agreement], county.lead) == {agreement.pk}
    assert not sees(county.stranger_lead, SEE_SHARE, CostShare)


def test_a_municipality_keeps_agreements_of_its_own(county, at):
    here = factories.person(Role.COORDINATOR, county.town)
    own = actions.register(owner=county.town, facts=facts(), by=here, at=at)
    assert may(here, EDIT, own)
    assert may(county.coordinator, EDIT, own)
    assert may(county.lead, SEE_PRICE, own)
    assert not may(county.lead, EDIT, own)
    assert not sees(county.neighbour_lead)


def test_only_the_centre_sees_counterparts(county, agreement):
    assert sees(county.coordinator, SEE_COUNTERPART, Counterpart)
    assert not sees(county.lead, SEE_COUNTERPART, Counterpart)


@pytest.mark.parametrize("model", [TitleList, PastPeriod])
def test_what_belongs_to_an_agreement_follows_it(county, made, right, at, model):
    TitleList.objects.create(agreement=right.agreement, code="x", name="X")
    PastPeriod.objects.create(
        agreement=right.agreement, valid_from=at.date().replace(year=2024), valid_to=at.date(), extended_at=at
    )
    assert sees(county.coordinator, model=model)
    assert not sees(county.lead, model=model)
    actions.mark_place(right=right, organisation=county.town, included=True, by=None, at=at)
    assert sees(county.lead, model=model)


def test_a_story_is_for_those_who_see_the_agreement(county, agreement):
    assert waiting.seen(county.coordinator, [agreement.pk]) == {agreement.pk}
    assert waiting.seen(county.lead, [agreement.pk]) == set()


def test_what_may_be_done_is_known_without_asking_the_database(county, agreement, django_assert_num_queries):
    one = Agreement.objects.get()
    for somebody in (county.coordinator, county.lead):
        somebody.standing()
    with django_assert_num_queries(0):
        assert may(county.coordinator, EDIT, one)
        assert may(county.coordinator, SEE, one)
        assert not may(county.lead, EDIT, one)


@pytest.mark.parametrize("place", ["region", "town", "neighbour", "school", "abroad"])
def test_it_says_the_same_of_one_as_of_many(county, agreement, at, place):
    """The short way of `may` and the filter agree, for every role at every place."""
    own = actions.register(owner=county.town, facts=facts(), by=None, at=at)
    for role in Role:
        somebody = factories.person(role, getattr(county, place))
        for rule in (SEE, EDIT, SEE_PRICE):
            for one in (agreement, own):
                assert may(somebody, rule, one) is (one in Agreement.objects.visible_to(somebody, rule))
