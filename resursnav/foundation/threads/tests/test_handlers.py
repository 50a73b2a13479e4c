"""What happens to organisations and people is written in the log."""

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from resursnav.foundation.access import Role
from resursnav.foundation.organisations import events as places
from resursnav.foundation.people import events as people
from resursnav.foundation.threads import handlers, jobs
from resursnav.foundation.threads.models import Record
from resursnav.kernel.events import tell
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2024, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def region():
    return factories.organisation(name="Västerbotten")


@pytest.fixture
def lead(region):
    return factories.person(Role.COORDINATOR, region)


def happen(event, **given):
    """The event with the fields that it has, told."""
    known = {"at": AT, "before": {}, "after": {}, "by_id": None, **given}
    names = {field.name for field in fields(event)}
    tell(event(**{name: value for name, value in known.items() if name in names}))
    return Record.objects.latest("pk")


@pytest.mark.parametrize("event", handlers.PLACE_VERBS)
def test_it_logs_what_happens_to_a_place(event, region, lead):
    place, into = factories.organisation(region, name="Dorotea"), factories.organisation(region)
    after = {"name": "Åsele", "valid_to": "2024-11-02"}
    row = happen(
        event, organisation_id=place.pk, by_id=lead.pk, before={"name": "AC"}, into_id=into.pk,
        after={**after, "reason": "Nytt namn"},
    )  # fmt: skip
    assert (row.verb, row.organisation, row.by, row.said) == (handlers.PLACE_VERBS[event], place, lead, "Nytt namn")
    assert (row.before, row.after, row.title) == ({"name": "AC"}, after, "Dorotea")


@pytest.mark.parametrize("event", handlers.PERSON_VERBS)
def test_it_logs_what_happens_to_an_account(event, region, lead):
    asa = factories.person(Role.TEACHER, region)
    factories.assignment(asa, Role.PRINCIPAL, factories.organisation(region), valid_from=date(2010, 1, 1))
    row = happen(event, person_id=asa.pk, by_id=lead.pk, after={"given_name": "Åsa", "reason": "Gift"})
    assert (row.verb, row.about, row.organisation) == (handlers.PERSON_VERBS[event], asa, region)
    assert (row.after, row.said, row.title) == ({"given_name": "Åsa"}, "Gift", "")


def test_it_logs_an_account_that_belongs_nowhere(lead):
    row = happen(people.PersonJoined, person_id=factories.person().pk)
    assert row.organisation is None and row.acted_as == "system"


@pytest.mark.parametrize("event", handlers.POST_VERBS)
def test_it_logs_trusts_where_they_count(event, region, lead):
    asa, school = factories.person(), factories.organisation(region)
    post = factories.assignment(asa, Role.TEACHER, school)
    row = happen(
        event, person_id=asa.pk, assignment_id=post.pk, organisation_id=school.pk, by_id=lead.pk,
        after={"role": "teacher", "reason": "Vikariat"},
    )  # fmt: skip
    assert (row.about, row.organisation, row.said, row.after) == (asa, school, "Vikariat", {"role": "teacher"})


@pytest.mark.parametrize(
    ("event", "verb"), [(people.PersonInvited, "people.invited"), (people.InvitationWithdrawn, "people.withdrawn")]
)
def test_it_logs_an_invitation_without_address_or_key(event, verb, region, lead):
    row = happen(
        event, invitation_id=9, organisation_id=region.pk, by_id=lead.pk, email="b@example.org", name="Berit",
        link="/join/secret/", expires_at=AT, language="sv",
        after={"email": "b@example.org", "role": "teacher", "reason": "Berit ska vikariera"},
    )  # fmt: skip
    assert (row.verb, row.key, row.organisation, row.after) == (verb, 9, region, {"role": "teacher"})
    stored = f"{row.title}{row.before}{row.after}{row.said}"
    assert "b@example" not in stored and "secret" not in stored and "Berit" not in stored


def test_it_logs_a_register_once_for_each_region_it_touched(region, lead):
    other, untouched = factories.organisation(), factories.organisation()
    opened = [factories.organisation(region).pk, factories.organisation(region).pk, factories.organisation(other).pk]
    happen(
        places.RegisterImported, register="Skolverket", by_id=lead.pk, opened_ids=tuple(opened),
        changed_ids=(opened[0],),
    )  # fmt: skip
    rows = {row.organisation: row for row in Record.objects.all()}
    assert set(rows) == {region, other} and untouched not in rows
    assert rows[region].after == {"opened": 2, "changed": 1} and rows[other].after == {"opened": 1}
    assert rows[region].title == "Skolverket"


def test_it_forgets_identities_as_a_job(region, lead, settings):
    settings.RECORD_DAYS = 365
    row = happen(places.OrganisationMoved, organisation_id=region.pk, by_id=lead.pk)
    assert jobs.forget_identities() == 1 and jobs.forget_identities() == 0
    row.refresh_from_db()
    assert row.by is None and row.acted_as == "coordinator"
