"""A municipality's lead invites a teacher, who accepts and signs in; a coordinator changes the tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from resursnav.foundation.access import Role
from resursnav.foundation.notices.models import Mail
from resursnav.foundation.organisations.models import Organisation
from tests import factories

from .browser import Mode

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Window = Callable[..., Any]


@pytest.fixture
def tree():
    cache.clear()
    region = factories.organisation(name="Västerbottens län", code="24")
    dorotea = factories.organisation(region, name="Dorotea", code="2425")
    return {
        "region": region,
        "dorotea": dorotea,
        "school": factories.organisation(dorotea, name="Bergvattenskolan", code="10000001"),
        "high": factories.organisation(dorotea, name="Högbergsskolan", code="10000002"),
        "asele": factories.organisation(region, name="Åsele", code="2463"),
    }


def test_it_takes_a_teacher_from_invitation_to_sign_in(window: Window, tree: dict[str, Organisation]):
    lead = factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"], given_name="Mona", family_name="Lidström")
    page = window(lead)
    page.goto("/people/")
    page.get_by_role("link", name="Bjud in någon").click()
    page.get_by_role("searchbox", name="Namn, skolenhetskod eller sigel").fill("bergvatten")
    page.locator("main").get_by_role("button", name="Sök").click()
    page.get_by_role("link", name="Bergvattenskolan").click()
    page.get_by_role("radio").first.wait_for()
    assert page.get_by_role("radio", name="samordnare på centret").count() == 0
    page.get_by_label("E-postadress").fill("nils@example.org")
    page.get_by_label("Förnamn").fill("Nils")
    page.get_by_role("radio", name="Lärare", exact=True).check()
    page.get_by_role("button", name="Skicka inbjudan").click()
    expect(page.get_by_text("nils@example.org").first).to_be_visible()
    page.get_by_text("Väntar").first.wait_for()

    mail = Mail.objects.get(to="nils@example.org")
    link = re.search(r"/invitation/[\w-]+/", mail.text)[0]
    teacher = window()
    teacher.goto(link)
    assert "Dorotea › Bergvattenskolan" in teacher.locator("main").inner_text()
    teacher.get_by_label("Efternamn").fill("Ny")
    teacher.get_by_label("Lösenord").fill("kort")
    teacher.get_by_role("button", name="Tacka ja och skapa konto").click()
    expect(teacher.get_by_label("Efternamn")).to_have_value("Ny")
    teacher.get_by_label("Lösenord").fill("skogen-och-sjön")
    teacher.get_by_role("button", name="Tacka ja och skapa konto").click()
    teacher.get_by_text("Välkommen. Du är nu lärare, Bergvattenskolan.").wait_for()

    again = window()
    again.goto("/accounts/login/")
    again.get_by_label("E-postadress").fill("Nils@Example.org")
    again.get_by_label("Lösenord").fill("skogen-och-sjön")
    again.get_by_role("button", name="Logga in", exact=True).click()
    again.goto("/me/")
    assert again.get_by_label("Förnamn").input_value() == "Nils"
    assert again.get_by_role("cell", name="Bergvattenskolan").is_visible()


def test_it_lets_a_coordinator_move_and_merge_schools(window: Window, tree: dict[str, Organisation]):
    coordinator = factories.person(Role.COORDINATOR, tree["region"])
    teacher = factories.person(Role.TEACHER, tree["high"])
    page = window(coordinator)
    page.goto("/organisations/")
    page.get_by_role("searchbox", name="Namn, kod eller sigel").fill("bergvatten")
    page.locator("main").get_by_role("button", name="Sök").click()
    page.get_by_role("link", name="Bergvattenskolan").click()
    page.get_by_role("link", name="Flytta").click()
    page.get_by_role("searchbox", name="Namn, kod eller sigel").fill("åsele")
    page.locator("main").get_by_role("button", name="Sök").click()
    page.locator("main").get_by_role("link", name="Åsele").click()
    expect(page.locator("main")).to_contain_text("Från Dorotea till Åsele.")
    page.get_by_label("Skäl").fill("Skolan ligger på gränsen")
    page.get_by_role("button", name="Flytta").click()
    page.get_by_text("Bergvattenskolan ligger nu under Åsele.").wait_for()
    assert "Flyttades från Dorotea till Åsele" in page.locator("main").inner_text()

    page.goto(f"/organisations/{tree['high'].pk}/merge/?q=bergvatten")
    page.locator("main").get_by_role("link", name="Bergvattenskolan").click()
    expect(page.locator("main")).to_contain_text("De som har uppdrag där får samma uppdrag på Bergvattenskolan.")
    page.get_by_role("button", name="Slå ihop").click()
    page.get_by_text("Högbergsskolan har gått upp i Bergvattenskolan.").wait_for()
    assert teacher.get_full_name() in page.locator("main").inner_text()
    page.goto(f"/organisations/{tree['high'].pk}/")
    assert "upp i Bergvattenskolan" in page.locator("main").inner_text()


def test_it_lets_a_coordinator_read_a_register_in(window: Window, tree: dict[str, Organisation], tmp_path, settings):
    settings.DATA_DIR = tmp_path
    register = tmp_path / "skolor.csv"
    register.write_text("Skolenhetskod;Namn;Kommunkod\n10000001;Nya Bergvatten;2425\n10000009;Åsele skola;2463\n")
    page = window(factories.person(Role.COORDINATOR, tree["region"]))
    page.goto("/organisations/")
    page.get_by_role("link", name="Läs in register").click()
    page.get_by_role("radio", name="Skolenheter").check()
    page.get_by_label("Fil", exact=True).set_input_files(register)
    page.get_by_role("button", name="Visa vad filen skulle göra").click()
    page.get_by_role("button", name="Ta in 2 skolor").wait_for()
    expect(page.locator("main")).to_contain_text("Nya Bergvatten")
    expect(page.locator("main")).to_contain_text("Åsele skola")
    assert not Organisation.objects.filter(code="10000009").exists()
    page.get_by_role("button", name="Ta in 2 skolor").click()
    page.get_by_text("Så blev det").wait_for()
    assert Organisation.objects.get(code="10000009").parent == tree["asele"]


def test_it_works_on_a_phone_without_javascript(window: Window, tree: dict[str, Organisation]):
    person = factories.person(Role.TEACHER, tree["school"])
    factories.assignment(person, Role.PRINCIPAL, tree["high"])
    page = window(person, Mode("phone", 390, 800), java_script_enabled=False)
    page.goto("/me/")
    page.get_by_label("Telefon i tjänsten").fill("0942-140 00")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Dina uppgifter är sparade.")).to_be_visible()
    page.get_by_text("Byt plats").first.click()
    page.get_by_role("button", name="rektor, Högbergsskolan").last.click()
    page.goto(f"/organisations/{tree['high'].pk}/edit/")
    page.get_by_label("Postort").fill("Dorotea")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Uppgifterna är sparade.")).to_be_visible()
