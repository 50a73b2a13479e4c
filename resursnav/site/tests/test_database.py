"""The database as a whole."""

import pytest
from django.db import connection

from resursnav.site.database import refresh_statistics
from resursnav.site.jobs import count_tables
from tests import factories


def counted() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl, stat FROM sqlite_stat1 WHERE tbl = 'organisations_organisation'")
        return cursor.fetchall()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts its tables by itself")
def test_it_tells_sqlite_how_large_its_tables_are():
    region = factories.organisation(code="24")
    refresh_statistics()
    little = counted()
    for number in range(30):
        factories.organisation(region, name=f"Kommun {number}", code=f"24{number:02}")
    assert count_tables() == 0
    assert little
    assert counted() != little


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "sqlite", reason="for PostgreSQL")
def test_it_leaves_the_counting_to_postgresql(django_assert_num_queries):
    with django_assert_num_queries(0):
        refresh_statistics()
