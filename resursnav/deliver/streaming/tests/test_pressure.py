"""Limits are kept exactly when many press at once, on either database; without the line they would not be."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone

from resursnav.deliver.streaming import actions
from resursnav.deliver.streaming.actions import watching
from resursnav.deliver.streaming.models import ClassCode, Meter, Seat, StreamUse

from .conftest import county_of, film_of, right_of

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 8


def at_once(do, clients=CLIENTS):
    """What each of so many gets who do it at the same moment: what it answers or what it raises."""
    ready, got = Barrier(clients), []

    def somebody():
        try:
            ready.wait(timeout=5)
            got.append(do())
        except Exception as error:  # what is raised is what we count
            got.append(error)
        finally:
            connection.close()

    people = [Thread(target=somebody) for _ in range(clients)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return got


def refused(got, kind):
    return [one for one in got if isinstance(one, kind)]


@pytest.fixture
def gate():
    """Press the button for a film under a right with these limits: `press = gate(most_users=3)`."""
    county = county_of()

    def made(**limits):
        right_of(county, **limits)
        film = film_of(county)
        return lambda: actions.start(edition=film, place=county.school, by=None, at=timezone.now())

    return made


@pytest.mark.parametrize("limits", [{"most_users": 3}, {"most_uses": 3}, {"most_users": 3, "most_uses": 5}])
def test_no_more_come_in_than_there_is_room_for(gate, limits):
    got = at_once(gate(**limits))
    assert len(refused(got, actions.Started)) == 3
    assert len(refused(got, actions.Full)) == CLIENTS - 3
    assert Meter.objects.get().uses == StreamUse.objects.get().number == 3
    assert Seat.objects.filter(live=True).count() == (3 if "most_users" in limits else 0)
    assert StreamUse.objects.get().turned_away == CLIENTS - 3


def test_every_use_is_counted_where_nothing_is_limited(gate):
    got = at_once(gate())
    assert len(refused(got, actions.Started)) == CLIENTS
    assert StreamUse.objects.get().number == CLIENTS


def without_the_line(monkeypatch):
    """Nobody waits at the meter, and two have read it before either writes."""
    both_have_read = Barrier(2)

    def read_only(right, day):
        meter, _new = Meter.objects.get_or_create(right=right, defaults={"since": watching._since(right, day)})
        with suppress(BrokenBarrierError):
            both_have_read.wait(timeout=1)
        return meter

    monkeypatch.setattr(watching, "_in_line", read_only)
    monkeypatch.setattr(watching, "_take", watching._take.__wrapped__)


def test_without_the_line_more_would_come_in(gate, monkeypatch):
    """The negative control: two who have both read that one use is left both get it."""
    press = gate(most_uses=1)
    without_the_line(monkeypatch)
    got = at_once(press, clients=2)
    assert len(refused(got, actions.Started)) == 2


def test_without_the_line_the_net_still_holds_the_places(gate, monkeypatch):
    """Two who have both seen the same place free: the database gives it to one."""
    press = gate(most_users=1)
    without_the_line(monkeypatch)
    free = Barrier(2)

    def both_see_it_free(taken, most):
        with suppress(BrokenBarrierError):
            free.wait(timeout=1)
        return 1

    monkeypatch.setattr(watching.leases, "first_free", both_see_it_free)
    got = at_once(press, clients=2)
    assert len(refused(got, actions.Started)) == 1
    assert len(refused(got, (IntegrityError, OperationalError))) == 1
    assert Seat.objects.filter(live=True).count() == 1


def code_for(pupils):
    county, now = county_of(), timezone.now()
    return ClassCode.objects.create(
        digits="48217730", place=county.school, way="stream_class", made_at=now, ends_at=now + timedelta(hours=1),
        most_pupils=pupils, made_by=county.teacher,
    )  # fmt: skip


def test_a_code_lets_in_exactly_as_many_as_it_is_for():
    code_for(3)
    got = at_once(lambda: actions.let_in(typed="48217730", by=None, at=timezone.now()))
    assert len(refused(got, ClassCode)) == 3
    assert len(refused(got, actions.UnableToEnter)) == CLIENTS - 3
    assert ClassCode.objects.get().pupils == 3


def test_counting_pupils_in_python_would_let_in_too_many():
    """The negative control: read, add one, save, as one would write it without thinking."""
    code = code_for(1)
    both_have_read = Barrier(2)

    def careless():
        found = ClassCode.objects.get(pk=code.pk)
        both_have_read.wait(timeout=5)
        if not found.is_full:
            found.pupils += 1
            found.save()
            return "in"
        return "full"

    assert at_once(careless, clients=2) == ["in", "in"]
