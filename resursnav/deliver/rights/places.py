"""For whom somebody asks: the place where the person works."""

from __future__ import annotations

from typing import Any

from resursnav.foundation.organisations.models import Kind, Organisation, OrganisationQuerySet, UnitType
from resursnav.foundation.organisations.rules import SEE
from resursnav.foundation.organisations.school_forms import SchoolForm


def places_of(person: Any) -> list[Organisation]:
    """Where the person works now, schools and libraries before what stands over them; nowhere for a stranger."""
    if not getattr(person, "is_authenticated", False):
        return []
    found = {post.node_id: post.node for post in person.standing()}
    return sorted(found.values(), key=lambda place: (_WIDTH[Kind(place.kind)], place.name_key, place.pk))


def place_of(person: Any) -> Organisation | None:
    """The one that is meant when nothing else is said; the first, for somebody who acts in all roles at once."""
    return next(iter(places_of(person)), None)


def way_up(person: Any, place: Organisation) -> list[int]:
    """One of the person's places and all above it, the nearest first; read once for a page."""
    return [node.pk for node in person.ways_up()[place.pk]]


def askable(person: Any) -> OrganisationQuerySet:
    """The places that the person may ask about: those in the county where the person works; none for a stranger."""
    if not getattr(person, "is_authenticated", False):
        return Organisation.objects.none()
    roots = {way[-1].pk for way in person.ways_up().values()}
    found: OrganisationQuerySet = Organisation.objects.visible_to(person, SEE).at_or_below(roots)
    return found


def forms_of(place: Organisation | None) -> tuple[str, ...]:
    """The school forms that a place can be of: a right for preschools alone is not a school's, and the other way."""
    if place is None or place.unit_type not in (UnitType.PRESCHOOL, UnitType.SCHOOL):
        return ()
    if place.unit_type == UnitType.PRESCHOOL:
        return (SchoolForm.FSK.value,)
    return tuple(form for form in SchoolForm.values if form not in (SchoolForm.FSK, SchoolForm.LIB))


def town_of(person: Any, place: Organisation) -> Organisation:
    """The municipality that one of the person's places belongs to; the place itself where there is none."""
    return next((node for node in person.ways_up()[place.pk] if node.kind == Kind.MUNICIPALITY), place)


_WIDTH = {Kind.UNIT: 0, Kind.DEPARTMENT: 1, Kind.MUNICIPALITY: 2, Kind.REGION: 3}
