"""I have used this: counted once, whatever happens at once."""

import threading

import pytest
from django.db import connection, connections

from resursnav.deliver.resources.actions import UnableToUse, unuse, use
from resursnav.deliver.resources.models import Use
from tests import factories


def test_it_counts_a_person_once_and_remembers_the_place(county, at):
    thing = factories.resource(county.region)
    assert use(resource=thing, by=county.teacher, at=at) == 1
    assert use(resource=thing, by=county.teacher, at=at) == 1
    assert use(resource=thing, by=county.librarian, at=at) == 2
    assert Use.objects.get(person=county.teacher).place == county.school
    assert unuse(resource=thing, by=county.teacher, at=at) == 1
    assert unuse(resource=thing, by=county.teacher, at=at) == 1


def test_it_refuses_what_is_not_on_the_shelf(county, at):
    with pytest.raises(UnableToUse):
        use(resource=factories.resource(county.region, status="draft"), by=county.teacher, at=at)


def at_once(count, do):
    """Run `do` in this many threads that start together; their errors are raised here."""
    ready, wrong = threading.Barrier(count), []

    def run():
        try:
            ready.wait(10)
            do()
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return wrong


@pytest.mark.django_db(transaction=True)
def test_it_counts_once_when_many_windows_say_it_at_once(at):
    region = factories.organisation()
    thing, somebody = factories.resource(region), factories.person()
    assert at_once(8, lambda: use(resource=thing, by=somebody, at=at)) == []
    assert Use.objects.of(thing).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_test_above_can_see_the_fault(at):
    """Without the constraint, looking first and then writing counts the same person several times."""
    region = factories.organisation()
    thing, somebody = factories.resource(region), factories.person()
    constraint = next(c for c in Use._meta.constraints if c.name == "resource_use_once")
    looked = threading.Barrier(4)

    def naive():
        there = Use.objects.filter(resource=thing, person=somebody).exists()
        looked.wait(10)
        if not there:
            Use.objects.create(resource=thing, person=somebody, used_at=at)

    with connection.schema_editor() as editor:
        editor.remove_constraint(Use, constraint)
    try:
        at_once(4, naive)
        assert Use.objects.of(thing).count() > 1
    finally:
        Use.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Use, constraint)
