"""What the tree contributes to the start page: what only the place's own principal can put right."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import Role
from resursnav.kernel.manifest import StartLine

from .models import Kind, Organisation
from .rules import EDIT


def no_contact(person: Any) -> list[StartLine]:
    """My own schools that say neither an address nor a telephone number."""
    if not getattr(person, "is_authenticated", False):
        return []
    mine = [post.node_id for post in person.standing() if post.role == Role.PRINCIPAL]
    if not mine:
        return []
    rows = Organisation.objects.visible_to(person, EDIT).open_on(timezone.localdate())
    return [
        StartLine(
            _("%(place)s saknar e-post och telefon") % {"place": node.name},
            reverse("organisations:edit", args=[node.pk]),
            about=_("Lägg till dem, så att andra når er."),
            icon="phone",
        )
        for node in rows.filter(pk__in=mine, kind=Kind.UNIT, email="", phone="")[:3]
    ]
