"""What all verbs of the tree share: the lock, the branches, the periods and the story."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone

from resursnav.foundation.access.reach import Standing
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean

from ..models import Branch, HistoryEntry, NamePeriod, Organisation, PlacePeriod

Period = TypeVar("Period", NamePeriod, PlacePeriod)
By = Standing | None


def lock_tree() -> None:
    """Let one change of the tree happen at a time.

    Two moves can each be right and together make a circle, and a node opened below one that is being moved
    would get the wrong branches. On PostgreSQL the regions' rows are the lock (readers and foreign keys do not
    wait for it); SQLite has taken its write lock when the transaction began.
    """
    roots = Organisation.objects.filter(parent__isnull=True).order_by("pk")
    list(roots.select_for_update(no_key=True).values_list("pk", flat=True))


def fresh(organisation: Organisation) -> Organisation:
    """The organisation as it stands after the lock was taken."""
    return Organisation.objects.get(pk=organisation.pk)


def by_id(by: By) -> int | None:
    """The person's id, or None for the system."""
    return None if by is None else by.pk


def day_of(at: datetime, day: date | None) -> date:
    """The given day, or the Swedish day of the moment."""
    return day or timezone.localdate(at)


def tidy(text: str) -> str:
    """One line without control characters or doubled spaces."""
    return " ".join(clean(text).split())


def checked(organisation: Organisation, refusal: type[Unable]) -> Organisation:
    """The organisation when all its fields and constraints hold; else the refusal with the first message."""
    try:
        organisation.full_clean()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            known = field if field in {f.name for f in Organisation._meta.fields} else None
            raise refusal(messages[0], field=known) from error
    return organisation


def graft(organisation: Organisation) -> None:
    """Write the branches of a new node from those of its parent."""
    above = Branch.objects.filter(descendant=organisation.parent_id).values_list("ancestor_id", "depth")
    Branch.objects.bulk_create(
        [Branch(ancestor=organisation, descendant=organisation, depth=0)]
        + [Branch(ancestor_id=ancestor, descendant=organisation, depth=depth + 1) for ancestor, depth in above]
    )


def regraft(organisation: Organisation, parent: Organisation) -> None:
    """Cut the node and all below it loose from what was above, and hang them below the new parent."""
    inside = Branch.objects.filter(ancestor=organisation)
    below = list(inside.values_list("descendant_id", "depth"))
    Branch.objects.filter(descendant__in=inside.values("descendant")).exclude(
        ancestor__in=inside.values("descendant")
    ).delete()
    above = Branch.objects.filter(descendant=parent).values_list("ancestor_id", "depth")
    Branch.objects.bulk_create(
        [
            Branch(ancestor_id=ancestor, descendant_id=descendant, depth=high + low + 1)
            for ancestor, high in above
            for descendant, low in below
        ],
        batch_size=2000,
    )
    organisation.parent = parent
    organisation.save(update_fields=["parent"])


def begin_new_period(periods: type[Period], organisation: Organisation, day: date, **what: Any) -> None:
    """End the name or place that held and begin the new one; twice on one day, the later one counts."""
    holding = periods._default_manager.get(organisation=organisation, valid_to__isnull=True)
    if holding.valid_from == day:
        periods._default_manager.filter(pk=holding.pk).update(**what)
        return
    periods._default_manager.filter(pk=holding.pk).update(valid_to=day)
    periods._default_manager.create(organisation=organisation, valid_from=day, **what)


def begins_too_early(periods: type[Period], organisation: Organisation, day: date) -> bool:
    """Whether something later than the day is already written down."""
    return periods._default_manager.filter(organisation=organisation, valid_from__gt=day).exists()


def tell_story(organisation: Organisation, verb: str, day: date, at: datetime, **more: Any) -> None:
    """Add a line to the organisation's story."""
    HistoryEntry.objects.create(organisation=organisation, verb=verb, happened_date=day, recorded_at=at, **more)
