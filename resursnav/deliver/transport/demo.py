"""How the demo's two centres send: the van rounds, the post, the counter, and when everybody is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from resursnav.foundation.organisations.models import Kind, Organisation

from . import actions, breaks, holidays
from .facts import BreakFacts, CarrierFacts, ClosedFacts, RouteFacts
from .models import Carrier


@dataclass(frozen=True)
class Round:
    """A route to be: its carrier, its days, and its municipalities in the order of the stops."""

    name: str
    carrier: str
    towns: tuple[str, ...]
    weekdays: tuple[int, ...] = ()
    weeks: str = "every"
    cut_off_days: int = 1
    transit: int = 0
    note: str = ""


CARRIERS = {
    "08": (
        CarrierFacts("Centrets bil", "van", "0480-555 10 60", "transport@kalmar.example.org", "Jörgen kör."),
        CarrierFacts("Posten", "post", note="Fraktsedel för retur ligger i varje låda."),
        CarrierFacts("Disken i Kalmar", "pick_up", "0480-555 10 50"),
    ),
    "24": (
        CarrierFacts("Länsbussgods", "van", "090-555 30 30", "gods@vasterbotten.example.org"),
        CarrierFacts("Posten", "post"),
        CarrierFacts("Disken i Umeå", "pick_up", "090-555 30 00"),
    ),
}
ROUNDS = {
    "08": (
        Round(
            "Norra turen", "Centrets bil", ("0882", "0883", "0860", "0884"), (1,), note="Ring Vimmerby 20 minuter före."
        ),
        Round("Mellersta turen", "Centrets bil", ("0861", "0821", "0862"), (2,)),
        Round("Södra turen", "Centrets bil", ("0834", "0881", "0880"), (3,)),
        Round("Ölandsturen", "Centrets bil", ("0840",), (0,), "even"),
        Round("Kustturen", "Centrets bil", ("0882", "0861"), (0,), "odd"),
        Round("Nybroturen", "Centrets bil", ("0881",), (4,)),
        Round("Post till Borgholm", "Posten", ("0885",), (0, 2), cut_off_days=0, transit=2),
        Round("Hämta i Kalmar", "Disken i Kalmar", ("0880",)),
    ),
    "24": (
        Round("Inlandet", "Länsbussgods", ("2421", "2422", "2425", "2463", "2462"), (1, 3), cut_off_days=2, transit=1),
        Round("Lappmarken", "Länsbussgods", ("2481", "2418", "2417", "2403"), (2,), cut_off_days=1, transit=1),
        Round("Kusten", "Länsbussgods", ("2482", "2409", "2401", "2404", "2460"), (0, 4)),
        Round("Hämta i Umeå", "Disken i Umeå", ("2480",)),
    ),
}
# Winter breaks of the municipalities that have another week than their county, by ISO week.
OTHER_WINTERS = {"0834": 7, "0860": 9, "0883": 9, "2425": 11, "2480": 10, "2482": 10}
WINTER = {"08": 8, "24": 10}
# A few more days off, as days counted from the Monday of the autumn break.
STUDY_DAYS = {"0861": ("Studiedagar", 7, 2), "2421": ("Älgjakten", -49, 3)}
HOURS = {day: (time(8), time(16, 30) if day < 4 else time(15)) for day in range(5)}


@transaction.atomic
def plant(*, at: datetime) -> int:
    """The routes and days of those counties that are there; nothing where they stand already."""
    if Carrier.objects.exists():
        return 0
    made = 0
    for node in Organisation.objects.filter(kind=Kind.REGION, code__in=ROUNDS):
        made += _routes(node, at) + _days(node, at) + _free(node, at)
    return made


def _towns(owner: Organisation) -> dict[str, Organisation]:
    return {town.code: town for town in owner.children.filter(kind=Kind.MUNICIPALITY)}


def _routes(owner: Organisation, at: datetime) -> int:
    towns = _towns(owner)
    known = {
        facts.name: actions.add_carrier(owner=owner, facts=facts, by=None, at=at) for facts in CARRIERS[owner.code]
    }
    for one in ROUNDS[owner.code]:
        facts = RouteFacts(
            carrier=known[one.carrier], name=one.name, weekdays=one.weekdays, weeks=one.weeks,
            cut_off_days=one.cut_off_days, transit_days=one.transit, note=one.note,
        )  # fmt: skip
        route = actions.add_route(facts=facts, by=None, at=at)
        for code in one.towns:
            if code in towns:
                actions.mark_place(route=route, organisation=towns[code], included=True, by=None, at=at)
    return len(ROUNDS[owner.code])


def _days(owner: Organisation, at: datetime) -> int:
    actions.set_hours(owner=owner, processing_days=0 if owner.code == "08" else 1, hours=HOURS, by=None, at=at)
    year = breaks.school_year(localdate(at))
    shut = (
        ClosedFacts(date(year, 12, 28), date(year + 1, 1, 2), "Mellandagarna"),
        ClosedFacts(_friday_after(year + 1), _friday_after(year + 1) + timedelta(days=1), "Klämdag"),
        ClosedFacts(date(year + 1, 7, 6), date(year + 1, 8, 3), "Sommarstängt"),
    )
    for facts in shut:
        actions.close_days(owner=owner, facts=facts, by=None, at=at)
    return len(shut)


def _friday_after(year: int) -> date:
    """The day between Ascension Day and the weekend."""
    return holidays.easter(year) + timedelta(days=40)


def _week(year: int, number: int, kind: str, name: str = "") -> BreakFacts:
    monday = date.fromisocalendar(year, number, 1)
    return BreakFacts(kind, monday, monday + timedelta(days=5), name)


def _free(owner: Organisation, at: datetime) -> int:
    """Last school year's, for copying, and this one's: the county's own, and the municipalities that differ."""
    made = 0
    this = breaks.school_year(localdate(at))
    for year in (this - 1, this):
        easter = holidays.easter(year + 1)
        own = [
            _week(year, 44, "autumn"),
            BreakFacts("christmas", date(year, 12, 21), date(year + 1, 1, 8)),
            _week(year + 1, WINTER[owner.code], "winter"),
            BreakFacts("easter", easter + timedelta(days=2), easter + timedelta(days=6)),
            BreakFacts("summer", date(year + 1, 6, 14), date(year + 1, 8, 17)),
        ]
        wanted = [(owner, facts) for facts in own]
        towns = _towns(owner)
        wanted += [
            (towns[code], _week(year + 1, number, "winter")) for code, number in OTHER_WINTERS.items() if code in towns
        ]
        for code, (name, after, days) in STUDY_DAYS.items():
            if code in towns:
                first = date.fromisocalendar(year, 44, 1) + timedelta(days=after)
                wanted.append((towns[code], BreakFacts("other", first, first + timedelta(days=days), name)))
        made += len(actions.add_breaks(wanted=wanted, by=None, at=at))
    return made
