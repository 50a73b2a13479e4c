"""Events: told at once, in order, inside the teller's doing, and failing loudly."""

from dataclasses import dataclass

import pytest

from resursnav.kernel import events
from resursnav.kernel.events import on, tell, wires


@dataclass(frozen=True)
class Moved:
    what: str


@dataclass(frozen=True)
class MovedFar(Moved):
    pass


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    monkeypatch.setattr(events, "_listeners", type(events._listeners)(list))


def test_it_tells_in_the_order_of_connecting():
    heard = []
    on(Moved)(lambda event: heard.append(("first", event.what)))
    on(Moved)(lambda event: heard.append(("second", event.what)))
    tell(Moved("skolan"))
    assert heard == [("first", "skolan"), ("second", "skolan")]


def test_it_hands_the_listener_back():
    def listener(event: Moved) -> None: ...

    assert on(Moved)(listener) is listener


def test_it_connects_a_listener_once():
    heard = []

    def listener(event: Moved) -> None:
        heard.append(event)

    on(Moved)(listener)
    on(Moved)(listener)
    tell(Moved("skolan"))
    assert len(heard) == 1


def test_it_tells_only_those_who_asked_for_that_very_kind():
    heard = []
    on(Moved)(heard.append)
    tell(MovedFar("skolan"))
    tell("something else")
    assert heard == []


def test_it_fails_as_the_listener_fails_and_stops_there():
    heard = []

    def broken(event: Moved) -> None:
        raise LookupError("no such school")

    on(Moved)(broken)
    on(Moved)(heard.append)
    with pytest.raises(LookupError, match="no such school"):
        tell(Moved("skolan"))
    assert heard == []


def test_it_knows_its_wires_by_name():
    def b(event: Moved) -> None: ...

    def a(event: Moved) -> None: ...

    on(MovedFar)(a)
    on(Moved)(b)
    on(Moved)(a)
    here = f"{__name__}.test_it_knows_its_wires_by_name.<locals>"
    assert wires() == [
        (f"{__name__}.Moved", (f"{here}.b", f"{here}.a")),
        (f"{__name__}.MovedFar", (f"{here}.a",)),
    ]
    assert wires() == wires()
    tell(object())
    assert len(wires()) == 2  # telling what nobody listens to leaves nothing behind
