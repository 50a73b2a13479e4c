"""When something happens further down that somebody should be told of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.events import AssignmentEnded, AssignmentGranted, PersonInvited
from resursnav.foundation.people.models import Assignment, Person, SecurityMarking
from resursnav.kernel.events import on

from . import actions, kinds
from .kinds import NoticeKind

INVITATIONS = kinds.declare(
    NoticeKind(
        "people.invitations",
        _("Inbjudningar"),
        why=_("Du får mejlet för att någon har bjudit in dig."),
        fixed=True,
    )
)
SECURITY = kinds.declare(
    NoticeKind(
        "people.security",
        _("Säkerhet och inloggning"),
        why=_("Du får mejlet för att det gäller din inloggning."),
        fixed=True,
    )
)
ASSIGNMENTS = kinds.declare(
    NoticeKind(
        "people.assignments",
        _("Dina uppdrag"),
        why=_("Du får mejlet för att det gäller dina uppdrag."),
    )
)


@on(PersonInvited)
def mail_invitation(event: PersonInvited) -> None:
    """Write to whom somebody invited, with the link that only the mail holds."""
    place = Organisation.objects.get(pk=event.organisation_id)
    inviter = Person.objects.filter(pk=event.by_id).first()
    role = str(event.after.get("role", ""))
    actions.mail(
        to=event.email,
        template="notices/mail/invitation",
        context={
            "name": event.name,
            "inviter": inviter if inviter and inviter.security_marking == SecurityMarking.NONE else None,
            "place": place.name,
            "role": Role(role).label if role in Role.values else role,
            "link": event.link if "://" in event.link else f"{settings.BASE_URL}{event.link}",
            "expires_at": event.expires_at,
        },
        kind=INVITATIONS.code,
        language=event.language,
        by=inviter,
        at=event.at,
    )


@on(AssignmentGranted)
def tell_of_grant(event: AssignmentGranted) -> None:
    """Tell a person of a new trust."""
    _tell_of_post(event, _("Du har fått uppdraget {role}, {place}"))


@on(AssignmentEnded)
def tell_of_end(event: AssignmentEnded) -> None:
    """Tell a person that a trust ends."""
    _tell_of_post(event, _("Ditt uppdrag {role}, {place}, avslutas"))


def _tell_of_post(event: AssignmentGranted | AssignmentEnded, title: Any) -> None:
    post = Assignment.objects.select_related("person", "node").get(pk=event.assignment_id)
    actions.notify(
        persons=post.person,
        kind=ASSIGNMENTS.code,
        title=format_lazy(title, role=Role(post.role).label, place=post.node.name),
        body=post.reason,
        by=Person.objects.filter(pk=event.by_id).first(),
        at=event.at,
    )
