"""Tips: written by those who teach, read by the centre, then shown."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean

from ..models import Resource, Tip
from ..rules import TIPSTERS
from ..vocabulary import TipStatus
from .telling import changed, recorded

LONGEST = 4000


class UnableToTip(Unable):
    """The tip cannot be taken in, or not decided."""


@transaction.atomic
def add_tip(
    *,
    resource: Resource,
    headline: str,
    text: str,
    point: CentralContent | None = None,
    grade_from: int | None = None,
    grade_to: int | None = None,
    show_name: bool = False,
    by: Person,
    at: datetime,
) -> Tip:
    """Hand in a tip; it waits until somebody at the centre has read it."""
    headline, text = " ".join(clean(headline).split()), clean(text)
    if not headline:
        raise UnableToTip(_("Ge tipset en rubrik."), field="headline")
    if len(headline) > 120:
        raise UnableToTip(_("Rubriken får ha högst 120 tecken."), field="headline")
    if len(text) < 20:
        raise UnableToTip(_("Berätta lite mer, minst 20 tecken, så att någon annan kan göra likadant."), field="text")
    if len(text) > LONGEST:
        raise UnableToTip(_("Tipset får ha högst 4 000 tecken."), field="text")
    if (grade_from is None) != (grade_to is None) or (
        grade_from is not None and grade_to is not None and grade_to < grade_from
    ):
        raise UnableToTip(_("Ange både första och sista årskursen, den lägsta först."), field="grade_from")
    post = next((post for post in by.standing() if post.role in TIPSTERS), None)
    if post is None:
        raise UnableToTip(_("Bara den som arbetar i skola, bibliotek eller på centret kan skriva tips."))
    return Tip.objects.create(
        resource=resource,
        headline=headline,
        text=text,
        point=point,
        grade_from=grade_from,
        grade_to=grade_to,
        show_name=show_name,
        author=by,
        author_role=post.role,
        author_place_id=post.node_id,
        created_at=at,
    )


@transaction.atomic
def approve_tip(*, tip: Tip, by: Person, at: datetime) -> Tip:
    """Show the tip to everyone who sees the resource."""
    _decide(tip, TipStatus.SHOWN, "", by, at)
    recorded("resources.tip_shown", tip.resource, by=by, at=at, after={"tip": tip.headline})
    changed(tip.resource, at=at)
    return tip


@transaction.atomic
def decline_tip(*, tip: Tip, reason: str, by: Person, at: datetime) -> Tip:
    """Do not show the tip; whoever wrote it reads why."""
    reason = clean(reason)
    if not reason:
        raise UnableToTip(_("Skriv varför tipset inte visas, så att den som skrev det förstår."), field="reason")
    _decide(tip, TipStatus.DECLINED, reason[:500], by, at)
    recorded("resources.tip_declined", tip.resource, by=by, at=at, after={"tip": tip.headline}, said=reason)
    return tip


@transaction.atomic
def remove_tip(*, tip: Tip, by: Person, at: datetime) -> Resource:
    """Take back one's own tip: it is gone, and nothing about it is kept."""
    if tip.author_id != by.pk:
        raise UnableToTip(_("Bara den som har skrivit tipset kan ta bort det."))
    resource = tip.resource
    tip.delete()
    changed(resource, at=at)
    return resource


def _decide(tip: Tip, status: TipStatus, reason: str, by: Person, at: datetime) -> None:
    """Of two who decide at the same time the first one's word counts, and the second is told."""
    done = Tip.objects.filter(pk=tip.pk, status=TipStatus.WAITING).update(
        status=status, declined_reason=reason, decided_by=by, decided_at=at
    )
    if not done:
        raise UnableToTip(_("Någon annan har redan granskat tipset."))
    tip.refresh_from_db()
