"""What the accessibility statement says, made from what was measured, reported and is known. No Django, no database.

The law (2018:1937) and the agency's rules ask for: body, service, level of conformance, gaps with reasons, method,
days of assessment and of last change, a way to report, and where to turn when the answer is not enough.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any


class Conformance(StrEnum):
    """How far the service conforms to WCAG 2.1 AA, the level that the law presumes."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True)
class Violation:
    """A rule that a tested page broke."""

    page: str
    rule: str
    help: str
    impact: str
    count: int


@dataclass(frozen=True)
class Assessment:
    """What the last automatic test found. `day` is None when there is no report to trust."""

    day: date | None
    pages: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    engine: str = ""
    tags: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True)
class Gap:
    """A known gap: what, why it is there (reason code), and the criterion."""

    what: Any
    criterion: str = ""
    why: Any = ""


@dataclass(frozen=True)
class Statement:
    """The statement as values."""

    assessment: Assessment
    gaps: tuple[Gap, ...] = field(default=())
    waiting: int = 0

    @property
    def conformance(self) -> Conformance:
        """Full only with a test report, without violations, known gaps and reports that nobody has judged."""
        if self.assessment.day is None:
            return Conformance.NONE
        if self.assessment.violations or self.gaps or self.waiting:
            return Conformance.PARTIAL
        return Conformance.FULL


def read_report(path: Path) -> Assessment:
    """The test's report; an empty assessment when it is missing or cannot be read."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return Assessment(
            day=date.fromisoformat(told["date"]),
            pages=tuple(sorted({row["page"] for row in told["runs"]})),
            modes=tuple(dict.fromkeys(row["mode"] for row in told["runs"])),
            engine=str(told["engine"]),
            tags=tuple(told["tags"]),
            violations=tuple(
                Violation(row["page"], broken["id"], broken["help"], broken["impact"] or "", int(broken["count"]))
                for row in told["runs"]
                for broken in row["violations"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Assessment(day=None)
