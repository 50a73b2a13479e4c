"""The demo's stock is planted once and has something of everything; and whole lists are taken at once."""

import pytest

from resursnav.deliver.stock import actions
from resursnav.deliver.stock.demo import plant
from resursnav.deliver.stock.models import Fault, Holding, Item, ItemState, MissingPart
from resursnav.foundation.threads.models import Record
from tests import factories

from .conftest import NOW, verbs

pytestmark = pytest.mark.django_db


def test_it_plants_a_centres_stock_once():
    assert plant(at=NOW) == 0
    south = factories.organisation(name="Kalmar län", code="08")
    factories.resource(south, "book", "guide", title="Stadens ljud")
    count = plant(at=NOW)
    assert count == Item.objects.filter(owner=south).count() > 120
    assert set(Item.objects.values_list("state", flat=True)) == set(ItemState.values)
    assert Fault.objects.open().filter(blocking=True).exists()
    assert MissingPart.objects.exists()
    assert Holding.objects.filter(kind="kit", parts__counted=False).exists()
    assert plant(at=NOW) == 0


def test_it_stocks_up_with_a_whole_list_and_leaves_what_is_there(centre, holding, told, monkeypatch):
    monkeypatch.setattr("resursnav.deliver.stock.actions.bulk.BATCH", 2)
    works = [factories.resource(centre, media) for media in ("book", "kit", "game")]
    wanted = [actions.Wanted(holding.resource_id, "film", "D 1", 9)]
    wanted += [
        actions.Wanted(work.pk, work.editions.get().media_type, f"V {at}", at + 1) for at, work in enumerate(works)
    ]
    assert actions.stock_up(owner=centre, wanted=wanted, name="gamla registret", by=None, at=NOW) == 6
    assert list(Holding.objects.order_by("pk").values_list("kind", flat=True)[1:]) == ["media", "kit", "media"]
    assert list(Item.objects.order_by("pk").values_list("barcode", flat=True))[::5] == ["000001", "000006"]
    assert [len(event.item_ids) for event in told] == [1, 2, 3]
    assert actions.stock_up(owner=centre, wanted=wanted, name="gamla registret", by=None, at=NOW) == 0
    assert verbs() == ["taken_in"]
    assert Record.objects.get().title == "gamla registret"
