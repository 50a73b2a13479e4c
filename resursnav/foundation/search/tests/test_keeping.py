"""The index in step with the database: drained, rebuilt, lost, killed and found again."""

import time

import pytest

from resursnav.foundation.search import actions, index, jobs
from resursnav.foundation.search.documents import Document, Query, Sort
from resursnav.foundation.search.models import Change

from .shelf import AT, PUBLIC, filled, titles

pytestmark = pytest.mark.django_db


def test_it_takes_in_changes_and_losses_without_a_rebuild(shelf, monkeypatch):
    filled(shelf)
    monkeypatch.setattr(index, "build_generation", None)
    shelf.put(2, "Teater för alla")
    shelf.drop(3)
    assert index.drain() == 2
    assert titles("teater") == ["Teater för alla"]
    assert titles("film") == ["Undervisningsfilm om vulkaner"]
    assert titles("böcker") == []
    assert index.drain() == 0


def test_it_answers_from_the_database_when_the_index_is_gone_and_says_so(shelf, tmp_path):
    filled(shelf)
    for path in (tmp_path / "search").glob("index-*/meta.json"):
        path.unlink()
    found = index.search(Query(text="vulkaner", audience=PUBLIC, counts=("medium",)))
    assert (found.plain, found.total, found.facets) == (True, 2, {})
    assert {hit.id for hit in found} == {1, 3}
    assert index.suggest("vulk", Query(audience=PUBLIC)) == []
    assert not jobs.check_index().ok
    jobs.drain()
    assert jobs.check_index().ok
    assert not index.search(Query(text="vulkaner", audience=PUBLIC)).plain


def test_it_takes_changes_in_again_when_it_was_killed_before_it_noted_how_far_it_came(shelf, monkeypatch):
    filled(shelf)
    shelf.put(2, "Teater för alla")

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as crash, pytest.raises(KeyboardInterrupt):
        crash.setattr(index.Store, "write_state", killed)
        index.drain()
    assert index.drain() == 1
    assert titles("teater") == ["Teater för alla"]
    assert index.search(Query(audience=PUBLIC)).total == 3


def test_it_leaves_the_building_to_the_process_that_is_at_it(shelf):
    shelf.put(1, "Film")
    with index.store().locked("rebuild", wait=False) as mine:
        assert mine
        assert index.drain() == 0
    assert index.search(Query(text="film", audience=PUBLIC)).plain
    assert index.drain() == 1


def test_it_leaves_the_changes_to_the_process_that_is_at_them(shelf):
    filled(shelf)
    shelf.put(5, "Film igen")
    with index.store().locked("write", wait=False):
        assert index.drain() == 0
    assert index.drain() == 1


def test_it_does_not_write_when_nothing_waits(shelf, django_assert_num_queries):
    filled(shelf)
    with django_assert_num_queries(3):
        assert index.drain() == 0


def test_it_builds_anew_after_a_restore_of_an_older_database(shelf):
    filled(shelf)
    Change.objects.all().delete()
    index.Sequence.objects.update(last=0)
    shelf.kept.pop(1)
    index.drain()
    assert titles("film") == ["Film för undervisning"]


def test_it_builds_anew_while_the_old_index_answers(shelf):
    filled(shelf)
    seen = []
    index.rebuild(lambda done, total: seen.append((done, total, len(titles("film")))))
    assert seen == [(4, 4, 2)]
    assert len(titles("film")) == 2
    assert len(list(index.folder().glob("index-*"))) == 1


def test_it_keeps_the_old_index_when_a_rebuild_fails(shelf):
    filled(shelf)
    shelf.broken = True
    with pytest.raises(RuntimeError):
        index.rebuild()
    shelf.broken = False
    assert len(titles("film")) == 2
    index.rebuild()
    assert len(list(index.folder().glob("index-*"))) == 1


def test_it_builds_anew_when_the_node_has_slept_past_the_kept_changes(shelf):
    filled(shelf)
    Change.objects.all().delete()
    shelf.kept[5] = Document(id=5, title="Det som hände under tiden", audience=("public",))
    for number in range(3):
        shelf.put(10 + number, f"Nytt {number}")
        actions.number_changes()
    Change.objects.order_by("number").first().delete()
    index.drain()
    assert titles("tiden") == ["Det som hände under tiden"]


def test_it_keeps_all_others_when_one_document_cannot_be_taken(shelf, caplog):
    shelf.put(1, "Film")
    shelf.put(2, "Film ur framtiden", newest=2**80)
    shelf.put(3, "Film \ud800 med halv bokstav")
    index.drain()
    assert titles("film", sort=Sort.NEWEST) == ["Film ur framtiden", "Film"]
    assert "thing:3" in caplog.text


def test_it_says_when_the_worker_lags(shelf, monkeypatch):
    filled(shelf)
    monkeypatch.setattr(jobs, "BEHIND", 2)
    for number in range(3):
        shelf.put(20 + number, "Ny")
    finding = jobs.check_index()
    assert (finding.ok, finding.critical) == (False, False)
    index.drain()
    assert all(finding.ok for finding in jobs.check())


def test_it_drains_many_changes_quickly(shelf):
    filled(shelf)
    for number in range(2000):
        shelf.kept[100 + number] = Document(id=100 + number, title=f"Film nummer {number}", audience=("public",))
    actions.touch(kind="thing", ids=range(100, 2100), at=AT)
    start = time.perf_counter()
    assert index.drain() == 2000
    assert time.perf_counter() - start < 20
