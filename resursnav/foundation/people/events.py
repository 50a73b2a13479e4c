"""What happened to people's trust and accounts, told to whoever keeps the audit trail or sends mail.

`before` and `after` hold only what changed, as plain text that can be kept as JSON, and never a key or password.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PersonInvited:
    """An invitation was sent, or sent again. `link` holds the key: it goes into the mail and nowhere else."""

    invitation_id: int
    organisation_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts
    email: str
    name: str
    link: str
    expires_at: datetime
    language: str = "sv"


@dataclass(frozen=True, slots=True)
class InvitationWithdrawn:
    """An invitation was taken back before anybody said yes."""

    invitation_id: int
    organisation_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class PersonJoined:
    """Somebody got an account, by accepting an invitation or from the command line."""

    person_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """Name, language, telephone or protection was changed."""

    person_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class AccountClosed:
    """Somebody's account was closed and the name taken away."""

    person_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class AssignmentGranted:
    """Somebody got a role at a node."""

    assignment_id: int
    person_id: int
    organisation_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class AssignmentEnded:
    """Somebody's role at a node has, or will get, a last day."""

    assignment_id: int
    person_id: int
    organisation_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class ApiTokenMade:
    """Somebody gave a program a key to act in their name."""

    person_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class ApiTokenRevoked:
    """Such a key was taken back."""

    person_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts
