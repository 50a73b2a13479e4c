"""A prepared query gives what the query itself would, for any lists, and is written once for each shape."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db.models import Value
from django.db.models.functions import Length
from django.db.models.query import QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st

from resursnav.deliver.lending.models import Order
from resursnav.foundation.keeping import prepared
from resursnav.foundation.keeping.prepared import LENGTHS, Prepared, as_day
from resursnav.foundation.organisations.models import Organisation
from tests import factories

DAY = date(2026, 11, 20)


def tree(keys, names, days):
    """Nodes by key or by name, and with days those that began before: a union with constants of its own."""
    [day] = days
    rows = Organisation.objects.order_by()
    by_key = rows.filter(pk__in=keys).values_list("pk", "name", Value("key"), "valid_from")
    by_name = rows.filter(name__in=names, valid_from__lt=day).values_list("pk", "name", Value("name"), "valid_from")
    return by_key.union(by_name, all=True)


def nodes(number):
    return [
        factories.organisation(name=f"Nod {n}", valid_from=DAY - timedelta(n) if n % 2 else None) for n in range(number)
    ]


def told(rows):
    return sorted((key, name, what, as_day(day) if day else None) for key, name, what, day in rows)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 6, 25])
def test_it_gives_what_the_query_gives(db, number):
    made, query = nodes(25), Prepared(tree)
    keys, names = [one.pk for one in made[:number]], [one.name for one in made[-number:]] if number else []
    for day in (DAY, DAY - timedelta(4), DAY + timedelta(400)):
        assert told(query.rows(keys, names, [day])) == told(tree(keys, names, [day])), day
    assert len(query._known) == 1


def test_nothing_is_asked_where_nothing_can_be_found(db, django_assert_num_queries):
    query = Prepared(lambda keys: Organisation.objects.filter(pk__in=keys).values_list("pk"))
    with django_assert_num_queries(0):
        assert query.rows([]) == [] == query.rows([])


def test_it_is_written_once_for_each_shape(db, monkeypatch, django_assert_num_queries):
    made, written = nodes(12), []
    monkeypatch.setattr(QuerySet, "union", counting(QuerySet.union, written))
    query = Prepared(tree)
    for number in (6, 7, 9, 10):  # all are filled up to ten
        with django_assert_num_queries(1):
            assert len(query.rows([one.pk for one in made[:number]], [], [DAY])) == number
    assert len(written) == 1
    query.rows([one.pk for one in made[:11]], [], [DAY])
    assert len(written) == 2


def counting(do, written):
    def counted(*words, **said):
        written.append(words)
        return do(*words, **said)

    return counted


def placed(keys):
    """Nodes with what is above each, and a column that the query reckons."""
    rows = Organisation.objects.filter(pk__in=keys).select_related("parent").annotate(long=Length("name"))
    return rows.order_by("pk")


@pytest.mark.parametrize("number", [0, 1, 3, 7])
def test_it_gives_instances_as_the_query_does(db, number):
    top = factories.organisation(name="Länet")
    made = [factories.organisation(name=f"Nod {n}", parent=top, valid_from=DAY) for n in range(7)]
    query, keys = Prepared(placed), [one.pk for one in made[:number]]
    for _again in range(2):
        found = query.objects(keys)
        assert found == list(placed(keys))
        for one, wanted in zip(found, placed(keys), strict=True):
            assert one.__dict__.keys() == wanted.__dict__.keys()
            assert (one.name, one.long, one.valid_from) == (wanted.name, wanted.long, DAY)
            assert not one._state.adding and one._state.db == "default"


def test_what_stands_beside_comes_in_the_same_statement(db, django_assert_num_queries):
    top = factories.organisation(name="Länet")
    one, query = factories.organisation(parent=top), Prepared(placed)
    query.objects([one.pk])
    with django_assert_num_queries(1):
        [found] = query.objects([one.pk])
        assert found.parent == top
        found.name = "Nytt namn"
    found.save()
    [again] = query.objects([one.pk])
    assert again.name == "Nytt namn"


def test_it_knows_a_row_by_its_uuid(db):
    centre = factories.organisation()
    said = {"owner": centre, "unit": centre, "placed_at": datetime(2026, 11, 20, 8, tzinfo=UTC)}
    orders = [Order.objects.create(key=uuid4(), **said) for _number in range(3)]
    query = Prepared(lambda keys: Order.objects.filter(key__in=keys).order_by("pk"))
    assert query.objects([one.key for one in orders[:2]]) == orders[:2]
    assert query.objects([orders[2].key]) == orders[2:]
    assert query.objects([uuid4()]) == [] == query.objects([])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 9), max_size=60))
def test_lists_are_filled_up_with_what_they_hold(values):
    filled = prepared._filled(values)
    assert len(filled) in LENGTHS and filled[: len(values)] == values and set(filled) == set(values)


def test_a_longer_list_than_any_is_asked_as_it_is(db):
    one = factories.organisation()
    query = Prepared(lambda keys: Organisation.objects.filter(pk__in=keys).values_list("pk"))
    assert query.rows([one.pk] * (LENGTHS[-1] + 7)) == [(one.pk,)]
    assert not query._known  # it would be kept for each length there is


def test_a_day_is_read_as_either_database_gives_it():
    assert as_day("2026-11-20") == as_day(DAY) == DAY
