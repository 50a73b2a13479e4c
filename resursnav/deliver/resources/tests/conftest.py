"""A county with a centre, a municipality and a school, and people in it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from resursnav.foundation.access import Role
from tests import factories

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass
class County:
    region: object
    town: object
    school: object
    coordinator: object
    expert: object
    teacher: object
    librarian: object


@pytest.fixture
def county(db):
    region = factories.organisation(name="Region Norr")
    town = factories.organisation(region, name="Björkby kommun")
    school = factories.organisation(town, name="Björkskolan")
    return County(
        region=region,
        town=town,
        school=school,
        coordinator=factories.person(Role.COORDINATOR, region),
        expert=factories.person(Role.EXPERT, region),
        teacher=factories.person(Role.TEACHER, school),
        librarian=factories.person(Role.SCHOOL_LIBRARIAN, school),
    )


@pytest.fixture
def at():
    return AT


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
