"""Open the gate: ask the right, take a place, count one use. Exact however many press at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.deliver.resources.models import Edition
from resursnav.deliver.rights.judging import Basis
from resursnav.foundation.organisations.models import Branch, Kind, Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.ui.components.words import moment_short
from resursnav.kernel.errors import Unable
from resursnav.landscape.agreements.models import UsageRight
from resursnav.landscape.agreements.terms import Way

from .. import leases
from ..checking import PUPILS_AS, Wish, address_of, allowing, verdicts
from ..models import ClassCode, Meter, Seat, StreamUse
from .telling import tell


class UnableToWatch(Unable):
    """The thing cannot be opened here and now."""


class Full(UnableToWatch):
    """The right is there, but all its places are taken, or its uses are used up."""


@dataclass(frozen=True, slots=True)
class Started:
    """The gate stands open: where to, until when one may come back, and the place that was taken, if places count."""

    url: str
    until: datetime
    seat: int | None


@dataclass(frozen=True, slots=True)
class _Use:
    """What is to be counted."""

    edition: Edition
    place: Organisation
    way: Way
    by_code: bool
    at: datetime

    @property
    def day(self) -> date:
        return localdate(self.at)


def start(
    *,
    edition: Edition,
    at: datetime,
    by: Person | None,
    place: Organisation | None = None,
    way: Way = Way.STREAM_CLASS,
    code: ClassCode | None = None,
) -> Started:
    """Open the edition: for staff from a place, or for a pupil by a class code.

    Refuses with the reason when the right says no. Full when every right that allows it has no room; that is counted
    too, because it is what one needs to know when the agreement is to be renewed.
    """
    url = address_of(edition)
    if not url:
        raise UnableToWatch(_("Adressen går inte att öppna. Säg till centret."))
    if code is not None and not code.is_working(at):
        raise UnableToWatch(_("Koden gäller inte längre. Be din lärare om en ny."))
    if code is not None and code.is_closed_at(at):
        raise UnableToWatch(school_time())
    wish = wish_of(code, place, way, localdate(at))
    verdict = verdicts([edition.resource], wish)[edition.resource_id]
    if not verdict.allowed:
        raise UnableToWatch(verdict.sentence)
    use = _Use(edition, wish.place, wish.way, code is not None, at)
    until = leases.lease(at, edition.duration_s, code.ends_at if code else None)
    agreed = verdict.basis is Basis.AGREEMENT
    rights: list[int | None] = list(allowing(edition.resource, wish)) if agreed else [None]
    full: Full | None = None
    for right in rights:
        try:
            return Started(url, until, _take(right, use, until))
        except Full as refusal:
            full = full or refusal
    if full:
        _turn_away(rights[0], use)
    raise full or UnableToWatch(verdict.sentence)  # the latter only if the right went while we asked


def school_time() -> str:
    """Why a code for the classroom opens nothing now."""
    first, last = settings.SCHOOL_HOURS
    said = _("Koden är för klassrummet och öppnar vardagar från kl. %(first)s till kl. %(last)s.")
    return said % {"first": first, "last": last}


def wish_of(code: ClassCode | None, place: Organisation | None, way: Way, day: date) -> Wish:
    """Who asks: a pupil by the code, at its unit and in its way, or staff at the place."""
    if code is not None:
        return Wish(code.place, Way(code.way), day, PUPILS_AS)
    if place is None:
        raise UnableToWatch(_("Välj vilken enhet du öppnar den för."))
    return Wish(place, way, day)


@transaction.atomic
def give_back(*, seat: int, by: Person | None, at: datetime) -> bool:
    """Let somebody else have the place; False when it was over already."""
    return bool(Seat.objects.filter(pk=seat, live=True, until__gt=at).update(live=False, until=at))


@transaction.atomic
def _take(right: int | None, use: _Use, until: datetime) -> int | None:
    """Take a place and count one use; Full when there is no room."""
    seat = None
    limited = UsageRight.objects.filter(pk=right).first() if right is not None else None
    if limited is not None and (limited.most_users or limited.most_uses):
        meter = _in_line(limited, use.day)
        if limited.most_uses and meter.uses >= limited.most_uses:
            raise Full(
                ngettext(
                    "Avtalet ger högst %(n)s visning under perioden, och den är använd.",
                    "Avtalet ger högst %(n)s visningar under perioden, och alla är använda.",
                    limited.most_uses,
                )
                % {"n": limited.most_uses}
            )
        if limited.most_users:
            seat = _seat(limited, limited.most_users, use.at, until)
        meter.uses += 1
        meter.save(update_fields=["uses"])
        tell(meter=meter, right=limited, at=use.at)
    _count(right, use, number=1)
    return seat


def _in_line(right: UsageRight, day: date) -> Meter:
    """The right's meter, locked: whoever wants a place under the same right waits here until we are done."""
    since = _since(right, day)
    Meter.objects.get_or_create(right=right, defaults={"since": since})
    meter: Meter = Meter.objects.select_for_update().get(pk=right.pk)
    if since > meter.since:
        meter.since, meter.uses, meter.told_percent = since, 0, 0
        meter.save(update_fields=["since", "uses", "told_percent"])
    return meter


def _since(right: UsageRight, day: date) -> date:
    agreement = right.agreement
    ends = list(agreement.past_periods.values_list("valid_to", flat=True))
    every = agreement.renewal_months if agreement.extends else None
    return leases.counted_since(right.period(day)[0], ends, agreement.valid_to, every, day)


def _seat(right: UsageRight, most: int, at: datetime, until: datetime) -> int:
    """The lowest place that is free; those whose time is out are free."""
    Seat.objects.filter(right=right, live=True, until__lte=at).update(live=False)
    held = dict(Seat.objects.filter(right=right, live=True).values_list("number", "until"))
    number = leases.first_free(held, most)
    if number is None:
        raise Full(
            ngettext(
                "Avtalet ger %(n)s plats åt gången, och den är upptagen. Den blir ledig senast %(when)s.",
                "Avtalet ger %(n)s platser åt gången, och alla är upptagna. Nästa blir ledig senast %(when)s.",
                most,
            )
            % {"n": most, "when": moment_short(min(held.values()))}
        )
    return Seat.objects.create(right=right, number=number, taken_at=at, until=until).pk


@transaction.atomic
def _turn_away(right: int | None, use: _Use) -> None:
    """Count somebody who had the right and found no room."""
    _count(right, use, turned_away=1)


def _count(right: int | None, use: _Use, *, number: int = 0, turned_away: int = 0) -> None:
    """Add to the day's line. Of two who begin the same line, the database lets one, and the other adds to it."""
    key = {
        "day": use.day, "unit": use.place, "resource": use.edition.resource, "media_type": use.edition.media_type,
        "way": use.way, "by_code": use.by_code, "right_id": right,
    }  # fmt: skip
    more = {"number": F("number") + number, "turned_away": F("turned_away") + turned_away}
    if StreamUse.objects.filter(**key).update(**more):
        return
    about = {"municipality_id": _municipality(use.place), "subject": _subject(use.edition)}
    try:
        with transaction.atomic():
            StreamUse.objects.create(**key, **about, number=number, turned_away=turned_away)
    except IntegrityError:
        StreamUse.objects.filter(**key).update(**more)


def _municipality(place: Organisation) -> int:
    """The municipality over the place; for what lies straight under a region, the region."""
    above = Branch.objects.filter(descendant=place).order_by("depth").values_list("ancestor", "ancestor__kind")
    way_up = list(above)
    return next((key for key, kind in way_up if kind == Kind.MUNICIPALITY), way_up[-1][0])


def _subject(edition: Edition) -> str:
    """The code of the first school subject."""
    subjects = edition.resource.subjects.school().order_by("label", "pk")
    return subjects.values_list("code", flat=True).first() or ""
