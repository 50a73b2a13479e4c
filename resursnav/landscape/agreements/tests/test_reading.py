"""An agreement's rights with their places, read in one statement, are the same as read one kind after another."""

from resursnav.landscape.agreements import actions, reading
from resursnav.landscape.agreements.facts import RightFacts

from .conftest import AT


def shown(rights):
    return [
        (right.pk, right.way, [(m.pk, m.organisation_id, m.organisation.name, m.included, m.inside) for m in places])
        for right in rights
        for places in [right.places.all()]
    ]


def test_rights_and_places_come_in_one_statement(county, agreement, django_assert_num_queries):
    said = {"by": None, "at": AT}
    for way, marks in (
        ("copy", {}),
        ("loan", {county.region: True, county.town: False, county.school: True, county.neighbour: False}),
        ("public", {county.neighbour: True, county.town: True}),
    ):
        right = actions.add_right(agreement=agreement, facts=RightFacts(way=way), **said)
        for place, included in marks.items():
            actions.mark_place(right=right, organisation=place, included=included, **said)
    with django_assert_num_queries(1):
        found = shown(reading.of_agreement(agreement))
    assert found == shown(reading.with_places(agreement.rights.all()))
    assert any(inside for _pk, _way, places in found for *_more, inside in places)
    assert any(not places for _pk, _way, places in found)
