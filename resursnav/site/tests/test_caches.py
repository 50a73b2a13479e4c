"""The shared cache: everybody who counts at once is counted, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.management import call_command
from django.db import connection, connections

from resursnav.site.caches import ClusterCache, EmbeddedCache

WORKERS, ROUNDS = 8, 25
TABLE = "cache_in_test"


@pytest.fixture
def table(transactional_db):
    """The table as `resursnav migrate` makes it."""
    if connection.vendor == "sqlite":
        pytest.skip("The table serves clusters, which are PostgreSQL.")
    call_command("createcachetable", TABLE, verbosity=0)
    yield TABLE
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


@pytest.fixture(params=["embedded", pytest.param("cluster", marks=pytest.mark.django_db(transaction=True))])
def cache(request, tmp_path):
    if request.param == "embedded":
        return EmbeddedCache(str(tmp_path), {})
    return ClusterCache(request.getfixturevalue("table"), {})


def together(cache, do):
    """What `do` answers to each of several at once, over and over."""
    start = Barrier(WORKERS)

    def one(_number):
        start.wait()
        try:
            return [do(cache) for _ in range(ROUNDS)]
        finally:
            connections.close_all()
            getattr(cache, "close_thread", lambda: None)()

    with ThreadPoolExecutor(WORKERS) as pool:
        return [answer for answers in pool.map(one, range(WORKERS)) for answer in answers]


def test_it_counts_everybody_who_comes_at_once(cache):
    cache.set("count", 0)
    answers = together(cache, lambda cache: cache.incr("count"))
    assert sorted(answers) == list(range(1, WORKERS * ROUNDS + 1))
    assert cache.get("count") == WORKERS * ROUNDS


def test_it_lets_one_alone_be_first(cache):
    assert together(cache, lambda cache: cache.add("lock", True, 60)).count(True) == 1


def test_it_lets_one_alone_take_over_what_has_run_out(cache):
    cache.set("lock", True, 0.001)
    sleep(0.01)
    assert together(cache, lambda cache: cache.add("lock", True, 60)).count(True) == 1


def slowly(monkeypatch, kind):
    """Reading takes a little longer, so that another one comes in between if it can."""
    read = kind.get

    def late(self, *args, **kwargs):
        found = read(self, *args, **kwargs)
        sleep(0.002)
        return found

    monkeypatch.setattr(kind, "get", late)


def test_it_would_lose_counts_in_files_of_djangos_own(tmp_path, monkeypatch):
    """The negative control: the tests above see a cache that reads, adds and writes."""
    slowly(monkeypatch, FileBasedCache)
    stock = FileBasedCache(str(tmp_path), {})
    stock.set("count", 0)
    together(stock, lambda cache: cache.incr("count"))
    assert stock.get("count") < WORKERS * ROUNDS


def test_it_would_lose_counts_in_djangos_own_table(table, monkeypatch):
    """The same for a cluster."""
    slowly(monkeypatch, DatabaseCache)
    stock = DatabaseCache(table, {})
    stock.set("count", 0)
    together(stock, lambda cache: cache.incr("count"))
    assert stock.get("count") < WORKERS * ROUNDS


def test_it_keeps_what_a_cache_keeps(cache):
    assert cache.get("nothing", "else") == "else"
    assert cache.add("a", ["å", 1.5], 60)
    assert not cache.add("a", "b", 60)
    assert cache.get("a") == ["å", 1.5]
    cache.set("a", True, None)
    assert cache.get("a") is True
    assert cache.touch("a", 60)
    assert not cache.touch("nothing", 60)
    assert cache.delete("a")
    assert not cache.delete("a")
    cache.set("number", -7)
    assert cache.decr("number") == -8
    cache.clear()
    assert cache.get("number") is None
    with pytest.raises(ValueError, match="not found"):
        cache.incr("number")


def test_it_forgets_what_has_run_out(cache, monkeypatch):
    monkeypatch.setattr("resursnav.site.caches.TIDY_EVERY", 2)
    cache.set("short", 1, 0.001)
    sleep(0.01)
    assert cache.get("short") is None
    with pytest.raises(ValueError, match="not found"):
        cache.incr("short")
    cache.set("long", 1, 60)
    assert cache._ask("SELECT cache_key FROM {table}") == [(":1:long",)]


def test_it_begins_anew_when_its_file_is_broken_or_gone(tmp_path):
    cache = EmbeddedCache(str(tmp_path), {})
    cache.set("a", 1)
    cache.close_thread()
    cache.path.write_bytes(b"no database at all" * 100)
    assert cache.add("a", 2)
    cache.path.unlink()
    assert cache.get("a") is None
    assert cache.add("a", 3)
