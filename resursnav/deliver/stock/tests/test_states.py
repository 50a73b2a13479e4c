"""An item's ways out of lending and back, what is told of them, and what is refused."""

from datetime import date, timedelta

import pytest

from resursnav.deliver.stock import actions, jobs
from resursnav.deliver.stock.actions import states
from resursnav.deliver.stock.events import ItemLeft, ItemReturned
from resursnav.deliver.stock.models import Fault, Item
from resursnav.foundation.threads.models import Record
from tests import factories

from .conftest import NOW, TODAY, verbs

pytestmark = pytest.mark.django_db
NEXT, LATER = date(2026, 12, 4), date(2026, 12, 18)


def do(verb, item, **said):
    return getattr(actions, verb)(item=item, by=None, at=NOW, **said)


def test_it_sends_an_item_to_service_and_takes_it_back(item, told):
    sent = do("send_to_service", item, where=" Robot AB ", back_date=NEXT, note="Vänster hjul")
    assert (sent.state, sent.out_from, sent.back_date, sent.service_at) == ("service", TODAY, NEXT, "Robot AB")
    assert told == [ItemLeft(item.pk, item.holding_id, "service")]
    back = do("back_from_service", item)
    assert (back.state, back.out_from, back.back_date, back.service_at) == ("in_use", None, None, "")
    assert told[1:] == [ItemReturned(item.pk, item.holding_id)]
    assert verbs() == ["served", "back"]
    assert Record.objects.get(verb="stock.served").said == "Vänster hjul"


def test_it_tells_when_the_promise_moves(item, told):
    for back in (NEXT, LATER, NEXT, None, NEXT, NEXT):
        do("send_to_service", item, back_date=back)
    assert [type(event) for event in told] == [ItemLeft, ItemLeft, ItemReturned, ItemLeft, ItemReturned]


def test_it_keeps_the_first_day_on_which_it_was_away(item):
    do("send_to_service", item)
    actions.send_to_service(item=item, where="Fabriken", by=None, at=NOW + timedelta(days=3))
    assert Item.objects.get().out_from == TODAY


@pytest.mark.parametrize("back", [TODAY, date(2020, 1, 1)])
def test_it_promises_no_day_that_has_been(item, back):
    with pytest.raises(actions.UnableToStock, match="efter i dag"):
        do("send_to_service", item, back_date=back)


def test_it_misses_and_finds_an_item(item, told):
    assert do("report_missing", item, note="Inte på hyllan").state == "missing"
    assert do("report_found", item).state == "in_use"
    assert told == [ItemLeft(item.pk, item.holding_id, "missing"), ItemReturned(item.pk, item.holding_id)]


def test_it_sends_what_was_found_broken_to_service(item, told):
    do("report_fault", item, text="Sprucken", blocking=True)
    do("report_missing", item)
    assert do("report_found", item).state == "service"
    assert [type(event) for event in told] == [ItemLeft]  # it could not be lent before either


def test_it_retires_with_a_reason_and_takes_it_back(item, told):
    [gone] = actions.retire(items=[item], reason=" Sliten ", by=None, at=NOW)
    assert (gone.state, gone.retired_reason, gone.retired_at) == ("retired", "Sliten", NOW)
    assert do("unretire", item).state == "in_use"
    assert [type(event) for event in told] == [ItemLeft, ItemReturned]
    assert verbs() == ["retired", "unretired"]


def test_it_retires_many_or_none(holding):
    items = [factories.item(holding) for _ in range(3)]
    actions.retire(items=items[:1], reason="Sliten", by=None, at=NOW)
    with pytest.raises(actions.UnableToStock, match="är gallrat"):
        actions.retire(items=items, reason="Sliten", by=None, at=NOW)
    assert Item.objects.filter(state="retired").count() == 1
    with pytest.raises(actions.UnableToStock, match="varför"):
        actions.retire(items=items, reason=" ", by=None, at=NOW)


def test_it_retires_not_too_many_at_once(item, monkeypatch):
    monkeypatch.setattr(states, "MOST", 0)
    with pytest.raises(actions.UnableToStock, match="högst 0"):
        actions.retire(items=[item], reason="Sliten", by=None, at=NOW)


@pytest.mark.parametrize(
    ("state", "verb", "says"),
    [
        ("in_use", "back_from_service", "är i bruk"),
        ("in_use", "report_found", "är i bruk"),
        ("in_use", "unretire", "är i bruk"),
        ("service", "report_found", "är på service"),
        ("missing", "send_to_service", "saknat"),
        ("missing", "report_missing", "saknat"),
        ("retired", "send_to_service", "gallrat"),
        ("retired", "report_missing", "gallrat"),
    ],
)
def test_it_does_nothing_that_the_state_forbids(holding, state, verb, says):
    away = {"out_from": TODAY} if state in ("service", "missing") else {}
    gone = {"retired_at": NOW, "retired_reason": "Sliten"} if state == "retired" else {}
    item = factories.item(holding, state=state, **away, **gone)
    with pytest.raises(actions.UnableToStock, match=says):
        do(verb, item)
    assert Item.objects.get().state == state
    assert verbs() == []


def test_it_stops_counting_on_what_did_not_come_back(item, holding, told, monkeypatch):
    other = factories.item(holding)
    for one, back in ((item, TODAY + timedelta(days=1)), (other, LATER)):
        do("send_to_service", one, where="Robot AB", back_date=back)
    late = NOW + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    assert jobs.forget_promises() == 1
    assert jobs.forget_promises() == 0
    found = Item.objects.get(pk=item.pk)
    assert (found.back_date, found.service_at, found.out_from) == (None, "Robot AB", TODAY)
    assert told[2:] == [ItemLeft(item.pk, holding.pk, "service")]
    assert verbs()[-1] == "service_late"


def test_it_leaves_what_came_back_meanwhile(item, monkeypatch):
    do("send_to_service", item, back_date=NEXT)
    late = Item.objects.late_from_service(NEXT)
    assert list(late) == [item]
    do("back_from_service", item)
    monkeypatch.setattr(states.Item.objects, "late_from_service", lambda day: Item.objects.filter(pk=item.pk))
    assert actions.forget_promises(by=None, at=NOW) == 0


def test_it_blocks_by_a_fault_and_lends_again_when_it_is_mended(item, told):
    fault = do("report_fault", item, text=" Går inte att ladda ", blocking=True)
    assert (fault.text, Item.objects.get().state) == ("Går inte att ladda", "service")
    second = do("report_fault", item, text="Repig", blocking=True)
    actions.mend(fault=fault, note="Nytt batteri", by=None, at=NOW)
    assert Item.objects.get().state == "service"
    actions.mend(fault=second, by=None, at=NOW)
    assert Item.objects.get().state == "in_use"
    assert [type(event) for event in told] == [ItemLeft, ItemReturned]
    assert verbs() == ["fault", "fault", "mended", "mended"]
    with pytest.raises(actions.UnableToStock, match="redan"):
        actions.mend(fault=second, by=None, at=NOW)


def test_it_lends_with_a_fault_that_does_not_block(item, told):
    fault = do("report_fault", item, text="Repig ask", blocking=False)
    assert list(Fault.objects.open()) == [fault]
    actions.mend(fault=fault, by=None, at=NOW)
    assert (Item.objects.get().state, told) == ("in_use", [])


def test_it_keeps_an_item_that_is_away_though_its_fault_is_mended(item):
    fault = do("report_fault", item, text="Trasig", blocking=True)
    do("send_to_service", item, where="Robot AB")
    actions.mend(fault=fault, by=None, at=NOW)
    assert Item.objects.get().state == "service"


def test_it_closes_faults_with_the_service(item):
    do("report_fault", item, text="Trasig", blocking=True)
    small = do("report_fault", item, text="Repig", blocking=False)
    do("back_from_service", item, note="Lagad")
    assert list(Fault.objects.open()) == [small]


@pytest.mark.parametrize(("text", "says"), [("", "vad som är fel"), ("x" * 501, "500")])
def test_it_wants_to_know_what_is_wrong(item, text, says):
    with pytest.raises(actions.UnableToStock, match=says):
        do("report_fault", item, text=text, blocking=False)


def test_it_takes_no_fault_on_what_is_retired(item):
    actions.retire(items=[item], reason="Sliten", by=None, at=NOW)
    with pytest.raises(actions.UnableToStock, match="gallrat"):
        do("report_fault", item, text="Trasig", blocking=True)
