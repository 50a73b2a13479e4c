"""The database as a whole."""

import pytest
from django.db import connection

from resursnav.site.database import refresh_statistics
from resursnav.site.jobs import count_tables
from tests import factories


def counted() -> list[tuple[str, ...]]:
    """What the database believes of the organisations' table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'organisations_organisation' ORDER BY 1")
        else:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'organisations_organisation'")
        return cursor.fetchall()


@pytest.mark.django_db
def test_it_tells_the_database_how_large_its_tables_are():
    region = factories.organisation(code="24")
    refresh_statistics()
    little = counted()
    for number in range(30):
        factories.organisation(region, name=f"Kommun {number}", code=f"24{number:02}")
    assert counted() == little
    assert count_tables() == 0
    assert little
    assert counted() != little
