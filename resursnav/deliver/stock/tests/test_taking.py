"""Items from a table: what is new, what changes, what is wrong; done once, and the same again changes nothing."""

from decimal import Decimal

import pytest

from resursnav.deliver.stock import taking
from resursnav.deliver.stock.events import ItemsAdded
from resursnav.deliver.stock.models import Holding, Item
from resursnav.foundation.imports import actions as imports
from resursnav.foundation.imports.reasons import Unreadable
from tests import factories

from .conftest import NOW, verbs

pytestmark = pytest.mark.django_db
HEAD = "Streckkod;Nummer;Form;Plats;Hylla;Skick;Värde;Anteckning"


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def sent(centre, *rows, head=HEAD):
    content = "\n".join([head, *rows]).encode()
    batch = imports.receive(
        kind=taking.KIND, name="exemplar.csv", content=[content], organisation=centre, by=None, at=NOW
    )
    return imports.check(batch=batch, at=NOW)


def done(batch):
    imports.confirm(batch=batch, by=None, at=NOW)
    return imports.apply(batch=batch, at=NOW)


def counts(batch):
    return batch.status, batch.new, batch.changed, batch.same, batch.wrong


def test_it_takes_in_a_table_twice_without_doubles(centre, item, holding, told):
    kit = factories.resource(centre, "kit", title="Bluebot", own_number="K 7")
    rows = [
        "d-001;D 1234;film;M1;B 2;sliten;349,50 kr;Skrapad",
        "D-002;D 1234;;;;;;",
        "K-001;K 7;;M1;;som ny;4 995;",
        "K-002;K 7;låda eller set;;;;;",
    ]
    batch = sent(centre, *rows)
    assert counts(batch) == ("checked", 3, 1, 0, 0)
    assert Item.objects.count() == 1
    assert counts(done(batch)) == ("applied", 3, 1, 0, 0)
    changed = Item.objects.get(barcode="D-001")
    assert (changed.shelf, changed.condition, changed.value) == ("B 2", "worn", Decimal("349.50"))
    opened = Holding.objects.get(resource=kit)
    assert set(opened.items.values_list("barcode", "condition", "place__code")) == {
        ("K-001", "new", "M1"),
        ("K-002", "good", None),
    }
    assert [type(event) for event in told] == [ItemsAdded, ItemsAdded]
    assert verbs()[-1] == "taken_in"
    again = sent(centre, *rows)
    assert counts(again) == ("checked", 0, 0, 4, 0)


def test_it_leaves_alone_what_the_file_says_nothing_of(centre, item):
    Item.objects.update(note="Vår egen", shelf="A1")
    done(sent(centre, "D-001;B9", head="Streckkod;Hylla"))
    found = Item.objects.get()
    assert (found.shelf, found.note, found.place) == ("B9", "Vår egen", item.place)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("å;D 1234;;;;;;", "stock.bad_barcode"),
        ("T-9;D 1234;;;;;;", "stock.retired"),
        ("N-1;;;;;;;", "stock.no_number"),
        ("N-1;X 1;;;;;;", "stock.unknown_number"),
        ("N-1;W 1;;;;;;", "stock.which_form"),
        ("N-1;B 1;;;;;;", "stock.which_form"),
        ("N-1;B 1;kit;;;;;", "stock.which_form"),
        ("D-001;B 1;book;;;;;", "stock.other_holding"),
        ("N-1;D 1234;;M9;;;;", "stock.unknown_place"),
        ("N-1;D 1234;;;;perfekt;;", "stock.unknown_condition"),
        ("N-1;D 1234;;;;;-5;", "stock.bad_value"),
        ("N-1;D 1234;;;;;gratis;", "stock.bad_value"),
        ("N-1;D 1234;;;;;1e30;", "stock.bad_value"),
        ("D-001;D 1234;;;;;;\nD-001;D 1234;;;;;;", "record.twice"),
        ("N-1;D 1234;;;;;;;;;;x", "row.too_many_cells"),
    ],
)
def test_it_says_what_is_wrong_with_a_row(centre, item, holding, row, reason):
    factories.item(holding, barcode="T-9", state="retired", retired_at=NOW, retired_reason="Sliten")
    factories.resource(centre, "stream", own_number="W 1")
    factories.resource(centre, "book", "guide", own_number="B 1")
    batch = sent(centre, row)
    assert [problem.reason for problem in batch.problems.wrong()] == [reason]
    assert batch.new == 0


def test_it_finds_a_resource_by_the_number_of_its_edition(centre):
    resource = factories.resource(centre, "book", "guide", own_number="B 1")
    resource.editions.filter(media_type="book").update(number="B 1:1")
    batch = sent(centre, "N-1;B 1:1;;;;;;", "N-2;B 1;lärarhandledning;;;;;")
    assert counts(batch) == ("checked", 2, 0, 0, 0)
    done(batch)
    assert set(Item.objects.values_list("barcode", "holding__media_type")) == {("N-1", "book"), ("N-2", "guide")}


def test_it_finds_nothing_of_another_centre(centre):
    factories.holding(number="D 99")
    assert [one.reason for one in sent(centre, "N-1;D 99;;;;;;").problems.all()] == ["stock.unknown_number"]


def test_it_refuses_a_table_without_barcodes(centre):
    assert sent(centre, "A;B", head="Nummer;Hylla").status == "refused"


def test_it_refuses_a_table_that_is_too_long(centre, item, monkeypatch, tmp_path):
    monkeypatch.setattr(taking, "MOST", 1)
    path = tmp_path / "a.csv"
    path.write_text("Streckkod;Hylla\nD-001;A\nD-002;B\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="too_many"):
        taking.plan(path, centre.pk)


def test_it_reads_many_rows_a_few_at_a_time(centre, holding, monkeypatch):
    monkeypatch.setattr(taking, "CHUNK", 2)
    assert sent(centre, *(f"N-{number};D 1234;;;;;;" for number in range(5))).new == 5


def test_it_changes_nothing_when_the_stock_has_moved_on(centre, holding):
    batch = sent(centre, "N-1;D 1234;;;;;;")
    factories.item(holding, barcode="N-1")
    assert done(batch).status == "failed"
    assert Item.objects.count() == 1
