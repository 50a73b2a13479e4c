"""Agreements in a real browser: registered at the centre, read in the municipality, unseen next door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from resursnav.foundation.access import Role
from tests import factories

from .browser import Mode, runs_sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = Mode("phone", 390, 844)
Window = Callable[..., Any]


def test_an_agreement_from_the_centre_to_the_municipality(window: Window):
    region = factories.organisation(name="Västerbottens län", code="24")
    dorotea = factories.organisation(region, name="Dorotea", code="2425")
    school = factories.organisation(dorotea, name="Fredrikaskolan")
    elsewhere = factories.organisation(factories.organisation(name="Kalmar län", code="08"), name="Oskarshamn")
    page = window(factories.person(Role.COORDINATOR, region))

    page.goto("/agreements/")
    page.get_by_role("link", name="Registrera ett avtal").click()
    page.get_by_label("Namn på avtalet").fill("Skolfilm")
    page.get_by_label("Den nya motpartens namn").fill("Norrfilm AB")
    page.get_by_label("Första dag").fill("2026-01-01")
    page.get_by_label("Sista dag", exact=False).first.fill("2090-06-30")
    page.get_by_label("Pris per år i kronor").fill("12 000")
    page.get_by_role("button", name="Registrera avtalet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skolfilm")
    agreement = page.url

    page.get_by_role("link", name="Lägg till rättighet").click()
    page.wait_for_url("**/rights/new/")
    page.get_by_label("Strömma i klassrummet").check()
    page.get_by_role("button", name="Spara och säg var").click()
    page.wait_for_url("**/places/")
    page.get_by_role("button", name="Gäller här Dorotea").click()
    expect(page.locator(".rn-lead")).to_contain_text("Alla i Dorotea får strömma i klassrummet")
    page.get_by_label("Namn, kod eller sigel").fill("fredrika")
    page.get_by_role("main").get_by_role("button", name="Sök").click()
    page.wait_for_url("**/places/?q=fredrika")
    page.get_by_role("button", name="Undanta Fredrikaskolan").click()
    expect(page.locator(".rn-lead")).to_contain_text("i Dorotea, utom Fredrikaskolan")
    assert violations(page) == []

    page.goto(f"/organisations/{dorotea.pk}/")
    expect(page.get_by_text("Strömma i klassrummet till och med 30 juni 2090")).to_be_visible()
    page.goto(f"/organisations/{school.pk}/")
    expect(page.get_by_role("heading", name="Avtal som gäller här")).to_have_count(0)

    lead = window(factories.person(Role.MUNICIPALITY_LEAD, dorotea), PHONE)
    lead.goto("/agreements/")
    lead.get_by_role("link", name="Skolfilm").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("Skolfilm")
    expect(lead.get_by_text("utom Fredrikaskolan")).to_be_visible()
    expect(lead.get_by_text("kronor om året")).to_have_count(0)
    assert runs_sideways(lead) <= 0

    stranger = window(factories.person(Role.MUNICIPALITY_LEAD, elsewhere))
    stranger.goto("/agreements/")
    expect(stranger.get_by_text("Inga avtal än")).to_be_visible()
    assert stranger.goto(agreement).status == 404
