"""What an agreement gives the right to, and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean, slug

from ..facts import RightFacts, values
from ..models import Agreement, RightPlace, TitleList, UsageRight
from .telling import Overtaken, UnableToAgree, check, held, recorded


@transaction.atomic
def add_right(*, agreement: Agreement, facts: RightFacts, by: Person | None, at: datetime) -> UsageRight:
    """Say that the agreement allows one more way of use. It holds nowhere until it gets a place."""
    found, facts = held(agreement, None), _cleaned(facts)
    _lies_within(found, facts.valid_from, facts.valid_to, localdate(at))
    right = UsageRight(agreement=found, updated_at=at)
    _say(right, facts)
    recorded("right_added", found, by=by, at=at, after=snapshot(right))
    return right


@transaction.atomic
def change_right(
    *, right: UsageRight, facts: RightFacts, by: Person | None, at: datetime, seen_at: datetime | None = None
) -> UsageRight:
    """Say something else about the right; Overtaken when somebody else changed it after `seen_at`."""
    found, facts = _held(right, seen_at), _cleaned(facts)
    _lies_within(found.agreement, facts.valid_from, facts.valid_to, localdate(at))
    before = snapshot(found)
    found.updated_at = at
    _say(found, facts)
    after = snapshot(found)
    if before != after:
        recorded("right_changed", found.agreement, by=by, at=at, before=before, after=after)
    return found


@transaction.atomic
def end_right(*, right: UsageRight, ends: date, reason: str, by: Person | None, at: datetime) -> UsageRight:
    """Let a right end before its agreement does; `ends` is the day after its last one."""
    found, reason = _held(right, None), clean(reason)
    if not reason:
        raise UnableToAgree(_("Skriv varför rättigheten avslutas."), field="reason")
    starts, until = found.period(localdate(at))
    if until is not None and ends > until:
        raise UnableToAgree(_("Rättigheten gäller inte så länge."), field="ends")
    before = snapshot(found)
    found.valid_to, found.ended_reason, found.updated_at = max(ends, starts), reason, at
    check(found)
    found.save()
    recorded("right_ended", found.agreement, by=by, at=at, before=before, after=snapshot(found), said=reason)
    return found


@transaction.atomic
def mark_place(
    *, right: UsageRight, organisation: Organisation, included: bool, by: Person | None, at: datetime
) -> RightPlace:
    """Say that the right holds at a place and below it, or that it does not; the nearest mark upwards decides."""
    found = _held(right, None)
    _may_lie_there(found, organisation)
    kept = RightPlace.objects.filter(right=found, organisation=organisation).first()
    if kept is not None and kept.included == included:
        return kept
    kept = kept or RightPlace(right=found, organisation=organisation)
    kept.included = included
    kept.save()
    _placed(found, {"included" if included else "excepted": organisation.name}, {}, by, at)
    return kept


@transaction.atomic
def unmark_place(*, right: UsageRight, organisation: Organisation, by: Person | None, at: datetime) -> UsageRight:
    """Take a mark away: what stands above the place decides again."""
    found = _held(right, None)
    mark = RightPlace.objects.filter(right=found, organisation=organisation).first()
    if mark is not None:
        mark.delete()
        _placed(found, {}, {"included" if mark.included else "excepted": organisation.name}, by, at)
    return found


@transaction.atomic
def add_title_list(*, agreement: Agreement, name: str, by: Person | None, at: datetime) -> TitleList:
    """Give the agreement a title list; one with that name that is there already is as good."""
    found, name = held(agreement, None), " ".join(clean(name).split())
    before = found.title_lists.count()
    made = _list(found, name)
    if found.title_lists.count() > before:
        recorded("list_added", found, by=by, at=at, after={"titles": made.name})
    return made


def snapshot(right: UsageRight) -> dict[str, Any]:
    """What the right says now, as plain values for the log."""
    said = {name: getattr(right, name) for name in values(RightFacts(way="")) if name not in ("way", "titles")}
    return {**said, "way": str(right.get_way_display()), "titles": right.titles.name if right.titles else ""}


def _held(right: UsageRight, seen_at: datetime | None) -> UsageRight:
    fresh = UsageRight.objects.select_for_update(no_key=True, of=("self",))
    found: UsageRight = fresh.select_related("agreement__owner", "titles").get(pk=right.pk)
    if seen_at is not None and found.updated_at != seen_at:
        raise Overtaken(
            _(
                "Någon annan har ändrat rättigheten medan du skrev. Öppna avtalet i en ny flik, jämför, "
                "och spara sedan igen om din version ska gälla."
            )
        )
    return found


def _cleaned(facts: RightFacts) -> RightFacts:
    return replace(facts, titles=" ".join(clean(facts.titles).split()), note=clean(facts.note))


def _lies_within(agreement: Agreement, start: date | None, end: date | None, day: date) -> None:
    """A right cannot begin before its agreement or last longer; without own days it follows the agreement."""
    if start is not None and start < agreement.valid_from:
        raise UnableToAgree(_("Avtalet har inte börjat gälla då."), field="valid_from")
    until = agreement.end_on(day)
    if until is None:
        return
    if end is not None and end > until and not agreement.extends:
        raise UnableToAgree(_("Avtalet gäller inte så länge."), field="valid_to")
    if start is not None and start >= until and not agreement.extends:
        raise UnableToAgree(_("Avtalet gäller inte längre då."), field="valid_from")


def _say(right: UsageRight, facts: RightFacts) -> None:
    for name, value in values(facts).items():
        if name != "titles":
            setattr(right, name, list(value) if isinstance(value, tuple) else value)
    right.titles = _list(right.agreement, facts.titles) if facts.titles else None
    check(right)
    right.save()


def _list(agreement: Agreement, name: str) -> TitleList:
    """The agreement's title list with the name; made when nobody has named it before."""
    code = slug(name, longest=40)
    if not code:
        raise UnableToAgree(_("Ge titellistan ett namn med bokstäver eller siffror."), field="titles")
    kept: TitleList = TitleList.objects.get_or_create(agreement=agreement, code=code, defaults={"name": name[:120]})[0]
    return kept


def _may_lie_there(right: UsageRight, organisation: Organisation) -> None:
    """A right cannot be given away to somebody else's branch, and its own owner answers for all below."""
    owner = right.agreement.owner_id
    if not Organisation.objects.at_or_below([owner]).filter(pk=organisation.pk).exists():
        raise UnableToAgree(_("Platsen ligger inte under den som har tecknat avtalet."), field="place")


def _placed(right: UsageRight, after: dict[str, str], before: dict[str, str], by: Person | None, at: datetime) -> None:
    right.updated_at = at
    right.save(update_fields=["updated_at"])
    way = {"way": str(right.get_way_display())}
    recorded("right_placed", right.agreement, by=by, at=at, before=before, after={**after, **way})
