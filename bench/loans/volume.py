"""A county's ten years of loans: units, routes, catalogue, copies and bookings, written straight into the tables.

Popularity follows the numbers of readers in a real list of 10,000 books where the file is given, and else Zipf's law
with the same slope. Every copy's loans follow each other without meeting, as they must have done; what is booked ahead
is made so that there is a copy for each. `audit.faults` is asked afterwards whether that is so.
"""

from __future__ import annotations

import csv
import random
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from bench import bootstrap
from resursnav.deliver.lending.actions import bring_in
from resursnav.deliver.lending.past import ten_years
from resursnav.deliver.resources.models import Edition, Resource
from resursnav.deliver.stock.models import Holding, Item
from resursnav.deliver.transport.models import Carrier, Route, RoutePlace
from resursnav.foundation.organisations.models import Branch, Kind, Organisation, UnitType
from resursnav.foundation.people.models import Assignment, Person

assert bootstrap
DAY = timedelta(days=1)
TODAY = timezone.localdate()
TODAY -= TODAY.weekday() * DAY  # a Monday, so that the same day of the week is measured whenever it is run
NOW = datetime.combine(TODAY, time(7), tzinfo=UTC)
MUNICIPALITIES, UNITS = 12, 25
BATCH = 5_000


@dataclass(frozen=True)
class County:
    """What the measuring needs of it."""

    centre: Organisation
    units: list[Organisation]
    people: dict[int, Person]  # unit -> a teacher there
    holdings: list[int]  # the most popular first
    weights: list[int]
    dice: random.Random

    def popular(self) -> int:
        """A holding, drawn as often as it is popular."""
        return self.holdings[bisect_left(self.weights, self.dice.randrange(1, self.weights[-1] + 1))]


def popularity(number: int, readers: Path | None) -> list[int]:
    """How popular each of so many holdings is, the most popular first."""
    if readers is not None:
        with readers.open(encoding="utf-8", newline="") as file:
            known = sorted((int(row["ratings_count"]) for row in csv.DictReader(file)), reverse=True)
    else:
        known = [round(4_800_000 / rank**0.9) for rank in range(1, 10_001)]
    return [known[rank * len(known) // number] for rank in range(number)]


def fill(*, resources: int, copies: int, bookings: int, readers: Path | None = None) -> County:
    """Make the county, unless its tables hold one already."""
    dice = random.Random(20261122)
    if not Organisation.objects.exists():
        with transaction.atomic():
            _places()
            _catalogue(resources, copies, readers)
        with transaction.atomic():
            _loans(bookings)
    return _known(dice, readers)


def _known(dice: random.Random, readers: Path | None) -> County:
    units = list(Organisation.objects.filter(kind=Kind.UNIT).order_by("pk"))
    posts = Assignment.objects.filter(role="teacher").select_related("person")
    holdings = list(Holding.objects.order_by("pk").values_list("pk", flat=True))
    return County(
        centre=Organisation.objects.get(kind=Kind.REGION),
        units=units,
        people={post.node_id: post.person for post in posts},
        holdings=holdings,
        weights=list(accumulate(popularity(len(holdings), readers))),
        dice=dice,
    )


def _places() -> None:
    """A region with its municipalities and schools, a teacher at each, and a van to every municipality."""
    region = Organisation.objects.create(kind=Kind.REGION, name="Länet", code="08")
    Branch.objects.create(ancestor=region, descendant=region, depth=0)
    carrier = Carrier.objects.create(owner=region, name="Bilen", way="van")
    for number in range(MUNICIPALITIES):
        town = Organisation.objects.create(kind=Kind.MUNICIPALITY, parent=region, name=f"Kommun {number + 1}")
        Branch.objects.bulk_create([Branch(ancestor=town, descendant=town, depth=0),
                                    Branch(ancestor=region, descendant=town, depth=1)])  # fmt: skip
        days = sorted({number % 5, (number + 2) % 5})
        route = Route.objects.create(carrier=carrier, name=f"Tur {number + 1}", weekdays=days, updated_at=NOW)
        RoutePlace.objects.create(route=route, organisation=town, included=True)
        for unit in range(UNITS):
            school = Organisation.objects.create(
                kind=Kind.UNIT, unit_type=UnitType.SCHOOL, parent=town, name=f"Skola {number + 1}-{unit + 1}"
            )
            above = ((school, 0), (town, 1), (region, 2))
            Branch.objects.bulk_create([Branch(ancestor=one, descendant=school, depth=far) for one, far in above])
            somebody = Person.objects.create(
                email=f"larare{number}-{unit}@example.org", given_name="Åsa", family_name=f"Berg {number}-{unit}"
            )
            Assignment.objects.create(person=somebody, role="teacher", node=school, valid_from=date(2016, 1, 1))


def _catalogue(resources: int, copies: int, readers: Path | None) -> None:
    """The resources; the first of them have copies, the more the more popular."""
    region = Organisation.objects.get(kind=Kind.REGION)
    for first in range(0, resources, BATCH):
        made = Resource.objects.bulk_create(
            [
                Resource(
                    owner=region, title=f"Låda {number}", status="published", published_at=NOW, created_at=NOW,
                    updated_at=NOW, languages=["sv"],
                )
                for number in range(first, min(first + BATCH, resources))
            ]
        )  # fmt: skip
        Edition.objects.bulk_create([Edition(resource=one, media_type="kit", position=0) for one in made])
    number = min(max(copies // 3, 1), resources)
    wanted = popularity(number, readers)
    keys = list(Resource.objects.order_by("pk").values_list("pk", flat=True)[:number])
    held = [Holding(owner=region, resource_id=key, media_type="kit", kind="kit", updated_at=NOW) for key in keys]
    Holding.objects.bulk_create(held, batch_size=BATCH)
    items = []
    for holding, count in zip(held, _shared(copies, wanted), strict=True):
        for _turn in range(count):
            items.append(
                Item(holding=holding, owner=region, barcode=f"B{len(items):07d}", added_at=NOW, updated_at=NOW)
            )
    Item.objects.bulk_create(items, batch_size=BATCH)


def _shared(copies: int, wanted: list[int]) -> list[int]:
    """How many copies each holding has: one at least, at most twenty, the rest by popularity."""
    total = sum(wanted)
    spare = copies - len(wanted)
    found = [1 + min(spare * one // total, 19) for one in wanted]
    left = copies - sum(found)
    turn = 0
    while left > 0:
        if found[turn % len(found)] < 20:
            found[turn % len(found)] += 1
            left -= 1
        turn += 1
    return found


def _loans(bookings: int) -> None:
    """Ten years of closed loans, and half a year of bookings ahead: a twentieth of all."""
    region = Organisation.objects.get(kind=Kind.REGION)
    units = list(Organisation.objects.filter(kind=Kind.UNIT).values_list("pk", flat=True))
    items = list(Item.objects.order_by("pk").values_list("pk", "holding_id"))
    loans = ten_years(items, units, bookings, today=TODAY, dice=random.Random(20261122))
    bring_in(owner=region, loans=loans, name="bench", by=None, at=NOW, facts=False)
