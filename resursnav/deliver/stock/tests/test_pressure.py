"""Two at once: no barcode twice and nobody's list written over, and the tests could see it if it were."""

import threading
from contextlib import suppress

import pytest
from django.db import IntegrityError, connections

from resursnav.deliver.stock import actions
from resursnav.deliver.stock.actions import adding, keeping, parts
from resursnav.deliver.stock.facts import ItemFacts, PartFacts
from resursnav.deliver.stock.models import Holding, Item, PartLine
from tests import factories

from .conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 6


def at_once(verbs):
    """Do all at the same moment; what each came to: what it answered, or what it raised."""
    ready = threading.Barrier(len(verbs))
    came = [None] * len(verbs)

    def run(number, verb):
        try:
            ready.wait(20)
            came[number] = verb()
        except Exception as problem:
            came[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came


def kinds(came):
    return sorted(type(one).__name__ for one in came)


def holdings(number):
    """So many holdings of one centre: each has a lock of its own."""
    centre = factories.organisation(name="Region Kalmar län")
    return [factories.holding(factories.resource(centre, "kit"), items=0) for _ in range(number)]


def both_have_looked(monkeypatch, module, name):
    """Let nobody write before two have looked, where the database lets two look at once."""
    looked, known = threading.Barrier(2), getattr(module, name)

    def look(*said, **named):
        found = known(*said, **named)
        with suppress(threading.BrokenBarrierError):
            looked.wait(timeout=1)
        return found

    monkeypatch.setattr(module, name, look)


def add(holding, code="K-001"):
    return lambda: actions.add_items(holding=holding, count=1, first_barcode=code, by=None, at=NOW)


@pytest.mark.parametrize("number", [1, CLIENTS], ids=["one holding", "many holdings"])
def test_many_take_the_same_barcode_and_one_gets_it(number):
    found = holdings(number)
    came = at_once([add(found[turn % number]) for turn in range(CLIENTS)])
    assert kinds(came) == ["UnableToStock"] * (CLIENTS - 1) + ["list"]
    assert Item.objects.get().barcode == "K-001"


def test_the_second_of_two_who_both_saw_it_free_is_told(monkeypatch):
    first, second = holdings(2)
    both_have_looked(monkeypatch, adding, "_in_a_row")
    came = at_once([add(first), add(second)])
    assert kinds(came) == ["UnableToStock", "list"]
    [refused] = [one for one in came if isinstance(one, actions.UnableToStock)]
    assert refused.field == "first_barcode"
    assert Item.objects.count() == 1


def test_what_was_taken_after_the_look_is_refused_in_words(monkeypatch):
    """The same, without leaving it to chance: the look sees nothing of what is there."""
    [holding] = holdings(1)
    there, other = factories.item(holding, barcode="K-002"), factories.item(holding)
    monkeypatch.setattr(adding, "_in_a_row", lambda *said: ["K-001", "K-002"])
    with pytest.raises(actions.UnableToStock, match="tog just en av streckkoderna") as refused:
        add(holding)()
    assert refused.value.field == "first_barcode"
    monkeypatch.setattr(keeping, "check", lambda item: None)
    with pytest.raises(actions.UnableToStock, match="tog just streckkoden") as refused:
        actions.edit_item(item=other, barcode="K-002", facts=ItemFacts(condition="good"), by=None, at=NOW)
    assert refused.value.field == "barcode"
    assert set(Item.objects.values_list("pk", flat=True)) == {there.pk, other.pk}


def test_the_net_below_holds_when_nobody_looks():
    """The negative control: written without looking, only the database says no, and not in words."""
    found = holdings(2)
    said = {"owner": found[0].owner, "barcode": "K-001", "added_at": NOW, "updated_at": NOW}
    came = at_once([lambda one=one: Item.objects.create(holding=one, **said) for one in found])
    assert kinds(came) == sorted([IntegrityError.__name__, "Item"])


def test_two_items_take_the_same_new_barcode_and_one_gets_it(monkeypatch):
    items = [factories.item(one) for one in holdings(2)]
    both_have_looked(monkeypatch, keeping, "check")

    def name(item):
        return lambda: actions.edit_item(item=item, barcode="K-9", facts=ItemFacts(condition="good"), by=None, at=NOW)

    came = at_once([name(item) for item in items])
    assert kinds(came) == ["Item", "UnableToStock"]
    assert Item.objects.filter(barcode="K-9").count() == 1


def write(holding, name):
    return lambda: actions.set_parts(
        holding=holding, parts=[PartFacts(name, 1, counted=True)], by=None, at=NOW, seen_at=holding.updated_at
    )


def test_of_many_who_write_a_parts_list_one_is_first_and_the_others_are_told():
    [kit] = holdings(1)
    came = at_once([write(kit, f"Del {turn}") for turn in range(CLIENTS)])
    assert kinds(came) == ["Overtaken"] * (CLIENTS - 1) + ["list"]
    assert PartLine.objects.count() == 1
    assert Holding.objects.get().updated_at == NOW


def test_without_looking_at_the_version_the_last_would_write_over_the_others(monkeypatch):
    """The negative control: the lock alone lets all write, each over the one before."""
    [kit] = holdings(1)
    known = parts.held
    monkeypatch.setattr(parts, "held", lambda holding, seen_at=None: known(holding))
    came = at_once([write(kit, f"Del {turn}") for turn in range(2)])
    assert kinds(came) == ["list", "list"]
    assert PartLine.objects.count() == 1
