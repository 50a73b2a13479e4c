"""What is kept is found under its stamp and key, and no other; the least lately used goes first."""

import pytest
from django.db import transaction

from resursnav.foundation.keeping import Kept, forget_all
from resursnav.foundation.keeping.actions import restamp
from resursnav.foundation.keeping.models import Stamp
from resursnav.foundation.keeping.reading import stamp
from resursnav.foundation.organisations.models import Organisation
from tests import factories


def test_it_finds_what_is_kept_under_the_same_stamp_and_key():
    kept = Kept(10)
    assert kept.find(1, "a") is None
    assert kept.get(1, "a", lambda: ["made"]) == ["made"]
    assert kept.get(1, "a", lambda: pytest.fail("it is kept")) == ["made"]
    assert kept.find(2, "a") is None and kept.find(1, "b") is None


def test_it_throws_away_what_was_used_least_lately():
    kept = Kept(2)
    for key in "ab":
        kept.keep(1, key, key)
    kept.find(1, "a")
    kept.keep(1, "c", "c")
    assert [kept.find(1, key) for key in "abc"] == ["a", None, "c"] and len(kept) == 2


def test_it_can_be_made_to_forget():
    kept = Kept(2)
    kept.keep(1, "a", "a")
    forget_all()
    assert len(kept) == 0


def number():
    return Organisation.objects.annotate(stamp=stamp("plans")).values_list("stamp", flat=True).first()


def test_a_stamp_is_read_with_something_else(db, django_assert_num_queries):
    factories.organisation()
    with django_assert_num_queries(1):
        assert number() == 0
    restamp("plans")
    first = number()
    restamp("plans")
    restamp("something else")
    assert first != number() != 0 and str(Stamp.objects.get(name="plans")) == f"plans: {number()}"


def test_a_stamp_that_was_rolled_back_is_never_drawn_again(db):
    factories.organisation()
    seen = set()
    for _ in range(5):
        with pytest.raises(RuntimeError), transaction.atomic():
            restamp("plans")
            seen.add(number())
            raise RuntimeError
        assert number() == 0
    restamp("plans")
    assert len(seen) == 5 and number() not in seen
