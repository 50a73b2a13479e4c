"""The desk in a real browser: packed and sent with the scanner, ticked off by the driver on a phone, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from resursnav.deliver.lending.models import Booking, State
from resursnav.deliver.stock.models import Item
from resursnav.deliver.transport.models import Route
from resursnav.foundation.access import Role
from tests import factories

from .browser import Mode, runs_sideways, violations
from .lending_pages import lent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = Mode("phone", 390, 844)
Window = Callable[..., Any]


def test_a_kit_is_packed_by_scanning_and_driven_to_the_school(window: Window):
    world = lent(factories.organisation(name="Kalmar län", code="08"))
    booking = world.order(None, world.wish(world.kit)).bookings.get()
    item = Item.objects.filter(holding=world.kit).order_by("pk")[0]
    page = window(factories.person(Role.COORDINATOR, world.region))

    page.goto("/desk/")
    expect(page.get_by_role("heading", name="Att packa", exact=True)).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Skanna").click()
    page.wait_for_url("**/desk/scan/")
    # A hand scanner types wherever the focus is, and presses Enter.
    page.keyboard.type(item.barcode)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Packa för Torskolan").click()
    expect(page.get_by_text("Packad för Torskolan.", exact=True).first).to_be_visible()
    expect(page.get_by_label("Streckkod")).to_have_value("")
    page.get_by_role("button", name="Ångra det senaste").click()
    expect(page.get_by_text("är inte packad")).to_be_visible()
    page.get_by_label("Streckkod").fill(item.barcode)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Packa för Torskolan").click()
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_text("Skickad till Torskolan.", exact=True).first).to_be_visible()
    assert violations(page) == []

    # Let the day when it leaves be today, whatever day the test is run on.
    today = timezone.localdate()
    Booking.objects.filter(pk=booking.pk).update(leave_date=today, use_from=max(today, booking.use_from))
    driver = window(factories.person(Role.DRIVER, world.region), PHONE)
    driver.goto("/desk/rounds/")
    assert driver.get_by_role("link", name="Lånedisken").count() == 0
    driver.goto(f"/desk/rounds/{Route.objects.get().pk}/")
    if driver.get_by_role("button", name="Lämnat").count():  # nothing goes on a Sunday
        driver.get_by_role("button", name="Lämnat").click()
        expect(driver.get_by_text("Kvitterat.")).to_be_visible()
        assert not runs_sideways(driver)
        assert violations(driver) == []
        assert Booking.objects.get(pk=booking.pk).state == State.OUT

    page.get_by_role("link", name="Ta tillbaka direkt").click()
    page.wait_for_url("**/desk/scan/?mode=back")
    back = page.get_by_text("Tillbaka från Torskolan. Kontrollera den.", exact=True)
    for seen in (2, 1):  # what was done and the list of the last scans; the second time only the list
        page.get_by_label("Streckkod").fill(item.barcode)
        page.keyboard.press("Enter")
        expect(back).to_have_count(seen)
    page.get_by_role("button", name="Hel och komplett").click()
    expect(page.get_by_text("Kontrollerad. Ställ den på plats.", exact=True).first).to_be_visible()
    assert Booking.objects.get(pk=booking.pk).state == State.CHECKED


def test_somebody_at_the_desk_borrows_what_they_have_in_their_hands(window: Window):
    world = lent(factories.organisation(name="Kalmar län", code="08"))
    factories.person(Role.TEACHER, world.school, given_name="Åsa", family_name="Lind")
    factories.person(Role.TEACHER, world.school, given_name="Åsa", family_name="Ek")
    book, kit = (Item.objects.filter(holding=one).order_by("pk")[0] for one in (world.book, world.kit))
    page = window(factories.person(Role.COORDINATOR, world.region))

    page.goto("/desk/")
    page.get_by_role("main").get_by_role("link", name="Låna ut över disk").click()
    page.wait_for_url("**/desk/lend/")
    expect(page.get_by_label("Streckkoder")).to_be_focused()
    for one in (book, kit):  # the field has the focus; a scanner types the code and Enter, which is a new line there
        page.keyboard.type(one.barcode)
        page.keyboard.press("Enter")
    expect(page.locator("#lend-seen").get_by_role("listitem")).to_have_count(2)
    page.get_by_label("Till vilken enhet?").fill("torsk")
    expect(page.locator("#lend-unit").get_by_text("Torskolan")).to_be_visible()
    expect(page.locator("#lend-seen").get_by_text("längst till").first).to_be_visible()
    page.get_by_label("Vem lånar?").fill("åsa")
    page.get_by_role("radio", name="Åsa Ek Torskolan").focus()
    with page.expect_response("**/desk/lend/"):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Åsa Lind Torskolan")).to_be_checked()
    expect(page.get_by_role("radio", name="Åsa Lind Torskolan")).to_be_focused()
    assert violations(page) == []
    page.get_by_label("Sista dag").fill("2020-01-01")
    page.get_by_role("button", name="Låna ut", exact=True).click()
    expect(page.get_by_role("link", name="Sista dagen har redan varit.")).to_be_visible()
    expect(page.get_by_label("Streckkoder")).to_have_value(f"{book.barcode}\n{kit.barcode}\n")
    expect(page.get_by_role("radio", name="Åsa Lind Torskolan")).to_be_checked()
    assert violations(page) == []
    page.get_by_label("Sista dag").fill("")
    page.get_by_role("button", name="Låna ut", exact=True).click()
    expect(page.get_by_text("2 saker utlånade till Torskolan.")).to_be_visible()
    assert Booking.objects.filter(state=State.OUT, order__person__family_name="Lind").count() == 2

    page.get_by_role("button", name="Ångra utlåningen").click()
    expect(page.get_by_text("Ångrat. Ställ tillbaka")).to_be_visible()
    assert not Booking.objects.filter(state=State.OUT).exists()
