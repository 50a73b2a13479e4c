"""Every page asks the database at most twelve times, and as often with much data as with little."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resursnav.foundation.access import Role
from resursnav.foundation.search import index
from resursnav.foundation.search.documents import Query
from tests import factories

from .world import OUR_MARK, client_of, fill, places, side

pytestmark = pytest.mark.django_db

MOST = 12
LITTLE, MUCH = 3, 40
# What is kept for a while may have to be read anew in between; a question for each row is forty more.
SLACK = 3

# Pages that may ask more often, each with its number and reason.
IN_PORTIONS = "a file of any length is read in portions, each with seven questions"
EXCUSED: dict[str, tuple[int, str]] = {
    "exchange:search_csv": (20, IN_PORTIONS),
    "exchange:search_xlsx": (20, IN_PORTIONS),
    "people:export": (24, "a file of all that every context keeps about a person, with a question or two for each"),
}
# While there is no index the database answers the search in its stead, and counts each facet by itself.
WITHOUT_INDEX = "the database answers and counts while there is no index"
EXCUSED_WITHOUT_INDEX: dict[str, tuple[int, str]] = {
    "api:list_found_resources": (20, WITHOUT_INDEX),
    "resources:list": (20, WITHOUT_INDEX),
    "resources:similar": (20, WITHOUT_INDEX),
}


def asked_by(client, path):
    """How often the page asks the database, without the savepoints of the test's own transaction."""
    connection.queries_log.clear()  # it is of a certain length, and a walk is longer
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO"))]


def counted(people, found):
    return {
        (name, address.name, path): asked_by(client, path) for name, client in people.items() for address, path in found
    }


def walkers(mine):
    """A stranger, three roles, and somebody who coordinates two regions: what the ways up differ in costs questions."""
    people = {"stranger": None}
    for role in (Role.COORDINATOR, Role.MUNICIPALITY_LEAD, Role.TEACHER):
        people[role.value] = factories.person(role, mine.region if role == Role.COORDINATOR else mine.town)
    people["coordinator of two regions"] = factories.person(Role.COORDINATOR, mine.region)
    factories.assignment(people["coordinator of two regions"], Role.COORDINATOR, factories.organisation())
    return {name: client_of(person) for name, person in people.items()}


@pytest.mark.parametrize("indexed", [False, True], ids=["without an index", "with an index"])
def test_it_asks_no_more_with_much_data_than_with_little(indexed, settings, tmp_path):
    settings.DATA_DIR = tmp_path  # an index, or none, of its own
    excused = EXCUSED if indexed else EXCUSED | EXCUSED_WITHOUT_INDEX
    mine = side(OUR_MARK)
    fill(mine.filler, LITTLE)
    people = walkers(mine)
    found = list(places(mine.filler))
    if indexed:
        index.rebuild()
    counted(people, found)  # what is kept from one request to the next is in place from now on
    little = counted(people, found)
    mine.filler.places(MUCH)
    fill(mine.filler, MUCH)
    if indexed:
        index.rebuild()
        assert index.search(Query(audience=frozenset({"all"}), kinds=("resource",))).plain is False
    much = counted(people, found)
    said = []
    for place, statements in much.items():
        name, address, path = place
        most = excused.get(address, (MOST, ""))[0]
        if len(statements) > most:
            said.append(
                f"{path} as {name} asks {len(statements)} times:\n  " + "\n  ".join(s[:150] for s in statements)
            )
        elif address not in excused and len(statements) > len(little[place]) + SLACK:
            new = [s[:150] for s in statements if s not in little[place]]
            said.append(
                f"{path} as {name}: {len(little[place])} with little, {len(statements)} with much:\n  "
                + "\n  ".join(new)
            )
    assert not said, "\n".join(said)


def test_it_sees_a_seeded_question_per_row(django_assert_max_num_queries):
    """The count of a page that asks for each row grows with the rows."""

    class Careless:
        def get(self, path):
            for organisation in type(mine.town).objects.all():
                str(organisation.parent)
            return factories_response()

    def factories_response():
        return type("Answer", (), {"streaming": False})()

    mine = side(OUR_MARK)
    little = len(asked_by(Careless(), "/"))
    side("Zmer")
    assert len(asked_by(Careless(), "/")) > little
