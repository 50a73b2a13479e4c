"""What several pages need: which owners one works for, the version that was read, and a thing's story."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.threads.models import Record
from resursnav.foundation.threads.rules import AUDIT
from resursnav.foundation.threads.telling import Line, lines

from ..actions.telling import HOLDING, ITEM
from ..models import Holding, Item

LOGGED = 30


def moment(text: str) -> datetime | None:
    """The version that the form was opened with; something else is no version that ever was."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def owners(person: Any) -> list[Organisation]:
    """The centres that the person works at."""
    nodes = [post.node_id for post in person.standing() if post.role in CENTRE]
    return list(Organisation.objects.filter(pk__in=nodes).order_by("name_key"))


def owner_chosen(form: Any) -> Organisation:
    """The chosen owner, or the only one."""
    chosen: Organisation = form.cleaned_data.get("owner") or form.owners[0]
    return chosen


def story(thing: Holding | Item, person: Any) -> list[Line]:
    """What has happened to it, the newest first, for those who may read the log."""
    kind = HOLDING if isinstance(thing, Holding) else ITEM
    records = Record.objects.filter(kind=kind, key=thing.pk).visible_to(person, AUDIT)
    return lines(records.select_related("by", "about", "organisation").order_by("-at", "-pk")[:LOGGED])
