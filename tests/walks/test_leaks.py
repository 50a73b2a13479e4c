"""No page tells anything about what belongs to another region, municipality or person: no row, no count, no trace.

Every address is read as every role before and after the other region gets its things. Whatever the page says, it must
say the same afterwards; and an address of a thing that may not be seen must answer like one that does not exist.
"""

import difflib

import pytest
from django.http import HttpResponse

from resursnav.foundation.organisations.models import Organisation
from tests import factories
from tests.architecture.addresses import Address

from .filler import sided
from .recipes import OPEN, SECRET_LINKS
from .world import (
    OUR_MARK,
    THEIR_MARK,
    arguments,
    client_of,
    fill,
    nowhere,
    path_of,
    places,
    shown,
    side,
    viewers,
    walkable,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

# Who reaches beyond the own branch by design, as (rule, role), and why.
BY_DESIGN = {
    ("notices.outbox", "administrator"): "runs the installation: every mail must be accounted for",
    ("search.failed", "administrator"): "runs the installation: words only, without persons",
    ("imports.see", "administrator"): "runs the installation: helps with any import",
    ("threads.see", "administrator"): "runs the installation: the log is for finding out what happened",
    ("threads.audit", "administrator"): "runs the installation: the log is for finding out what happened",
}


@pytest.fixture
def two_sides():
    mine, theirs = side(OUR_MARK), side(THEIR_MARK)
    fill(mine.filler)
    # What belongs to nobody is there for both, so that the other side's things can point at it.
    theirs.filler.rows.update({model: rows for model, rows in mine.filler.rows.items() if not sided(model)})
    return mine, theirs


SEARCHERS = {"stranger", "coordinator", "municipality_lead", "teacher"}


def difference(before, after):
    """The first lines in which two answers differ."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return "\n".join(line[:160] for line in list(lines)[2:8])


def leaks(people, found, plant):
    """What each person can tell about things that `plant` makes, by reading the addresses before and after."""
    clients = {name: client_of(person) for name, person in people.items()}
    # Whoever searches for what the other side has must find as little as before.
    searches = [f"{path}?q={THEIR_MARK}" for address, path in found if not address.arguments]
    asked = {name: [path for _address, path in found] for name in people}
    for name in SEARCHERS & set(people):
        asked[name] += searches
    rules = {path: str(getattr(address.guards[0], "rule", None)) for address, path in found}
    before = {(name, path): shown(clients[name].get(path)) for name, paths in asked.items() for path in paths}
    plant()
    said = []
    for (name, path), text in before.items():
        after = shown(clients[name].get(path))
        if after != text and (rules[path.partition("?")[0]], name) not in BY_DESIGN:
            said.append(f"{path} as {name}:\n{difference(text, after)}")
    return said


# Every other role by itself, so that two workers share the longest of all tests.
halves = pytest.mark.parametrize("half", [0, 1])


def half_of(people, half):
    return dict(list(people.items())[half::2])


@halves
def test_it_tells_nothing_about_another_region(two_sides, half):
    mine, theirs = two_sides
    people = half_of(viewers(mine.town), half)
    said = leaks(people, list(places(mine.filler)), lambda: fill(theirs.filler, 3, only_sided=True))
    assert not said, "\n\n".join(said)


@halves
def test_it_answers_for_foreign_things_as_for_what_does_not_exist(two_sides, half):
    mine, theirs = two_sides
    fill(theirs.filler, only_sided=True)
    said = []
    for name, person in half_of(viewers(mine.town), half).items():
        client = client_of(person)
        for address in walkable():
            if not concerns(address, theirs.filler):
                continue
            given = arguments(address, theirs.filler)
            path, missing = path_of(address, given), path_of(address, nowhere(address, given))
            answer, expected = client.get(path), client.get(missing)
            if answer.status_code != expected.status_code or THEIR_MARK in shown(answer):
                said.append(f"{path} as {name}: {answer.status_code}, but {missing} {expected.status_code}")
    assert said == []


def concerns(address, filler):
    """Whether the address shows one thing that belongs to somebody; the tree itself is public."""
    if not address.arguments or address.name in SECRET_LINKS:
        return False
    model = getattr(address.guards[0], "loads", (None, ""))[0]
    if model is None:
        try:
            arguments(address, filler)
        except KeyError:  # the other side has nothing of the kind, for it belongs to nobody
            return False
        return address.name not in OPEN
    return model is not Organisation and sided(model) and model in filler.rows


class Careless:
    """A page that was written without visible_to."""

    def __init__(self, read):
        self.read = read

    def get(self, path):
        return HttpResponse(self.read())


@pytest.mark.parametrize(
    ("read", "leaks_it"),
    [
        (lambda rows: " ".join(row.name for row in rows), True),
        (lambda rows: f"{len(rows)} st", True),
        (lambda rows: "mina", False),
    ],
)
def test_it_catches_a_seeded_leak_of_a_row_and_of_a_count(monkeypatch, read, leaks_it):
    page = Careless(lambda: read(list(Organisation.objects.all())))
    monkeypatch.setitem(globals(), "client_of", lambda person: page)
    address = next(address for address in walkable() if not address.arguments)
    said = leaks({"stranger": None}, [(address, "/")], lambda: factories.organisation(name="Hemliga regionen"))
    assert bool(said) is leaks_it


def test_it_says_what_a_new_address_needs():
    lost = Address("things/<int:pk>/", "things:show", lambda request, pk: None, (("pk", "IntConverter"),))
    assert arguments(lost, side(OUR_MARK).filler) is None
