"""A walk-in loan as it is typed: what the codes are, whom it is for, until when each thing can be lent. Looks only."""

from __future__ import annotations

from collections import Counter as Numbers
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from resursnav.deliver.lending.actions.weighing import LOOK_AHEAD, verdicts
from resursnav.deliver.lending.availability import Claim, Profile
from resursnav.deliver.lending.conditions import DAY, Conditions, Ways, at_desk, last_day
from resursnav.deliver.lending.counting import conditions_of, profiles
from resursnav.deliver.lending.models import Allocation
from resursnav.deliver.lending.rules import BOOK, BORROWERS
from resursnav.deliver.rights.may import Verdict
from resursnav.deliver.stock.finding import items_by_codes
from resursnav.deliver.stock.models import Item, ItemState
from resursnav.deliver.transport.reading import plan_for
from resursnav.foundation.organisations.models import Organisation, OrganisationQuerySet
from resursnav.foundation.organisations.names import name_key
from resursnav.foundation.people.models import Assignment, SecurityMarking
from resursnav.foundation.ui.components.words import day as day_words

MOST = 60  # things in one loan
SHOWN = 8  # places or people to choose among
LONGEST = 300  # signs in a code or a name

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Thing:
    """One scanned code: the copy if there is one, until when it can be lent and why no longer, or why not at all."""

    code: str
    item: Item | None
    wrong: str = ""
    until: date | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """What a text can mean: the one that it must be, or several to choose among, or why it is nothing."""

    one: Row | None = None
    several: Sequence[Row] = ()
    more: bool = False
    wrong: str = ""


@dataclass
class Loan:
    """All that is known of a walk-in loan before it is made."""

    things: list[Thing]
    unit: Found[Organisation]
    post: Found[Assignment]
    usual: date | None = None
    wrong: list[str] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        """The copies that can be lent."""
        return [thing.item for thing in self.things if thing.item is not None and not thing.wrong]

    def too_long(self, day: date) -> list[str]:
        """Why some of it cannot be lent until the day, and until when it can; the same words once."""
        return list(
            dict.fromkeys(thing.because for thing in self.things if thing.until is not None and thing.until < day)
        )


def codes_in(text: str) -> list[str]:
    """The codes that were typed, one on each line, each once; at most one more than can be lent together."""
    lines = (" ".join(line.split())[:LONGEST] for line in text.replace("\0", "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))[: MOST + 1]


def look(said: Any, *, owner: Organisation, person: Any, today: date) -> Loan:
    """What was typed so far, in a fixed number of statements; `said` is what the form sent."""
    things = _things(codes_in(said.get("codes", "")), owner)
    places = Organisation.objects.visible_to(person, BOOK).at_or_below([owner.pk])
    unit = _unit(_text(said, "unit"), said.get("unit_key", ""), places, today)
    post = _post(_text(said, "borrower"), said.get("post", ""), unit, places, today)
    if unit.one is None and post.one is not None:
        unit = Found(one=post.one.node)
    found = Loan(things, unit, post)
    if unit.one is not None and found.items:
        _weigh(found, unit.one, today)
    found.wrong += [f"{thing.code}: {thing.wrong}" for thing in found.things if thing.wrong]
    return found


def _text(said: Any, name: str) -> str:
    return " ".join(said.get(name, "").replace("\0", "").split())[:LONGEST]


def _things(codes: list[str], owner: Organisation) -> list[Thing]:
    known = items_by_codes(codes, owner=owner)
    rows = Allocation.objects.filter(item__in=[item.pk for item in known.values()], open=True)
    taken = {copy.item_id: copy.booking.order.unit.name for copy in rows.select_related("booking__order__unit")}
    seen: set[int] = set()
    found = []
    for code in codes:
        item = known.get(code)
        if item is not None and item.pk in seen:  # the same copy by its barcode and by its address
            continue
        seen |= {item.pk} if item else set()
        found.append(Thing(code, item, _not_now(item, taken)))
    return found


def _not_now(item: Item | None, taken: dict[int, str]) -> str:
    """Why a copy cannot be lent whoever asks; empty when it lies here ready."""
    if item is None:
        return _("Ingen här har den koden.")
    if item.pk in taken:
        return _("Den är packad för eller utlånad till %(unit)s. Ta tillbaka den först.") % {"unit": taken[item.pk]}
    if item.state == ItemState.RETIRED:
        return _("Den är gallrad.")
    if item.state != ItemState.IN_USE:
        told = _("Den är %(state)s. Säg på dess sida att den är tillbaka.")
        return told % {"state": item.get_state_display()}
    return ""


def _unit(text: str, chosen: str, places: OrganisationQuerySet, today: date) -> Found[Organisation]:
    """The place that the text means: the only one, the only one called just that, or the one chosen among several."""
    if not text:
        return Found()
    fitting = places.matching(text).select_related("parent")
    rows = list(fitting.order_by("name_key", "pk")[: SHOWN + 1])
    more = len(rows) > SHOWN
    if more:  # the one that is called just so may stand far down
        exact = Q(name_key=name_key(text)) | Q(code=text) | Q(sigel__iexact=text)
        rows = list(dict.fromkeys([*fitting.filter(exact).order_by("pk")[:SHOWN], *rows]))
    same = [
        row for row in rows if row.name_key == name_key(text) or text.casefold() in (row.code, row.sigel.casefold())
    ]
    sure = [row for row in same or rows if row.is_open(today)]
    if not sure:
        told = _("%(unit)s är stängd och kan inte låna.") % {"unit": rows[0].name} if rows else ""
        return Found(wrong=told or _("Ingen enhet heter så. Prova en del av namnet, eller koden."))
    picked = next((row for row in rows if str(row.pk) == chosen and row.is_open(today)), None)
    one = picked or (sure[0] if len(sure) == 1 else None)
    several = [row for row in rows if row.is_open(today)][:SHOWN]
    return Found(one, several if len(several) > 1 else (), more)


def _post(
    text: str, chosen: str, unit: Found[Organisation], places: OrganisationQuerySet, today: date
) -> Found[Assignment]:
    """The one who borrows, by name or address, at the place; at any place when none is said."""
    if not text:
        return Found()
    here = [unit.one] if unit.one else unit.several or places.values("pk")
    rows = list(_posts(text, here, today).order_by("person__name_key", "pk")[: SHOWN + 1])
    found = list({(row.person_id, row.node_id): row for row in reversed(rows)}.values())[::-1]
    if not found:
        where = {"unit": unit.one.name} if unit.one else None
        told = _("Ingen som heter så arbetar på %(unit)s.") % where if where else _("Ingen som heter så arbetar här.")
        return Found(wrong=told)
    picked = next((row for row in found if str(row.pk) == chosen), None)
    one = picked or (found[0] if len(found) == 1 else None)
    return Found(one, found[:SHOWN] if len(found) > 1 else (), len(found) > SHOWN)


def _posts(text: str, here: Any, today: date) -> QuerySet[Assignment]:
    """Whoever is listed, by a part of the name or the address; whoever is protected, by the whole address."""
    named = Q(person__security_marking=SecurityMarking.NONE)
    for word in text.split():
        named &= Q(person__name_key__contains=name_key(word)) | Q(person__email__icontains=word)
    rows = Assignment.objects.current(today).filter(node__in=here, role__in=BORROWERS)
    return rows.filter(named | Q(person__email__iexact=text)).select_related("person", "node")


def _weigh(found: Loan, unit: Organisation, today: date) -> None:
    """Say of each copy until when the unit can have it and why no longer, or why it cannot have it at all."""
    holdings = {item.holding_id: item.holding for item in found.items}
    number = Numbers(item.holding_id for item in found.items)
    conditions = conditions_of(holdings.values())
    furthest = max(last_day(today, one.longest_days) for one in conditions.values())
    plan = plan_for(unit, start=today, end=furthest + LOOK_AHEAD * DAY)
    allowed = dict(verdicts(holdings.values(), unit, today))
    ends = {pk: at_desk(plan, one, today, last_day(today, one.longest_days)) for pk, one in conditions.items()}
    free = profiles(holdings, start=today, end=max(way.blocked_to for way in ends.values()) + DAY, today=today)
    said = {
        pk: _limit(holding.title(), conditions[pk], _until(free[pk], plan, conditions[pk], number[pk], today),
                   allowed[pk], today)
        for pk, holding in holdings.items()
    }  # fmt: skip
    found.things = [
        Thing(thing.code, thing.item, *said[thing.item.holding_id]) if thing.item and not thing.wrong else thing
        for thing in found.things
    ]
    usual = [last_day(today, conditions[item.holding_id].default_days) for item in found.items]
    reached = [thing.until for thing in found.things if thing.until is not None]
    found.usual = min([*usual, *reached], default=None)


def _limit(
    title: str, conditions: Conditions, until: date | None, allowed: Verdict, today: date
) -> tuple[str, date | None, str]:
    """Why it cannot be lent at all; else the last day, and why not longer."""
    if not allowed.allowed:
        return str(allowed.sentence), None, ""
    if until is None:
        return _("Den hinner inte tillbaka innan andra ska ha den."), None, ""
    if allowed.until is not None and allowed.until <= until:
        until, told = allowed.until - DAY, _("Rätten att låna %(title)s upphör efter %(day)s.")
    elif until < last_day(today, conditions.longest_days):
        told = _("%(title)s ska till andra sedan. Den kan lånas till och med %(day)s.")
    else:
        told = _("%(title)s kan lånas högst %(days)d dagar, till och med %(day)s.")
    return "", until, told % {"title": title, "day": day_words(until), "days": conditions.longest_days}


def _until(free: Profile, plan: Ways, conditions: Conditions, number: int, today: date) -> date | None:
    """The last day until which so many copies can be lent today; None when they cannot at all."""
    lowest, highest = 0, conditions.longest_days
    while lowest < highest:  # the longer the loan, the more it blocks: look in the middle
        days = (lowest + highest + 1) // 2
        way = at_desk(plan, conditions, today, last_day(today, days))
        claim = Claim(today, max(way.blocked_to, today + DAY), number)
        lowest, highest = (days, highest) if free.fits(claim) else (lowest, days - 1)
    return last_day(today, lowest) if lowest else None
