"""Lending in a real browser: a teacher books on a phone without JavaScript, the school's contact sees it and renews."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import Booking, Order, State
from resursnav.deliver.stock.models import Fault, PartLine
from resursnav.foundation.access import Role
from tests import factories

from .browser import Mode, runs_sideways, violations
from .lending_pages import lent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = Mode("phone", 390, 844)
Window = Callable[..., Any]


def test_a_teacher_books_in_a_minute(window: Window):
    found = lent(factories.organisation(name="Region Kalmar län", code="08"))
    teacher = factories.person(Role.TEACHER, found.school, given_name="Åsa")
    page = window(teacher, PHONE, java_script_enabled=False)

    page.goto(found.book.resource.get_absolute_url())
    page.get_by_role("button", name="Boka Istiden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boka Istiden (bok)")
    expect(page.locator(".rn-lead")).to_contain_text("Kan vara på Torskolan")
    assert runs_sideways(page) <= 0
    page.get_by_label("Klass eller grupp").fill("5B")
    page.get_by_role("button", name="Boka", exact=True).click()
    expect(page.get_by_text("Du kan ändra och avboka tills det har packats.")).to_be_visible()
    order = Order.objects.get()
    assert (order.person, order.for_class) == (teacher, "5B")

    page.get_by_role("link", name="Avboka").click()
    page.get_by_role("button", name="Avboka").click()
    expect(page.get_by_text("Avbokad.", exact=True)).to_be_visible()
    assert faults(found.now.date()) == []


def test_a_teacher_says_what_is_broken(window: Window):
    found = lent(factories.organisation(name="Region Kalmar län", code="08"))
    PartLine.objects.create(holding=found.kit, name="Robot", quantity=6)
    teacher = factories.person(Role.TEACHER, found.school, given_name="Åsa")
    found.sent(teacher, found.wish(found.kit))
    page = window(teacher, PHONE, java_script_enabled=False)

    page.goto("/lending/")
    page.get_by_role("link", name="Anmäl fel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmäl fel på Robotlåda (låda eller set)")
    assert runs_sideways(page) <= 0
    page.get_by_label("Vad är fel?").fill("Laddaren är trasig.")
    page.get_by_label("Robot, av 6").fill("2")
    page.get_by_role("button", name="Anmäl felet").click()
    expect(page.get_by_text("Tack. Centret har fått veta vad som är fel.")).to_be_visible()
    expect(page.get_by_text("Laddaren är trasig. Saknas: 2 Robot.")).to_be_visible()
    assert Fault.objects.get().reported_by is None


def test_the_school_contact_sees_and_renews(window: Window):
    found = lent(factories.organisation(name="Region Kalmar län", code="08"))
    teacher = factories.person(Role.TEACHER, found.school, given_name="Åsa")
    order = found.sent(teacher, found.wish(found.kit))
    actions.receive(bookings=order.bookings.all(), by=None, at=found.now)
    page = window(factories.person(Role.PRINCIPAL, found.school))

    page.goto("/lending/unit/")
    expect(page.get_by_role("link", name="Robotlåda (låda eller set)", exact=True)).to_be_visible()
    page.get_by_role("link", name="Låna om").click()
    page.get_by_role("button", name="Låna om").click()
    expect(page.get_by_text("Omlånat.")).to_be_visible()
    booking = Booking.objects.get()
    assert (booking.state, booking.renewals) == (State.OUT, 1)
    assert violations(page) == []


def test_a_librarian_books_two_things_and_hands_them_over(window: Window):
    found = lent(factories.organisation(name="Region Kalmar län", code="08"))
    librarian = factories.person(Role.SCHOOL_LIBRARIAN, found.school, given_name="Inga")
    colleague = factories.person(Role.TEACHER, found.school, given_name="Åsa")
    page = window(librarian)

    for holding in (found.book, found.kit):
        page.goto(holding.resource.get_absolute_url())
        page.get_by_role("button", name=f"Boka {holding.resource.title}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boka 2 saker")
    page.get_by_role("button", name="Boka", exact=True).click()
    expect(page.get_by_text("Bokat. Ett kvitto med dagarna")).to_be_visible()
    order = Order.objects.get()
    assert (order.person, order.bookings.count()) == (librarian, 2)

    page.get_by_role("link", name="Lämna över till en kollega").click()
    page.get_by_label("Kollegans e-postadress").fill(colleague.email)
    page.get_by_role("button", name="Lämna över").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    order.refresh_from_db()
    assert order.person == colleague
    page.goto("/lending/unit/")
    expect(page.get_by_role("link", name="Robotlåda (låda eller set)", exact=True)).to_be_visible()
    assert faults(found.now.date()) == []
