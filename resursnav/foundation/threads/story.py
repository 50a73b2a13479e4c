"""A node's whole story: everything that led to it and everything that came of it, by one recursive query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from .models import Node

LONGEST = 300

# Depth is kept so that a story can be read step by step; UNION drops the same node met twice at one depth.
_STORY = """
WITH RECURSIVE
  back(id, depth) AS (
    SELECT CAST(%s AS BIGINT), 0
    UNION
    SELECT link.cause_id, back.depth - 1 FROM threads_link link JOIN back ON link.effect_id = back.id
  ),
  onward(id, depth) AS (
    SELECT CAST(%s AS BIGINT), 0
    UNION
    SELECT link.effect_id, onward.depth + 1 FROM threads_link link JOIN onward ON link.cause_id = onward.id
  ),
  met(id, depth) AS (
    SELECT id, MIN(depth) FROM back GROUP BY id
    UNION
    SELECT id, MAX(depth) FROM onward GROUP BY id
  )
SELECT node.id, node.kind, node.title, node.organisation_id, place.name AS place, node.created_at, met.depth
FROM met
JOIN threads_node node ON node.id = met.id
JOIN organisations_organisation place ON place.id = node.organisation_id
ORDER BY ABS(met.depth), node.created_at, node.id
LIMIT %s
"""

_REACHES = """
WITH RECURSIVE onward(id) AS (
    SELECT CAST(%s AS BIGINT)
    UNION
    SELECT link.effect_id FROM threads_link link JOIN onward ON link.cause_id = onward.id
)
SELECT 1 FROM onward WHERE id = %s
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing in a story: `depth` is 0 for the thing itself, below for causes, above for effects."""

    id: int
    kind: str
    title: str
    organisation_id: int
    place: str
    created_at: datetime
    depth: int


def story(node: Node) -> list[Step]:
    """The node with all its causes and all its effects, in the order that they came.

    At most 300 steps, the nearest ones. What else came of a cause is another story and is not told.
    """
    rows: Any = Node.objects.raw(_STORY, [node.pk, node.pk, LONGEST])  # nodes with two columns more: place and depth
    steps = [
        Step(row.pk, row.kind, row.title, row.organisation_id, row.place, row.created_at, row.depth) for row in rows
    ]
    return sorted(steps, key=lambda step: (step.depth, step.created_at, step.id))


def reaches(start: Node, end: Node) -> bool:
    """Whether `end` is `start` itself or a consequence of it."""
    with connection.cursor() as cursor:
        cursor.execute(_REACHES, [start.pk, end.pk])
        return cursor.fetchone() is not None
