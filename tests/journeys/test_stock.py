"""Stock in a real browser: five new copies, their labels, one scanned, one broken, one retired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from resursnav.deliver.stock.models import Item
from resursnav.foundation.access import Role
from tests import factories

from .browser import Mode, runs_sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = Mode("phone", 320, 640)
Window = Callable[..., Any]


def test_five_copies_get_labels_and_one_is_retired(window: Window):
    region = factories.organisation(name="Kalmar län", code="08")
    factories.stock_place(region, name="Magasinet")
    resource = factories.resource(region, "book", title="Ölands alvar")
    coordinator = factories.person(Role.COORDINATOR, region)
    page = window(coordinator)

    page.goto(resource.get_absolute_url())
    page.get_by_role("link", name="Lägg upp bestånd").click()
    page.get_by_label("Nummer på hyllan").fill("B 12")
    page.get_by_role("button", name="Lägg upp och fortsätt").click()
    page.wait_for_url("**/add/")
    page.get_by_label("Hur många?").fill("5")
    page.get_by_label("Första streckkoden").fill("b-098")
    page.get_by_label("Hemplats").select_option(label="Magasinet")
    page.get_by_role("button", name="Lägg till exemplaren").click()
    expect(page.locator(".rn-lead")).to_contain_text("5 etiketter")
    made = page.request.get(f"{page.url}&sheet=3x8&start=20")
    assert (made.headers["content-type"], made.body()[:5]) == ("application/pdf", b"%PDF-")

    page.goto("/stock/find/")
    page.get_by_label("Skanna eller skriv en streckkod").fill("B+100")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("B-100")
    page.get_by_role("link", name="Anmäl ett fel").click()
    page.get_by_label("Vad är fel?").fill("Två sidor är utrivna")
    page.get_by_label("Det får inte lånas ut så").check()
    page.get_by_role("button", name="Anmäl felet").click()
    expect(page.locator(".rn-lead")).to_contain_text("Ur utlåningen")
    page.get_by_role("link", name="Gallra", exact=True).click()
    page.get_by_role("button", name="Gallra exemplaret").click()
    expect(page.get_by_text("Skriv varför exemplaret gallras.").first).to_be_visible()
    page.get_by_label("Varför gallras det?").fill("Utsliten")
    page.get_by_role("button", name="Gallra exemplaret").click()
    expect(page.locator(".rn-lead")).to_contain_text("Utsliten")
    assert violations(page) == []
    assert sorted(Item.objects.values_list("state", flat=True)) == ["in_use"] * 4 + ["retired"]

    phone = window(coordinator, PHONE)
    phone.goto("/stock/find/?code=b-100")
    expect(phone.locator(".rn-lead")).to_contain_text("Gallrat")
    assert runs_sideways(phone) <= 0
    phone.goto("/stock/find/?code=999999")
    expect(phone.get_by_text("Inget exemplar har den koden")).to_be_visible()
