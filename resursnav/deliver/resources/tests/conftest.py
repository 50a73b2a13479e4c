"""A county with a centre, a municipality and a school, and people in it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from resursnav.deliver.curriculum.models import CentralContent, Curriculum, Placement, Stage, Subject, Version
from resursnav.deliver.resources import actions
from resursnav.deliver.resources.models import Creator, Edition, Link, SubjectTerm
from resursnav.foundation.access import Role
from resursnav.foundation.search import index
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


@pytest.fixture
def points(db, at):
    subject = Subject.objects.create(code="GRGRTEK01", name="Teknik")
    version = Version.objects.create(
        subject=subject, number=1, read_at=at, curriculum=Curriculum.objects.create(code="LGR22", name="Lgr22")
    )
    stage = Stage.objects.create(version=version, code="4-6", first_year=4, last_year=6, position=1)
    made = []
    for number, text in enumerate(["=Styra egna konstruktioner.", "Hur vanliga system fungerar."]):
        point = CentralContent.objects.create(key=f"TEK-{number}", subject=subject, stage_code="4-6", text=text)
        Placement.objects.create(stage=stage, content=point, position=number)
        made.append(point)
    return made


@pytest.fixture
def shelf(county, at, points):
    """A resource with much around it, a draft, and twenty more."""
    subjects = SubjectTerm.objects.filter(code__in=["TEK", "MAT"])
    film = factories.resource(
        county.region, "film", "guide", title="Robotar i norr", description="Om robotar.", subjects=subjects,
        grade_from=4, grade_to=6, school_forms=["GR"], licence="TEACHING", accessibility=["transcript"],
    )  # fmt: skip
    Creator.objects.create(resource=film, name="Åsa Berg", role="director")
    Link.objects.create(resource=film, url="https://example.org/mer", label="Mer")
    Edition.objects.filter(resource=film, media_type="guide").update(url="https://example.org/handledning")
    actions.map_to_point(resource=film, point=points[0], note="Bra", by=county.expert, at=at)
    tip = actions.add_tip(
        resource=film, headline="Bygg i par", text="Byt roll varje kvart, så får alla prova.", by=county.teacher, at=at
    )
    actions.approve_tip(tip=tip, by=county.expert, at=at)
    actions.use(resource=film, by=county.teacher, at=at)
    for number in range(20):
        factories.resource(county.region, "web", title=f"Robot nummer {number}", subjects=subjects)
    draft = factories.resource(county.region, status="draft", title="Hemlig robot")
    return film, draft


@pytest.fixture
def indexed(shelf):
    """The same, found through an index."""
    index.rebuild()
    return shelf
