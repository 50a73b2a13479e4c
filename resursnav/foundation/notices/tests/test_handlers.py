"""Invitations and trusts from further down become mails and notices."""

from datetime import UTC, date, datetime

import pytest

from resursnav.foundation.access import Role
from resursnav.foundation.notices.models import Mail, Notice
from resursnav.foundation.people.events import AssignmentEnded, AssignmentGranted, PersonInvited
from resursnav.foundation.people.models import SecurityMarking
from resursnav.kernel.events import tell
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def dorotea():
    return factories.organisation(factories.organisation(), name="Dorotea")


def invite(place, by=None, **fields):
    fields = {"name": "Berit", "link": "https://nav.example.org/join/abc/", "language": "sv", **fields}
    tell(
        PersonInvited(
            invitation_id=7, organisation_id=place.pk, by_id=by and by.pk, at=AT, before={},
            after={"role": "teacher", "email": "berit@example.org"}, email="berit@example.org",
            expires_at=datetime(2026, 11, 16, 9, 0, tzinfo=UTC), **fields,
        )
    )  # fmt: skip
    return Mail.objects.get()


def test_it_mails_an_invitation_with_the_link(dorotea):
    lead = factories.person(Role.MUNICIPALITY_LEAD, dorotea, given_name="Sara", family_name="Ek")
    mail = invite(dorotea, lead)
    assert (mail.to, mail.kind, mail.person) == ("berit@example.org", "people.invitations", None)
    assert mail.text.startswith("Hej Berit,\n\nSara Ek har bjudit in dig")
    assert "lärare, Dorotea" in mail.text and "https://nav.example.org/join/abc/\n" in mail.text
    assert "16 november" in mail.text and "preferences" not in mail.text


def test_it_does_not_name_an_inviter_with_protected_identity(dorotea):
    lead = factories.person(given_name="Sara", family_name="Ek", security_marking=SecurityMarking.PROTECTED)
    mail = invite(dorotea, lead, name="")
    assert "Sara" not in mail.text and mail.text.startswith("Hej,\n\nDu är inbjuden")


def test_it_invites_in_english_and_completes_a_short_link(dorotea, settings):
    settings.BASE_URL = "https://nav.example.org"
    mail = invite(dorotea, link="/join/abc/", language="en")
    assert "You are invited" in mail.text and "https://nav.example.org/join/abc/" in mail.text
    assert "November" in mail.text


@pytest.mark.parametrize(
    ("event", "said"), [(AssignmentGranted, "Du har fått uppdraget"), (AssignmentEnded, "Ditt uppdrag")]
)
def test_it_tells_a_person_of_trusts(dorotea, event, said):
    asa, lead = factories.person(), factories.person()
    post = factories.assignment(asa, Role.TEACHER, dorotea, reason="Vikariat", valid_to=date(2027, 1, 1))
    tell(event(post.pk, asa.pk, dorotea.pk, lead.pk, AT, {}, {}))
    notice = Notice.objects.get()
    assert notice.person == asa and notice.body == "Vikariat"
    assert notice.title.startswith(said) and "lärare, Dorotea" in notice.title


def test_it_does_not_tell_those_who_did_it_themselves(dorotea):
    asa = factories.person()
    post = factories.assignment(asa, Role.TEACHER, dorotea)
    tell(AssignmentGranted(post.pk, asa.pk, dorotea.pk, asa.pk, AT, {}, {}))
    assert not Notice.objects.exists()
