"""The change sequence loses nothing when transactions commit in another order than they began."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, connections, transaction

from resursnav.foundation.search import actions
from resursnav.foundation.search.models import Change

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
needs_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one transaction write at a time, so none can commit late"
)


def in_thread(work):
    """Runs the work with a connection of its own."""

    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def reader(take):
    """A node that asks with `take(position)` for keys and remembers how far it came."""
    seen, position = [], 0

    def look():
        nonlocal position
        keys, position = take(position)
        seen.extend(keys)

    return seen, look


def by_number(position):
    actions.number_changes()
    rows = list(Change.objects.after(position).values_list("number", "key"))
    return [key for _, key in rows], rows[-1][0] if rows else position


def by_id(position):
    """The naive way: the database's own row numbers, given before the commit."""
    rows = list(Change.objects.filter(id__gt=position).order_by("id").values_list("id", "key"))
    return [key for _, key in rows], rows[-1][0] if rows else position


def late_commit(look):
    """One transaction tells of a change and dawdles; another comes after it and commits first."""
    told, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            actions.touch(kind="thing", ids=[1], at=AT)
            told.set()
            assert go_on.wait(10)

    thread = in_thread(slow)
    assert told.wait(10)
    actions.touch(kind="thing", ids=[2], at=AT)
    look()
    go_on.set()
    thread.join()
    look()


@needs_postgres
def test_it_does_not_skip_a_change_that_commits_late():
    seen, look = reader(by_number)
    late_commit(look)
    assert seen == [2, 1]


@needs_postgres
def test_it_would_skip_it_if_rows_were_followed_by_their_own_number():
    seen, look = reader(by_id)
    late_commit(look)
    assert seen == [2]  # the fault that numbering after the commit prevents


def test_it_gives_every_change_one_number_when_many_write_and_number_at_once():
    writers, rounds = 6, 15

    def write(base):
        for round_ in range(rounds):
            actions.touch(kind="thing", ids=[base + round_], at=AT)
            actions.number_changes()

    seen, look = reader(by_number)
    threads = [in_thread(lambda base=base * 100: write(base)) for base in range(writers)]
    while any(thread.is_alive() for thread in threads):
        look()
    for thread in threads:
        thread.join()
    look()
    assert sorted(seen) == sorted(base * 100 + round_ for base in range(writers) for round_ in range(rounds))
    numbers = list(Change.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, writers * rounds + 1))


def test_it_forgets_a_change_whose_transaction_failed():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.touch(kind="thing", ids=[1], at=AT)
        raise ZeroDivisionError
    assert actions.number_changes() == 0


def test_it_drops_old_changes_but_never_the_last():
    actions.touch(kind="thing", ids=[1, 2, 3], at=datetime(2020, 1, 1, tzinfo=UTC))
    actions.touch(kind="thing", ids=[4], at=datetime(2020, 1, 1, tzinfo=UTC))
    actions.number_changes()
    assert actions.forget_old(at=AT) == 3
    assert list(Change.objects.values_list("key", flat=True)) == [4]
    assert actions.behind(3) == 1
