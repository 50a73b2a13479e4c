"""Give somebody a role at a node, and end it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell
from resursnav.kernel.text import clean

from ..events import AssignmentEnded, AssignmentGranted
from ..models import Assignment, Person
from ..trust import may_give


class UnableToAssign(Unable):
    """The role cannot be given there."""


class UnableToEnd(Unable):
    """The assignment cannot be ended then."""


def refuse_to_trust(role: str, node: Organisation, by: Person | None, refusal: type[Unable]) -> None:
    """Raise when the person gives more trust than they have, or gives it outside their own branch."""
    if role not in Role.values:
        raise refusal(_("Välj en roll."), field="role")
    if by is None:
        return
    above = set(Organisation.objects.at_or_above([node.pk]).values_list("pk", flat=True))
    mine = [post for post in by.standing() if post.node_id in above]
    if not mine:
        raise refusal(_("Du kan bara ge uppdrag på platser som du ansvarar för."), field="node")
    if not any(may_give(post.role, role) for post in mine):
        raise refusal(_("Din roll ger inte rätt att ge rollen %(role)s.") % {"role": Role(role).label}, field="role")


def facts(assignment: Assignment) -> dict[str, Any]:
    """The assignment in words, for the audit trail."""
    known = {"role": str(assignment.role), "node": assignment.node.name, "from": assignment.valid_from.isoformat()}
    if assignment.valid_to:
        known["to"] = assignment.valid_to.isoformat()
    if assignment.reason:
        known["reason"] = assignment.reason
    return known


@transaction.atomic
def assign(
    *,
    person: Person,
    role: str,
    node: Organisation,
    by: Person | None,
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
    reason: str = "",
) -> Assignment:
    """Trust the person with the role at the node and, where the role says so, below it.

    Given by a coordinator or municipality lead in their own branch, and never more than they are trusted with.
    """
    refuse_to_trust(role, node, by, UnableToAssign)
    node = Organisation.objects.get(pk=node.pk)
    first = valid_from or timezone.localdate(at)
    if valid_to is not None and valid_to <= first:
        raise UnableToAssign(_("Slutdagen måste komma efter startdagen."), field="valid_to")
    if not person.is_active:
        raise UnableToAssign(_("Kontot är stängt."), field="person")
    if not node.is_open(max(first, timezone.localdate(at))):
        raise UnableToAssign(_("%(node)s är stängd den dagen.") % {"node": node}, field="node")
    overlapping = Assignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first), person=person, role=role)
    overlapping = overlapping.filter(node=node, **({"valid_from__lt": valid_to} if valid_to else {}))
    already = UnableToAssign(_("Personen har redan den rollen där."), field="role")
    if overlapping.exists():
        raise already
    try:
        with transaction.atomic():
            given = Assignment.objects.create(
                person=person, role=role, node=node, valid_from=first, valid_to=valid_to, granted_by=by,
                reason=" ".join(clean(reason).split())[:300],
            )  # fmt: skip
    except IntegrityError as error:
        raise already from error
    person.forget_standing()
    tell(AssignmentGranted(given.pk, person.pk, node.pk, by.pk if by else None, at, {}, facts(given)))
    return given


@transaction.atomic
def end_assignment(
    *, assignment: Assignment, by: Person | None, at: datetime, day: date | None = None, reason: str = ""
) -> Assignment:
    """Let the assignment count no longer from the day on: today if no day is given."""
    held = Assignment.objects.select_for_update(of=("self",)).select_related("person", "node").get(pk=assignment.pk)
    if by is None or by.pk != held.person_id:  # anybody may lay down what is their own
        refuse_to_trust(held.role, held.node, by, UnableToEnd)
    last = day or timezone.localdate(at)
    if held.valid_to is not None and held.valid_to <= last:
        raise UnableToEnd(_("Uppdraget är redan avslutat."))
    if last < held.valid_from:
        if day is not None and day != timezone.localdate(at):
            raise UnableToEnd(_("Slutdagen kan inte komma före startdagen."), field="day")
        last = held.valid_from  # not begun yet: it never will
    before = facts(held)
    held.valid_to = last
    held.save(update_fields=["valid_to"])
    held.person.forget_standing()
    after = {"to": last.isoformat()} | ({"reason": reason} if reason else {})
    tell(AssignmentEnded(held.pk, held.person_id, held.node_id, by.pk if by else None, at, before, after))
    return held


@transaction.atomic
def follow_merge(*, gone_id: int, into_id: int, day: date, by: Person | None, at: datetime) -> int:
    """Let those who work at a node that went up in another one keep their roles there; returns how many."""
    into, moved = Organisation.objects.get(pk=into_id), 0
    held = Assignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), node_id=gone_id)
    for post in held.select_related("person", "node"):
        if not post.person.is_active:
            continue
        has = Assignment.objects.filter(person=post.person, role=post.role, node=into)
        if not has.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).exists():
            new = Assignment.objects.create(
                person=post.person, role=post.role, node=into, valid_from=max(day, post.valid_from),
                valid_to=post.valid_to, granted_by=post.granted_by,
                reason=str(_("%(node)s gick upp i %(into)s.") % {"node": post.node, "into": into})[:300],
            )  # fmt: skip
            tell(AssignmentGranted(new.pk, post.person_id, into.pk, by.pk if by else None, at, {}, facts(new)))
            moved += 1
        before = facts(post)
        post.valid_to = max(day, post.valid_from)
        post.save(update_fields=["valid_to"])
        after = {"to": post.valid_to.isoformat()}
        tell(AssignmentEnded(post.pk, post.person_id, gone_id, by.pk if by else None, at, before, after))
    return moved
