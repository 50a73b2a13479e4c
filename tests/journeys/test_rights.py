"""Rights in a real browser: the coordinator adds a title, and the teacher's answer changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from resursnav.foundation.access import Role
from resursnav.foundation.search import index
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.facts import AgreementFacts, RightFacts
from tests import factories

from .agreement_pages import NOON
from .browser import Mode, runs_sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = Mode("phone", 390, 844)
Window = Callable[..., Any]


def test_a_title_under_an_agreement_changes_the_teachers_answer(window: Window):
    region = factories.organisation(name="Västerbottens län", code="24")
    dorotea = factories.organisation(region, name="Dorotea", code="2425")
    school = factories.organisation(dorotea, name="Bergvattenskolan")
    film: Any = factories.resource(region, "film", title="Skogens hemligheter")
    facts = AgreementFacts(
        counterpart="Norrfilm AB", title="Skolfilm", valid_from=date(2026, 1, 1), valid_to=date(2090, 7, 1),
        answers="coordinator",
    )  # fmt: skip
    agreement: Any = agreeing.register(owner=region, facts=facts, by=None, at=NOON)
    right = agreeing.add_right(
        agreement=agreement, facts=RightFacts(way="stream_class", titles="Klassiker"), by=None, at=NOON
    )
    agreeing.mark_place(right=right, organisation=dorotea, included=True, by=None, at=NOON)
    index.rebuild()

    teacher = window(factories.person(Role.TEACHER, school), PHONE)
    teacher.goto(f"/resources/{film.pk}/")
    expect(teacher.get_by_text("Inget avtal ger rätt till det.")).to_be_visible()

    page = window(factories.person(Role.COORDINATOR, region))
    page.goto(f"/agreements/{agreement.pk}/")
    page.get_by_role("link", name="Klassiker").click()
    page.get_by_role("link", name="Sök och lägg till").click()
    page.get_by_label("Sök i katalogen").last.fill("skogens")
    page.get_by_role("main").get_by_role("button", name="Sök").click()
    page.get_by_label("Skogens hemligheter").check()
    page.get_by_role("button", name="Lägg till de valda").click()
    expect(page.get_by_text("1 titel är tillagd i listan.")).to_be_visible()
    assert violations(page) == []
    index.drain()

    teacher.reload()
    said = "Får strömmas i klassrummet på Bergvattenskolan till och med 30 juni 2090."
    expect(teacher.get_by_text(said)).to_be_visible()
    assert not runs_sideways(teacher) and violations(teacher) == []
    teacher.goto("/resources/?may=stream_class")
    expect(teacher.get_by_text("Får strömmas i klassrummet i Dorotea till och med 30 juni 2090")).to_be_visible()

    page.get_by_label("Välj Skogens hemligheter").check()
    page.get_by_role("button", name="Ta bort ur listan").click()
    expect(page.get_by_text("Strömma i klassrummet: Dorotea")).to_be_visible()
    page.get_by_role("button", name="Ta bort ur listan").click()
    expect(page.get_by_text("1 titel är borttagen ur listan.")).to_be_visible()
    teacher.goto(f"/resources/{film.pk}/")
    expect(teacher.get_by_text(said)).to_have_count(0)
