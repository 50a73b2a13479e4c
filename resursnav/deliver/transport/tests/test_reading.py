"""The plan of a place: its nearest marks, its breaks, its centre's days; few statements however many."""

from datetime import date, time

import pytest

from resursnav.deliver.transport import actions
from resursnav.deliver.transport.actions import telling
from resursnav.deliver.transport.calendar import Way
from resursnav.deliver.transport.events import RoutesChanged
from resursnav.deliver.transport.facts import BreakFacts, ClosedFacts, RouteFacts
from resursnav.deliver.transport.models import ClosedDays, Handling, OpeningHours, RoutePlace, SchoolBreak
from resursnav.deliver.transport.reading import PLANS, plan_for, plans_for
from resursnav.foundation.keeping import forget_all
from resursnav.foundation.keeping.actions import restamp
from resursnav.foundation.organisations import actions as organisations
from resursnav.kernel import events
from tests import factories

from .conftest import AT, van

SHUT = ClosedFacts(date(2026, 12, 3), date(2026, 12, 5), "Flytt")
FREE = BreakFacts("winter", date(2027, 2, 22), date(2027, 2, 27))
SPAN = {"start": date(2026, 11, 20), "end": date(2027, 6, 30)}


def routes(plan):
    return sorted(ride.route for ride in plan.rides)


def test_a_mark_above_serves_all_below(county, route):
    plan = plan_for(county.school, **SPAN)
    assert routes(plan) == [route.pk]
    assert plan.rides[0].rank == 1
    assert plan.leaves(date(2026, 11, 30)) == date(2026, 11, 24)
    assert plan_for(county.neighbour.pk, **SPAN).rides == ()


def test_the_nearest_mark_excepts_and_includes_again(county, route):
    mark = RoutePlace.objects.create(route=route, organisation=county.school, included=False)
    restamp(PLANS)
    assert plan_for(county.school, **SPAN).rides == ()
    mark.included = True
    mark.save()
    restamp(PLANS)
    assert plan_for(county.school, **SPAN).rides[0].rank == 0


def test_a_route_that_has_ended_is_left_out(county):
    van(county.region, county.town, valid_to=date(2026, 1, 1))
    coming = van(county.region, county.town, name="Tur 2", valid_from=date(2027, 1, 7))
    assert routes(plan_for(county.school, **SPAN)) == [coming.pk]


def test_a_counter_has_no_days_on_the_way(county):
    van(county.region, county.town, way="pick_up", weekdays=(), transit_days=3)
    ride = plan_for(county.school, **SPAN).rides[0]
    assert (ride.way, ride.transit) == (Way.PICK_UP, 0)


def test_the_centre_says_its_days(county, route):
    assert plan_for(county.school, **SPAN).centre.weekdays == frozenset(range(5))
    Handling.objects.create(owner=county.region, processing_days=2)
    for weekday in (1, 3):
        OpeningHours.objects.create(owner=county.region, weekday=weekday, opens=time(8), closes=time(16))
    ClosedDays.objects.create(
        owner=county.region, valid_from=date(2026, 12, 22), valid_to=date(2026, 12, 23), reason="Inventering"
    )
    restamp(PLANS)
    centre = plan_for(county.school, **SPAN).centre
    assert (centre.weekdays, centre.processing_days) == (frozenset({1, 3}), 2)
    assert not centre.is_open(date(2026, 12, 22))
    assert centre.is_open(date(2026, 12, 17))


@pytest.mark.parametrize(("where", "free"), [("school", True), ("library", False), ("neighbour", False)])
def test_breaks_are_the_schools_and_not_the_librarys(county, route, where, free):
    SchoolBreak.objects.create(
        organisation=county.region, kind="winter", valid_from=date(2027, 3, 1), valid_to=date(2027, 3, 6)
    )
    SchoolBreak.objects.create(
        organisation=county.town, kind="winter", valid_from=date(2027, 2, 22), valid_to=date(2027, 2, 27)
    )
    restamp(PLANS)
    plan = plan_for(getattr(county, where), **SPAN)
    assert plan.is_break(date(2027, 2, 23)) is free
    assert plan.is_break(date(2027, 3, 2)) is (where == "neighbour")


def test_nothing_is_known_of_a_place_that_is_not_there(county):
    plan = plan_for(0, **SPAN)
    assert (plan.rides, plan.breaks) == ((), frozenset())


def test_it_asks_three_times_however_many(county, route, django_assert_num_queries):
    van(county.region, county.region, way="post", weekdays=(0, 1, 2, 3, 4), transit_days=2)
    places = [county.school, county.library, county.town, county.neighbour]
    with django_assert_num_queries(3):
        plans = plans_for(places, **SPAN)
    with django_assert_num_queries(1):
        assert plans_for(places, **SPAN) == plans
    assert [len(plans[place.pk].rides) for place in places] == [2, 2, 2, 1]


def test_it_asks_once_for_what_is_kept(county, route, django_assert_num_queries):
    with django_assert_num_queries(3):
        first = plan_for(county.school, **SPAN)
    with django_assert_num_queries(1):
        assert plan_for(county.school, **SPAN) is first
    with django_assert_num_queries(3):  # another school of the same town goes another way up
        plan_for(county.town, **SPAN)


def test_places_with_the_same_routes_and_days_share_a_plan(county, route):
    other = factories.organisation(parent=county.town)
    plans = plans_for([county.school, other, county.neighbour], **SPAN)
    assert plans[county.school.pk] is plans[other.pk]
    assert plans[county.school.pk] is not plans[county.neighbour.pk]


def test_bookings_near_and_far_ahead_ask_for_the_same_plan(county, route, django_assert_num_queries):
    first = plan_for(county.school, start=date(2026, 11, 20), end=date(2026, 11, 30))
    with django_assert_num_queries(1):
        assert plan_for(county.school, start=date(2026, 11, 25), end=date(2028, 2, 1)) is first


@pytest.mark.parametrize("changed", ["route", "ended", "places", "hours", "closed", "break", "tree"])
def test_what_is_kept_is_never_out_of_date(county, route, changed):
    before = plan_for(county.school, **SPAN)
    assert plan_for(county.school, **SPAN) is before
    change(county, route, changed)
    after = plan_for(county.school, **SPAN)
    assert after != before
    forget_all()
    assert plan_for(county.school, **SPAN) == after


def test_without_a_new_stamp_it_would_be_out_of_date(county, route, monkeypatch):
    """So the test above can see the fault."""
    before = plan_for(county.school, **SPAN)
    monkeypatch.setattr(telling, "restamp", lambda name: None)
    change(county, route, "closed")
    assert plan_for(county.school, **SPAN) is before


def change(county, route, what):
    said = {"by": None, "at": AT}
    if what == "route":
        facts = RouteFacts(carrier=route.carrier, name="Tur 1", weekdays=(3,))
        actions.change_route(route=route, facts=facts, **said)
    elif what == "ended":
        actions.end_route(route=route, ends=date(2026, 12, 1), reason="Slut", **said)
    elif what == "places":
        actions.unmark_place(route=route, organisation=county.town, **said)
    elif what == "hours":
        actions.set_hours(owner=county.region, processing_days=2, hours={1: (time(8), time(16))}, **said)
    elif what == "closed":
        actions.close_days(owner=county.region, facts=SHUT, **said)
    elif what == "break":
        actions.add_break(organisation=county.town, facts=FREE, **said)
    else:
        organisations.move(organisation=county.school, parent=county.neighbour, **said)


@pytest.mark.parametrize("what", ["closed", "break"])
def test_whoever_plans_anew_when_days_are_taken_away_sees_them_gone(county, route, monkeypatch, what):
    said = {"by": None, "at": AT}
    before = plan_for(county.school, **SPAN)
    if what == "closed":
        made = actions.close_days(owner=county.region, facts=SHUT, **said)
    else:
        made = actions.add_break(organisation=county.town, facts=FREE, **said)
    seen = []
    monkeypatch.setitem(events._listeners, RoutesChanged, [lambda event: seen.append(plan_for(county.school, **SPAN))])
    if what == "closed":
        actions.reopen(closed=made, **said)
    else:
        actions.remove_break(schoolbreak=made, **said)
    assert seen == [before]
