"""The pages of agreements that the browser test examines; the agreement is the looker's own region's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation
from resursnav.landscape.agreements import actions
from resursnav.landscape.agreements.facts import AgreementFacts, RightFacts
from tests import factories

from .page import Page

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def _agreed(path: str, *, ended: bool = False) -> Callable[[], str]:
    """A page about an agreement with all that one can have."""

    def made() -> str:
        region = Organisation.objects.filter(parent=None).order_by("-pk").first() or factories.organisation()
        towns = [factories.organisation(region, name=name) for name in ("Dorotea", "Åsele")]
        school = factories.organisation(towns[1], name="Fredrikaskolan")
        facts = AgreementFacts(
            counterpart="Norrfilm AB", title="Skolfilm", number="VB 11", about="Film att strömma.",
            valid_from=date(2026, 1, 1), valid_to=date(2028, 7, 1), renewal="extends", renewal_months=12,
            notice_months=6, answers="coordinator", price=Decimal(48_000),
        )  # fmt: skip
        agreement: Any = actions.register(owner=region, facts=facts, by=None, at=NOON)
        said = RightFacts(
            way="stream_class", titles="Klassiker", school_forms=("GR",), audience=("pupils",), most_users=30
        )
        right = actions.add_right(agreement=agreement, facts=said, by=None, at=NOON)
        for place, included in ((towns[0], True), (towns[1], True), (school, False)):
            actions.mark_place(right=right, organisation=place, included=included, by=None, at=NOON)
        weights = dict.fromkeys(towns, Decimal(1))
        actions.set_shares(agreement=agreement, key="equal", weights=weights, by=None, at=NOON)
        paper = actions.add_document(
            agreement=agreement, title="Undertecknat avtal", name="a.pdf", data=b"%PDF-1.7\n%%EOF", by=None, at=NOON
        )
        if ended:
            actions.terminate(agreement=agreement, reason="Används av för få.", by=None, at=NOON)
        return path.format(
            agreement=agreement.pk, right=right.pk, paper=paper.pk, school=school.pk, town=towns[0].pk,
            counterpart=agreement.counterpart_id,
        )  # fmt: skip

    return made


AGREEMENT_PAGES = [
    Page("/agreements/", _agreed("/agreements/"), Role.COORDINATOR),
    Page("/agreements/ (tomt)", "/agreements/", Role.COORDINATOR),
    Page("/agreements/renewals/", _agreed("/agreements/renewals/"), Role.COORDINATOR),
    Page("/agreements/ask/", "/agreements/ask/", Role.COORDINATOR),
    Page("/agreements/ask/?place=", _agreed("/agreements/ask/?place={school}&way=stream_class"), Role.COORDINATOR),
    Page("/agreements/new/", "/agreements/new/", Role.COORDINATOR),
    Page("/agreements/…/", _agreed("/agreements/{agreement}/"), Role.COORDINATOR),
    Page("/agreements/…/ (uppsagt)", _agreed("/agreements/{agreement}/", ended=True), Role.COORDINATOR),
    Page("/agreements/…/edit/", _agreed("/agreements/{agreement}/edit/"), Role.COORDINATOR),
    Page("/agreements/…/extend/", _agreed("/agreements/{agreement}/extend/"), Role.COORDINATOR),
    Page("/agreements/…/terminate/", _agreed("/agreements/{agreement}/terminate/"), Role.COORDINATOR),
    Page("/agreements/…/resume/", _agreed("/agreements/{agreement}/resume/", ended=True), Role.COORDINATOR),
    Page("/agreements/…/shares/", _agreed("/agreements/{agreement}/shares/"), Role.COORDINATOR),
    Page("/agreements/…/rights/new/", _agreed("/agreements/{agreement}/rights/new/"), Role.COORDINATOR),
    Page("/agreements/rights/…/edit/", _agreed("/agreements/rights/{right}/edit/"), Role.COORDINATOR),
    Page("/agreements/rights/…/places/", _agreed("/agreements/rights/{right}/places/"), Role.COORDINATOR),
    Page("/agreements/rights/…/end/", _agreed("/agreements/rights/{right}/end/"), Role.COORDINATOR),
    Page("/agreements/…/documents/new/", _agreed("/agreements/{agreement}/documents/new/"), Role.COORDINATOR),
    Page("/agreements/documents/…/remove/", _agreed("/agreements/documents/{paper}/remove/"), Role.COORDINATOR),
    Page("/agreements/counterparts/", _agreed("/agreements/counterparts/"), Role.COORDINATOR),
    Page("/agreements/counterparts/new/", "/agreements/counterparts/new/", Role.COORDINATOR),
    Page("/agreements/counterparts/…/edit/", _agreed("/agreements/counterparts/{counterpart}/edit/"), Role.COORDINATOR),
    Page("/organisations/…/ (med avtal)", _agreed("/organisations/{town}/"), Role.COORDINATOR),
]
