"""Asks the arithmetic about a place, agreement by agreement, for the pages that answer "may we?"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from resursnav.foundation.organisations.models import Organisation

from . import reading, terms, wording
from .models import Agreement, UsageRight
from .rules import SEE


@dataclass(frozen=True, slots=True)
class Held:
    """An agreement that gives a place some ways of use, each with until when."""

    agreement: Agreement
    ways: list[str]


@dataclass(frozen=True, slots=True)
class Said:
    """What an agreement answers: yes or no, in a sentence, and for which titles."""

    agreement: Agreement
    titles: str
    allowed: bool
    sentence: str


def rights_seen(person: Any) -> list[UsageRight]:
    """All rights that the person may see, with what an answer needs."""
    return list(reading.with_places(UsageRight.objects.visible_to(person, SEE).order_by("agreement__title_key", "pk")))


def held_at(place: Organisation, person: Any, day: date) -> list[Held]:
    """The agreements that hold at the place on the day, in one statement."""
    by_agreement: dict[int, list[UsageRight]] = defaultdict(list)
    for right in reading.at(place, UsageRight.objects.visible_to(person, SEE)):
        by_agreement[right.agreement_id].append(right)
    held = [Held(rights[0].agreement, _ways(rights, place, day)) for rights in by_agreement.values()]
    return sorted((one for one in held if one.ways), key=lambda one: one.agreement.title_key)


def _ways(rights: list[UsageRight], place: Organisation, day: date) -> list[str]:
    """Each way that rights which reach the place allow there, with its title list and until when."""
    lines: dict[str, None] = {}
    for titles in sorted({right.titles_id or 0 for right in rights}):
        asked = [right for right in rights if (right.titles_id or 0) == titles]
        data = [replace(one, marks={place.pk: True}) for one in reading.periods(asked, day)]
        for right in asked:
            found = terms.answer(data, path=[place.pk], way=terms.Way(right.way), day=day)
            if found.allowed:
                lines[f"{wording.what(right)} {wording.until_words(found.until)}"] = None
    return list(lines)


def answers(
    place: Organisation,
    person: Any,
    *,
    way: terms.Way,
    day: date,
    forms: list[str],
    audience: terms.Audience | None,
) -> list[Said]:
    """What each agreement says of the question: those that allow first."""
    groups: dict[tuple[int, int], list[UsageRight]] = defaultdict(list)
    for right in rights_seen(person):
        groups[right.agreement_id, right.titles_id or 0].append(right)
    path, found = reading.way_up(place), []
    for rights in groups.values():
        asked = terms.answer(reading.as_terms(rights, day), path=path, way=way, day=day, forms=forms, audience=audience)
        names = {mark.organisation_id: mark.organisation.name for right in rights for mark in right.places.all()}
        titles = rights[0].titles.name if rights[0].titles else ""
        found.append(Said(rights[0].agreement, titles, asked.allowed, wording.why(asked, names)))
    return sorted(found, key=lambda said: (not said.allowed, said.agreement.title_key))
