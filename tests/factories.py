"""Small, true-to-life things for tests; each call makes a new one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from resursnav.deliver.resources.models import Edition, Resource
from resursnav.deliver.stock.models import Holding, Item, StockPlace
from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import (
    Branch,
    Kind,
    NamePeriod,
    Organisation,
    PlacePeriod,
    UnitType,
)
from resursnav.foundation.people.models import Assignment, Person

_numbers = count(1)


def organisation(parent: Organisation | None = None, **fields: Any) -> Organisation:
    """A node below the parent: a region without one, else the level that belongs there."""
    kinds = {None: Kind.REGION, Kind.REGION: Kind.MUNICIPALITY}
    kind = fields.pop("kind", kinds.get(parent and Kind(parent.kind), Kind.UNIT))
    if kind == Kind.UNIT:
        fields.setdefault("unit_type", UnitType.SCHOOL)
    fields.setdefault("name", f"{kind.label.capitalize()} {next(_numbers)}")
    node = Organisation.objects.create(kind=kind, parent=parent, **fields)
    above = list(Branch.objects.filter(descendant=parent)) if parent else []
    Branch.objects.bulk_create(
        [Branch(ancestor=node, descendant=node, depth=0)]
        + [Branch(ancestor_id=b.ancestor_id, descendant=node, depth=b.depth + 1) for b in above]
    )
    NamePeriod.objects.create(organisation=node, name=node.name, valid_from=node.valid_from)
    PlacePeriod.objects.create(organisation=node, parent=parent, valid_from=node.valid_from)
    return node


def person(role: Role | None = None, node: Organisation | None = None, **fields: Any) -> Person:
    """Somebody with an account, and with a role at a node when both are given."""
    number = next(_numbers)
    fields.setdefault("email", f"person{number}@example.org")
    fields.setdefault("given_name", "Åsa")
    fields.setdefault("family_name", f"Öberg {number}")
    somebody = Person.objects.create(**fields)
    if role and node:
        assignment(somebody, role, node)
    return somebody


def assignment(somebody: Person, role: Role, node: Organisation, **fields: Any) -> Assignment:
    """A role at a node since long ago."""
    fields.setdefault("valid_from", date(2020, 1, 1))
    somebody.forget_standing()
    return Assignment.objects.create(person=somebody, role=role, node=node, **fields)


def resource(owner: Organisation | None = None, *media: str, **fields: Any) -> Resource:
    """A published resource with one edition for each media type (a film when none is named)."""
    day = datetime(2026, 8, 17, 8, 0, tzinfo=UTC)
    fields.setdefault("title", f"Resurs {next(_numbers)}")
    fields.setdefault("status", "published")
    if fields["status"] == "published":
        fields.setdefault("published_at", day)
    fields.setdefault("languages", ["sv"])
    subjects = fields.pop("subjects", ())
    thing = Resource.objects.create(owner=owner or organisation(), **{"created_at": day, "updated_at": day, **fields})
    thing.subjects.set(subjects)
    for position, media_type in enumerate(media or ("film",)):
        Edition.objects.create(resource=thing, media_type=media_type, position=position)
    return thing


def holding(of: Resource | None = None, items: int = 0, **fields: Any) -> Holding:
    """A holding of the resource in its first edition's form, with that many items in use."""
    day = datetime(2026, 8, 17, 8, 0, tzinfo=UTC)
    of = of or resource()
    fields.setdefault("media_type", of.editions.all()[0].media_type)
    made = Holding.objects.create(resource=of, **{"owner": of.owner, "updated_at": day, **fields})
    for _ in range(items):
        item(made)
    return made


def item(of: Holding | None = None, **fields: Any) -> Item:
    """An item with a barcode of its own, in use unless the fields say otherwise."""
    day = datetime(2026, 8, 17, 8, 0, tzinfo=UTC)
    of = of or holding()
    fields.setdefault("barcode", f"{next(_numbers):06d}")
    return Item.objects.create(holding=of, owner=of.owner, **{"added_at": day, "updated_at": day, **fields})


def stock_place(owner: Organisation, **fields: Any) -> StockPlace:
    """A store with two shelves."""
    number = next(_numbers)
    return StockPlace.objects.create(
        owner=owner, **{"code": f"M{number}", "name": f"Magasin {number}", "shelves": "A1\nA2", **fields}
    )
