"""What the verbs keep, refuse, log and tell."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from resursnav.deliver.transport import actions
from resursnav.deliver.transport.events import RoutesChanged
from resursnav.deliver.transport.facts import BreakFacts, CarrierFacts, ClosedFacts, RouteFacts
from resursnav.deliver.transport.models import (
    Carrier,
    ClosedDays,
    Handling,
    OpeningHours,
    Route,
    RoutePlace,
    SchoolBreak,
)
from resursnav.deliver.transport.reading import plan_for
from resursnav.foundation.threads.models import Record
from resursnav.kernel import events
from resursnav.kernel.errors import Unable

from .conftest import van

LATER = timedelta(hours=1)
WINTER = BreakFacts("winter", date(2027, 2, 22), date(2027, 2, 27))
STOCKTAKING = ClosedFacts(date(2026, 12, 3), date(2026, 12, 5), "Inventering")


@pytest.fixture
def told(monkeypatch):
    """The owners whose plans have been told to have changed."""
    heard = []
    monkeypatch.setitem(events._listeners, RoutesChanged, [lambda event: heard.append(event.owner_id)])
    return heard


@pytest.fixture
def carrier(county, at):
    return actions.add_carrier(owner=county.region, facts=CarrierFacts(" Centrets  bil ", "van"), by=None, at=at)


def refused(call, field=None):
    with pytest.raises(Unable) as refusal:
        call()
    assert refusal.value.field == field


def verbs():
    return list(Record.objects.order_by("pk").values_list("verb", flat=True))


def test_carriers_are_added_changed_and_removed(county, carrier, at):
    assert carrier.name == "Centrets bil"
    refused(lambda: actions.add_carrier(owner=county.region, facts=CarrierFacts("centrets BIL", "van"), by=None, at=at),
            "name")  # fmt: skip
    refused(lambda: actions.add_carrier(owner=county.town, facts=CarrierFacts("Bil", "van"), by=None, at=at), "owner")
    refused(lambda: actions.add_carrier(owner=county.region, facts=CarrierFacts("Bil", "boat"), by=None, at=at), "way")
    facts = CarrierFacts("Posten", "post", phone=" 08-1 ", note="x")
    actions.edit_carrier(carrier=carrier, facts=facts, by=county.coordinator, at=at)
    actions.edit_carrier(carrier=carrier, facts=facts, by=county.coordinator, at=at)
    assert Carrier.objects.get().phone == "08-1"
    actions.remove_carrier(carrier=carrier, by=None, at=at)
    assert not Carrier.objects.exists()
    assert verbs() == [f"transport.carrier_{verb}" for verb in ("added", "edited", "removed")]


def test_a_carrier_with_routes_keeps_its_way_and_stays(county, route, at):
    refused(
        lambda: actions.edit_carrier(carrier=route.carrier, facts=CarrierFacts("Bil", "post"), by=None, at=at), "way"
    )
    refused(lambda: actions.remove_carrier(carrier=route.carrier, by=None, at=at))


def test_a_route_is_laid_out_and_changed(county, carrier, told, at):
    made = actions.add_route(facts=RouteFacts(carrier, " Norra  turen", [3, 1]), by=county.coordinator, at=at)
    assert (made.name, made.weekdays) == ("Norra turen", [1, 3])
    facts = RouteFacts(carrier, "Norra turen", [1], cut_off_time=time(10))
    actions.change_route(route=made, facts=facts, by=None, at=at + LATER)
    actions.change_route(route=made, facts=facts, by=None, at=at + LATER)
    assert Route.objects.get().cut_off_time == time(10)
    assert told == [county.region.pk] * 2
    assert Record.objects.of(made).first().after["weekdays"] == "tisdag"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": [7]}, "weekdays"),
        ({"weekdays": [1, 1]}, "weekdays"),
        ({"name": ""}, "name"),
        ({"weeks": "leap"}, "weeks"),
        ({"cut_off_days": 21}, None),
        ({"valid_from": date(1900, 1, 1)}, "valid_from"),
        ({"valid_from": date(2027, 1, 1), "valid_to": date(2027, 1, 1)}, None),
    ],
)
def test_it_refuses_what_cannot_be_a_route(carrier, at, said, field):
    facts = replace(RouteFacts(carrier, "Tur", [1]), **said)
    refused(lambda: actions.add_route(facts=facts, by=None, at=at), field)
    assert not Route.objects.exists()


def test_a_counter_has_no_days_of_its_own(county, at):
    desk = actions.add_carrier(owner=county.region, facts=CarrierFacts("Disken", "pick_up"), by=None, at=at)
    facts = RouteFacts(desk, "Hämta", [1], weeks="odd", transit_days=3, collects=False)
    made = actions.add_route(facts=facts, by=None, at=at)
    assert (made.weekdays, made.weeks, made.transit_days, made.collects) == ([], "every", 0, True)


def test_nobody_writes_over_anothers_route_unseen_or_moves_it_to_another_centre(county, route, at):
    facts = RouteFacts(route.carrier, "Min", [1])
    actions.change_route(route=route, facts=facts, by=None, at=at + LATER)
    with pytest.raises(actions.Overtaken):
        actions.change_route(route=route, facts=replace(facts, name="Din"), by=None, at=at + LATER, seen_at=at)
    other = actions.add_carrier(owner=county.abroad, facts=CarrierFacts("Bil", "van"), by=None, at=at)
    refused(lambda: actions.change_route(route=route, facts=replace(facts, carrier=other), by=None, at=at), "carrier")


def test_a_route_ends_with_a_reason(county, route, told, at):
    end = {"route": route, "by": None, "at": at}
    refused(lambda: actions.end_route(ends=date(2027, 1, 1), reason=" ", **end), "reason")
    refused(lambda: actions.end_route(ends=date(3000, 1, 1), reason="x", **end), "ends")
    actions.end_route(ends=date(2027, 1, 1), reason="Ny upphandling", **end)
    assert Route.objects.get().valid_to == date(2027, 1, 1)
    assert told == [county.region.pk]
    Route.objects.update(valid_from=date(2028, 1, 1), valid_to=None)
    refused(lambda: actions.end_route(ends=date(2027, 1, 1), reason="x", **end), "ends")


def test_places_are_marked_noted_and_unmarked(county, route, told, at):
    mark = {"route": route, "by": None, "at": at}
    made = actions.mark_place(organisation=county.school, included=True, **mark)
    assert made.position == 1
    actions.mark_place(organisation=county.school, included=True, **mark)
    assert told == [county.region.pk]
    actions.mark_place(organisation=county.school, included=True, note=" Lastkajen ", **mark)
    assert RoutePlace.objects.get(organisation=county.school).note == "Lastkajen"
    actions.mark_place(organisation=county.school, included=False, **mark)
    refused(lambda: actions.mark_place(organisation=county.abroad, included=True, **mark), "place")
    for _ in range(2):
        actions.unmark_place(organisation=county.school, **mark)
    assert route.places.get().organisation == county.town
    assert len(told) == 4


def test_stops_change_places_with_their_neighbours(county, route, told, at):
    for place in (county.neighbour, county.school):
        actions.mark_place(route=route, organisation=place, included=True, by=None, at=at)
    told.clear()

    def move(place, *, earlier):
        stop = RoutePlace.objects.get(organisation=place)
        actions.move_stop(place=stop, earlier=earlier, by=None, at=at)
        return [one.organisation for one in RoutePlace.objects.filter(included=True).order_by("position")]

    assert move(county.school, earlier=True) == [county.town, county.school, county.neighbour]
    assert move(county.town, earlier=True) == [county.town, county.school, county.neighbour]
    assert move(county.town, earlier=False) == [county.school, county.town, county.neighbour]
    assert move(county.neighbour, earlier=False) == [county.school, county.town, county.neighbour]
    assert told == []
    gone = RoutePlace.objects.get(organisation=county.town)
    RoutePlace.objects.filter(pk=gone.pk).update(included=False)
    actions.move_stop(place=gone, earlier=True, by=None, at=at)


def test_the_centre_says_its_hours(county, told, at):
    hours = {0: (time(8), time(16)), 2: (time(9), time(12))}
    said = {"owner": county.region, "by": county.coordinator, "at": at}
    actions.set_hours(processing_days=2, hours=hours, **said)
    actions.set_hours(processing_days=2, hours=hours, **said)
    assert OpeningHours.objects.count() == 2
    assert Handling.objects.get().processing_days == 2
    assert told == [county.region.pk]
    refused(lambda: actions.set_hours(processing_days=2, hours={}, **said))
    refused(lambda: actions.set_hours(processing_days=21, hours=hours, **said))
    refused(lambda: actions.set_hours(processing_days=0, hours={3: (time(9), time(8))}, **said), "closes_3")
    refused(lambda: actions.set_hours(processing_days=0, hours=hours, owner=county.town, by=None, at=at), "owner")
    assert OpeningHours.objects.count() == 2


def test_the_centre_closes_and_opens_again(county, told, at):
    made = actions.close_days(owner=county.region, facts=STOCKTAKING, by=None, at=at)
    actions.change_closed(closed=made, facts=STOCKTAKING, by=None, at=at)
    actions.change_closed(closed=made, facts=replace(STOCKTAKING, reason="Flytt"), by=None, at=at)
    assert ClosedDays.objects.get().reason == "Flytt"
    refused(lambda: actions.close_days(owner=county.region, facts=replace(STOCKTAKING, reason=""), by=None, at=at),
            "reason")  # fmt: skip
    backwards = replace(STOCKTAKING, valid_to=date(2026, 12, 3))
    refused(lambda: actions.change_closed(closed=made, facts=backwards, by=None, at=at))
    for _ in range(2):
        actions.reopen(closed=made, by=None, at=at)
    assert not ClosedDays.objects.exists()
    assert len(told) == 3


def test_breaks_are_added_changed_and_removed(county, told, at):
    made = actions.add_break(organisation=county.town, facts=WINTER, by=county.lead, at=at)
    actions.change_break(schoolbreak=made, facts=WINTER, by=None, at=at)
    actions.change_break(schoolbreak=made, facts=replace(WINTER, valid_to=date(2027, 2, 28)), by=None, at=at)
    refused(lambda: actions.add_break(organisation=county.town, facts=WINTER, by=None, at=at))
    assert SchoolBreak.objects.get().valid_to == date(2027, 2, 28)
    for _ in range(2):
        actions.remove_break(schoolbreak=made, by=None, at=at)
    assert not SchoolBreak.objects.exists()
    assert told == [county.region.pk] * 3


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "other"}, "name"),
        ({"kind": "spring"}, "kind"),
        ({"valid_to": date(2027, 9, 1)}, "valid_to"),
        ({"valid_to": date(2027, 2, 1)}, None),
        ({"valid_from": date(1000, 2, 1)}, "valid_from"),
    ],
)
def test_it_refuses_what_cannot_be_a_break(county, at, said, field):
    facts = replace(WINTER, **said)
    refused(lambda: actions.add_break(organisation=county.town, facts=facts, by=None, at=at), field)


def test_many_breaks_come_all_or_none(county, at):
    wanted = [(county.town, WINTER), (county.neighbour, replace(WINTER, kind="other"))]
    refused(lambda: actions.add_breaks(wanted=wanted, by=None, at=at), "name")
    assert not SchoolBreak.objects.exists()
    assert len(actions.add_breaks(wanted=wanted[:1], by=None, at=at)) == 1


def test_a_rehearsal_shows_how_it_would_be_and_keeps_nothing(county, route, told, at):
    def end():
        return actions.end_route(route=route, ends=date(2026, 11, 21), reason="x", by=None, at=at)

    def look():
        return plan_for(county.school, start=date(2026, 11, 20), end=date(2026, 12, 20)).leaves(date(2026, 12, 1))

    assert look() == date(2026, 12, 1)
    assert actions.rehearse(end, look) == date(2026, 11, 17)
    assert look() == date(2026, 12, 1)
    assert told == []
    assert not Record.objects.exists()
    refused(lambda: actions.rehearse(lambda: actions.end_route(route=route, ends=date(2027, 1, 1), reason="", by=None,
                                                               at=at), look), "reason")  # fmt: skip
    actions.close_days(owner=county.region, facts=STOCKTAKING, by=None, at=at)
    assert told == [county.region.pk]


def test_two_routes_may_be_named_alike_but_not_two_marks(county, route):
    assert str(van(county.region, name="Tur 1")) == "Tur 1"
    assert str(RoutePlace.objects.get(route=route)).endswith(f"+{county.town.pk}")
