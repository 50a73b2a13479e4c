"""How long rights take with a database: may we, for twenty titles; the search's filter; and what disappears.

python -m bench.forecast [agreements] [titles]

As many agreements as said (5,000 unless said otherwise) in a county of 15 municipalities with 20 units each, every one
with a title list of thirty among the titles (50,000) and three rights, most for the county, a third with exceptions, a
third that end within a year. Prints p50 and p95 of one page's twenty answers and of one answer, the time of the
filter's gates, and of the forecast for 3, 6 and 12 months with its statements. All in the processor's time of this
process, which on SQLite is all there is; by the clock on a calm machine it is the same.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import quantiles
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import bootstrap
from resursnav.deliver.resources.models import Edition, Resource
from resursnav.deliver.rights import forecasting, may
from resursnav.deliver.rights.models import TitleEntry
from resursnav.deliver.rights.narrowing import gates
from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Branch, Kind, Organisation, UnitType
from resursnav.foundation.people.models import Assignment, Person
from resursnav.foundation.threads.models import Node
from resursnav.landscape.agreements.models import Agreement, Counterpart, RightPlace, TitleList, UsageRight
from resursnav.landscape.agreements.terms import Way

PAGE, IN_LIST, ROUNDS = 20, 30, 300
WAYS = (Way.STREAM_CLASS, Way.STREAM_HOME, Way.LOAN)


def place(parent: Organisation | None, kind: Kind, name: str) -> Organisation:
    """A node with its branches."""
    unit_type = UnitType.SCHOOL if kind == Kind.UNIT else ""
    node = Organisation.objects.create(parent=parent, kind=kind, name=name, unit_type=unit_type)
    above = list(Branch.objects.filter(descendant=parent)) if parent else []
    Branch.objects.bulk_create(
        [Branch(ancestor=node, descendant=node, depth=0)]
        + [Branch(ancestor_id=b.ancestor_id, descendant=node, depth=b.depth + 1) for b in above]
    )
    return node


def plant(agreements: int, titles: int, dice: random.Random, today: date) -> tuple[Organisation, list[Organisation]]:
    """The county, the titles and the agreements, written in bulk; returns the region and the units."""
    now = timezone.now()
    region = place(None, Kind.REGION, "Länet")
    towns = [place(region, Kind.MUNICIPALITY, f"Kommun {n}") for n in range(15)]
    units = [place(town, Kind.UNIT, f"Skola {n}") for town in towns for n in range(20)]
    works = Resource.objects.bulk_create(
        [
            Resource(
                owner=region, status="published", title=f"Film {n}", published_at=now, created_at=now, updated_at=now,
                publisher=f"Förlag {n % 400}",
            )
            for n in range(titles)
        ],
        batch_size=2000,
    )  # fmt: skip
    Edition.objects.bulk_create([Edition(resource=work, media_type="film") for work in works], batch_size=5000)
    supplier = Counterpart.objects.create(owner=region, name="Leverantör")
    nodes = Node.objects.bulk_create(
        [Node(kind="agreement", title=f"Avtal {n}", organisation=region, created_at=now) for n in range(agreements)],
        batch_size=2000,
    )
    made = Agreement.objects.bulk_create(
        [
            Agreement(
                node=node, owner=region, counterpart=supplier, title=node.title, title_key=node.title.lower(),
                valid_from=today - timedelta(days=dice.randrange(30, 900)), answers=Role.COORDINATOR, updated_at=now,
                valid_to=today + timedelta(days=dice.randrange(30, 1100)), price=dice.randrange(1000, 90_000),
            )
            for node in nodes
        ],
        batch_size=1000,
    )  # fmt: skip
    lists = TitleList.objects.bulk_create(
        [TitleList(agreement=one, code="lista", name="Lista") for one in made], batch_size=2000
    )
    TitleEntry.objects.bulk_create(
        [TitleEntry(titles=one, resource=work, added_at=now) for one in lists for work in dice.sample(works, IN_LIST)],
        batch_size=5000,
    )
    rights = UsageRight.objects.bulk_create(
        [UsageRight(agreement=one.agreement, titles=one, way=way, updated_at=now) for one in lists for way in WAYS],
        batch_size=2000,
    )
    marks = [RightPlace(right=r, organisation=region if dice.random() < 0.6 else dice.choice(towns), included=True)
             for r in rights]  # fmt: skip
    marks += [RightPlace(right=r, organisation=dice.choice(units), included=False) for r in rights[::3]]
    RightPlace.objects.bulk_create(marks, batch_size=5000)
    return region, units


def milliseconds(do: Callable[[], Any]) -> float:
    """How long one call takes."""
    began = time.process_time()
    do()
    return (time.process_time() - began) * 1000


def told(name: str, taken: list[float]) -> None:
    """p50 and p95."""
    cuts = quantiles(taken, n=100)
    print(f"{name}: p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms")


def main(agreements: int, titles: int) -> None:
    """Plant, measure and print."""
    call_command("migrate", verbosity=0)
    dice, today = random.Random(1), timezone.localdate()
    region, units = plant(agreements, titles, dice, today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{agreements} agreements, {agreements * len(WAYS)} rights, {titles} titles; {bootstrap.SCRATCH.name}")
    works = list(Resource.objects.prefetch_related("editions")[:5000])
    for name, size in (("twenty titles, all ways", PAGE), ("one title, all ways", 1)):
        taken = []
        for _round in range(ROUNDS):
            some, unit = dice.sample(works, size), dice.choice(units)
            taken.append(milliseconds(lambda some=some, unit=unit: may.ask_all(some, place=unit, day=today)))
        told(name, taken)
    taken = []
    for _round in range(20):
        unit = dice.choice(units)
        path = [unit.pk, unit.parent_id or 0, region.pk]
        taken.append(milliseconds(lambda unit=unit, path=path: gates(unit, path, today)))
    told("the filter's gates", taken)
    person = Person.objects.create(email="sam@example.org")
    Assignment.objects.create(person=person, role=Role.COORDINATOR, node=region, valid_from=today)
    for months in (3, 6, 12):
        with CaptureQueriesContext(connection) as asked:
            began = time.process_time()
            found = forecasting.forecast(person, today, months)
            took = time.process_time() - began
        print(f"forecast {months} months: {took:.2f} s, {len(asked)} statements, {len(found.rows)} agreements, "
              f"{found.titles} titles")  # fmt: skip


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given + [5_000, 50_000][len(given) :]))
