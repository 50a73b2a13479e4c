"""Two regions with everything in them, the people who look, and the walk over every address."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user
from django.db import models
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import ApiToken, Person
from resursnav.foundation.people.tokens import SCOPES, hashed
from tests import factories
from tests.architecture.addresses import Address, addresses

from .filler import MOMENT, Filler, in_order, ours, sided
from .recipes import ARGUMENTS

OUR_MARK, THEIR_MARK = "Zvårt", "Zderas"
NOBODY = 987_654_321


@dataclass(frozen=True)
class Side:
    """One region with one municipality and its schools."""

    region: Organisation
    town: Organisation
    filler: Filler


def side(mark: str, schools: int = 3) -> Side:
    """A region whose tree stands, and nothing in it."""
    region = factories.organisation(name=f"Region {mark}n")
    town = factories.organisation(region, name=f"Kommun {mark}n")
    made = Side(region, town, Filler(mark, town))
    made.filler.places(schools)
    return made


def fill(filler: Filler, many: int = 1, *, only_sided: bool = False) -> None:
    """People, and rows in every table of ours; perhaps only in those whose rows belong to somebody."""
    filler.people(many)
    for model in in_order(ours()):
        if sided(model) or not only_sided:
            filler.fill(model, many)


def viewers(place: Organisation) -> dict[str, Person | None]:
    """A stranger, somebody without a role, and one person for each role at the place."""
    people: dict[str, Person | None] = {"stranger": None, "no role": factories.person()}
    for role in Role:
        people[role.value] = factories.person(role, place)
    return people


def some_viewers(place: Organisation) -> dict[str, Person | None]:
    """Those whose pages differ most, for walks that need not be as everybody."""
    people = viewers(place)
    return {name: people[name] for name in ("stranger", "coordinator", "municipality_lead", "teacher")}


def walkable() -> list[Address]:
    """Every address of ours that answers GET."""
    return [address for address in addresses() if address.answers_get and not address.framework]


def arguments(address: Address, filler: Filler) -> dict[str, Any] | None:
    """The address's arguments, taken from the rows of the filler; None when nobody has said which."""
    if not address.arguments:
        return {}
    if address.name in ARGUMENTS:
        return ARGUMENTS[address.name](filler)
    model, by = getattr(address.guards[0], "loads", (None, ""))
    names = {name for name, _kind in address.arguments}
    if model is None or names != {by}:
        return None
    rows = filler.rows.get(model)
    return {by: field_of(rows[0], by)} if rows else None


def field_of(row: models.Model, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def nowhere(address: Address, given: dict[str, Any]) -> dict[str, Any]:
    """The same arguments, but of a thing that does not exist."""
    thing = "pk" if "pk" in given else address.arguments[-1][0]
    was = given[thing]
    return {**given, thing: NOBODY if isinstance(was, int) else f"nowhere-{NOBODY}"[: len(str(was)) or 1]}


def places(filler: Filler) -> Iterator[tuple[Address, str]]:
    """Every address with its path for the filler's rows."""
    for address in walkable():
        given = arguments(address, filler)
        assert given is not None, (
            f"{address}: say which arguments it takes, either by load= in @page or by a line in ARGUMENTS "
            "(tests/walks/recipes.py), so that the walks cover it"
        )
        yield address, path_of(address, given)


def path_of(address: Address, given: dict[str, Any]) -> str:
    try:
        return reverse(address.name, kwargs=given)
    except NoReverseMatch as problem:
        raise AssertionError(f"{address} needs a name and arguments that fit: {problem}") from problem


class Looker(Client):
    """Somebody's browser, which asks the open interface with a key that has every scope."""

    key = ""

    def get(self, path: str, *args: Any, **kwargs: Any) -> Any:
        if self.key and path.startswith("/api/"):
            kwargs["headers"] = {"Authorization": f"Bearer {self.key}"}
        return super().get(path, *args, **kwargs)


def client_of(person: Person | None) -> Client:
    client = Looker(raise_request_exception=True)
    if person is not None:
        client.force_login(person)
        # A login that does not hold would make every walk a stranger's.
        assert get_user(client).pk == person.pk
        client.key = f"rn_{person.pk}"
        ApiToken.objects.get_or_create(
            key_hash=hashed(client.key),
            defaults={"person": person, "scopes": list(SCOPES), "created_at": MOMENT, "last_used_at": timezone.now()},
        )
    return client


# What differs from one request to the next without telling anything: tokens, nonces and the clock.
_VOLATILE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|\b\d\d:\d\d(:\d\d(\.\d+)?)?\b|'
    r'\d{4}-\d\d-\d\dT[\d:.+Z-]+|"seconds": [\d.]+'
)


def shown(response: Any) -> str:
    """What a person gets: the status, where it leads and the text, without what always differs."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = _VOLATILE.sub("", _unpacked(content).decode("utf-8", "replace"))
    return f"{response.status_code} {response.headers.get('Location', '')}\n{text}"


def _unpacked(content: bytes) -> bytes:
    """What stands in a package, such as an Excel file, but for the moment at which it was made."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"\n".join(package.read(name) for name in sorted(package.namelist()) if name != "docProps/core.xml")
