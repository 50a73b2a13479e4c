"""Items moved and relabelled, parts counted, places and numbers kept."""

from dataclasses import replace
from decimal import Decimal

import pytest

from resursnav.deliver.stock import actions
from resursnav.deliver.stock.actions import keeping, parts
from resursnav.deliver.stock.facts import ItemFacts, PartFacts
from resursnav.deliver.stock.models import BarcodeSeries, Item, MissingPart, PartLine, StockPlace
from resursnav.foundation.threads.models import Record
from tests import factories

from .conftest import NOW, verbs

pytestmark = pytest.mark.django_db


def test_it_says_something_else_of_an_item(item, centre):
    facts = ItemFacts(item.place, "B 2", "worn", "Asken byttes", Decimal("120.00"))
    late = item.updated_at
    changed = actions.edit_item(item=item, barcode=" d-9 ", facts=facts, by=None, at=NOW, seen_at=late)
    assert (changed.barcode, changed.shelf, changed.condition) == ("D-9", "B 2", "worn")
    actions.edit_item(item=item, barcode="D-9", facts=facts, by=None, at=NOW)
    assert verbs() == ["item_edited"]
    with pytest.raises(actions.Overtaken):
        actions.edit_item(item=item, barcode="D-9", facts=facts, by=None, at=NOW, seen_at=late)


@pytest.mark.parametrize(
    ("barcode", "facts", "says"),
    [
        ("D-002", ItemFacts(), "sitter redan"),
        ("", ItemFacts(), "tom"),
        ("å", ItemFacts(), "3-24 tecken"),
        ("D-001", ItemFacts(value=Decimal("1e9")), "10000000|siffr"),
        ("D-001", ItemFacts(shelf="x" * 61), "60"),
    ],
)
def test_it_keeps_what_was_when_something_is_wrong(item, holding, barcode, facts, says):
    factories.item(holding, barcode="D-002")
    with pytest.raises(actions.UnableToStock, match=says):
        actions.edit_item(item=item, barcode=barcode, facts=facts, by=None, at=NOW)
    assert Item.objects.get(pk=item.pk).barcode == "D-001"


def test_it_moves_many_at_once(holding, centre, monkeypatch):
    place = factories.stock_place(centre, name="Källaren")
    items = [factories.item(holding) for _ in range(3)]
    actions.move_items(items=items, place=place, shelf=" C  1 ", by=None, at=NOW)
    assert set(Item.objects.values_list("place__name", "shelf")) == {("Källaren", "C 1")}
    assert verbs() == ["moved"] * 3
    with pytest.raises(actions.UnableToStock, match="annan organisation"):
        actions.move_items(
            items=items, place=factories.stock_place(factories.organisation()), shelf="", by=None, at=NOW
        )
    monkeypatch.setattr(keeping, "MOST", 2)
    with pytest.raises(actions.UnableToStock, match="högst 2"):
        actions.move_items(items=items, place=None, shelf="", by=None, at=NOW)


@pytest.fixture
def kit(centre):
    kit = factories.holding(factories.resource(centre, "kit", title="Bluebot"))
    lines = [PartFacts("Robot", 6), PartFacts("Laddkabel", 2), PartFacts("Pennor", counted=False)]
    actions.set_parts(holding=kit, parts=lines, by=None, at=NOW)
    return kit


def said(kit):
    return [(part.name, part.quantity, part.counted) for part in kit.parts.all()]


def test_it_lists_what_shall_lie_in_a_kit(kit):
    assert said(kit) == [("Robot", 6, True), ("Laddkabel", 2, True), ("Pennor", 1, False)]
    assert Record.objects.get().after == {"parts": "6 Robot, 2 Laddkabel, Pennor"}
    again = [PartFacts(*line) for line in said(kit)]
    actions.set_parts(holding=kit, parts=again, by=None, at=NOW)
    assert verbs() == ["parts_set"]


def test_it_keeps_what_is_missing_when_the_list_changes(kit):
    item = factories.item(kit)
    robot, cable, _pens = kit.parts.all()
    actions.note_missing(item=item, missing={robot.pk: 5, cable.pk: 1}, by=None, at=NOW)
    actions.set_parts(
        holding=kit, parts=[PartFacts("Laddkabel", 2, counted=False), PartFacts("Robot", 4)], by=None, at=NOW
    )
    assert said(kit) == [("Laddkabel", 2, False), ("Robot", 4, True)]
    assert list(MissingPart.objects.values_list("part__name", "quantity")) == [("Robot", 4)]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([PartFacts("Robot"), PartFacts(" Robot ")], "två gånger"),
        ([PartFacts("Robot", 0)], "1"),
        ([PartFacts("Robot", 1000)], "999"),
        ([PartFacts(" ")], "tom"),
        ([PartFacts("x" * 121)], "120"),
    ],
)
def test_it_keeps_the_list_when_something_is_wrong(kit, lines, says):
    before = said(kit)
    with pytest.raises(actions.UnableToStock, match=says):
        actions.set_parts(holding=kit, parts=lines, by=None, at=NOW)
    assert said(kit) == before


def test_it_takes_no_endless_list(kit, monkeypatch):
    monkeypatch.setattr(parts, "MOST", 1)
    with pytest.raises(actions.UnableToStock, match="högst 1 rader"):
        actions.set_parts(holding=kit, parts=[PartFacts("A"), PartFacts("B")], by=None, at=NOW)


def test_it_notes_what_is_missing_and_what_came_back(kit):
    item, (robot, cable, _pens) = factories.item(kit), kit.parts.all()
    for missing in ({robot.pk: 2, cable.pk: 1}, {robot.pk: 2, cable.pk: 1}, {robot.pk: 1, cable.pk: 0}, {}):
        actions.note_missing(item=item, missing=missing, by=None, at=NOW)
    assert MissingPart.objects.count() == 0
    told = [record.after for record in Record.objects.filter(verb="stock.parts_missing").order_by("pk")]
    assert told == [{"missing": "2 Robot, 1 Laddkabel"}, {"missing": "1 Robot"}, {"missing": ""}]


@pytest.mark.parametrize("quantity", [-1, 7, 10**9])
def test_it_misses_no_more_than_there_should_be(kit, quantity):
    item, robot = factories.item(kit), kit.parts.first()
    with pytest.raises(actions.UnableToStock, match="Så många"):
        actions.note_missing(item=item, missing={robot.pk: quantity}, by=None, at=NOW)


def test_it_misses_nothing_that_is_not_counted_or_not_of_the_kit(kit):
    item = factories.item(kit)
    other = PartLine.objects.create(holding=factories.holding(), name="Annat")
    for part in (kit.parts.last(), other):
        with pytest.raises(actions.UnableToStock):
            actions.note_missing(item=item, missing={part.pk: 1}, by=None, at=NOW)
    assert str(MissingPart(item=item, part=other, quantity=2)) == f"{item.pk}: 2"
    assert str(other) == "Annat"


def place(owner, **fields):
    given = {"code": " m 1 ", "name": " Magasinet ", "shelves": "A 1\n\n A  2 \n", **fields}
    return actions.add_place(owner=owner, by=None, at=NOW, **given)


def test_it_keeps_places_with_shelves_in_order(centre):
    made = place(centre)
    assert (made.code, made.name, made.shelf_names(), str(made)) == ("M1", "Magasinet", ["A 1", "A 2"], "Magasinet")
    changed = actions.edit_place(place=made, code="M2", name="Källaren", shelves="", by=None, at=NOW)
    assert (changed.code, changed.shelf_names()) == ("M2", [])
    actions.edit_place(place=made, code="M2", name="Källaren", shelves="", by=None, at=NOW)
    actions.remove_place(place=made, by=None, at=NOW)
    assert verbs() == ["place_added", "place_edited", "place_removed"]


def test_it_keeps_no_place_without_a_name_or_with_anothers_code(centre):
    place(centre)
    for wrong in ({}, {"code": ""}, {"name": " "}, {"code": "M" * 13}):
        with pytest.raises(actions.UnableToStock):
            place(centre, **wrong)
    assert StockPlace.objects.count() == 1


def test_it_removes_no_place_where_something_stands(item):
    with pytest.raises(actions.UnableToStock, match="Flytta dem först"):
        actions.remove_place(place=item.place, by=None, at=NOW)


def test_it_sets_the_numbers_that_come(centre):
    said = {"owner": centre, "prefix": " k- ", "digits": 4, "next_number": 70, "by": None, "at": NOW}
    assert str(actions.set_series(**said)) == "K-0070"
    actions.set_series(**said)
    assert verbs() == ["series_set"]
    for wrong in ({"prefix": "Å"}, {"digits": 2}, {"digits": 13}, {"next_number": -1}, {"prefix": "x" * 11}):
        with pytest.raises(actions.UnableToStock):
            actions.set_series(**said | wrong)
    assert str(BarcodeSeries.objects.get()) == "K-0070"


def test_it_names_things_in_words(item, holding):
    assert str(item) == "D-001"
    assert replace(ItemFacts(), shelf="A").shelf == "A"
    assert item.is_lendable
