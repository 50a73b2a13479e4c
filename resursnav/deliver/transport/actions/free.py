"""When the schools are away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Branch, Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..facts import BreakFacts, values
from ..models import BreakKind, SchoolBreak
from .telling import UnableToTransport, check, recorded, within_reason

LONGEST = 100


@transaction.atomic
def add_break(*, organisation: Organisation, facts: BreakFacts, by: Person | None, at: datetime) -> SchoolBreak:
    """Say that the schools of a place are away for a time."""
    return _keep(SchoolBreak(organisation=organisation), facts, "break_added", by, at)


@transaction.atomic
def add_breaks(
    *, wanted: Iterable[tuple[Organisation, BreakFacts]], by: Person | None, at: datetime
) -> list[SchoolBreak]:
    """Say it of many at once, as when last year's are copied; all of them or none."""
    return [add_break(organisation=place, facts=facts, by=by, at=at) for place, facts in wanted]


@transaction.atomic
def change_break(*, schoolbreak: SchoolBreak, facts: BreakFacts, by: Person | None, at: datetime) -> SchoolBreak:
    """Let it be at another time, or be called something else."""
    found = SchoolBreak.objects.select_for_update(no_key=True, of=("self",)).get(pk=schoolbreak.pk)
    return _keep(found, facts, "break_changed", by, at)


@transaction.atomic
def remove_break(*, schoolbreak: SchoolBreak, by: Person | None, at: datetime) -> None:
    """Take it away; doing it twice changes nothing."""
    found = SchoolBreak.objects.select_for_update().filter(pk=schoolbreak.pk).first()
    if found is not None:
        SchoolBreak.objects.filter(pk=found.pk).delete()  # before anybody plans anew
        recorded("break_removed", found, _centre(found), by=by, at=at, before=_said(found))


def _keep(free: SchoolBreak, facts: BreakFacts, verb: str, by: Person | None, at: datetime) -> SchoolBreak:
    facts = replace(facts, name=" ".join(clean(facts.name).split()))
    within_reason(valid_from=facts.valid_from, valid_to=facts.valid_to)
    if facts.kind == BreakKind.OTHER and not facts.name:
        raise UnableToTransport(_("Skriv vad den lediga tiden kallas, till exempel studiedag."), field="name")
    if (facts.valid_to - facts.valid_from).days > LONGEST:
        raise UnableToTransport(_("Ett lov är högst %(most)s dagar långt.") % {"most": LONGEST}, field="valid_to")
    before = _said(free) if free.pk else {}
    for name, value in values(facts).items():
        setattr(free, name, value)
    check(free)
    free.save()
    if before != (after := _said(free)):
        recorded(verb, free, _centre(free), by=by, at=at, before=before, after=after)
    return free


def _centre(free: SchoolBreak) -> int:
    """The centre whose plans it changes: what stands at the top of its place's branch."""
    top = Branch.objects.filter(descendant=free.organisation_id).order_by("-depth").values_list("ancestor", flat=True)
    return top[0]


def _said(free: SchoolBreak) -> dict[str, object]:
    said = {name: getattr(free, name) for name in ("name", "valid_from", "valid_to")}
    return {**said, "place": free.organisation.name, "kind": str(free.get_kind_display())}
