"""What is foreseen is what happens: when a copy goes, and when routes change."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from resursnav.deliver.lending import actions, consequences, foresight
from resursnav.deliver.lending.models import Booking, LoanRule, State
from resursnav.deliver.stock import actions as stock
from resursnav.deliver.stock.models import Item
from resursnav.deliver.transport.models import Route
from resursnav.foundation.access import Role
from tests import factories

from .conftest import AT, TODAY, TUESDAY, book, line, routes_change, set_routes, wish
from .test_flow import copies, fresh, on, sent_out
from .test_pages import first, now, office, text

__all__ = ["first", "now", "office"]


def bumped():
    return sorted(Booking.objects.filter(state=State.BUMPED).values_list("pk", flat=True))


def kits(county):
    return list(Item.objects.filter(holding=county.kit).order_by("pk"))


def nothing(county):
    return kits(county)[0]


def some_have_room_and_one_has_not(county):
    for number, quantity in enumerate((1, 1, 1)):
        book(county, wish(county.kit, quantity=quantity), at=AT + timedelta(minutes=number))
    book(county, wish(county.kit, TUESDAY + timedelta(days=28)), at=AT)
    return kits(county)[0]


def it_is_packed_for_somebody(county):
    booking = line(book(county, wish(county.kit, quantity=2)))
    book(county, wish(county.kit), at=AT + timedelta(minutes=1))
    packed = actions.pack(booking=booking, by=None, at=on(0))
    return copies(packed)[0]


def it_is_packed_early_by_a_rule_with_days_to_prepare(county):
    LoanRule.objects.create(owner=county.region, kind="kit", lead_days=2, updated_at=AT)
    booking = line(book(county, wish(county.kit, quantity=3)))
    return copies(actions.pack(booking=booking, by=None, at=on(0)))[0]


def it_is_on_loan_with_another(county):
    [booking] = sent_out(county, wish(county.kit, quantity=2))
    book(county, wish(county.kit, date(2026, 12, 8), quantity=3))
    return copies(booking)[0]


def it_is_on_service_and_promised_back(county):
    item = kits(county)[0]
    stock.send_to_service(item=item, back_date=date(2026, 12, 1), by=None, at=on(0))
    book(county, wish(county.kit, date(2026, 12, 3), quantity=3))
    book(county, wish(county.kit, quantity=2))
    item.refresh_from_db()
    return item


def it_is_not_back_from_service_in_time(county):
    item = kits(county)[0]
    stock.send_to_service(item=item, back_date=date(2026, 11, 22), by=None, at=on(0))
    book(county, wish(county.kit, quantity=3))
    item.refresh_from_db()
    return item


def it_comes_back_after_all_that_is_booked(county):
    item = kits(county)[0]
    stock.send_to_service(item=item, back_date=date(2027, 3, 1), by=None, at=on(0))
    book(county, wish(county.kit, quantity=2))
    item.refresh_from_db()
    return item


def it_has_been_missing(county):
    item = kits(county)[0]
    stock.report_missing(item=item, by=None, at=on(0))
    book(county, wish(county.kit, quantity=2))
    item.refresh_from_db()
    return item


SCENES = [
    nothing, some_have_room_and_one_has_not, it_is_packed_for_somebody,
    it_is_packed_early_by_a_rule_with_days_to_prepare, it_is_on_loan_with_another, it_is_on_service_and_promised_back,
    it_is_not_back_from_service_in_time, it_comes_back_after_all_that_is_booked, it_has_been_missing,
]  # fmt: skip


@pytest.mark.parametrize("scene", SCENES)
def test_what_is_foreseen_of_a_copy_is_what_happens_when_it_goes(county, scene):
    item = scene(county)
    later = on(3)
    has = item.id in Booking.objects.filter(copies__open=True).values_list("copies__item", flat=True)
    found = foresight.without_item(item, later.date())
    assert bumped() == []
    stock.retire(items=[item], reason="Trasig", by=None, at=later)
    # A loan of several copies is parted in two; what is foreseen is told of the one that there was.
    assert len(found.lost) == len(bumped())
    assert set(bumped()) == set(found.lost) or has
    assert Booking.objects.filter(state=State.BOOKED).count() == found.kept
    assert (found.ends is not None) == Booking.objects.filter(state=State.LOST).exists()


def routes(county, weekdays):
    """The routes as they would be, and what is foreseen then; and what happens when it is so."""
    set_routes(weekdays=weekdays)
    found = foresight.with_routes(county.region, TODAY)
    before = dict(Booking.objects.values_list("pk", "blocked_to"))
    assert bumped() == []
    routes_change(county.region.pk, on(0))
    moved = {pk for pk, until in Booking.objects.values_list("pk", "blocked_to") if before[pk] != until}
    return found, moved


def test_what_is_foreseen_of_routes_is_what_happens(county):
    out = sent_out(county, wish(county.book))
    one = line(book(county, wish(county.kit, date(2026, 12, 3), days=3)))
    found, moved = routes(county, [0])
    assert (found.kept, found.lost) == (2, [])
    assert moved == {one.pk, out[0].pk}
    assert bumped() == []


def test_what_comes_home_later_takes_the_place_of_the_next(county):
    [late] = sent_out(county, wish(county.book, quantity=2))
    next_one = line(book(county, wish(county.book, date(2026, 12, 3)), person=county.colleague))
    other = line(book(county, wish(county.book, date(2026, 12, 17)), at=AT + timedelta(hours=1)))
    found, _moved = routes(county, [3])
    assert found.lost == bumped() == [next_one.pk]
    assert fresh(other).state == State.BOOKED
    assert fresh(late).hand_over_date == date(2026, 12, 3)


def test_the_words_say_how_many_move_and_which_cannot_be(county, monkeypatch):
    monkeypatch.setattr(consequences.timezone, "localdate", lambda: TODAY)
    [late] = sent_out(county, wish(county.book, quantity=2))
    book(county, wish(county.book, date(2026, 12, 3)))
    set_routes(weekdays=[3])
    told = consequences.of_routes(county.region, county.coordinator)
    shown = " ".join(render_to_string("lending/parts/_hit.html", told).split())
    assert "1 bokning planeras om: transporten får andra dagar." in shown
    assert "1 bokning går inte att lösa." in shown
    assert shown.count("<li>") == 1
    assert late.pk not in told["found"].lost


def test_what_can_no_longer_be_there_is_foreseen(county):
    booking = line(book(county))
    set_routes(valid_to=TODAY)
    assert foresight.with_routes(county.region, TODAY).lost == [booking.pk]
    assert consequences.of_routes(county.abroad, county.coordinator) is None


def test_it_asks_no_more_for_much(county, django_assert_num_queries):
    for number in range(6):
        unit, person = (county.other_school, county.other_teacher) if number % 2 else (county.school, county.teacher)
        holding = factories.holding(factories.resource(county.region, "book"), items=1)
        book(county, wish(holding), unit=unit, person=person)
        set_routes(weekdays=[0])
        with django_assert_num_queries(8):
            assert foresight.with_routes(county.region, TODAY).kept == number + 1
        set_routes(weekdays=[1, 3])


def test_before_it_is_retired_one_sees_what_is_booked(office, county, first, now, django_assert_max_num_queries):
    for minute in range(2):
        book(county, wish(county.book, first), at=now + timedelta(minutes=minute))
    item = Item.objects.filter(holding=county.book).first()
    for name in ("retire", "missing", "service"):
        address = reverse(f"stock:{name}", args=[item.pk])
        with django_assert_max_num_queries(12):
            shown = text(office.get(address))
        assert "1 bokning klarar sig med de andra exemplaren." in shown
        assert "1 bokning går inte att lösa." in shown
        assert "Istiden (bok)</a>, Torskolan" in shown
    alone = text(office.get(reverse("stock:retire", args=[kits(county)[0].pk])))
    assert "Ingen bokning påverkas." in alone
    assert not Booking.objects.filter(state=State.BUMPED).exists()


def test_before_it_is_missed_one_sees_who_has_it(office, county, first, now):
    order = book(county, wish(county.kit, first), at=now)
    row = order.bookings.get()
    actions.pack(booking=row, by=None, at=now)
    actions.send(bookings=[row], by=None, at=now)
    [item] = copies(row)
    assert "Exemplaret är utlånat till Torskolan" in text(office.get(reverse("stock:missing", args=[item.pk])))


def test_only_some_are_told_by_name(office, county, first, now, monkeypatch):
    monkeypatch.setattr(consequences, "MOST", 4)
    factories.item(county.kit)
    for number in range(6):
        for minute in range(2):
            at = now + timedelta(minutes=minute)
            book(county, wish(county.kit, first + timedelta(days=28 * number), quantity=2), at=at)
    item = kits(county)[0]
    shown = text(office.get(reverse("stock:retire", args=[item.pk])))
    assert "6 bokningar går inte att lösa." in shown
    assert shown.count("Robotlåda (låda eller set)</a>, Torskolan") == 4
    assert "och 2 till" in shown


def test_before_a_route_is_changed_one_sees_what_moves(office, county, first, now):
    book(county, wish(county.book, first), at=now)
    route = Route.objects.get()
    said = {
        "carrier": route.carrier_id, "name": route.name, "weekdays": [0, 2], "weeks": "every", "cut_off_days": 1,
        "cut_off_time": "12:00", "transit_days": 0, "collects": "on", "seen_at": route.updated_at.isoformat(),
    }  # fmt: skip
    shown = text(office.post(reverse("transport:edit_route", args=[route.pk]), said))
    assert "Inget är ändrat än" in shown
    assert "Bokningar som berörs" in shown
    assert Route.objects.get().weekdays == [1, 3]


def test_others_are_told_nothing(county):
    assert consequences.of_item(kits(county)[0], factories.person(Role.TEACHER, county.school)) is None
    assert consequences.of_routes(county.region, county.teacher) is None
    book(county)
    assert foresight.without_item(kits(county)[0], TODAY) == foresight.Foreseen()
