"""Mapping resources to points of the curriculum."""

import pytest

from resursnav.deliver.curriculum.models import CentralContent, Subject
from resursnav.deliver.resources.actions import map_to_point, unmap
from resursnav.foundation.threads.models import Record
from tests import factories


@pytest.fixture
def point(db):
    subject = Subject.objects.create(code="GRGRTEK01", name="Teknik")
    return CentralContent.objects.create(
        key="TEK-1", subject=subject, stage_code="4-6", text="Styra egna konstruktioner."
    )


def test_it_is_said_once_by_somebody_with_a_note(county, at, point):
    thing = factories.resource(county.region)
    map_to_point(resource=thing, point=point, note="Bra start", by=county.expert, at=at)
    mapping = map_to_point(resource=thing, point=point, note="Bättre än väntat", by=county.coordinator, at=at)
    assert thing.mappings.get() == mapping
    assert (mapping.note, mapping.mapped_by) == ("Bättre än väntat", county.expert)
    assert Record.objects.filter(verb="resources.mapped").count() == 1


def test_it_is_taken_back(county, at, point):
    thing = factories.resource(county.region)
    unmap(mapping=map_to_point(resource=thing, point=point, by=county.expert, at=at), by=county.expert, at=at)
    assert not thing.mappings.exists()
    assert Record.objects.get(verb="resources.unmapped").before == {"point": "TEK-1"}
