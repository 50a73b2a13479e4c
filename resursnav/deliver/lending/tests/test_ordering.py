"""Ordering: all or nothing, with reasons at the right field and what can be had instead."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import Booking, LoanFact, LoanRule, Order, State, Why
from resursnav.deliver.lending.wishes import repeated
from resursnav.deliver.stock.models import Holding
from resursnav.foundation.notices.models import Mail, Notice
from tests import factories

from .conftest import AT, DAY, TODAY, TUESDAY, book, line, wish


def refusals(county, *wishes, **said):
    with pytest.raises(actions.UnableToOrder) as refused:
        book(county, *wishes, **said)
    assert not Order.objects.filter(placed_at=said.get("at", AT), unit=county.school).exclude(note="kept").exists()
    return refused.value.refusals


def test_it_books_with_the_way_there_and_back(county):
    made = line(book(county))
    assert made.state == State.BOOKED
    # It leaves with Tuesday's van and is used that day; the van that fetches it comes on Tuesday 1 December.
    assert (made.leave_date, made.use_from, made.use_to) == (TUESDAY, TUESDAY, date(2026, 11, 30))
    assert (made.hand_over_date, made.back_date) == (date(2026, 12, 1), date(2026, 12, 1))
    assert (made.blocked_from, made.blocked_to) == (TUESDAY, date(2026, 12, 2))
    assert faults(TODAY) == []


def test_the_receipt_goes_to_the_borrower_with_the_days_for_the_calendar(county):
    order = book(county, wish(county.book), wish(county.kit, quantity=2), about=actions.About(for_class="5B"))
    [mail] = Mail.objects.all()
    assert mail.to == county.teacher.email
    assert mail.subject.startswith("Bokat: ")
    assert "2 × Robotlåda" in mail.text
    assert "tisdag 24 november till måndag 30 november" in mail.text
    assert [attached["name"] for attached in mail.attachments] == ["bokning.ics"]
    assert Notice.objects.get().url == order.get_absolute_url()
    assert order.for_class == "5B"


def test_the_same_form_sent_twice_is_one_order(county):
    key = uuid4()
    said = {"unit": county.school, "person": county.teacher, "wishes": [wish(county.book)], "key": key}
    first = actions.order(**said, by=county.teacher, at=AT)
    assert actions.order(**said, by=county.teacher, at=AT) == first
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "why", "field"),
    [
        ({"use_from": TODAY - DAY, "use_to": TODAY}, Why.TOO_LATE, "use_from"),
        ({"use_from": date(1, 1, 1), "use_to": date(1, 1, 2)}, Why.TOO_LATE, "use_from"),
        ({"use_from": TUESDAY, "use_to": TUESDAY - DAY}, Why.TOO_LONG, "use_to"),
        ({"use_to": date(9999, 12, 31)}, Why.TOO_LONG, "use_to"),
        ({"use_to": TUESDAY + 28 * DAY}, Why.TOO_LONG, "use_to"),
        ({"use_from": date(9999, 12, 30), "use_to": date(9999, 12, 31)}, Why.TOO_FAR, "use_from"),
        ({"quantity": 0}, Why.NO_COPIES, "quantity"),
        ({"quantity": -3}, Why.NO_COPIES, "quantity"),
        ({"quantity": 10**12}, Why.NO_COPIES, "quantity"),
        ({"quantity": 3}, Why.NO_COPIES, "quantity"),
        ({"use_from": TODAY, "use_to": TODAY}, Why.TOO_LATE, "use_from"),
        ({"holding": 10**9}, Why.NOT_BOOKABLE, "quantity"),
    ],
)
def test_it_answers_at_the_right_field_and_changes_nothing(county, change, why, field):
    [refusal] = refusals(county, replace(wish(county.book), **change))
    assert (refusal.why, refusal.field) == (why, field)
    assert refusal.reason
    assert not Booking.objects.exists()


def test_it_says_how_early_it_can_be_there(county):
    [refusal] = refusals(county, wish(county.book, TODAY, 3))
    assert "tidigast tisdag 24 november" in refusal.reason


def test_nobody_gets_anything_when_one_line_cannot_be_had(county):
    book(county, wish(county.book, quantity=2), about=actions.About(note="kept"))
    found = refusals(county, wish(county.kit), wish(county.book))
    assert [(one.line, one.why) for one in found] == [(1, Why.NONE_FREE)]
    assert not Booking.objects.filter(holding=county.kit).exists()


def test_it_says_the_nearest_free_days(county):
    book(county, wish(county.book, quantity=2), about=actions.About(note="kept"))
    [refusal] = refusals(county, wish(county.book))
    # Back on Tuesday 1 December and checked by the 2nd; the next van goes on the 3rd.
    assert refusal.instead.use_from == date(2026, 12, 3)
    assert "Närmaste lediga tid är torsdag 3 december" in refusal.reason
    again = wish(county.book, refusal.instead.use_from)
    assert line(book(county, again)).state == State.BOOKED


def test_two_lines_of_the_same_thing_count_together(county):
    [refusal] = refusals(county, wish(county.book), wish(county.book, quantity=2))
    assert refusal.line == 1
    assert "Bara 1 är ledig" in refusal.reason


def test_it_repeats_and_books_all_or_nothing(county):
    wishes = repeated([wish(county.book, days=2)], times=3, weeks=2)
    order = book(county, *wishes)
    assert [row.use_from for row in order.bookings.all()] == [TUESDAY, TUESDAY + 14 * DAY, TUESDAY + 28 * DAY]


def test_film_needs_a_right_and_the_refusal_says_so(county):
    film = factories.holding(factories.resource(county.region, "film", title="Varg"), items=1)
    [refusal] = refusals(county, wish(film))
    assert (refusal.why, refusal.field) == (Why.NO_RIGHT, "use_from")


def test_a_place_without_a_route_is_told_to_ask(county):
    away = factories.organisation(factories.organisation(county.region), name="Öskolan")
    with pytest.raises(actions.UnableToOrder, match="Det finns ingen transport till Öskolan"):
        book(county, unit=away)


def test_a_closed_school_books_nothing(county):
    county.school.valid_to = TODAY
    county.school.save()
    with pytest.raises(actions.UnableToLend, match="stängd"):
        book(county)


def test_things_of_two_centres_are_two_orders(county):
    other = factories.holding(factories.resource(county.abroad, "book"), items=1)
    with pytest.raises(actions.UnableToLend, match="olika centrum"):
        book(county, wish(county.book), wish(other))


@pytest.mark.parametrize("number", [0, 61])
def test_an_order_has_some_lines_but_not_too_many(county, number):
    with pytest.raises(actions.UnableToLend, match="mellan 1 och 60"):
        book(county, *[wish(county.book)] * number, person=None) if number else actions.order(
            unit=county.school, person=county.teacher, wishes=[], key=uuid4(), by=None, at=AT
        )


def test_refusals_are_counted_without_the_borrower(county):
    book(county, wish(county.book, quantity=2), about=actions.About(note="kept"))
    refusals(county, wish(county.book))
    [fact] = LoanFact.objects.all()
    assert (fact.what, fact.why, fact.unit, fact.municipality) == ("refusal", "none_free", county.school, county.town)
    assert (fact.media_type, fact.kind, fact.day) == ("book", "media", TODAY)
    people = [name for name, field in ((f.name, f) for f in LoanFact._meta.fields) if field.related_model is not None]
    assert "person" not in "".join(people)


def rule(county, **said):
    said = {"kind": "media", "prefix": "", **said}
    return LoanRule.objects.create(owner=county.region, updated_at=AT, **said)


def test_the_rule_with_the_longest_prefix_counts(county):
    rule(county, default_days=10, longest_days=20)
    rule(county, prefix="d", default_days=7, longest_days=7)
    rule(county, prefix="D 9", default_days=1, longest_days=1)
    rule(county, kind="kit", default_days=3, longest_days=3)
    assert line(book(county, wish(county.book, days=7))).days() == 7
    [refusal] = refusals(county, wish(county.book, TUESDAY + 28 * DAY, days=8), at=AT + timedelta(hours=1))
    assert "högst 7 dagar" in refusal.reason


def test_lead_trail_and_check_days_are_inside_what_is_blocked(county):
    rule(county, lead_days=1, trail_days=2, check_days=3)
    made = line(book(county))
    assert (made.blocked_from, made.blocked_to) == (TUESDAY - DAY, date(2026, 12, 1) + 5 * DAY)


def test_notice_days_hold_for_borrowers_but_not_for_the_centre(county):
    rule(county, notice_days=7)
    [refusal] = refusals(county, wish(county.book))
    assert "tidigast fredag 27 november" in refusal.reason
    assert line(book(county, by=county.coordinator)).state == State.BOOKED
    assert line(book(county, by=None)).state == State.BOOKED


def test_not_even_the_centre_sends_in_the_past(county):
    late = wish(county.book, TODAY, 3)
    with pytest.raises(actions.UnableToOrder):
        book(county, late, by=county.coordinator)


def test_quotas_count_what_the_unit_and_the_person_have(county):
    rule(county, kind="kit", quota_unit=2, quota_person=1)
    book(county, wish(county.kit), about=actions.About(note="kept"))
    [refusal] = refusals(county, wish(county.kit, TUESDAY + 60 * DAY))
    assert (refusal.why, refusal.reason) == (Why.QUOTA, "Du kan ha högst 1 sådana samtidigt.")
    book(county, wish(county.kit), person=county.colleague, about=actions.About(note="kept"))
    [refusal] = refusals(county, wish(county.kit), person=county.principal)
    assert refusal.reason == "Torskolan kan ha högst 2 sådana samtidigt."
    assert line(book(county, wish(county.kit), person=county.other_teacher, unit=county.other_school))
    nobody = actions.order(
        unit=county.other_school,
        person=None,
        wishes=[wish(county.kit, TUESDAY + 60 * DAY)],
        key=uuid4(),
        by=None,
        at=AT,
    )
    assert nobody.person is None


def test_the_centre_approves_where_the_rule_says_so(county):
    rule(county, needs_approval=True)
    asked = line(book(county))
    assert asked.state == State.ASKED
    assert line(book(county, by=county.coordinator)).state == State.BOOKED
    [approved] = actions.approve(bookings=[asked], by=county.coordinator, at=AT)
    assert approved.state == State.BOOKED
    assert Notice.objects.filter(title__startswith="Centret har godkänt").exists()
    with pytest.raises(actions.UnableToLend, match="bokningen är bokad"):
        actions.approve(bookings=[asked], by=county.coordinator, at=AT)


def test_the_centre_says_no_with_a_reason(county):
    rule(county, needs_approval=True)
    asked = line(book(county))
    with pytest.raises(actions.UnableToLend) as refused:
        actions.refuse(bookings=[asked], reason="  ", by=county.coordinator, at=AT)
    assert refused.value.field == "reason"
    [gone] = actions.refuse(bookings=[asked], reason="Är på mässa.", by=county.coordinator, at=AT)
    assert (gone.state, gone.reason) == (State.REFUSED, "Är på mässa.")
    assert Order.objects.get().closed_at == AT
    assert LoanFact.objects.get().why == Why.DECIDED
    assert faults(TODAY) == []


def test_what_is_not_bookable_is_not_booked(county):
    Holding.objects.update(bookable=False)
    [refusal] = refusals(county)
    assert refusal.why == Why.NOT_BOOKABLE
