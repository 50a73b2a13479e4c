"""What every action says afterwards: a line in the log, and that the plans have changed. And how one tries it first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.keeping.actions import restamp
from resursnav.foundation.people.models import Person
from resursnav.foundation.threads.actions import record
from resursnav.foundation.threads.verbs import declare
from resursnav.kernel import errors
from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell

from ..events import RoutesChanged
from ..reading import PLANS

_LABELS = {
    "carrier": gettext_lazy("transportör"),
    "place": gettext_lazy("plats"),
    "included": gettext_lazy("kommer hit"),
    "excepted": gettext_lazy("undantag"),
    "position": gettext_lazy("plats på rundan"),
    "hours": gettext_lazy("öppettider"),
    "processing_days": gettext_lazy("dagar att packa"),
}

for code, sentence in (
    ("carrier_added", gettext_lazy("{who} lade till transportören {what}")),
    ("carrier_edited", gettext_lazy("{who} ändrade transportören {what}")),
    ("carrier_removed", gettext_lazy("{who} tog bort transportören {what}")),
    ("route_added", gettext_lazy("{who} lade upp turen {what}")),
    ("route_changed", gettext_lazy("{who} ändrade turen {what}")),
    ("route_ended", gettext_lazy("{who} avslutade turen {what}")),
    ("route_placed", gettext_lazy("{who} ändrade vart turen {what} går")),
    ("hours_changed", gettext_lazy("{who} ändrade centrets öppettider")),
    ("closed", gettext_lazy("{who} lade in att centret har stängt: {what}")),
    ("closed_changed", gettext_lazy("{who} ändrade när centret har stängt: {what}")),
    ("reopened", gettext_lazy("{who} tog bort att centret har stängt: {what}")),
    ("break_added", gettext_lazy("{who} lade in {what}")),
    ("break_changed", gettext_lazy("{who} ändrade {what}")),
    ("break_removed", gettext_lazy("{who} tog bort {what}")),
):
    declare(f"transport.{code}", sentence, _LABELS)

FIRST_YEAR, LAST_YEAR = 2000, 2100
Seen = TypeVar("Seen")
_rehearsing: ContextVar[bool] = ContextVar("transport_rehearsing", default=False)


class UnableToTransport(Unable):
    """What was said cannot be a route or a day, or cannot be done to it."""


class Overtaken(UnableToTransport, errors.Overtaken):
    """Somebody else has changed the route since it was read."""


def rehearse(do: Callable[[], object], look: Callable[[], Seen]) -> Seen:
    """Do it, look at how things then stand, and undo it: nothing is kept, and nobody is told.

    `look` reads plans as they would be. What the action refuses, it refuses here too.
    """
    token = _rehearsing.set(True)
    try:
        with transaction.atomic():
            do()
            seen = look()
            transaction.set_rollback(True)
    finally:
        _rehearsing.reset(token)
    return seen


def recorded(
    verb: str,
    thing: Model,
    owner_id: int,
    *,
    by: Person | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    said: str = "",
    plans: bool = True,
) -> None:
    """Write in the log what was done, and tell those above that plans have changed; a rehearsal does neither."""
    restamp(PLANS)
    if _rehearsing.get():
        return
    record(
        verb=f"transport.{verb}", thing=thing, organisation=owner_id, by=by, at=at, before=before, after=after,
        said=said,
    )  # fmt: skip
    if plans:
        tell(RoutesChanged(owner_id, at))


def check(thing: Model) -> None:
    """Let the model say what is wrong, at the right field, before the database refuses the whole."""
    try:
        thing.full_clean()
    except ValidationError as wrong:
        name, messages = next(iter(wrong.message_dict.items()))
        raise UnableToTransport(messages[0], field=None if name == "__all__" else name) from wrong


def within_reason(**days: date | None) -> None:
    """Refuse what is a slip of the finger, and what no calendar could reckon with."""
    for name, day in days.items():
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise UnableToTransport(
                _("Skriv ett år mellan %(first)s och %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}, field=name
            )
