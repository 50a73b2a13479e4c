"""Who works at an organisation, for its page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from resursnav.foundation.access import may
from resursnav.foundation.organisations.models import Organisation

from .models import Assignment
from .rules import CONTACTS, INVITE, SEE

AT_MOST = 100


def works_here(organisation: Organisation, person: Any) -> dict[str, Any] | None:
    """The people with assignments here whom this person may see, never anybody whose identity is protected."""
    if not getattr(person, "is_authenticated", False):
        return None
    posts = Assignment.objects.current(timezone.localdate()).filter(node=organisation)
    seen = posts.visible_to(person, CONTACTS).select_related("person").order_by("role", "person__name_key")
    may_invite = may(person, INVITE, organisation)
    listed = list(seen[:AT_MOST])
    if not listed and not may_invite:
        return None
    return {
        "posts": listed,
        "organisation": organisation,
        "may_invite": may_invite,
        "may_open": may(person, SEE) and may_invite,
    }
