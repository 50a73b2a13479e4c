"""When there are fewer copies than was thought, when things come late, and when routes change."""

from datetime import date, timedelta

import pytest

from resursnav.deliver.lending import actions, jobs
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import (
    Allocation,
    Booking,
    InvoiceBasis,
    LoanRule,
    Order,
    OrderEvent,
    QueueEntry,
    QueueState,
    State,
    Suspension,
)
from resursnav.deliver.stock import actions as stock
from resursnav.deliver.stock.models import Item
from resursnav.deliver.transport.models import Route
from resursnav.foundation.notices.models import Notice

from .conftest import AT, DAY, TODAY, TUESDAY, book, day, line, routes_change, wish
from .test_flow import copies, fresh, on, sent_out


def shelf(county):
    return list(Item.objects.filter(holding=county.book).order_by("pk"))


def test_whoever_booked_first_keeps_theirs_when_a_copy_goes(county):
    first = line(book(county))
    second = line(book(county, person=county.other_teacher, unit=county.other_school, at=AT + timedelta(minutes=1)))
    stock.retire(items=shelf(county)[:1], reason="Trasig", by=None, at=on(1))
    assert (fresh(first).state, fresh(second).state) == (State.BOOKED, State.BUMPED)
    told = Notice.objects.get(kind="lending.trouble")
    assert told.person == county.other_teacher
    assert "Närmaste lediga tid är torsdag 3 december" in told.body
    assert faults(day(1)) == []
    # It comes back: whoever lost the place has it again, and is told.
    stock.unretire(item=shelf(county)[0], by=None, at=on(2))
    assert fresh(second).state == State.BOOKED
    assert Notice.objects.filter(title__startswith="Du får den ändå").exists()
    assert [event.what for event in OrderEvent.objects.filter(booking=second)] == ["bumped", "restored"]


def test_new_copies_go_to_those_who_lost_their_place(county):
    bookings = [line(book(county, at=AT + timedelta(minutes=n))) for n in range(2)]
    for item in shelf(county):
        stock.report_missing(item=item, by=None, at=on(1))
    assert [fresh(row).state for row in bookings] == [State.BUMPED] * 2
    stock.add_items(holding=county.book, count=1, by=None, at=on(1))
    assert [fresh(row).state for row in bookings] == [State.BOOKED, State.BUMPED]
    assert faults(day(1)) == []


def test_who_lost_the_place_can_take_other_days_or_leave(county):
    for item in shelf(county):
        stock.send_to_service(item=item, back_date=date(2026, 12, 7), by=None, at=on(0))
    with pytest.raises(actions.UnableToOrder):
        book(county)
    booking = line(book(county, wish(county.book, date(2026, 12, 8))))
    stock.send_to_service(item=shelf(county)[0], back_date=date(2026, 12, 20), by=None, at=on(1))
    assert fresh(booking).state == State.BOOKED
    stock.send_to_service(item=shelf(county)[1], back_date=date(2026, 12, 20), by=None, at=on(1))
    assert fresh(booking).state == State.BUMPED
    moved = actions.change(
        booking=booking, use_from=date(2026, 12, 22), use_to=date(2026, 12, 23), quantity=1, by=None, at=on(1)
    )
    assert moved.state == State.BOOKED
    assert faults(day(1)) == []


def test_a_packed_copy_that_goes_is_packed_anew_with_another(county):
    booking = line(book(county))
    actions.pack(booking=booking, items=shelf(county)[:1], by=None, at=on(3))
    stock.report_missing(item=shelf(county)[0], by=None, at=on(3))
    assert (fresh(booking).state, fresh(booking).blocked_from) == (State.BOOKED, TUESDAY)
    actions.pack(booking=booking, by=None, at=on(3))
    assert copies(booking) == shelf(county)[1:]
    assert faults(day(3)) == []


@pytest.mark.parametrize(
    ("go", "state"),
    [
        (lambda item: stock.report_missing(item=item, by=None, at=on(6)), State.LOST),
        (lambda item: stock.retire(items=[item], reason="Trasig", by=None, at=on(6)), State.LOST),
        (lambda item: stock.send_to_service(item=item, by=None, at=on(6)), State.CHECKED),
    ],
)
def test_stock_says_that_a_copy_on_loan_is_elsewhere(county, go, state):
    [booking] = sent_out(county, wish(county.book, quantity=2))
    gone, stays = copies(booking)
    go(gone)
    assert sorted(Booking.objects.values_list("state", "quantity")) == sorted([(state, 1), (State.SENT, 1)])
    assert copies(fresh(booking)) == [stays] or copies(fresh(booking)) == [gone]
    assert faults(day(6)) == []


def test_what_is_late_keeps_its_copies_and_those_after_are_told(county):
    [late] = sent_out(county, wish(county.book, quantity=2))
    after = line(book(county, wish(county.book, date(2026, 12, 3)), person=county.colleague))
    assert jobs_at(county, on(11)) == 0  # 1 December: the van has not been there yet
    assert actions.note_lateness(holding_ids=[county.book.pk], at=on(12)) == 1
    # Handed over on the 3rd at the earliest, and checked the day after.
    assert fresh(late).blocked_to == date(2026, 12, 4)
    assert Allocation.objects.filter(open=True).first().ends == date(2026, 12, 4)
    assert fresh(after).state == State.BUMPED
    assert Notice.objects.filter(person=county.colleague, kind="lending.trouble").exists()
    assert faults(day(12)) == []
    # They come after all, and are checked the same day.
    actions.take_back(items=copies(late), by=None, at=on(12))
    for item in copies(late):
        actions.check(item=item, by=None, at=on(12))
    assert fresh(after).state == State.BOOKED
    assert faults(day(12)) == []


def jobs_at(county, at):
    return actions.note_lateness(holding_ids=[county.book.pk, county.kit.pk], at=at)


def test_between_two_runs_of_the_job_what_has_not_come_back_is_not_free(county):
    sent_out(county, wish(county.book, quantity=2))
    with pytest.raises(actions.UnableToOrder, match="upptagen"):
        book(county, wish(county.book, date(2026, 12, 10)), by=None, at=on(20))


def test_what_was_packed_and_never_sent_holds_its_copies_too(county):
    booking = line(book(county))
    actions.pack(booking=booking, by=None, at=on(3))
    assert jobs_at(county, on(14)) == 1
    assert fresh(booking).blocked_to == day(15)
    assert jobs_at(county, on(14)) == 0
    assert faults(day(14)) == []


def test_what_was_never_packed_lets_go_when_its_days_have_been(county):
    order = book(county, wish(county.book), wish(county.kit, days=20))
    assert actions.let_go(holding_ids=[county.book.pk, county.kit.pk], at=on(12)) == 1
    gone = order.bookings.get(holding=county.book)
    assert (gone.state, gone.reason) == (State.CANCELLED, "Dagarna har varit utan att något lämnades ut.")
    assert Order.objects.get().closed_at is None


def test_routes_that_change_move_what_is_booked(county):
    booking = line(book(county, wish(county.book, date(2026, 12, 3), days=3)))
    [out] = sent_out(county, wish(county.kit))
    Route.objects.update(weekdays=[0])  # Mondays
    routes_change(county.region.pk, on(5))
    moved = fresh(booking)
    assert (moved.leave_date, moved.hand_over_date) == (date(2026, 11, 30), date(2026, 12, 7))
    assert (fresh(out).hand_over_date, fresh(out).leave_date) == (date(2026, 12, 7), TUESDAY)
    assert Allocation.objects.get().ends == fresh(out).blocked_to == date(2026, 12, 8)
    assert faults(day(5)) == []


def test_a_booking_that_no_longer_can_be_there_is_told_and_comes_back_with_the_route(county):
    booking = line(book(county))
    Route.objects.update(valid_to=TODAY)
    routes_change(county.town.pk, on(0))
    assert fresh(booking).state == State.BUMPED
    assert "Ingen ledig tid syns" in Notice.objects.get(kind="lending.trouble").body
    actions.replan([county.book.pk], at=on(0))
    assert fresh(booking).state == State.BUMPED
    Route.objects.update(valid_to=None)
    routes_change(county.region.pk, on(0))
    assert fresh(booking).state == State.BOOKED
    routes_change(county.abroad.pk, on(0))


def queue(county, **said):
    said = {
        "holding": county.book, "unit": county.other_school, "person": county.other_teacher, "quantity": 1, "days": 7,
        "earliest": TODAY, "latest": TUESDAY, "by": county.other_teacher, "at": AT, **said,
    }  # fmt: skip
    return actions.join_queue(**said)


def test_the_queue_is_offered_what_comes_free_in_its_order(county):
    booking = line(book(county, wish(county.book, quantity=2)))
    first = queue(county, quantity=2)
    second = queue(county, person=county.colleague, unit=county.school, at=AT + timedelta(minutes=1))
    assert (first.state, first.promise_date) == (QueueState.WAITING, date(2026, 12, 3))
    # The second can be there when the first has given theirs back.
    assert second.promise_date == date(2026, 12, 15)
    actions.cancel(bookings=[booking], by=county.teacher, at=on(0))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.booking.state, first.booking.use_from) == (QueueState.OFFERED, State.OFFERED, TUESDAY)
    # By then it must be ordered to come with Tuesday's van.
    assert first.answer_by == on(0).replace(hour=11) + timedelta(days=3) or first.answer_by <= on(2)
    assert (second.state, second.promise_date) == (QueueState.WAITING, date(2026, 12, 3))
    with pytest.raises(actions.UnableToOrder):
        book(county)  # the offer holds the copies
    accepted = actions.accept_offer(entry=first, by=county.other_teacher, at=on(0))
    assert (accepted.state, fresh(accepted.booking).state) == (QueueState.ACCEPTED, State.BOOKED)
    with pytest.raises(actions.UnableToLend, match="gäller inte längre"):
        actions.accept_offer(entry=first, by=None, at=on(0))
    assert faults(TODAY) == []


def test_what_is_free_is_offered_at_once(county):
    entry = queue(county)
    assert entry.state == QueueState.OFFERED
    with pytest.raises(actions.UnableToLend, match="Du står redan i kön"):
        queue(county)
    actions.leave_queue(entry=entry, by=county.other_teacher, at=on(0))
    assert Booking.objects.get().state == State.CANCELLED
    assert Order.objects.get().closed_at == on(0)
    with pytest.raises(actions.UnableToLend, match="inte i kön längre"):
        actions.leave_queue(entry=entry, by=None, at=on(0))
    assert faults(TODAY) == []


def test_an_offer_that_nobody_answers_goes_on(county):
    booking = line(book(county, wish(county.book, quantity=2)))
    entries = [queue(county, latest=date(2026, 12, 1), quantity=2)]
    entries += [queue(county, person=county.colleague, latest=date(2026, 12, 1), quantity=2, at=AT + DAY / 24)]
    actions.cancel(bookings=[booking], by=None, at=on(0))
    entries[0].refresh_from_db()
    with pytest.raises(actions.UnableToLend, match="har gått ut"):
        actions.accept_offer(entry=entries[0], by=None, at=on(5))
    assert actions.expire_offer(entry=entries[0], by=None, at=on(0)).state == QueueState.OFFERED
    assert actions.expire_offer(entry=entries[0], by=None, at=on(5)).state == QueueState.EXPIRED
    entries[1].refresh_from_db()
    assert entries[1].state == QueueState.OFFERED
    assert Notice.objects.filter(title__startswith="Erbjudandet har gått vidare").exists()
    assert faults(day(5)) == []


def test_an_offer_whose_copy_goes_is_taken_back_and_the_place_is_kept(county):
    entry = queue(county, quantity=2)
    stock.report_missing(item=shelf(county)[0], by=None, at=on(0))
    entry.refresh_from_db()
    assert (entry.state, entry.booking, entry.joined_at) == (QueueState.WAITING, None, AT)
    assert faults(TODAY) == []


def test_an_accepted_offer_waits_for_the_centre_where_the_rule_says_so(county):
    LoanRule.objects.create(owner=county.region, kind="media", needs_approval=True, updated_at=AT)
    entry = actions.accept_offer(entry=queue(county), by=county.other_teacher, at=on(0))
    assert fresh(entry.booking).state == State.ASKED


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"latest": TODAY - DAY, "earliest": TODAY}, "latest", "kan inte komma före"),
        ({"latest": TODAY - DAY, "earliest": TODAY - DAY}, "latest", "har redan varit"),
        ({"latest": date(9999, 12, 31)}, "latest", "högst ett år"),
        ({"days": 0}, "days", "från 1 till 28"),
        ({"days": 10**9}, "days", "från 1 till 28"),
        ({"quantity": 0}, "quantity", "från 1 till 2"),
        ({"quantity": 3}, "quantity", "från 1 till 2"),
        ({"latest": TODAY}, "use_from", "för sent"),
    ],
)
def test_the_queue_answers_at_the_right_field(county, said, field, words):
    with pytest.raises(actions.UnableToLend, match=words) as refused:
        queue(county, **said)
    assert refused.value.field == field
    assert not QueueEntry.objects.exists()


def test_whoever_is_suspended_neither_books_nor_waits(county):
    def suspend(**said):
        return actions.suspend(owner=county.region, unit=county.school, by=county.coordinator, at=AT, **said)

    one = suspend(person=county.teacher, reason="Obetald faktura.")
    with pytest.raises(actions.UnableToOrder, match=r"Lånen är spärrade: Obetald faktura\."):
        book(county)
    with pytest.raises(actions.UnableToOrder):
        queue(county, unit=county.school, person=county.teacher)
    assert line(book(county, person=county.colleague))
    actions.lift(suspension=one, by=county.coordinator, at=AT)
    actions.lift(suspension=one, by=county.coordinator, at=AT)
    assert line(book(county))
    suspend(person=None, reason="Flyttar.", until=day(10))
    with pytest.raises(actions.UnableToOrder, match="spärrade till och med 29 november 2026: Flyttar"):
        book(county, person=county.colleague)
    with pytest.raises(actions.UnableToLend, match="inte har varit"):
        suspend(person=None, reason="Nej", until=TODAY)
    with pytest.raises(actions.UnableToLend, match=r"Skriv varför|tomt"):
        suspend(person=None, reason=" ")


def test_the_worker_reminds_invoices_suspends_and_lifts(county, monkeypatch):
    LoanRule.objects.create(
        owner=county.region, kind="media", remind_days=2, invoice_days=14, suspend_days=7, updated_at=AT
    )
    Item.objects.update(value=300)
    [booking] = sent_out(county)

    def run(number):
        monkeypatch.setattr(jobs.timezone, "now", lambda: on(number))
        return jobs.keep_time() + jobs.remind()

    run(4)
    assert fresh(booking).state == State.SENT  # the van may come later in the day
    run(5)
    assert fresh(booking).state == State.OUT
    run(9)  # Sunday 29 November: two days left
    run(9)
    assert Notice.objects.filter(kind="lending.reminder").count() == 1
    run(12)
    run(13)
    assert Notice.objects.filter(title__startswith="Försenat").count() == 1
    run(18)
    assert Suspension.objects.get().automatic
    with pytest.raises(actions.UnableToOrder, match="mycket försenat"):
        book(county, wish(county.book, date(2026, 12, 15)), at=on(18))
    run(25)
    run(26)
    assert InvoiceBasis.objects.get().amount == 300
    assert Suspension.objects.count() == 1
    actions.take_back(items=copies(booking), by=None, at=on(26))
    assert Suspension.objects.get().lifted_at == on(26)
    assert faults(day(26)) == []
    run(27)


def test_the_worker_lets_offers_run_out(county, monkeypatch):
    queue(county)
    book(county, wish(county.kit))
    monkeypatch.setattr(jobs.timezone, "now", lambda: on(30))
    assert jobs.keep_time() == 2
    assert QueueEntry.objects.get().state == QueueState.EXPIRED


def test_who_borrowed_is_forgotten_after_the_set_time(county, monkeypatch, settings):
    settings.LOAN_MEMORY_DAYS = 90
    about = actions.About(for_class="5B", purpose="Åsas projekt", note="Ring Åsa")
    gone = book(county, wish(county.book), about=about)
    stays = book(county, wish(county.kit), about=about)
    actions.cancel(bookings=gone.bookings.all(), by=county.teacher, at=on(1), reason="Åsa är sjuk")
    one = actions.suspend(owner=county.region, unit=county.school, person=county.teacher, reason="x", by=None, at=AT)
    actions.lift(suspension=one, by=None, at=AT)
    entry = queue(county, for_class="Olas")
    actions.leave_queue(entry=entry, by=None, at=on(1))
    monkeypatch.setattr(jobs.timezone, "now", lambda: on(90))
    assert jobs.forget() == 0
    monkeypatch.setattr(jobs.timezone, "now", lambda: on(92))
    assert jobs.forget() == 2
    gone.refresh_from_db()
    stays.refresh_from_db()
    entry.refresh_from_db()
    assert (gone.person, gone.placed_by, gone.for_class, gone.purpose, gone.note) == (None, None, "", "", "")
    assert (gone.unit, gone.bookings.get().holding) == (county.school, county.book)
    assert not OrderEvent.objects.filter(order=gone, by__isnull=False).exists()
    assert gone.bookings.get().reason == ""
    assert (entry.person, entry.for_class) == (None, "")
    assert not Suspension.objects.exists()
    assert stays.person == county.teacher
    assert jobs.forget() == 0


def test_audit_sees_each_fault(county):
    order = book(county, wish(county.book, quantity=2), wish(county.kit))
    booking, other = order.bookings.order_by("pk")
    item = shelf(county)[0]

    def found():
        return {fault.what for fault in faults(TODAY)}

    Booking.objects.filter(pk=booking.pk).update(quantity=3)
    assert found() == {"more_booked_than_there_is", "no_copy_for_it"}
    Booking.objects.filter(pk=booking.pk).update(quantity=2, state=State.OFFERED)
    assert found() == {"offer_to_nobody"}
    Booking.objects.filter(pk=booking.pk).update(state=State.OUT)
    assert found() == {"copies_do_not_match"}
    Booking.objects.filter(pk=booking.pk).update(state=State.BOOKED)
    wrong = Allocation.objects.create(booking=other, item=item, starts=day(1), ends=day(2))
    assert found() >= {"copies_without_a_loan", "copy_of_another_holding", "copy_from_a_day_to_come"}
    assert "copy_free_at_another_time" in found()
    Item.objects.filter(pk=item.pk).update(state="missing", out_from=TODAY)
    assert "copy_cannot_be_lent" in found()
    wrong.delete()
    Item.objects.filter(pk=item.pk).update(state="in_use", out_from=None)
    Order.objects.update(closed_at=AT)
    assert found() == {"closed_with_something_left"}
    Booking.objects.update(state=State.CANCELLED, ended_at=AT)
    Order.objects.update(closed_at=None)
    assert found() == {"open_with_nothing_left"}
    entry = queue(county, quantity=2, unit=county.school)
    Order.objects.filter(pk=order.pk).update(closed_at=AT)
    assert found() == set()
    QueueEntry.objects.filter(pk=entry.pk).update(booking=booking)
    assert found() == {"offer_of_nothing", "offer_to_nobody"}
