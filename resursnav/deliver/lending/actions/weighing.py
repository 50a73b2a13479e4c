"""Whether what somebody asks for can be had: the days, the way there, the right, and how many copies are free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.deliver.rights import may
from resursnav.deliver.stock.models import Holding
from resursnav.deliver.transport.reading import plan_for
from resursnav.foundation.keeping.prepared import Prepared
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.ui.components.words import day as day_words
from resursnav.foundation.ui.components.words import day_year
from resursnav.landscape.agreements.terms import Way

from ..availability import Claim, Profile, first_free
from ..conditions import DAY, FURTHEST, Conditions, Fault, Journey, Ways, journey, last_day, wrong_days, wrong_time
from ..counting import conditions_of, holdings_named, profiles
from ..models import HOLDING, MOST, Booking, Suspension, Why
from ..wishes import Refusal, Wish

LOOK_AHEAD = 180  # so far after the day one asked for the nearest free days are looked for


@dataclass
class Table:
    """All that the weighing of some wishes needs, read before anything is locked."""

    unit: Organisation
    today: date
    now: datetime
    plan: Ways
    holdings: dict[int, Holding]
    conditions: dict[int, Conditions]
    verdicts: dict[tuple[int, date], may.Verdict] = field(default_factory=dict)

    def journey(self, wish: Wish) -> Journey | None:
        """The wish with its way there and back."""
        return journey(self.plan, self.conditions[wish.holding], wish.use_from, wish.use_to)


def lay_table(*, unit: Organisation, wishes: Sequence[Wish], at: datetime) -> Table:
    """Read what is needed about the holdings, the way to the unit and its rights."""
    today, wanted = localdate(at), {wish.holding for wish in wishes}
    holdings = {holding.pk: holding for holding in holdings_named(wanted)}
    table = Table(
        unit=unit,
        today=today,
        now=at,
        plan=plan_around(unit, wishes, today),
        holdings=holdings,
        conditions=conditions_of(holdings.values()),
    )
    for day in {wish.use_from for wish in wishes if _sane(wish, today)}:
        keys = {wish.holding for wish in wishes if wish.use_from == day} & holdings.keys()
        table.verdicts.update({(pk, day): said for pk, said in verdicts([holdings[pk] for pk in keys], unit, day)})
    return table


def verdicts(holdings: Iterable[Holding], unit: Organisation, day: date) -> Iterator[tuple[int, may.Verdict]]:
    """Each holding's key with whether the unit may borrow it on the day; asked for each form apart."""
    by_form: defaultdict[str, list[Holding]] = defaultdict(list)
    for holding in holdings:
        by_form[holding.media_type].append(holding)
    for form, asked in by_form.items():
        said = may.ask([one.resource for one in asked], place=unit, way=Way.LOAN, day=day, media=[form])
        yield from ((one.pk, said[one.resource_id]) for one in asked)


def plan_around(unit: Organisation, wishes: Sequence[Wish], today: date) -> Ways:
    """How things go to the unit and back in the days that the wishes can reach."""
    sane = [wish for wish in wishes if _sane(wish, today)]
    start = min([today, *(wish.use_from for wish in sane)])
    end = max([today, *(wish.use_to for wish in sane)])
    return plan_for(unit, start=start, end=end + LOOK_AHEAD * DAY)


def weigh(
    table: Table, wishes: Sequence[Wish], *, at_centre: bool = False
) -> tuple[list[Journey | None], list[Refusal]]:
    """The way of each wish, and what is wrong with some besides that copies may be taken.

    `at_centre`: the centre itself books, and may do so later than others may.
    """
    ways: list[Journey | None] = []
    wrong: list[Refusal] = []
    for line, wish in enumerate(wishes):
        told = _fault(table, wish, at_centre)
        way = None if told else table.journey(wish)
        if told is None and way is not None and way.leave_date < table.today:
            told = Why.TOO_LATE, _late(table, wish), "use_from"
        ways.append(way)
        if told:
            wrong.append(Refusal(line, wish, *told))
    return ways, wrong


def _fault(table: Table, wish: Wish, at_centre: bool) -> tuple[Why, str, str] | None:
    holding = table.holdings.get(wish.holding)
    if holding is None or not holding.bookable:
        return Why.NOT_BOOKABLE, _("Den går inte att boka."), "quantity"
    if not 1 <= wish.quantity <= MOST:
        return Why.NO_COPIES, _("Skriv ett antal från 1 till %(most)d.") % {"most": MOST}, "quantity"
    conditions = table.conditions[wish.holding]
    days = wrong_days(wish.use_from, wish.use_to, table.today, conditions)
    if days is not None:
        return days_told(days, conditions)
    verdict = table.verdicts[wish.holding, wish.use_from]
    if not verdict.allowed:
        return Why.NO_RIGHT, str(verdict.sentence), "use_from"
    if verdict.until is not None and verdict.until <= wish.use_to:
        told = _("Rätten att låna den upphör efter %(day)s. Välj dagar före det.")
        return Why.NO_RIGHT, told % {"day": day_year(verdict.until - DAY)}, "use_to"
    if table.plan.leaves(wish.use_from) is None:
        return Why.NO_TRANSPORT, _no_way(table, wish), "use_from"
    if not at_centre and wrong_time(table.plan, conditions, wish.use_from, table.now, table.today) is not None:
        return Why.TOO_LATE, _late(table, wish), "use_from"
    return None


def _sane(wish: Wish, today: date) -> bool:
    """Whether the days can be reckoned with at all."""
    far = FURTHEST + 400
    return today - far * DAY <= wish.use_from <= wish.use_to <= today + far * DAY


def days_told(fault: Fault, conditions: Conditions) -> tuple[Why, str, str]:
    """Days that cannot be right, in words and at their field."""
    if fault is Fault.REVERSED:
        return Why.TOO_LONG, _("Sista dagen kan inte komma före den första."), "use_to"
    if fault is Fault.PAST:
        return Why.TOO_LATE, _("Den första dagen har redan varit."), "use_from"
    if fault is Fault.TOO_FAR:
        return Why.TOO_FAR, _("Det går att boka högst ett år i förväg."), "use_from"
    told = ngettext(
        "Den kan lånas högst %(days)d dag i taget.", "Den kan lånas högst %(days)d dagar i taget.",
        conditions.longest_days,
    )  # fmt: skip
    return Why.TOO_LONG, told % {"days": conditions.longest_days}, "use_to"


def _late(table: Table, wish: Wish) -> str:
    first = table.plan.first_use(table.now, table.conditions[wish.holding].notice_days)
    if first is None:
        return _("Det är för sent att få den till den dagen.")
    return _("Det är för sent att få den till den dagen. Den kan vara hos er tidigast %(day)s.") % {
        "day": day_words(first)
    }


def _no_way(table: Table, wish: Wish) -> str:
    first = table.plan.first_use(table.now, table.conditions[wish.holding].notice_days)
    if first is None:
        told = _("Det finns ingen transport till %(unit)s. Fråga centret hur ni kan hämta.")
        return told % {"unit": table.unit.name}
    return _("Inget går till er så att den är framme den dagen. Den kan vara hos er tidigast %(day)s.") % {
        "day": day_words(first)
    }


def none_free(
    table: Table, wishes: Sequence[Wish], ways: Sequence[Journey | None], without: Collection[int] = ()
) -> list[Refusal]:
    """Which of the wishes there are no copies for, beside what is booked; the holdings are locked."""
    known = [way for way in ways if way is not None]
    if not known:
        return []
    end = max(way.blocked_to for way in known) + LOOK_AHEAD * DAY
    keys = {wish.holding for wish, way in zip(wishes, ways, strict=True) if way is not None}
    free = profiles(keys, start=table.today, end=end, today=table.today, without=without)
    wrong = []
    for line, (wish, way) in enumerate(zip(wishes, ways, strict=True)):
        if way is None:
            continue
        start = max(way.blocked_from, table.today)
        claim = Claim(start, max(way.blocked_to, start + DAY), wish.quantity)
        profile = free[wish.holding]
        if profile.fits(claim):
            profile.take(claim)
        else:
            wrong.append(_taken(table, line, wish, profile, claim))
    return wrong


def _taken(table: Table, line: int, wish: Wish, profile: Profile, claim: Claim) -> Refusal:
    instead = nearest(table, wish, profile)
    lowest = max(profile.lowest(claim.start, claim.end), 0)
    if max(profile.counts) < wish.quantity:
        most = max(max(profile.counts), 0)
        told = ngettext(
            "Så många finns inte. Det går att få %(n)d.", "Så många finns inte. Det går att få %(n)d.", most
        )
        return Refusal(line, wish, Why.NO_COPIES, told % {"n": most}, "quantity", instead)
    if lowest:
        told = ngettext("Bara %(n)d är ledig de dagarna.", "Bara %(n)d är lediga de dagarna.", lowest) % {"n": lowest}
    else:
        told = _("Den är upptagen de dagarna.")
    if instead is not None:
        told += " " + _("Närmaste lediga tid är %(first)s till %(last)s.") % {
            "first": day_words(instead.use_from), "last": day_words(instead.use_to),
        }  # fmt: skip
    return Refusal(line, wish, Why.NONE_FREE, told, "use_from", instead)


def nearest(table: Table, wish: Wish, profile: Profile) -> Journey | None:
    """The nearest days from the wished one on when the same can be had for as long; None when none is near."""
    days = (wish.use_to - wish.use_from).days + 1
    conditions = table.conditions[wish.holding]
    first = table.plan.first_use(table.now, conditions.notice_days)
    if first is None:
        return None
    begin = max(first, wish.use_from)
    ways: dict[date, Journey] = {}

    def blocked(day: date) -> tuple[date, date] | None:
        way = journey(table.plan, conditions, day, last_day(day, days))
        if way is None or way.leave_date < table.today:
            return None
        ways[day] = way
        start = max(way.blocked_from, table.today)
        return start, max(way.blocked_to, start + DAY)

    found = first_free(profile, (begin + timedelta(n) for n in range(LOOK_AHEAD)), blocked, wish.quantity)
    return ways[found] if found else None


def over_quota(
    table: Table, wishes: Sequence[Wish], person: Person | None, without: Collection[int] = ()
) -> list[Refusal]:
    """Which wishes would give the unit or the person more at once than the rules let them have; both are locked.

    Counted by kind of thing, and in the order of the wishes.
    """
    limited = [
        (line, wish)
        for line, wish in enumerate(wishes)
        if (known := table.conditions.get(wish.holding)) and (known.quota_unit or known.quota_person)
    ]
    if not limited:
        return []
    list(Organisation.objects.select_for_update(no_key=True).filter(pk=table.unit.pk).values_list("pk"))
    if person is not None:
        list(Person.objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk"))
    has = _has_now(table, person, without)
    wrong = []
    for line, wish in limited:
        holding, conditions = table.holdings[wish.holding], table.conditions[wish.holding]
        for whose, quota in (("unit", conditions.quota_unit), ("person", conditions.quota_person)):
            key = (whose, holding.owner_id, holding.kind)
            has[key] += wish.quantity
            if quota is not None and has[key] > quota:
                told = (
                    _("%(unit)s kan ha högst %(quota)d sådana samtidigt.")
                    if whose == "unit"
                    else _("Du kan ha högst %(quota)d sådana samtidigt.")
                ) % {"unit": table.unit.name, "quota": quota}
                wrong.append(Refusal(line, wish, Why.QUOTA, told, "quantity"))
                break
    return wrong


def _has_now(table: Table, person: Person | None, without: Collection[int]) -> defaultdict[tuple[str, int, str], int]:
    has: defaultdict[tuple[str, int, str], int] = defaultdict(int)
    rows = Booking.objects.filter(state__in=HOLDING).exclude(pk__in=without).order_by()
    sides: Mapping[str, Q] = {"unit": Q(order__unit=table.unit), "person": Q(order__person=person)}
    for whose, mine in sides.items():
        if whose == "person" and person is None:
            continue
        counted = rows.filter(mine).values_list("holding__owner", "holding__kind").annotate(number=Sum("quantity"))
        for owner, kind, number in counted:
            has[whose, owner, kind] = number
    return has


def _suspensions(
    owners: Sequence[int], units: Sequence[int], persons: Sequence[int], todays: Sequence[date]
) -> QuerySet[Any]:
    rows = Suspension.objects.standing(todays[0]).filter(owner__in=owners, unit__in=units)
    return rows.filter(Q(person__isnull=True) | Q(person__in=persons)).order_by().values_list("pk")


_standing = Prepared(_suspensions)


def suspended(table: Table, wishes: Sequence[Wish], person: Person | None) -> list[Refusal]:
    """All of the wishes when the unit, or the person there, may not book for the time being."""
    owners = {holding.owner_id for holding in table.holdings.values()}
    keys = _standing.rows(list(owners), [table.unit.pk], [person.pk] if person else [], [table.today])
    if not keys:
        return []
    found = Suspension.objects.filter(pk__in=[key for (key,) in keys]).earliest("pk")
    told = (
        _("Lånen är spärrade till och med %(day)s: %(reason)s") % {
            "day": day_year(found.until - DAY), "reason": found.reason,
        }
        if found.until
        else _("Lånen är spärrade: %(reason)s") % {"reason": found.reason}
    )  # fmt: skip
    return [Refusal(line, wish, Why.SUSPENDED, told, "") for line, wish in enumerate(wishes)]
