"""Whoever takes out all that is kept about oneself gets all of it: each foreign key to a person is told of."""

import pytest
from django.apps import apps
from django.db import connection

from resursnav.foundation.people.export import declared
from resursnav.foundation.people.models import Person
from resursnav.kernel.manifest import load
from tests import factories

# Foreign keys whose rows are not told to the person, each with its reason.
NOT_TOLD = {
    "people.Assignment.granted_by": "somebody else's role; the log tells that one gave it",
    "people.Invitation.invited_by": "somebody else's address; the log tells that one invited",
    "resources.Tip.decided_by": "somebody else's tip; the log tells what one decided",
    "threads.Link.made_by": "ties two things and says nothing of people; the log tells that one tied them",
}


def keys_to(target, found):
    """The foreign keys to the model, by their names."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.is_relation and field.related_model is target
    }


def missing(keys, covered):
    """The keys that nobody tells of."""
    return sorted(keys - covered - set(NOT_TOLD))


COVERED = {name for one in declared() for name in one.covers}
KEYS = keys_to(Person, apps.get_models(include_auto_created=True))


def test_every_foreign_key_to_a_person_is_told_of_or_excused():
    assert missing(KEYS, COVERED) == [], "declare about_me in the manifest (kernel/manifest.py)"


def test_a_key_that_nobody_tells_of_is_seen():
    assert missing({*KEYS, "toys.Toy.owner"}, COVERED) == ["toys.Toy.owner"]
    assert missing(KEYS, COVERED - {"lending.Order.person"}) == ["lending.Order.person"]


def test_others_tables_are_looked_at_too():
    assert {"mfa.Authenticator.user", "account.EmailAddress.user", "lending.Order.placed_by"} <= KEYS


def test_it_excuses_and_covers_only_keys_that_exist():
    assert set(NOT_TOLD) <= KEYS
    assert COVERED <= KEYS
    assert not COVERED & set(NOT_TOLD)
    assert all(NOT_TOLD.values())


def test_no_two_are_told_under_the_same_name():
    names = [one.key for one in declared()]
    assert len(names) == len(set(names))


@pytest.mark.django_db
@pytest.mark.parametrize("one", declared(), ids=lambda one: one.key)
def test_it_tells_nothing_of_somebody_who_left_nothing(one):
    told = load(one.run)(factories.person())
    assert told == [] or one.key == "account"


@pytest.mark.django_db
def test_it_reads_the_table_that_it_covers():
    """What is declared as covered is really asked for: each export reads the tables of its keys."""
    somebody = factories.person()
    for one in declared():
        tables = {apps.get_model(name.rpartition(".")[0])._meta.db_table for name in one.covers}
        with Asked() as asked:
            load(one.run)(somebody)
        assert {table for table in tables if any(f'"{table}"' in sql for sql in asked.statements)} == tables, one.key


class Asked:
    """The statements that are sent meanwhile."""

    def __enter__(self):
        self.statements = []
        self.watch = connection.execute_wrapper(self._note)
        self.watch.__enter__()
        return self

    def __exit__(self, *said):
        self.watch.__exit__(*said)

    def _note(self, execute, sql, params, many, context):
        self.statements.append(sql)
        return execute(sql, params, many, context)
