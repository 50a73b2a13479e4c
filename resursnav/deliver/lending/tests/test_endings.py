"""What ends while something is booked, lent or waited for: rights, routes, and the person who asked."""

from datetime import date, timedelta

import pytest

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import (
    Allocation,
    InvoiceBasis,
    LoanFact,
    LoanRule,
    QueueEntry,
    QueueState,
    State,
    Suspension,
    Why,
)
from resursnav.deliver.resources.models import SubjectTerm
from resursnav.deliver.rights.models import TitleEntry
from resursnav.deliver.rights.tests.conftest import grant, titles_of
from resursnav.deliver.stock.models import Item
from resursnav.foundation.notices.models import Notice
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.facts import AgreementFacts
from tests import factories

from .conftest import AT, DAY, TODAY, TUESDAY, book, day, line, set_routes, wish
from .test_flow import copies, fresh, on, sent_out
from .test_ordering import refusals
from .test_planning import queue


@pytest.fixture
def film(county):
    """A film, which may be lent only as an agreement says."""
    return factories.holding(factories.resource(county.region, "film", title="Vargen"), items=1)


def may_be_lent(county, holding, until):
    """An agreement by which the whole region may lend the title up to the day."""
    facts = AgreementFacts(
        counterpart="Norrfilm AB", title="Skolfilm", valid_from=date(2026, 1, 1), valid_to=until, answers="coordinator"
    )
    agreement = agreeing.register(owner=county.region, facts=facts, by=None, at=AT)
    grant(agreement, "loan", "Klassiker", {county.region: True})
    TitleEntry.objects.create(titles=titles_of(agreement), resource=holding.resource, added_at=AT)


def test_it_is_not_booked_longer_than_the_right_lasts(county, film):
    may_be_lent(county, film, until=date(2026, 11, 28))
    [refusal] = refusals(county, wish(film))
    assert (refusal.why, refusal.field) == (Why.NO_RIGHT, "use_to")
    assert "Rätten att låna den upphör efter 27 november 2026" in refusal.reason
    assert line(book(county, wish(film, days=4))).use_to == date(2026, 11, 27)


def test_it_is_not_renewed_longer_than_the_right_lasts(county, film):
    may_be_lent(county, film, until=date(2026, 12, 10))
    [booking] = sent_out(county, wish(film))
    with pytest.raises(actions.UnableToLend, match="upphör efter 9 december 2026") as refused:
        actions.renew(booking=booking, use_to=date(2026, 12, 10), by=None, at=on(5))
    assert refused.value.field == "use_to"
    assert actions.renew(booking=booking, use_to=date(2026, 12, 9), by=None, at=on(5)).renewals == 1


def test_it_is_not_renewed_when_the_right_has_ended(county, film):
    may_be_lent(county, film, until=date(2026, 12, 10))
    [booking] = sent_out(county, wish(film))
    with pytest.raises(actions.UnableToLend, match="9 december 2026") as refused:
        actions.renew(booking=booking, use_to=date(2026, 12, 20), by=None, at=on(20))
    assert refused.value.field == "use_to"
    assert fresh(booking).use_to == date(2026, 11, 30)


def test_the_last_van_has_gone(county):
    set_routes(valid_to=TODAY)
    [refusal] = refusals(county, wish(county.book))
    assert (refusal.why, refusal.reason) == (Why.TOO_LATE, "Det är för sent att få den till den dagen.")


def test_the_first_van_has_not_gone_yet(county):
    set_routes(valid_from=TUESDAY)
    [refusal] = refusals(county, wish(county.book, TUESDAY - DAY, 2))
    assert (refusal.why, refusal.field) == (Why.NO_TRANSPORT, "use_from")
    assert "Den kan vara hos er tidigast tisdag 24 november" in refusal.reason


def test_no_other_days_are_named_when_nothing_goes_any_longer(county):
    set_routes(valid_to=TUESDAY + DAY)  # the only van there is
    book(county, wish(county.book, quantity=2), about=actions.About(note="kept"))
    [refusal] = refusals(county, wish(county.book))
    assert (refusal.why, refusal.reason, refusal.instead) == (Why.NONE_FREE, "Den är upptagen de dagarna.", None)


def test_each_line_has_its_own_reason(county, film):
    book(county, wish(county.book, quantity=2), about=actions.About(note="kept"))
    found = refusals(county, wish(film), wish(county.kit), wish(county.book))
    assert [(one.line, one.why) for one in found] == [(0, Why.NO_RIGHT), (2, Why.NONE_FREE)]


def test_the_queue_promises_no_day_when_the_routes_end(county):
    book(county, wish(county.book, day(195), days=14, quantity=2))
    entry = queue(county, earliest=day(200), latest=day(200))
    assert (entry.state, entry.promise_date) == (QueueState.WAITING, day(214))

    def promised():
        actions.replan([county.book.pk], at=on(0))
        return QueueEntry.objects.get().promise_date

    set_routes(valid_to=day(10))  # nothing reaches them so long after the last van
    assert promised() is None
    set_routes(valid_to=TODAY)  # no van at all
    assert promised() is None
    set_routes(valid_to=None)
    assert promised() == day(214)


def test_whoever_waits_for_a_day_too_far_off_is_told_that_they_will_hear(county):
    entry = queue(county, earliest=day(400), latest=day(400), days=2)
    assert (entry.state, entry.promise_date) == (QueueState.WAITING, None)
    assert Notice.objects.get(kind="lending.queue").body == "Vi hör av oss om den blir ledig."


def test_a_place_whose_person_is_gone_is_offered_to_the_unit_and_nobody_is_written_to(county):
    booking = line(book(county, wish(county.book, quantity=2)))
    entry = queue(county)
    QueueEntry.objects.update(person=None)
    Notice.objects.all().delete()
    actions.cancel(bookings=[booking], by=None, at=on(0))
    entry.refresh_from_db()
    assert (entry.state, entry.booking.order.person, entry.booking.order.unit) == (
        QueueState.OFFERED, None, county.other_school,
    )  # fmt: skip
    assert not Notice.objects.filter(kind="lending.queue").exists()
    assert faults(TODAY) == []


def test_what_nobody_answers_for_is_invoiced_and_suspends_nobody(county):
    LoanRule.objects.create(owner=county.region, kind="media", suspend_days=7, invoice_days=7, updated_at=AT)
    [booking] = sent_out(county)
    booking.order.person = None
    booking.order.save()
    assert actions.follow_up_late(bookings=[booking], at=on(20)) == 1
    assert (InvoiceBasis.objects.count(), Suspension.objects.count()) == (1, 0)
    actions.take_back(items=copies(booking), by=None, at=on(20))
    assert fresh(booking).state == State.RETURNED


def test_packing_refuses_in_words_when_a_copy_is_not_where_it_should_be(county):
    """However that came to be: the audit tells of it."""
    items = list(Item.objects.filter(holding=county.book))
    other, booking = book(county, wish(county.kit), wish(county.book, quantity=2)).bookings.order_by("pk")
    Allocation.objects.create(booking=other, item=items[0], starts=TODAY, ends=day(20))
    with pytest.raises(actions.UnableToLend, match="för få exemplar hemma"):
        actions.pack(booking=booking, by=None, at=on(3))
    assert fresh(booking).state == State.BOOKED
    assert "copy_of_another_holding" in {fault.what for fault in faults(day(3))}


def test_a_reason_for_not_being_paid_has_room_for_some_words(county):
    [booking] = sent_out(county)
    actions.report_lost(item=copies(booking)[0], reason="Borta", by=None, at=on(8))
    rows = InvoiceBasis.objects.all()
    with pytest.raises(actions.UnableToLend, match="högst 300 tecken") as refused:
        actions.settle_invoices(rows=rows, dropped_reason="x" * 301, by=None, at=on(9))
    assert refused.value.field == "reason"
    assert InvoiceBasis.objects.open().count() == 1
    assert actions.settle_invoices(rows=rows, dropped_reason="x" * 300, by=None, at=on(9)) == 1


def test_the_facts_know_the_school_subjects_as_they_were(county):
    for code in ("GRGRSAM01", "GRGRBIO01"):
        term = SubjectTerm.objects.create(scheme="school", code=code, label=code)
        county.book.resource.subjects.add(term)
    county.book.resource.subjects.add(SubjectTerm.objects.create(scheme="sao", code="istider", label="Istider"))
    sent_out(county)
    county.book.resource.subjects.clear()
    assert LoanFact.objects.get().subjects == ["GRGRBIO01", "GRGRSAM01"]


def test_the_worker_does_not_wait_for_a_person_that_is_gone(county):
    booking = line(book(county, person=county.other_teacher, unit=county.other_school))
    booking.order.person = None
    booking.order.save()
    assert actions.let_go(holding_ids=[county.book.pk], at=AT + timedelta(days=20)) == 1
    assert fresh(booking).state == State.CANCELLED
