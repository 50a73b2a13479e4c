"""Planting the demo: places, people and their history, then what each context has to show."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction

from resursnav.deliver.curriculum import demo as curriculum
from resursnav.foundation.notices import actions as notices
from resursnav.foundation.organisations import actions as tree_actions
from resursnav.foundation.organisations.models import Kind, Organisation, UnitType
from resursnav.foundation.people import actions as people_actions
from resursnav.foundation.people.models import Person, SecurityMarking
from resursnav.foundation.people.personas import DOMAIN

from . import people, places
from .catalogue import plant_catalogue

SINCE = date(2019, 8, 1)
INVITED = (("marit.stenman", "Marit", "Stenman"), ("ola.karlberg", "Ola", "Karlberg"), ("rim.saleh", "Rim", "Saleh"))


@dataclass(frozen=True)
class Planted:
    """How many things a part planted, and how long it took."""

    name: str
    count: int
    seconds: float


def parts() -> dict[str, Callable[..., int]]:
    """What there is to plant, in order: our own places and people, then every context's own `demo.plant`."""
    found: dict[str, Callable[..., int]] = {
        "platser och personer": plant_county,
        "läroplanen": plant_curriculum,
        "katalogen": plant_catalogue,
    }
    for config in apps.get_app_configs():
        name = f"{config.name}.demo"
        if config.name.startswith("resursnav.") and config.label != "site" and find_spec(name):
            planting = getattr(import_module(name), "plant", None)
            if planting is not None:
                found[config.label] = planting
    return found


def plant(*, at: datetime, tell: Callable[[str], None] = lambda text: None) -> list[Planted]:
    """Plant everything that is not there yet."""
    done = []
    for name, planting in parts().items():
        began = time.monotonic()
        tell(name)
        count = planting(at=at)
        done.append(Planted(name, count, time.monotonic() - began))
    return done


def fingerprint() -> str:
    """A hash of all the code that plants: when it changes, there may be more to plant."""
    made = hashlib.sha256()
    folders = [Path(__file__).parent, *(Path(config.path) for config in apps.get_app_configs())]
    for folder in folders:
        files = (
            [folder / "demo.py", *sorted((folder / "demo").glob("*"))] if folder.name != "demo" else folder.glob("*")
        )
        for path in sorted(files):
            if path.is_file():
                made.update(path.read_bytes())
    return made.hexdigest()


def plant_when_changed(*, at: datetime, tell: Callable[[str], None]) -> list[Planted]:
    """Plant when the planting code is another than last time."""
    stamp = Path(settings.DATA_DIR) / "demo-stamp"
    now = fingerprint()
    if stamp.is_file() and json.loads(stamp.read_text()) == now:
        return []
    done = plant(at=at, tell=tell)
    stamp.write_text(json.dumps(now))
    return done


def plant_curriculum(*, at: datetime) -> int:
    """The curriculum's own examples; a subject whose real syllabus has been read in is left as it is."""
    return curriculum.load(by=None, at=at).changes


@transaction.atomic
def plant_county(*, at: datetime) -> int:
    """The tree, its people and what has happened to both; nothing where there is a tree already."""
    if Organisation.objects.exists():
        return 0
    tree = places.plan()
    nodes: dict[int, Organisation] = {}
    for root in tree:
        _open(root, None, nodes, at)
    with notices.quietly():  # old appointments are no news
        known = _employ(tree, nodes, at)
    _history(tree, nodes, known, at)
    return len(nodes) + len(known)


def _open(place: places.Place, parent: Organisation | None, nodes: dict[int, Organisation], at: datetime) -> None:
    node = tree_actions.open_node(
        kind=place.kind,
        name=place.name,
        parent=parent,
        by=None,
        at=at,
        unit_type=place.unit_type,
        details={"code": place.code, **place.details} if place.code else place.details,
    )
    nodes[id(place)] = node
    for below in place.below:
        _open(below, node, nodes, at)


def _employ(tree: list[places.Place], nodes: dict[int, Organisation], at: datetime) -> dict[str, Person]:
    """Give everybody an account and a role; by address."""
    known: dict[str, Person] = {}
    for number, post in enumerate(people.posts(tree)):
        person = people_actions.create_person(
            email=post.email, password="", given_name=post.given_name, family_name=post.family_name, at=at, by=None
        )
        since = SINCE + timedelta(days=number * 29 % 1800)
        people_actions.assign(
            person=person, role=post.role, node=nodes[id(post.place)], by=None, at=at, valid_from=since
        )
        known[post.email] = person
    given, family, role, code, unit_type = people.SECOND_POST
    twice = next(person for person in known.values() if (person.given_name, person.family_name) == (given, family))
    second = nodes[id(people.find(tree, code, unit_type))]
    people_actions.assign(person=twice, role=role, node=second, by=None, at=at, valid_from=SINCE)
    return known


def _history(tree: list[places.Place], nodes: dict[int, Organisation], known: dict[str, Person], at: datetime) -> None:
    """A school that was merged, one that was renamed, yearly snapshots, invitations that wait, somebody protected."""
    storuman = nodes[id(people.find(tree, "2421", ""))]
    heir = nodes[id(people.find(tree, "2421", UnitType.SCHOOL))]
    year = at.year
    gone = tree_actions.open_node(
        kind=Kind.UNIT, name="Gammelsele byskola", parent=storuman, by=None, at=at, unit_type=UnitType.SCHOOL,
        since=date(year - 12, 8, 1), details={"code": "00990001", "town": "Storuman"},
    )  # fmt: skip
    tree_actions.merge(
        organisation=gone, into=heir, by=None, at=at, day=date(year - 1, 7, 1),
        reason="Byskolan hade nio elever; barnen går nu i den större skolan.",
    )  # fmt: skip
    lycksele = nodes[id(people.find(tree, "2481", UnitType.LIBRARY))]
    tree_actions.rename(
        organisation=lycksele, name="Lycksele bibliotek och mötesplats", by=None, at=at, day=date(year - 2, 1, 1),
        reason="Biblioteket flyttade ihop med mötesplatsen för digital hjälp.",
    )  # fmt: skip
    for past in range(year - 3, year):
        tree_actions.take_snapshot(year=past, at=at)
    lead = next(person for person in known.values() if person.email == f"asa.lindmark@{DOMAIN}")
    dorotea = nodes[id(people.find(tree, "2425", UnitType.SCHOOL))]
    host = places.domain("Dorotea")
    for (address, given, family), role in zip(INVITED, ("teacher", "teacher", "it_contact"), strict=True):
        people_actions.invite(
            email=f"{address}@{host}", role=role, node=dorotea, by=lead, at=at - timedelta(days=2),
            given_name=given, family_name=family, reason="Ny på skolan i höst.",
        )  # fmt: skip
    hidden = next(person for email, person in sorted(known.items()) if email.endswith(f"@{places.domain('Sorsele')}"))
    people_actions.protect(person=hidden, marking=SecurityMarking.CONFIDENTIAL, by=None, at=at)
