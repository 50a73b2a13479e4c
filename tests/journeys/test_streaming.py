"""Streaming in a real browser: a teacher makes a code, a pupil comes in by it on a phone, another school is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from resursnav.deliver.streaming.models import StreamUse
from resursnav.foundation.access import Role
from tests import factories

from .browser import Mode, runs_sideways, violations
from .streaming_pages import film_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = Mode("phone", 390, 844)
Window = Callable[..., Any]


def test_a_class_watches_by_a_code(window: Window, live_server: Any):
    region = factories.organisation(name="Västerbottens län", code="24")
    dorotea = factories.organisation(region, name="Dorotea", code="2425")
    school = factories.organisation(dorotea, name="Bergvattenskolan")
    other = factories.organisation(dorotea, name="Fredrikaskolan")
    # Another site as the browser sees it: the same server by its other name.
    film = film_at(school, region, url=live_server.url.replace("localhost", "127.0.0.1") + "/about/")

    teacher = window(factories.person(Role.TEACHER, school))
    teacher.goto(film.resource.get_absolute_url())
    teacher.get_by_role("link", name="Gör en klasskod").click()
    teacher.get_by_label("Hur många elever").fill("2")
    teacher.get_by_label("Till vilken grupp").fill("5B")
    teacher.get_by_role("button", name="Gör koden").click()
    digits = teacher.get_by_role("heading", level=1).inner_text()
    teacher.get_by_role("link", name="Visa stort eller skriv ut").click()
    expect(teacher.locator(".st-sheet__digits")).to_have_text(digits)
    assert violations(teacher) == []

    pupil = window(None, PHONE, java_script_enabled=False)
    pupil.goto("/code/")
    pupil.get_by_label("Koden från din lärare").fill(digits)
    pupil.get_by_role("button", name="Öppna").click()
    expect(pupil.get_by_role("heading", name="5B, Bergvattenskolan")).to_be_visible()
    assert runs_sideways(pupil) <= 0
    pupil.get_by_role("button", name="Öppna Vattnets kretslopp").click()
    pupil.wait_for_url("**/about/")
    pupil.go_back()
    pupil.goto(f"/watch/{film.pk}/")
    pupil.get_by_role("button", name="Jag är klar").click()
    expect(pupil.get_by_text("Tack!")).to_be_visible()
    use = StreamUse.objects.get()
    assert (use.number, use.by_code, use.unit) == (1, True, school)

    stranger = window(factories.person(Role.TEACHER, other), PHONE)
    stranger.goto(film.resource.get_absolute_url())
    stranger.get_by_role("link", name="Strömma: strömmande media").click()
    expect(stranger.get_by_text("Får inte strömmas i klassrummet på Fredrikaskolan")).to_be_visible()
    expect(stranger.get_by_role("button", name="Öppna")).to_have_count(0)
