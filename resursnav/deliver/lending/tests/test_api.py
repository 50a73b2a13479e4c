"""Loans in the open interface: read, booked, changed and taken back by programs."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.models import Booking, LoanFact, Order, State
from resursnav.deliver.transport import calendar
from resursnav.foundation.access import Role
from resursnav.foundation.keeping import forget_all
from resursnav.foundation.people.models import ApiToken
from resursnav.foundation.people.tokens import hashed
from tests import factories

from .conftest import book, wish
from .test_pages import DAY, booked, first, now, sent

__all__ = ["first", "now"]
ROOT = "/api/v1"
BOTH = ("lending:read", "lending:write")
DAYS = {"use_from": "2026-12-01", "use_to": "2026-12-02"}


@pytest.fixture(autouse=True)
def fresh_count():
    cache.clear()


def key_of(person, *scopes):
    raw = f"rn_{person.pk}{''.join(scopes)}"
    ApiToken.objects.create(person=person, key_hash=hashed(raw), scopes=list(scopes), created_at=timezone.now())
    return {"Authorization": f"Bearer {raw}"}


@pytest.fixture
def teacher(county):
    return key_of(county.teacher, *BOTH)


@pytest.fixture
def office(county):
    return key_of(county.coordinator, *BOTH)


def post(client, path, headers, body):
    return client.post(f"{ROOT}/{path}", json.dumps(body), content_type="application/json", headers=headers)


def listed(client, path, headers, **asked):
    answer = client.get(f"{ROOT}/{path}", asked, headers=headers)
    assert answer.status_code == 200, answer.content
    return [one["id"] for one in answer.json()["items"]]


def wrong(answer, status=422):
    """Where something was wrong, after checking that it is told as a problem."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    return [error["where"] for error in answer.json().get("errors", [])]


def line(holding, first, days=7, quantity=1):
    last = first + (days - 1) * DAY
    return {"holding_id": holding.pk, "use_from": str(first), "use_to": str(last), "quantity": quantity}


@pytest.fixture
def body(county, first):
    return {"key": str(uuid4()), "unit_id": county.school.pk, "items": [line(county.book, first)], "for_class": "5B"}


def test_it_tells_when_things_can_be_had_at_a_unit(client, county, teacher, first, now):
    book(county, wish(county.book, first, quantity=2), at=now)
    asked = {"unit": county.school.pk, "holding": [county.kit.pk, county.book.pk], "days": 40}
    answer = client.get(f"{ROOT}/availability", asked, headers=teacher).json()
    taken, free = answer["items"]
    assert (answer["unit_id"], taken["holding_id"], free["title"]) == (
        county.school.pk, county.book.pk, "Robotlåda (låda eller set)",
    )  # fmt: skip
    days = {one["day"]: one for one in taken["days"]}
    today = timezone.localdate()
    assert len(days) == 40
    assert (days[str(today)]["free"], days[str(today)]["begins"]) == (2, "no_transport")
    assert (days[str(first)]["free"], days[str(first)]["begins"]) == (0, "taken")
    assert date.fromisoformat(taken["nearest"]["use_from"]) > first
    assert free["nearest"]["use_from"] == str(first)
    assert {one["day"]: one["begins"] for one in free["days"]}[str(first)] == "yes"
    alone = {"unit": county.school.pk, "resource": county.kit.resource_id, "quantity": 4}
    [too_many] = client.get(f"{ROOT}/availability", alone, headers=teacher).json()["items"]
    assert (too_many["holding_id"], too_many["nearest"]) == (county.kit.pk, None)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_it_tells_of_days_that_can_be_booked_whatever_is_asked(client, county, teacher, day):
    asked = {"unit": county.school.pk, "holding": county.kit.pk, "first": day, "days": 1}
    [found] = client.get(f"{ROOT}/availability", asked, headers=teacher).json()["items"]
    today = timezone.localdate()
    assert [one["day"] for one in found["days"]] == [str(today if day < "2" else today + timedelta(days=400))]


def test_it_works_out_each_day_once_however_many_things_are_asked_for(client, county, teacher, monkeypatch):
    def answered(number):
        more = [factories.holding(factories.resource(county.region, "book"), items=1).pk for _ in range(number)]
        worked.clear()
        forget_all()
        found = client.get(f"{ROOT}/availability", {"holding": [county.book.pk, *more]}, headers=teacher).json()[
            "items"
        ]
        return found, len(worked)

    worked = []
    work_out = calendar.Plan._last_to_leave
    monkeypatch.setattr(calendar.Plan, "_last_to_leave", lambda self, day: worked.append(day) or work_out(self, day))
    [one], few = answered(0)
    many, same = answered(5)
    assert len(many) == 6
    assert same == few > 0 and len(set(worked)) == len(worked)
    assert [each["days"] for each in many[1:]] == [[{**day, "free": 1} for day in one["days"]]] * 5


def test_it_tells_of_nothing_that_one_may_not_borrow(client, county, teacher):
    hidden = factories.holding(factories.resource(county.region, "book", status="draft"), items=1)
    asked = {"unit": county.school.pk, "holding": [hidden.pk]}
    assert client.get(f"{ROOT}/availability", asked, headers=teacher).json()["items"] == []
    wrong(client.get(f"{ROOT}/availability", {"unit": county.other_school.pk}, headers=teacher), 404)


def test_it_tells_of_ones_own_unit_when_none_is_named(client, county, teacher, office):
    asked = {"holding": county.kit.pk}
    own = client.get(f"{ROOT}/availability", asked, headers=teacher).json()
    assert (own["unit_id"], len(own["items"])) == (county.school.pk, 1)
    assert client.get(f"{ROOT}/availability", asked, headers=office).json() == {"unit_id": None, "items": []}


def test_it_lists_ones_own_ones_units_and_all(client, county, teacher, office, first, now):
    mine = booked(county, first, now)
    ours = sent(county, first, now, holding=county.kit, person=county.colleague)
    principal = key_of(county.principal, *BOTH)
    elsewhere = key_of(county.other_teacher, *BOTH)
    stranger = key_of(county.stranger, *BOTH)
    for headers, expected in (
        (teacher, [mine]), (principal, [mine, ours]), (office, [mine, ours]), (elsewhere, []), (stranger, []),
    ):  # fmt: skip
        assert listed(client, "orders", headers) == [order.pk for order in expected]
        assert listed(client, "bookings", headers) == [order.bookings.get().pk for order in expected]
    actions.cancel(bookings=mine.bookings.all(), by=None, at=now)
    row, other = mine.bookings.get(), ours.bookings.get()
    for asked, found in (
        ({"open": "true"}, [other]), ({"open": "false"}, [row]), ({"state": "sent"}, [other]),
        ({"holding": county.book.pk}, [row]), ({"unit": county.other_school.pk}, []), ({"mine": "true"}, []),
    ):  # fmt: skip
        assert listed(client, "bookings", office, **asked) == [each.pk for each in found]
    for asked, found in (
        ({"open": "true"}, [ours]), ({"open": "false"}, [mine]), ({"unit": county.school.pk}, [mine, ours]),
        ({"mine": "true"}, []),
    ):  # fmt: skip
        assert listed(client, "orders", office, **asked) == [each.pk for each in found]
    assert listed(client, "orders", teacher, mine="true") == [mine.pk]
    assert listed(client, "bookings", teacher, mine="true") == [row.pk]


def test_it_lists_in_pages_with_few_questions(client, county, office, first, now, django_assert_max_num_queries):
    for number in range(3):
        book(county, wish(county.kit, first + number * 28 * DAY), at=now)
    with django_assert_max_num_queries(12):
        answer = client.get(f"{ROOT}/orders", {"limit": 2}, headers=office).json()
    assert len(answer["items"]) == 2
    assert len(client.get(answer["next"], headers=office).json()["items"]) == 1


def test_nobody_is_named(client, county, office, first, now):
    order = booked(county, first, now)
    shown = client.get(f"{ROOT}/orders/{order.pk}", headers=office)
    assert (shown.json()["mine"], shown.json()["bookings"][0]["late"]) == (False, False)
    content = shown.content.decode()
    assert county.teacher.family_name not in content
    assert county.teacher.email not in content
    Booking.objects.update(state=State.OUT, use_from="2026-01-01", hand_over_date="2026-01-08", leave_date="2026-01-01")
    assert client.get(f"{ROOT}/orders/{order.pk}", headers=office).json()["bookings"][0]["late"]


def test_a_program_books_and_the_same_key_books_once(client, county, teacher, body):
    answer = post(client, "orders", teacher, body)
    assert answer.status_code == 201, answer.content
    order = Order.objects.get()
    made = answer.json()
    assert (order.person, order.placed_by, order.for_class) == (county.teacher, county.teacher, "5B")
    assert (made["mine"], made["unit_id"], made["note"]) == (True, county.school.pk, None)
    assert [one["state"] for one in made["bookings"]] == ["booked"]
    assert client.get(answer["Location"], headers=teacher).json() == made
    assert client.get(made["page"]).status_code == 302
    assert post(client, "orders", teacher, body).json() == made
    assert Booking.objects.count() == 1


def test_a_key_of_somebody_elses_tells_nothing(client, county, teacher, body, first):
    post(client, "orders", teacher, body)
    theirs = {**body, "unit_id": county.other_school.pk}
    wrong(post(client, "orders", key_of(county.other_teacher, *BOTH), theirs), 404)
    assert Order.objects.count() == 1


def test_the_centre_books_for_a_unit(client, county, office, body):
    assert post(client, "orders", office, {**body, "unit_id": county.other_school.pk}).status_code == 201
    order = Order.objects.get()
    assert (order.person, order.placed_by, order.unit) == (None, county.coordinator, county.other_school)


def test_a_closed_unit_and_things_of_two_centres_are_refused(client, county, office, body, first):
    elsewhere = factories.holding(factories.resource(county.town, "book"), items=1)
    answer = post(client, "orders", office, {**body, "items": [*body["items"], line(elsewhere, first)]})
    assert (wrong(answer), "olika centrum" in answer.json()["detail"]) == ([], True)
    county.school.valid_to = timezone.localdate()
    county.school.save()
    assert wrong(post(client, "orders", office, body)) == ["body.unit_id"]
    assert not Order.objects.exists()


def test_each_line_says_why_it_cannot_be_had(client, county, teacher, body, first, now):
    book(county, wish(county.book, first, quantity=2), at=now)
    lines = [line(county.kit, first), line(county.book, first), line(county.kit, first, quantity=9)]
    answer = post(client, "orders", teacher, {**body, "items": lines})
    assert wrong(answer) == ["body.items.1.use_from", "body.items.2.quantity"]
    assert "Närmaste lediga tid" in answer.json()["errors"][0]["detail"]
    assert not Booking.objects.filter(holding=county.kit).exists()
    assert set(LoanFact.objects.values_list("why", flat=True)) == {"none_free", "no_copies"}
    actions.suspend(owner=county.region, unit=county.school, person=None, reason="Paus.", by=None, at=now)
    assert wrong(post(client, "orders", teacher, {**body, "items": lines[:1]})) == ["body.items.0"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"unit_id": 10**12}, "body.unit_id"),
        ({"items": []}, "body.items"),
        ({"items": [{**DAYS, "holding_id": 10**12}]}, "body.items.0.holding_id"),
        ({"items": [{**DAYS, "holding_id": 1, "use_from": "i morgon"}]}, "body.items.0.use_from"),
        ({"key": "x"}, "body.key"),
        ({"note": "x" * 501}, "body.note"),
        ({"person": 1}, "body.person"),
    ],
)  # fmt: skip
def test_it_refuses_what_cannot_be_an_order(client, county, teacher, body, change, where):
    assert wrong(post(client, "orders", teacher, {**body, **change})) == [where]
    assert not Order.objects.exists()


def test_it_is_changed_and_taken_back_until_it_is_packed(client, county, teacher, first, now):
    row = booked(county, first, now).bookings.get()
    said = {"use_from": str(first), "use_to": str(first + 2 * DAY), "quantity": 2}
    changed = post(client, f"bookings/{row.pk}/change", teacher, said)
    assert (changed.status_code, changed.json()["quantity"], changed.json()["mine"]) == (200, 2, True)
    assert wrong(post(client, f"bookings/{row.pk}/change", teacher, {**said, "quantity": 3})) == ["body.quantity"]
    assert wrong(post(client, f"bookings/{row.pk}/change", teacher, {**said, "use_to": "1"})) == ["body.use_to"]
    gone = post(client, f"bookings/{row.pk}/cancel", teacher, {"reason": "Sjuk."})
    assert (gone.status_code, gone.json()["state"]) == (200, "cancelled")
    assert Booking.objects.get().reason == "Sjuk."
    for verb, sent_ in (("cancel", {}), ("change", said)):
        answer = post(client, f"bookings/{row.pk}/{verb}", teacher, sent_)
        wrong(answer)
        assert "bokningen är avbokad" in answer.json()["detail"]


def test_the_school_contact_and_the_centre_take_back_what_others_booked(client, county, office, first, now):
    for headers in (key_of(county.principal, *BOTH), office):
        row = booked(county, first, now).bookings.get()
        assert post(client, f"bookings/{row.pk}/cancel", headers, {}).json()["mine"] is False
    assert set(Booking.objects.values_list("state", flat=True)) == {State.CANCELLED}


def test_it_asks_for_key_scope_role_and_place(client, county, teacher, body, first, now):
    order = booked(county, first, now)
    row = order.bookings.get()
    change = {"use_from": str(first), "use_to": str(first), "quantity": 1}
    writes = (("orders", body), (f"bookings/{row.pk}/change", change), (f"bookings/{row.pk}/cancel", {}))
    reads = ("orders", f"orders/{order.pk}", "bookings", f"availability?unit={county.school.pk}")
    only_read, only_write = key_of(county.teacher, BOTH[0]), key_of(county.teacher, BOTH[1])
    politician = key_of(factories.person(Role.POLITICIAN, county.region), *BOTH)
    for path, sent_ in writes:
        wrong(post(client, path, {}, sent_), 401)
        wrong(post(client, path, only_read, sent_), 403)
        wrong(post(client, path, politician, sent_), 403)
    for path in reads:
        wrong(client.get(f"{ROOT}/{path}"), 401)
        wrong(client.get(f"{ROOT}/{path}", headers=only_write), 403)
        wrong(client.get(f"{ROOT}/{path}", headers=politician), 403)
    other = key_of(county.other_teacher, *BOTH)
    for pk in (row.pk, 2**63):
        wrong(post(client, f"bookings/{pk}/change", other, change), 404)
        wrong(post(client, f"bookings/{pk}/cancel", other, {}), 404)
        wrong(client.get(f"{ROOT}/orders/{pk}", headers=other), 404)
    assert wrong(post(client, "orders", other, body)) == ["body.unit_id"]
    assert Booking.objects.get().state == State.BOOKED
