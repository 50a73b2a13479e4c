"""What happened to the tree, told to whoever keeps the audit trail, moves people or builds an index.

`before` and `after` hold only what changed, as plain text and numbers that can be kept as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OrganisationOpened:
    """A node was added to the tree."""

    organisation_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class OrganisationRenamed:
    """A node got another name."""

    organisation_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class OrganisationMoved:
    """A node, with everything below it, got another parent."""

    organisation_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class OrganisationMerged:
    """A node went up in another one, which took over what lay below it."""

    organisation_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts
    into_id: int


@dataclass(frozen=True, slots=True)
class OrganisationClosed:
    """A node has, or will get, a last day."""

    organisation_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class OrganisationReopened:
    """A node that was closed by mistake is open again."""

    organisation_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class OrganisationCorrected:
    """Address, contact, code or type was put right; the node is the same."""

    organisation_id: int
    by_id: int | None
    at: datetime
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class RegisterImported:
    """A register was read in: one event for all its new nodes; changes of old ones are told one by one."""

    register: str
    by_id: int | None
    at: datetime
    opened_ids: tuple[int, ...]
    changed_ids: tuple[int, ...]
    after: Facts = field(default_factory=dict)
