"""The sentences of the log."""

import pytest

from resursnav.foundation.threads import verbs


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    monkeypatch.setattr(verbs, "_verbs", {})


def test_it_tells_the_sentence():
    moved = verbs.declare("organisations.moved", "{who} flyttade {what}")
    assert moved.told(who="Åsa", what="Bergvattenskolan") == "Åsa flyttade Bergvattenskolan"
    assert verbs.verb("organisations.moved") == moved
    assert verbs.verbs() == [moved]


def test_it_refuses_a_verb_twice_and_a_verb_without_its_context():
    verbs.declare("a.b", "")
    with pytest.raises(ValueError, match="twice"):
        verbs.declare("a.b", "")
    with pytest.raises(ValueError, match="context"):
        verbs.declare("moved", "")
