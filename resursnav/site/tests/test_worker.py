"""The worker: every job by one worker at a time, taken over when a worker dies, and never stopped by a failure."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from resursnav.kernel.manifest import Job
from resursnav.site import actions, manifests
from resursnav.site.models import JobTurn, WorkerBeat
from resursnav.site.worker import Worker

runs: dict[str, int] = {}
HERE = "resursnav.site.tests.test_worker"


def well() -> int:
    runs["well"] = runs.get("well", 0) + 1
    return 0


def badly() -> int:
    runs["badly"] = runs.get("badly", 0) + 1
    raise RuntimeError("hundarna åt upp filen")


def thrice() -> int:
    """Has three things to do, one a time."""
    runs["thrice"] = runs.get("thrice", 0) + 1
    return 1 if runs["thrice"] < 4 else 0


def slowly() -> int:
    time.sleep(0.4)
    runs["slowly"] = runs.get("slowly", 0) + 1
    return 0


@pytest.fixture(autouse=True)
def _no_runs():
    runs.clear()


def working(worker: Worker, until, *, longest: float = 10.0) -> None:
    """Let the worker work in a thread of its own until it has done what is waited for."""
    thread = threading.Thread(target=_run_and_close, args=[worker])
    thread.start()
    last = time.monotonic() + longest
    try:
        while not until() and time.monotonic() < last:
            time.sleep(0.02)
    finally:
        worker.stop()
        thread.join(timeout=longest)
    assert not thread.is_alive()
    assert until()


def _run_and_close(worker: Worker) -> None:
    try:
        worker.run()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_it_goes_on_when_a_job_fails_and_remembers_why():
    jobs = (Job("a.bad", f"{HERE}:badly", every=0.01), Job("a.good", f"{HERE}:well", every=0.05))
    working(Worker(jobs), lambda: runs.get("well", 0) >= 5 and runs.get("badly", 0) >= 1)
    turn = JobTurn.objects.get(name="a.bad")
    assert turn.failures >= 1
    assert "hundarna åt upp filen" in turn.error
    assert runs["badly"] <= 3  # it waits longer each time
    assert JobTurn.objects.get(name="a.good").failures == 0


@pytest.mark.django_db(transaction=True)
def test_it_forgets_a_failure_when_the_job_goes_well_again():
    actions.know_jobs(names=["a.good"])
    actions.note_failure(name="a.good", error="gammalt", at=timezone.now())
    working(Worker((Job("a.good", f"{HERE}:well", every=0.05),)), lambda: runs.get("well", 0) >= 2)
    turn = JobTurn.objects.get(name="a.good")
    assert (turn.failures, turn.error) == (0, "")


@pytest.mark.django_db(transaction=True)
def test_it_runs_a_greedy_job_at_once_while_there_is_more():
    working(Worker((Job("a.thrice", f"{HERE}:thrice", every=3600, greedy=True),)), lambda: runs.get("thrice", 0) >= 4)
    assert runs["thrice"] == 4


@pytest.mark.django_db(transaction=True)
def test_it_finishes_what_it_does_and_hands_over_when_it_stops():
    worker = Worker((Job("a.slow", f"{HERE}:slowly", every=3600),))
    working(worker, lambda: worker.slots[0].running or "slowly" in runs)
    assert runs["slowly"] == 1
    assert JobTurn.objects.get(name="a.slow").holder == ""
    assert not WorkerBeat.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_leaves_a_job_to_the_worker_that_has_the_turn():
    actions.know_jobs(names=["a.good"])
    assert actions.take_turn(name="a.good", worker="other:1", at=timezone.now())
    worker = Worker((Job("a.good", f"{HERE}:well", every=0.01),))
    working(worker, lambda: WorkerBeat.objects.exists() or worker.stopping.is_set())
    assert runs == {}
    assert JobTurn.objects.get(name="a.good").holder == "other:1"


@pytest.mark.django_db(transaction=True)
def test_it_runs_a_job_that_every_node_must_run_beside_another_nodes_worker():
    actions.know_jobs(names=["a.good@elsewhere"])
    actions.take_turn(name="a.good@elsewhere", worker="elsewhere:1", at=timezone.now())
    jobs = (Job("a.good", f"{HERE}:well", every=0.05, everywhere=True),)
    working(Worker(jobs), lambda: runs.get("well", 0) >= 1)


@pytest.mark.django_db
def test_a_turn_is_taken_over_when_its_time_has_run_out():
    at = timezone.now()
    actions.know_jobs(names=["a.good"])
    assert actions.take_turn(name="a.good", worker="dead:1", at=at)
    assert not actions.take_turn(name="a.good", worker="new:2", at=at + actions.LEASE - timedelta(seconds=1))
    assert actions.take_turn(name="a.good", worker="dead:1", at=at + timedelta(seconds=20))
    assert not actions.take_turn(name="a.good", worker="new:2", at=at + actions.LEASE)
    assert actions.take_turn(name="a.good", worker="new:2", at=at + timedelta(seconds=20) + actions.LEASE)
    assert not actions.take_turn(name="a.good", worker="dead:1", at=at + timedelta(seconds=20) + actions.LEASE)


def naive_take_turn(*, name: str, worker: str, at) -> bool:
    """What the real one must not be: look first, write then."""
    turn = JobTurn.objects.get(name=name)
    if turn.held_until_at is not None and turn.held_until_at > at and turn.holder != worker:
        return False
    time.sleep(0.05)
    turn.holder, turn.held_until_at = worker, at + actions.LEASE
    turn.save()
    return True


def winners(take, *, rounds: int = 5, rivals: int = 6) -> list[int]:
    """How many of the rivals believe that they have the turn, in each round."""
    at, counts = timezone.now(), []
    for number in range(rounds):
        name = f"round {number}"
        actions.know_jobs(names=[name])
        start, won = threading.Barrier(rivals), []

        def try_it(rival, start=start, won=won, name=name):
            try:
                start.wait()
                if take(name=name, worker=f"rival:{rival}", at=at):
                    won.append(rival)
            finally:
                connection.close()

        threads = [threading.Thread(target=try_it, args=[rival]) for rival in range(rivals)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        counts.append(len(won))
    return counts


@pytest.mark.django_db(transaction=True)
def test_only_one_of_many_rivals_gets_the_turn():
    assert winners(actions.take_turn) == [1, 1, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_the_rivalry_would_show_a_turn_that_two_could_get():
    assert max(winners(naive_take_turn)) > 1


@pytest.mark.django_db
def test_workers_not_heard_of_for_a_day_are_forgotten():
    at = timezone.now()
    actions.beat(worker="old:1", started_at=at, at=at - timedelta(days=2))
    actions.beat(worker="new:1", started_at=at, at=at)
    assert list(WorkerBeat.objects.values_list("worker", flat=True)) == ["new:1"]
    assert WorkerBeat.objects.alive(at).count() == 1
    assert not WorkerBeat.objects.alive(at + timedelta(seconds=61)).exists()


@pytest.mark.django_db(transaction=True)
def test_it_outlives_a_database_that_is_away(monkeypatch):
    worker, failures = Worker((Job("a.good", f"{HERE}:well", every=0.01),)), []

    def away(**_):
        failures.append(1)
        if len(failures) < 3:
            worker.wake.set()  # do not make the test wait ten seconds
            raise ConnectionError("borta")
        return real(**_)

    real = actions.know_jobs
    monkeypatch.setattr(actions, "know_jobs", away)
    working(worker, lambda: runs.get("well", 0) >= 1)
    assert len(failures) == 3


def test_every_job_has_its_own_name_and_can_be_loaded():
    found = manifests.jobs()
    Worker(found)
    assert len({job.name for job in found}) == len(found)


@pytest.mark.django_db
def test_taking_a_turn_is_one_write(django_assert_num_queries):
    actions.know_jobs(names=["a.good"])
    with transaction.atomic(), django_assert_num_queries(3):  # the savepoint around it and the update
        actions.take_turn(name="a.good", worker="me:1", at=timezone.now())
