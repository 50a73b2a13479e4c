"""What waits on the start page for those who answer for people; never anybody whose identity is protected."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resursnav.foundation.access import Role
from resursnav.foundation.organisations import start as places
from resursnav.foundation.people import actions, start
from resursnav.foundation.people.models import Invitation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    region = factories.organisation(name="Västerbottens län")
    dorotea = factories.organisation(region, name="Dorotea")
    return {
        "region": region,
        "dorotea": dorotea,
        "school": factories.organisation(dorotea, name="Bergvattenskolan"),
        "asele": factories.organisation(region, name="Åsele"),
    }


@pytest.fixture
def lead(tree):
    return factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"])


def titles(person):
    """What waits, in words, about offers, endings and empty places."""
    return [str(line.title) for line in start.waiting(person)]


NOBODY = "En enhet har ingen som använder Resursnav"


def test_it_tells_of_offers_that_run_out_soon(tree, lead):
    now = timezone.now()
    for number, node in enumerate((tree["school"], tree["school"], tree["asele"])):
        actions.invite(email=f"n{number}@example.org", role=Role.TEACHER, node=node, by=None, at=now)
    assert titles(lead) == [NOBODY]
    Invitation.objects.filter(email="n0@example.org").update(expires_at=now + timedelta(days=2))
    Invitation.objects.filter(email="n2@example.org").update(expires_at=now + timedelta(days=2))
    assert titles(lead) == ["En inbjudan går ut inom tre dagar eller har gått ut", NOBODY]
    Invitation.objects.filter(email="n1@example.org").update(expires_at=now - timedelta(days=2))
    assert titles(lead)[0] == "2 inbjudningar går ut inom tre dagar eller har gått ut"
    Invitation.objects.update(withdrawn_at=now)
    assert titles(lead) == [NOBODY]
    assert titles(factories.person(Role.TEACHER, tree["school"])) == []


def test_it_tells_whose_assignment_ends_soon(client, tree, lead):
    today = timezone.localdate()
    soon, late = today + timedelta(days=30), today + timedelta(days=31)
    for name, ends, marking, node in (
        ("Nils", soon, "none", "school"), ("Mona", late, "none", "school"), ("Sara", None, "none", "school"),
        ("Hemlig", soon, "protected", "school"), ("Annan", soon, "none", "asele"),
    ):  # fmt: skip
        one = factories.person(given_name=name, family_name="Ek", security_marking=marking)
        factories.assignment(one, Role.TEACHER, tree[node], valid_to=ends)
    factories.assignment(lead, Role.PRINCIPAL, tree["dorotea"], valid_to=soon)
    (line,) = start.waiting(lead)
    assert str(line.title) == "Ett uppdrag slutar inom 30 dagar"
    client.force_login(lead, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(line.url).content.decode()
    assert [name for name in ("Nils", "Mona", "Sara", "Hemlig", "Annan") if f"{name} Ek" in page] == ["Nils"]
    assert titles(factories.person(Role.TEACHER, tree["school"])) == []


def test_it_counts_it_all_in_one_statement(tree, lead, django_assert_num_queries):
    lead.standing()
    with django_assert_num_queries(1):
        start.waiting(lead)


def test_it_tells_that_my_own_assignment_ends_soon(tree):
    teacher = factories.person(Role.TEACHER, tree["school"])
    assert start.my_ending(teacher) == []
    factories.assignment(teacher, Role.PRINCIPAL, tree["school"], valid_to=timezone.localdate() + timedelta(days=1))
    (line,) = start.my_ending(teacher)
    assert str(line.title).startswith("Ditt uppdrag slutar ")
    assert start.my_ending(None) == []


def test_it_tells_of_units_where_nobody_is(client, tree, lead):
    factories.organisation(tree["asele"], name="Åsele skola")
    factories.organisation(tree["dorotea"], name="Stängda skolan", valid_to="2020-01-01")
    (line,) = start.waiting(lead)
    assert str(line.title) == NOBODY
    client.force_login(lead, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(line.url).content.decode()
    assert "Bergvattenskolan" in page
    assert "Åsele skola" not in page
    factories.organisation(tree["dorotea"], name="Högbergsskolan")
    assert titles(lead) == ["2 enheter har ingen som använder Resursnav"]
    # Somebody protected answers for a place as well as anybody; that says nothing of who it is.
    factories.person(Role.PRINCIPAL, tree["school"], security_marking="protected")
    assert "Bergvattenskolan" not in client.get(line.url).content.decode()


def test_it_tells_a_principal_that_the_school_cannot_be_reached(tree, lead):
    principal = factories.person(Role.PRINCIPAL, tree["school"])
    assert [str(line.title) for line in places.no_contact(principal)] == ["Bergvattenskolan saknar e-post och telefon"]
    tree["school"].phone = "0942-140 00"
    tree["school"].save()
    assert places.no_contact(principal) == []
    assert places.no_contact(lead) == []
    assert places.no_contact(None) == []
