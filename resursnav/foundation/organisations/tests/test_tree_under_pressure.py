"""The closure equals the parents after any sequence of verbs, and when two people change the tree at once."""

from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resursnav.foundation.organisations import actions
from resursnav.foundation.organisations.actions import move as moving
from resursnav.foundation.organisations.models import Branch, Kind, Organisation
from resursnav.foundation.organisations.tree import BrokenTree, closure
from resursnav.kernel.errors import Unable
from tests import factories

AT = datetime(2026, 9, 15, 10, tzinfo=UTC)
MOVE = __import__("sys").modules["resursnav.foundation.organisations.actions.move"]

kinds = st.sampled_from([Kind.MUNICIPALITY, Kind.DEPARTMENT, Kind.UNIT])
steps = st.one_of(
    st.tuples(st.just("open"), kinds, st.integers(0, 30)),
    st.tuples(st.sampled_from(["move", "merge"]), st.integers(0, 30), st.integers(0, 30)),
    st.tuples(st.sampled_from(["close", "close all", "reopen"]), st.integers(0, 30), st.just(0)),
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=1, max_size=25))
def test_it_keeps_the_closure_equal_to_the_parents(db, sequence):
    nodes = [factories.organisation(), factories.organisation()]
    for verb, one, two in sequence:
        first = nodes[two % len(nodes)] if verb == "open" else nodes[one % len(nodes)]
        second = nodes[two % len(nodes)]
        try:
            if verb == "open":
                nodes.append(actions.open_node(kind=one, name="Ny", parent=first, by=None, at=AT))
            elif verb == "move":
                actions.move(organisation=first, parent=second, by=None, at=AT)
            elif verb == "merge":
                actions.merge(organisation=first, into=second, by=None, at=AT)
            elif verb == "reopen":
                actions.reopen(organisation=first, by=None, at=AT)
            else:
                actions.close(organisation=first, by=None, at=AT, with_below=verb == "close all")
        except Unable:
            pass
    parents = dict(Organisation.objects.values_list("pk", "parent_id"))
    assert set(closure(parents)) == set(Branch.objects.values_list("ancestor_id", "descendant_id", "depth"))
    for node in Organisation.objects.all():
        assert node.places.get(valid_to__isnull=True).parent_id == node.parent_id
        assert node.names.get(valid_to__isnull=True).name == node.name


def move_each_below_the_other(monkeypatch, verb) -> list[Exception]:
    """Two people move two departments, each below the other one; both have checked before either writes."""
    town = factories.organisation(factories.organisation())
    left = factories.organisation(town, kind=Kind.DEPARTMENT)
    right = factories.organisation(town, kind=Kind.DEPARTMENT)
    both_have_checked = Barrier(2)
    check = MOVE._refuse

    def check_and_wait(*args, **kwargs):
        check(*args, **kwargs)
        # When the other one is kept out, which is the point of the lock, nobody comes to meet.
        with suppress(BrokenBarrierError):
            both_have_checked.wait(timeout=1)

    monkeypatch.setattr(MOVE, "_refuse", check_and_wait)
    refused: list[Exception] = []

    def somebody(node, parent):
        try:
            verb(organisation=node, parent=parent, by=None, at=AT)
        except (Unable, IntegrityError) as error:
            refused.append(error)
        finally:
            connection.close()

    people = [Thread(target=somebody, args=pair) for pair in ((left, right), (right, left))]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return refused


def tree_is_right() -> bool:
    try:
        right = set(closure(dict(Organisation.objects.values_list("pk", "parent_id"))))
    except BrokenTree:
        return False
    return right == set(Branch.objects.values_list("ancestor_id", "descendant_id", "depth"))


@pytest.mark.django_db(transaction=True)
def test_it_never_makes_a_circle(monkeypatch):
    refused = move_each_below_the_other(monkeypatch, moving)
    assert [type(error) for error in refused] == [actions.UnableToMove]
    assert tree_is_right()


@pytest.mark.django_db(transaction=True)
def test_it_would_go_wrong_without_lock_and_transaction(monkeypatch):
    """The negative control: the test above can see the fault."""
    monkeypatch.setattr(MOVE, "lock_tree", lambda: None)
    refused = move_each_below_the_other(monkeypatch, moving.__wrapped__)
    assert not [error for error in refused if isinstance(error, Unable)]
    assert not tree_is_right()
