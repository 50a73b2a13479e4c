"""How the log reads for somebody: sentences, names that may be shown, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.access import Role
from resursnav.foundation.people.models import Person, SecurityMarking

from .models import SYSTEM, Record
from .verbs import verbs

# What `before` and `after` call something that is no field of the thing's model.
_EXTRA: dict[str, Any] = {
    "role": gettext_lazy("roll"),
    "node": gettext_lazy("plats"),
    "from": gettext_lazy("från och med"),
    "to": gettext_lazy("till (dagen efter sista dagen)"),
    "protection": gettext_lazy("skydd av identitet"),
    "expires_at": gettext_lazy("gäller till"),
    # What imports count.
    "new": gettext_lazy("nya"),
    "changed": gettext_lazy("ändrade"),
    "moved": gettext_lazy("flyttade"),
    "closed": gettext_lazy("stängda"),
    "withdrawn": gettext_lazy("tillbakadragna"),
    "point": gettext_lazy("punkt i läroplanen"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, in words; empty on the side that lacks the field."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log as it may be read."""

    at: datetime
    sentence: str
    who: str
    role: str
    place: str
    said: str
    changes: tuple[Change, ...]
    hidden: bool  # the person whom it is about has a protected identity, so what changed is not told


def lines(records: Iterable[Record]) -> list[Line]:
    """The records as lines; they need `by`, `about` and `organisation` fetched along."""
    return [_line(record) for record in records]


def _line(record: Record) -> Line:
    who, hidden = _who(record), record.about is not None and not _may_be_named(record.about)
    known = {one.code: one for one in verbs()}.get(record.verb)
    sentence = known.told(who=who, what=_what(record)) if known else f"{who}: {record.verb}"
    return Line(
        at=record.at,
        sentence=sentence[:1].upper() + sentence[1:],
        who=who,
        role=role_label(record.acted_as),
        place=record.organisation.name if record.organisation else "",
        said="" if hidden else record.said,
        changes=() if hidden else _changes(record, known.labels if known else {}),
        hidden=hidden,
    )


def _may_be_named(person: Person) -> bool:
    return person.security_marking == SecurityMarking.NONE


def _who(record: Record) -> str:
    if record.acted_as == SYSTEM:
        return _("systemet")
    if record.by is not None and _may_be_named(record.by):
        return record.by.get_full_name()
    role = role_label(record.acted_as)
    return _("någon (%(role)s)") % {"role": role} if role else _("någon")


def role_label(code: str) -> str:
    """The role in words; empty for the system and for people without a role."""
    return str(Role(code).label) if code in Role.values else ""


def _what(record: Record) -> str:
    if record.about is not None:
        named = _may_be_named(record.about)
        return record.about.get_full_name() if named else _("en person med skyddad identitet")
    if record.title:
        return record.title
    return _("en person")


def _changes(record: Record, labels: Mapping[str, Any]) -> tuple[Change, ...]:
    names = dict.fromkeys([*record.before, *record.after])
    return tuple(
        Change(
            _label(record.kind, name, labels),
            _value(record.kind, name, record.before[name]) if name in record.before else "",
            _value(record.kind, name, record.after[name]) if name in record.after else "",
        )
        for name in names
    )


def _field(kind: str, name: str) -> Any:
    try:
        return apps.get_model(kind)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


def _label(kind: str, name: str, labels: Mapping[str, Any]) -> str:
    """The field's name as forms call it; the bare name when the model has no such field (any more)."""
    field = _field(kind, name)
    known = labels.get(name) or getattr(field, "verbose_name", "") or _EXTRA.get(name)
    said = str(known or name.replace("_", " "))
    return said[:1].upper() + said[1:]


def _value(kind: str, name: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "–"
    choices = dict(getattr(_field(kind, name), "flatchoices", None) or ())
    if name == "role" and value in Role.values:
        return str(Role(value).label)
    return str(choices.get(value, value))
