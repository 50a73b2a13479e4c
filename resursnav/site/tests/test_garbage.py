"""How often a process looks for garbage."""

import gc

import pytest

from resursnav.site.garbage import settle


@pytest.fixture
def as_before():
    """What the test changes is put back, so that what it left alone is looked through again."""
    often = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*often)


def test_it_leaves_what_is_loaded_alone_and_still_takes_away_garbage(as_before):
    class Ring:
        pass

    kept = gc.get_freeze_count()
    settle()
    assert gc.get_freeze_count() > kept
    before, ring = gc.get_count()[0], Ring()
    ring.itself = ring
    del ring
    assert gc.get_count()[0] >= before
    assert gc.collect() >= 1
