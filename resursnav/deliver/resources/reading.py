"""Reading a resource for its own page: everything about it in few statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Model, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from resursnav.foundation.access import Rule
from resursnav.foundation.ui.panels import row_notes

from .models import Creator, Identifier, Link, Resource, SubjectTerm, Use
from .rules import EDIT, PUBLISH, REVIEW, SEE, TIP, USE, WITHDRAW

# What the page asks of the rules, as names on the resource: each would else be a statement of its own.
ASKED = {
    "may_edit": EDIT,
    "may_review": REVIEW,
    "may_publish": PUBLISH,
    "may_withdraw": WITHDRAW,
    "may_tip": TIP,
    "may_use": USE,
}


def whole(person: Any, pk: int) -> Resource | None:
    """The resource, if the person may see it, with what stands around it, in three statements.

    It carries `use_count`, `used_by_me` and the answers of ASKED.
    """
    resource = (
        Resource.objects.visible_to(person, SEE)
        .filter(pk=pk)
        .select_related("owner")
        .annotate(
            use_count=Coalesce(
                Subquery(
                    Use.objects.filter(resource=OuterRef("pk")).values("resource").annotate(n=Count("pk")).values("n"),
                    output_field=IntegerField(),
                ),
                0,
            ),
            used_by_me=_mine(person),
            **{name: _allowed(person, rule) for name, rule in ASKED.items()},
        )
        .prefetch_related("editions")
        .first()
    )
    if resource is not None:
        fill_in(resource)
    return resource


def _mine(person: Any) -> Any:
    if not getattr(person, "is_authenticated", False):
        return Value(False)
    return Exists(Use.objects.filter(resource=OuterRef("pk"), person=person.pk))


def _allowed(person: Any, rule: Rule) -> Any:
    return Exists(Resource.objects.filter(pk=OuterRef("pk")).visible_to(person, rule))


def fill_in(resource: Resource) -> None:
    """Read creators, numbers, links and subjects in one statement and hand them over as if each had been prefetched."""
    rows = _said(Creator.objects.filter(resource=resource), "creators", "name", "role", "role", "position").union(
        _said(Identifier.objects.filter(resource=resource), "identifiers", "value", "scheme", "scheme", None),
        _said(Link.objects.filter(resource=resource), "links", "url", "kind", "label", "position"),
        _said(SubjectTerm.objects.filter(resources=resource), "subjects", "label", "scheme", "code", None),
        all=True,
    )
    found: dict[str, list[Model]] = {"creators": [], "identifiers": [], "links": [], "subjects": []}
    for what, key, first, second, third, place in sorted(rows, key=lambda row: (row[0], row[5], row[2], row[1])):
        found[what].append(_row(resource, what, key, first, second, third, place))
    cache: dict[str, QuerySet[Any]] = resource.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, things in found.items():
        kept = getattr(resource, name).all()
        kept._result_cache, kept._prefetch_done = things, True
        cache[name] = kept


def _said(rows: QuerySet[Any], what: str, first: str, second: str, third: str, place: str | None) -> Any:
    text: TextField[str, str] = TextField()
    return rows.order_by().values_list(
        Value(what, output_field=text),
        "pk",
        Cast(F(first), text),
        Cast(F(second), text),
        Cast(F(third), text),
        F(place) if place else Value(0),
    )


def _row(resource: Resource, what: str, key: int, first: str, second: str, third: str, place: int) -> Model:
    if what == "creators":
        return Creator(pk=key, resource=resource, name=first, role=second, position=place)
    if what == "identifiers":
        return Identifier(pk=key, resource=resource, owner_id=resource.owner_id, value=first, scheme=second)
    if what == "links":
        return Link(pk=key, resource=resource, url=first, kind=second, label=third, position=place)
    return SubjectTerm(pk=key, label=first, scheme=second, code=third)


def rows(keys: Iterable[int], person: Any) -> list[Resource]:
    """Resources for a list, in the order of the keys; those that the person may not see are left out."""
    wanted = list(keys)
    found = {row.pk: row for row in Resource.objects.visible_to(person, SEE).filter(pk__in=wanted).for_rows()}
    return [found[key] for key in wanted if key in found]


def noted(page: str, found: list[Resource], person: Any, *, later: bool = False) -> list[Resource]:
    """The same resources, each with `notes`: what contexts further up say of it on the page with that URL name."""
    said = row_notes(page, found, person, later=later)
    for resource in found:
        resource.notes = said[resource.pk]  # type: ignore[attr-defined]  # read by the row's template
    return found
