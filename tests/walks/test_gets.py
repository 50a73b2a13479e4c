"""Reading changes nothing: no address writes to the database when it is asked with GET."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resursnav.foundation.organisations.models import Organisation

from .world import OUR_MARK, client_of, fill, places, side, some_viewers

pytestmark = pytest.mark.django_db

_WRITE = re.compile(
    r"^\s*(?:WITH\b.*?\)\s*)?(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b\s+(?:INTO\s+|FROM\s+)?\"?(\w+)",
    re.I | re.S,
)

# Tables that reading may touch, each with its reason.
TOUCHED = {
    "django_session": "the visit itself is kept here, never a thing of anybody's",
    "people_apitoken": "when a key was last used, noted at most once an hour",
}


def writes_in(statements):
    """The statements that write, except to the tables that reading may touch."""
    return [sql for sql in statements if (found := _WRITE.match(sql)) and found[2] not in TOUCHED]


def test_it_never_writes_on_get():
    mine = side(OUR_MARK)
    fill(mine.filler)
    said = []
    for name, person in some_viewers(mine.town).items():
        client = client_of(person)
        for _address, path in places(mine.filler):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                answer = client.get(path)
                if answer.streaming:
                    b"".join(answer.streaming_content)
            said += [f"{path} as {name}: {sql[:120]}" for sql in writes_in(query["sql"] for query in asked)]
    assert said == []


@pytest.mark.parametrize(
    "write",
    [
        lambda: Organisation.objects.create(kind="region", name="x"),
        lambda: Organisation.objects.update(name="y"),
        lambda: Organisation.objects.filter(name="x").delete(),
        lambda: connection.cursor().execute("WITH a AS (SELECT 1) UPDATE organisations_organisation SET name = 'z'"),
    ],
)
def test_it_catches_a_seeded_write(write):
    Organisation.objects.create(kind="region", name="x")
    with CaptureQueriesContext(connection) as asked:
        write()
    assert writes_in(query["sql"] for query in asked)


def test_it_lets_reads_and_the_visit_pass():
    assert (
        writes_in(["SELECT 1", 'UPDATE "django_session" SET x = 1', "SAVEPOINT a", "WITH a AS (SELECT 1) SELECT 1"])
        == []
    )
