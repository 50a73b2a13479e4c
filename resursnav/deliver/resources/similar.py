"""What else somebody who looks at a resource may want, asked of the index a few small questions at a time."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from typing import Any

from resursnav.foundation.search.documents import Query
from resursnav.foundation.search.index import search

from .finding import RESOURCE, SHOWN_SCHEMES, audience
from .models import Resource
from .reading import rows

MOST = 6
MOST_SUBJECTS = 5
MOST_WORDS = 3
LOOKED_AT = 40
GRADES_FIT = 1.3


def similar(resource: Resource, person: Any) -> list[Resource]:
    """Resources about the same for about the same grades that the person may see, the likest first.

    Every shared subject and every shared long word of the title counts the more, the fewer resources have it.
    """
    who = audience(person)
    scores: defaultdict[int, float] = defaultdict(float)
    for question in _questions(resource, who):
        found = search(question)
        if found.plain:  # without the index these questions are slow, and likeness is only a comfort
            return []
        weight = 1 / (1 + math.log1p(found.total))
        for hit in found:
            scores[hit.id] += weight
    scores.pop(resource.pk, None)
    best = sorted(scores, key=lambda key: (-scores[key], -key))[: MOST * 3]
    known = {row.pk: row for row in rows(best, person)}
    ranked = sorted(known, key=lambda key: (-scores[key] * _fit(resource, known[key]), -key))
    return [known[key] for key in ranked[:MOST]]


def _questions(resource: Resource, who: frozenset[str]) -> list[Query]:
    common: dict[str, Any] = {"audience": who, "kinds": (RESOURCE,), "per_page": LOOKED_AT, "similar_words": False}
    terms = [term for term in resource.subjects.all() if term.scheme in SHOWN_SCHEMES][:MOST_SUBJECTS]
    asked = [Query(filters={"subject": (f"{term.scheme}:{term.code}",)}, **common) for term in terms]
    words = {word.casefold() for word in re.findall(r"[^\W\d_]{5,}", resource.title)}
    return asked + [Query(text=word, **common) for word in sorted(words, key=len, reverse=True)[:MOST_WORDS]]


def _fit(one: Resource, other: Resource) -> float:
    if one.grade_from is None or one.grade_to is None or other.grade_from is None or other.grade_to is None:
        return 1.0
    return GRADES_FIT if one.grade_from <= other.grade_to and other.grade_from <= one.grade_to else 1.0
