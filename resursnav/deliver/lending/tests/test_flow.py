"""From the shelf to the school and back: packing, sending, returning in parts, renewing, handing over."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from icalendar import Calendar

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import (
    RULES,
    Allocation,
    Booking,
    Happened,
    InvoiceBasis,
    LoanFact,
    LoanRule,
    Order,
    OrderEvent,
    QueueEntry,
    State,
)
from resursnav.deliver.stock import actions as stock
from resursnav.deliver.stock.models import Fault, Item, MissingPart, PartLine
from resursnav.foundation.access import Role
from resursnav.foundation.keeping.actions import restamp
from resursnav.foundation.notices.models import Mail
from tests import factories

from .conftest import AT, DAY, TODAY, TUESDAY, book, day, line, wish


def on(number):
    return AT + timedelta(days=number)


def fresh(booking):
    return Booking.objects.select_related("order").get(pk=booking.pk)


def copies(booking):
    return [copy.item for copy in booking.copies.select_related("item").order_by("pk")]


def sent_out(county, *wishes, **said):
    """Booked, packed and on its way."""
    order = book(county, *wishes, **said)
    for booking in order.bookings.all():
        actions.pack(booking=booking, by=county.coordinator, at=on(3))
    return actions.send(bookings=order.bookings.all(), by=county.coordinator, at=on(3))


def test_the_whole_way(county):
    booking = line(book(county))
    packed = actions.pack(booking=booking, by=county.coordinator, at=on(3))
    # Packed on Monday: away from the shelf from then, though the van goes on Tuesday.
    assert (packed.state, packed.blocked_from) == (State.PACKED, day(3))
    [copy] = Allocation.objects.all()
    assert (copy.starts, copy.ends, copy.open) == (day(3), date(2026, 12, 2), True)
    actions.send(bookings=[booking], by=county.coordinator, at=on(4))
    assert Mail.objects.filter(subject__startswith="På väg till er: ").get().attachments
    [fact] = LoanFact.objects.all()
    assert (fact.what, fact.days, fact.quantity, fact.municipality) == ("loan", 7, 1, county.town)
    actions.receive(bookings=[booking], by=county.teacher, at=on(4))
    assert faults(day(4)) == []
    [back] = actions.take_back(items=copies(booking), by=county.coordinator, at=on(9))
    # Back early: free again when it has been checked.
    assert (back.state, back.blocked_to) == (State.RETURNED, day(10))
    done = actions.check(item=copies(booking)[0], by=county.coordinator, at=on(9))
    assert (done.state, done.blocked_to, done.ended_at) == (State.CHECKED, day(9), on(9))
    copy.refresh_from_db()
    assert (copy.open, copy.ends) == (False, day(9))
    assert Order.objects.get().closed_at == on(9)
    assert [event.what for event in OrderEvent.objects.all()] == [
        "ordered", "packed", "sent", "received", "returned", "checked",
    ]  # fmt: skip
    assert faults(day(9)) == []


def test_the_same_copy_goes_out_again_the_day_it_is_checked(county):
    [booking] = sent_out(county, wish(county.book, quantity=2))
    items = copies(booking)
    actions.take_back(items=items, by=None, at=on(10))
    for item in items:
        actions.check(item=item, by=None, at=on(10))
    again = line(book(county, wish(county.book, date(2026, 12, 1), quantity=2), by=None, at=on(10)))
    actions.pack(booking=again, by=None, at=on(10))
    assert {item.pk for item in copies(again)} == {item.pk for item in items}
    assert faults(day(10)) == []


def test_fewer_are_packed_and_the_rest_waits(county):
    booking = line(book(county, wish(county.kit, quantity=3)))
    one = Item.objects.filter(holding=county.kit).first()
    packed = actions.pack(booking=booking, items=[one], by=None, at=on(3))
    rest = Booking.objects.get(state=State.BOOKED)
    assert (packed.quantity, rest.quantity) == (1, 2)
    actions.pack(booking=rest, quantity=1, by=None, at=on(3))
    assert Booking.objects.get(state=State.BOOKED).quantity == 1
    assert faults(day(3)) == []


@pytest.mark.parametrize("number", [0, 4, -1])
def test_not_none_and_not_more_than_were_booked(county, number):
    booking = line(book(county, wish(county.kit, quantity=3)))
    with pytest.raises(actions.UnableToLend, match="högst 3"):
        actions.pack(booking=booking, quantity=number, by=None, at=on(3))
    assert Booking.objects.get().quantity == 3


def test_packing_says_what_is_wrong_with_what_was_scanned(county):
    booking = line(book(county, wish(county.kit, quantity=2)))
    kits = list(Item.objects.filter(holding=county.kit).order_by("pk"))
    a_book = Item.objects.filter(holding=county.book).first()
    for items, words in (
        ([a_book], "något annat än det som är bokat"),
        ([kits[0], kits[0]], "två gånger"),
    ):
        with pytest.raises(actions.UnableToLend, match=words) as refused:
            actions.pack(booking=booking, items=items, by=None, at=on(3))
        assert refused.value.field == "items"
    stock.send_to_service(item=kits[2], by=None, at=on(3))
    with pytest.raises(actions.UnableToLend, match="den är på service"):
        actions.pack(booking=booking, items=[kits[2]], by=None, at=on(3))
    actions.pack(booking=booking, items=kits[:1], by=None, at=on(3))
    rest = Booking.objects.get(state=State.BOOKED)
    with pytest.raises(actions.UnableToLend, match="redan packad eller utlånad"):
        actions.pack(booking=rest, items=kits[:1], by=None, at=on(3))
    with pytest.raises(actions.UnableToLend, match="bokningen är packad"):
        actions.pack(booking=booking, by=None, at=on(3))
    assert faults(day(3)) == []


def test_packing_early_never_takes_from_those_who_come_before(county):
    later = line(book(county, wish(county.book, date(2026, 12, 3), quantity=2)))
    sooner = line(book(county, wish(county.book, quantity=1)))
    with pytest.raises(actions.UnableToLend, match="Andra behöver exemplaren före 3 december 2026"):
        actions.pack(booking=later, by=None, at=on(3))
    actions.pack(booking=sooner, by=None, at=on(3))
    assert fresh(later).state == State.BOOKED
    assert faults(day(3)) == []


def test_packing_asks_the_rights_once_more(county):
    film = factories.holding(factories.resource(county.region, "film"), items=1)
    booking = line(book(county))
    Booking.objects.update(holding=film)
    with pytest.raises(actions.UnableToLend, match="Torskolan får inte längre låna den"):
        actions.pack(booking=booking, by=None, at=on(3))


def test_unpacking_gives_the_days_back(county):
    booking = line(book(county))
    actions.pack(booking=booking, by=None, at=on(1))
    back = actions.unpack(booking=booking, by=None, at=on(1))
    assert (back.state, back.blocked_from, Allocation.objects.count()) == (State.BOOKED, TUESDAY, 0)
    with pytest.raises(actions.UnableToLend, match="bokningen är bokad"):
        actions.send(bookings=[booking], by=None, at=on(1))


def test_some_come_back_before_the_others(county):
    [booking] = sent_out(county, wish(county.kit, quantity=3))
    first, second, third = copies(booking)
    [part] = actions.take_back(items=[second], by=None, at=on(8))
    assert (part.quantity, fresh(booking).quantity, fresh(booking).state) == (1, 2, State.SENT)
    assert faults(day(8)) == []
    actions.check(item=second, by=None, at=on(8))
    actions.take_back(items=[first, third], by=None, at=on(11))
    assert Order.objects.get().closed_at is None
    actions.check(item=first, by=None, at=on(11))
    actions.check(item=third, by=None, at=on(11))
    assert Order.objects.get().closed_at == on(11)
    assert faults(day(11)) == []


def test_what_is_not_out_is_not_taken_back_and_says_where_it_is(county):
    booking = line(book(county))
    item = Item.objects.filter(holding=county.book).first()

    def refused(words):
        with pytest.raises(actions.UnableToLend, match=words):
            actions.take_back(items=[item], by=None, at=on(4))

    refused("inte utlånad")
    actions.pack(booking=booking, items=[item], by=None, at=on(3))
    refused("packad men inte skickad")
    actions.send(bookings=[booking], by=None, at=on(3))
    actions.take_back(items=[item], by=None, at=on(4))
    refused("redan tillbaka och väntar på kontroll")
    actions.check(item=item, by=None, at=on(4))
    refused("inte utlånad")
    with pytest.raises(actions.UnableToLend, match="inte utlånad"):
        actions.check(item=item, by=None, at=on(4))
    stock.retire(items=[item], reason="Trasig", by=None, at=on(4))
    item.refresh_from_db()
    refused("är gallrad")


def test_checking_tells_stock_how_it_is(county):
    part = PartLine.objects.create(holding=county.kit, name="Robot", quantity=6)
    [booking] = sent_out(county, wish(county.kit, quantity=2))
    one, two = copies(booking)
    actions.take_back(items=[one, two], by=None, at=on(8))
    actions.check(item=one, condition="worn", missing={part.pk: 2}, by=None, at=on(8))
    one.refresh_from_db()
    assert (one.condition, MissingPart.objects.get().quantity) == ("worn", 2)
    actions.check(item=two, condition="good", fault="Sprucken", blocking=True, by=None, at=on(8))
    two.refresh_from_db()
    assert (two.state, Fault.objects.get().text) == ("service", "Sprucken")
    assert faults(day(8)) == []


def test_a_lost_copy_ends_the_loan_and_is_missed_and_to_be_paid(county):
    Item.objects.update(value=450)
    [booking] = sent_out(county, wish(county.kit, quantity=2))
    one, two = copies(booking)
    gone = actions.report_lost(item=one, reason="Borta vid flytten.", by=county.teacher, at=on(8))
    assert (gone.state, gone.quantity, fresh(booking).quantity) == (State.LOST, 1, 1)
    one.refresh_from_db()
    assert one.state == "missing"
    basis = InvoiceBasis.objects.get()
    assert (basis.amount, basis.unit, basis.item) == (450, county.school, one)
    assert one.barcode in basis.text
    with pytest.raises(actions.UnableToLend, match="inte utlånad"):
        actions.report_lost(item=one, reason="", by=None, at=on(8))
    actions.report_lost(item=two, reason="", invoice=False, by=None, at=on(8))
    assert InvoiceBasis.objects.count() == 1
    assert Order.objects.get().closed_at == on(8)
    assert faults(day(8)) == []


def test_it_is_renewed_when_nobody_comes_after(county):
    [booking] = sent_out(county)
    longer = actions.renew(booking=booking, use_to=date(2026, 12, 14), by=county.teacher, at=on(5))
    assert (longer.use_to, longer.hand_over_date, longer.renewals) == (date(2026, 12, 14), date(2026, 12, 15), 1)
    assert Allocation.objects.get().ends == longer.blocked_to == date(2026, 12, 16)
    with pytest.raises(actions.UnableToLend, match="kan lånas om 1 gång"):
        actions.renew(booking=booking, use_to=date(2026, 12, 20), by=None, at=on(5))
    assert faults(day(5)) == []


@pytest.mark.parametrize(
    ("to", "words"),
    [
        (TUESDAY, "Välj en dag efter 30 november 2026"),
        (date(2026, 12, 29), "förlängas högst 28 dagar"),
        (date(9999, 12, 31), "förlängas högst 28 dagar"),
    ],
)
def test_renewing_answers_at_the_day(county, to, words):
    [booking] = sent_out(county)
    with pytest.raises(actions.UnableToLend, match=words) as refused:
        actions.renew(booking=booking, use_to=to, by=None, at=on(5))
    assert refused.value.field == "use_to"


def test_it_is_not_renewed_over_somebody_elses_days(county):
    [booking] = sent_out(county, wish(county.book, quantity=2))
    book(county, wish(county.book, date(2026, 12, 8)))
    short = actions.renew(booking=booking, use_to=date(2026, 12, 2), by=None, at=on(5))
    assert short.blocked_to == date(2026, 12, 4)
    LoanRule.objects.create(owner=county.region, kind="media", renewals=2, updated_at=AT)
    restamp(RULES)
    with pytest.raises(actions.UnableToLend, match="bokat den efter dig"):
        actions.renew(booking=booking, use_to=date(2026, 12, 10), by=None, at=on(5))
    LoanRule.objects.update(renewals=0)
    restamp(RULES)
    with pytest.raises(actions.UnableToLend, match="kan inte lånas om"):
        actions.renew(booking=booking, use_to=date(2026, 12, 10), by=None, at=on(5))


def test_it_is_not_renewed_when_somebody_waits(county):
    [booking] = sent_out(county, wish(county.book, quantity=2))
    actions.join_queue(
        holding=county.book, unit=county.other_school, person=county.other_teacher, quantity=1, days=3,
        earliest=TODAY, latest=TUESDAY, by=county.other_teacher, at=AT,
    )  # fmt: skip
    assert QueueEntry.objects.get().promise_date == date(2026, 12, 3)
    with pytest.raises(actions.UnableToLend, match="Andra väntar"):
        actions.renew(booking=booking, use_to=date(2026, 12, 14), by=None, at=on(5))


def test_a_colleague_takes_over(county):
    [booking] = sent_out(county)
    order = actions.hand_over(order=booking.order, to=county.colleague, by=county.teacher, at=on(5))
    assert order.person == county.colleague
    assert Mail.objects.filter(to=county.colleague.email, subject__startswith="Du har tagit över").exists()
    for to, words in (
        (county.colleague, "har redan lånet"),
        (county.other_teacher, "arbetar på Torskolan"),
        (factories.person(Role.TEACHER, county.school, is_active=False), "arbetar på Torskolan"),
    ):
        with pytest.raises(actions.UnableToLend, match=words) as refused:
            actions.hand_over(order=order, to=to, by=None, at=on(5))
        assert refused.value.field == "to"
    actions.take_back(items=copies(booking), by=None, at=on(6))
    actions.check(item=copies(booking)[0], by=None, at=on(6))
    with pytest.raises(actions.UnableToLend, match="redan klart"):
        actions.hand_over(order=order, to=county.teacher, by=None, at=on(6))


def test_it_is_changed_until_it_is_packed(county):
    booking = line(book(county, wish(county.book, quantity=2)))
    # Its own copies are not in its way.
    changed = actions.change(
        booking=booking, use_from=TUESDAY + 2 * DAY, use_to=TUESDAY + 5 * DAY, quantity=2, by=county.teacher, at=on(1)
    )
    assert (changed.use_from, changed.leave_date, changed.booked_at) == (date(2026, 11, 26), date(2026, 11, 26), on(1))
    with pytest.raises(actions.UnableToOrder):
        actions.change(booking=booking, use_from=TUESDAY, use_to=TUESDAY, quantity=3, by=None, at=on(1))
    assert fresh(booking).quantity == 2
    actions.pack(booking=booking, by=None, at=on(3))
    with pytest.raises(actions.UnableToLend, match="bokningen är packad"):
        actions.change(booking=booking, use_from=TUESDAY, use_to=TUESDAY, quantity=1, by=None, at=on(3))
    assert faults(day(3)) == []


def test_a_change_waits_for_the_centre_where_the_rule_says_so_and_counts_against_quotas(county):
    booking = line(book(county, wish(county.kit)))
    LoanRule.objects.create(owner=county.region, kind="kit", needs_approval=True, quota_unit=2, updated_at=AT)
    restamp(RULES)
    said = {"booking": booking, "use_from": TUESDAY, "use_to": TUESDAY, "by": county.teacher, "at": AT}
    assert actions.change(**said, quantity=2).state == State.ASKED
    with pytest.raises(actions.UnableToOrder, match="högst 2"):
        actions.change(**said, quantity=3)
    assert actions.change(**{**said, "by": county.coordinator}, quantity=1).state == State.BOOKED


def test_it_is_taken_back_until_it_is_packed(county):
    order = book(county, wish(county.book), wish(county.kit))
    gone = actions.cancel(bookings=order.bookings.all(), by=county.teacher, at=on(1), reason="Sjuk.")
    assert {row.state for row in gone} == {State.CANCELLED}
    assert Order.objects.get().closed_at == on(1)
    mail = Mail.objects.filter(subject__startswith="Avbokat: ").get()
    assert mail.attachments[0]["media_type"] == "text/calendar"
    with pytest.raises(actions.UnableToLend, match="bokningen är avbokad"):
        actions.cancel(bookings=gone, by=county.teacher, at=on(1))
    assert faults(TODAY) == []


def test_over_the_desk_without_having_booked(county):
    items = list(Item.objects.filter(holding=county.kit))[:2]
    key = uuid4()
    said = {"unit": county.school, "person": county.teacher, "items": items, "use_to": day(3), "key": key, "at": AT}
    order = actions.lend_now(**said, by=county.coordinator)
    booking = line(order)
    assert (booking.state, booking.use_from, booking.blocked_from) == (State.OUT, TODAY, TODAY)
    assert actions.lend_now(**said, by=county.coordinator) == order
    assert LoanFact.objects.get().quantity == 2
    assert faults(TODAY) == []
    left = list(Item.objects.filter(holding=county.kit).exclude(pk__in=[item.pk for item in items]))
    book(county, wish(county.kit, TUESDAY, 2))
    for change, words in (
        ({"items": []}, "Skanna det som ska lånas"),
        ({"items": items}, "redan packad eller utlånad"),
        ({"items": left, "use_to": TODAY - DAY}, "kan inte komma före"),
        ({"items": left, "use_to": day(400)}, "högst 28 dagar"),
        ({"items": left, "use_to": day(5)}, "upptagen de dagarna"),
        ({"items": left, "unit": factories.organisation(county.town, valid_to=TODAY)}, "stängd och kan inte låna"),
    ):
        with pytest.raises(actions.UnableToLend, match=words):
            actions.lend_now(**{**said, **change, "key": uuid4()}, by=county.coordinator)
    assert faults(TODAY) == []


def test_over_the_desk_what_was_booked(county):
    packed, not_packed = book(county, wish(county.kit), wish(county.kit)).bookings.order_by("pk")
    packed = actions.pack(booking=packed, by=None, at=on(4))
    assert actions.hand_out(booking=packed, by=None, at=on(4)).state == State.OUT
    taken = Allocation.objects.values("item")
    item = Item.objects.filter(holding=county.kit).exclude(pk__in=taken).first()
    assert actions.hand_out(booking=not_packed, items=[item], by=None, at=on(4)).state == State.OUT
    assert LoanFact.objects.filter(what="loan").count() == 2
    assert faults(day(4)) == []


def test_the_database_itself_refuses_a_copy_in_two_places(county):
    one, two = book(county, wish(county.kit), wish(county.kit)).bookings.order_by("pk")
    item = Item.objects.filter(holding=county.kit).first()
    Allocation.objects.create(booking=one, item=item, starts=day(0), ends=day(5), open=False)
    for said in ({"starts": day(4), "ends": day(6)}, {"starts": day(-1), "ends": day(1)}):
        with pytest.raises(DatabaseError, match="allocation_never_twice"), transaction.atomic():
            Allocation.objects.create(booking=two, item=item, open=True, **said)
    after = Allocation.objects.create(booking=two, item=item, starts=day(5), ends=day(6))
    with pytest.raises(DatabaseError, match="allocation_never_twice"), transaction.atomic():
        Allocation.objects.filter(pk=after.pk).update(starts=day(4))
    Allocation.objects.filter(pk=after.pk).update(ends=day(9))


def test_the_calendar_file_can_be_read_by_a_calendar(county):
    booking = line(book(county))
    content = actions.ordering.letters.calendar_of(booking.order, [booking], AT)
    use, back = Calendar.from_ical(content).walk("VEVENT")
    assert (use["dtstart"].dt, use["dtend"].dt) == (TUESDAY, date(2026, 12, 1))
    assert (str(use["summary"]), str(use["location"])) == ("Istiden (bok)", "Torskolan")
    assert str(back["summary"]) == "Lämna tillbaka: Istiden (bok)"
    assert back["dtstart"].dt == booking.hand_over_date
    assert Happened.ORDERED in {event.what for event in OrderEvent.objects.all()}
