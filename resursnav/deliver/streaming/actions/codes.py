"""Class codes: make one, let pupils in by it, give it more time, end it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.deliver.resources.models import Resource
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean
from resursnav.landscape.agreements.terms import Way

from .. import digits
from ..checking import PUPILS_AS, Wish, address_of, gated, verdicts
from ..models import ClassCode, CodeWay, Opened

MOST_RESOURCES = 20
MOST_PUPILS = 500
TRIES = 8


class UnableToMake(Unable):
    """The code cannot be made, or not like this."""


class UnableToEnter(Unable):
    """The code is real but opens nothing now."""


class WrongCode(UnableToEnter):
    """There is no such code."""


@transaction.atomic
def make_code(
    *,
    place: Organisation,
    resources: Sequence[Resource],
    way: str,
    ends_at: datetime,
    most_pupils: int,
    by: Person | None,
    at: datetime,
    name: str = "",
) -> ClassCode:
    """Make a code for pupils of the unit. It ends at the latest when the first of the rights does."""
    things = list({one.pk: one for one in resources}.values())
    if not things:
        raise UnableToMake(_("Välj vad koden ska öppna."), field="resources")
    if len(things) > MOST_RESOURCES:
        raise UnableToMake(_("En kod öppnar högst %(n)s resurser.") % {"n": MOST_RESOURCES}, field="resources")
    if way not in CodeWay.values:
        raise UnableToMake(_("Välj var koden ska användas."), field="way")
    if not 1 <= most_pupils <= MOST_PUPILS:
        raise UnableToMake(_("Skriv ett antal mellan 1 och %(n)s.") % {"n": MOST_PUPILS}, field="most_pupils")
    ends = _ends(things, place, way, ends_at, at)
    said = {"place": place, "made_by": by, "name": " ".join(clean(name).split())[:80], "way": way, "made_at": at}
    code = _new(ends_at=ends, most_pupils=most_pupils, **said)
    Opened.objects.bulk_create([Opened(code=code, resource=one, position=n) for n, one in enumerate(things, 1)])
    return code


@transaction.atomic
def extend_code(*, code: ClassCode, ends_at: datetime, by: Person | None, at: datetime) -> ClassCode:
    """Let an open code hold longer, or end sooner; asked of the rights anew."""
    found = _held(code, at)
    if not found.is_working(at):
        raise UnableToMake(_("Den som gjorde koden arbetar inte på %(unit)s längre.") % {"unit": found.place.name})
    things = list(found.resources.all())
    found.ends_at = _ends(things, found.place, found.way, ends_at, at)
    found.save(update_fields=["ends_at"])
    return found


@transaction.atomic
def end_code(*, code: ClassCode, by: Person | None, at: datetime) -> ClassCode:
    """Let a code open nothing from now on."""
    found = _held(code, at)
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    return found


@transaction.atomic
def let_in(*, typed: str, by: Person | None, at: datetime) -> ClassCode:
    """Let one more pupil in by what was typed; WrongCode when there is no such code, else why it opens nothing.

    The place in the class is taken by one conditional update, so that the last one goes to one of two.
    """
    kept = digits.read(typed)
    if not kept:
        raise WrongCode(_("En kod har åtta siffror, till exempel 4821 7730."), field="code")
    found = ClassCode.objects.filter(digits=kept).select_related("place").first()
    if found is None:
        raise WrongCode(_("Det finns ingen sådan kod. Se efter att alla siffror är rätt."), field="code")
    if not found.is_working(at):
        raise UnableToEnter(_("Koden gäller inte längre. Be din lärare om en ny."), field="code")
    room = ClassCode.objects.open_at(at).filter(pk=found.pk, pupils__lt=F("most_pupils"))
    if not room.update(pupils=F("pupils") + 1):
        raise UnableToEnter(
            _("Koden är full: så många som den är till för har kommit in. Säg till din lärare."), field="code"
        )
    return found


def latest_end(at: datetime) -> datetime:
    """The longest that a code made now may hold: to the end of a day."""
    return _midnight(localdate(at) + timedelta(days=settings.CODE_MOST_DAYS))


def _midnight(day: date) -> datetime:
    """The moment at which the day begins."""
    return make_aware(datetime.combine(day, time.min))


def _held(code: ClassCode, at: datetime) -> ClassCode:
    found: ClassCode = ClassCode.objects.select_for_update(of=("self",)).select_related("place").get(pk=code.pk)
    if not found.is_open(at):
        raise UnableToMake(_("Koden gäller inte längre. Gör en ny."))
    return found


def _ends(things: Sequence[Resource], place: Organisation, way: str, wanted: datetime, at: datetime) -> datetime:
    """When the code ends: as wanted, but not after the first of the rights; refused where a right is missing."""
    if wanted <= at:
        raise UnableToMake(_("Den tiden har redan varit."), field="ends_at")
    if wanted > latest_end(at):
        said = ngettext("En kod gäller högst %(n)s dag.", "En kod gäller högst %(n)s dagar.", settings.CODE_MOST_DAYS)
        raise UnableToMake(said % {"n": settings.CODE_MOST_DAYS}, field="ends_at")
    lacking = [one.title for one in things if not any(map(address_of, one.editions.all()))]
    if lacking:
        said = _("Det går inte att öppna på webben: %(titles)s.") % {"titles": ", ".join(lacking)}
        raise UnableToMake(said, field="resources")
    behind = gated(things)
    asked = [one for one in things if one.pk in behind]  # what is open to all needs no right
    answers = verdicts(asked, Wish(place, Way(way), localdate(at), PUPILS_AS))
    if refused := [(one.title, answers[one.pk].sentence) for one in asked if not answers[one.pk].allowed]:
        said = " ".join(_("”%(title)s”: %(why)s") % {"title": title, "why": why} for title, why in refused)
        raise UnableToMake(said, field="resources")
    ends = [_midnight(day) for one in asked if (day := answers[one.pk].until) is not None]
    return min([wanted, *ends])


def _new(**said: object) -> ClassCode:
    """A code with digits that nobody has; of two who draw the same, the second draws again."""
    for _turn in range(TRIES):
        try:
            with transaction.atomic():
                return ClassCode.objects.create(digits=digits.new(), **said)
        except IntegrityError:
            continue
    raise UnableToMake(_("Det gick inte att göra en kod just nu. Försök igen."))
