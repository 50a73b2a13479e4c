"""The gate's questions: is there one, may this place use the thing now, and under which rights? Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.urls import reverse

from resursnav.deliver.resources.models import Edition, Resource
from resursnav.deliver.resources.vocabulary import Licence
from resursnav.deliver.rights import may
from resursnav.deliver.rights.judging import OPEN, covering
from resursnav.deliver.rights.ties import rights_for, ties_of
from resursnav.foundation.organisations.models import Organisation
from resursnav.landscape.agreements import terms
from resursnav.landscape.agreements.terms import Audience, Reason, Way

# What everybody may use in teaching needs no gate, whoever has agreements about it.
FREE = OPEN | {Licence.TEACHING}
SCHEMES = frozenset({"http", "https"})
# Somebody who shows a film in class uses a right for pupils as well as one for staff.
STAFF_AS: tuple[Audience, ...] = (Audience.STAFF, Audience.PUPILS)
PUPILS_AS: tuple[Audience, ...] = (Audience.PUPILS,)


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants to open something: from which place, in which way, as whom, on which day."""

    place: Organisation
    way: Way
    day: date
    audiences: tuple[Audience, ...] = STAFF_AS


def gated(resources: Sequence[Resource]) -> set[int]:
    """The keys of those that are used under agreements; in one statement, or none where the licences say it."""
    asked = [one for one in resources if one.licence not in FREE]
    if not asked:
        return set()
    lists = ties_of(asked, None).lists
    return {one.pk for one in asked if one.licence == Licence.AGREEMENT or lists.get(one.pk)}


def gates(resources: Sequence[Resource]) -> Mapping[int, str]:
    """The path of the gate of each edition that has one: what stands on the web of what is used under agreements."""
    behind = gated(resources)
    return {
        edition.pk: reverse("streaming:watch", args=[edition.pk])
        for one in resources
        if one.pk in behind
        for edition in one.editions.all()
        if edition.url
    }


def address_of(edition: Edition) -> str:
    """Where the gate leads: the resource's own address when it is one of the web, else nothing."""
    parts = urlsplit(edition.url)
    return edition.url if parts.scheme.lower() in SCHEMES and parts.hostname else ""


def verdicts(resources: Sequence[Resource], wish: Wish) -> dict[int, may.Verdict]:
    """The answer for each resource: that of the first audience which may, else that of the first."""
    said: dict[int, may.Verdict] = {}
    open_: list[Resource] = list(resources)
    for audience in wish.audiences:
        found = may.ask(open_, place=wish.place, way=wish.way, day=wish.day, audience=audience)
        for key, verdict in found.items():
            if key not in said or verdict.allowed:
                said[key] = verdict
        open_ = [one for one in open_ if said[one.pk].reason == Reason.WRONG_AUDIENCE]
        if not open_:
            break
    return said


def allowing(resource: Resource, wish: Wish) -> list[int]:
    """The rights that allow the wish, the one that lasts longest first; any of them may have room."""
    ties = ties_of([resource], wish.place)
    held = covering(ties.title(resource), rights_for(ties, wish.day), ties.agreements)
    ends: dict[int, date] = {}
    for right in held:
        for audience in wish.audiences:
            said = terms.answer([right], path=ties.path, way=wish.way, day=wish.day, audience=audience)
            if said.allowed:
                ends[right.id] = said.until or date.max
    return sorted(ends, key=lambda key: (-ends[key].toordinal(), key))
