"""What the worker forgets, and what the demo plants."""

from datetime import timedelta

from resursnav.deliver.streaming import actions, demo, jobs
from resursnav.deliver.streaming.models import ClassCode, Seat, StreamUse
from resursnav.foundation.notices.models import Notice

from .conftest import film_of, right_of


def test_the_worker_forgets_after_the_times_that_are_set(county, at, settings, monkeypatch):
    settings.SEAT_HOURS, settings.CODE_DAYS = 24, 90
    right_of(county, most_users=5)
    film = film_of(county)
    code = actions.make_code(
        resources=[film.resource], place=county.school, way="stream_class", ends_at=at + timedelta(hours=2),
        most_pupils=2, by=county.teacher, at=at,
    )  # fmt: skip
    actions.start(edition=film, code=code, by=None, at=at)
    left = []
    for later in (timedelta(hours=25), timedelta(hours=27), timedelta(days=90), timedelta(days=91)):
        monkeypatch.setattr("django.utils.timezone.now", lambda later=later: at + later)
        left.append((jobs.forget(), Seat.objects.count(), ClassCode.objects.count()))
    assert left == [(0, 1, 1), (1, 0, 1), (0, 0, 1), (1, 0, 0)]
    assert StreamUse.objects.get().number == 1


def test_the_demo_plants_uses_and_codes_once(county, film, at, monkeypatch):
    monkeypatch.setattr(demo, "USES", 6)
    planted = demo.plant(at=at)
    assert planted > 2
    assert StreamUse.objects.totals()["uses"] > 2
    assert ClassCode.objects.get().made_by in (county.teacher, county.stranger)
    assert not Notice.objects.exists()
    assert demo.plant(at=at) == 0


def test_the_demo_plants_nothing_where_no_right_allows_it(county, at):
    film_of(county)
    assert demo.plant(at=at) == 0
