"""The pages of people: one's own, those of one's branch, invitations, and the ways in."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from resursnav.foundation.access import Role
from resursnav.foundation.people import actions, events, tokens
from resursnav.foundation.people.models import ApiToken, Assignment, Invitation, Person, SecurityMarking
from resursnav.foundation.people.personas import DOMAIN, TRY, personas
from resursnav.foundation.people.templatetags.people import breakable
from resursnav.kernel import events as bus
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime.now(UTC)
HIDDEN = {"given_name": "Hemlig", "family_name": "Hemligsson", "email": "hemlig@example.org"}


@pytest.fixture
def tree():
    region = factories.organisation(name="Västerbottens län")
    dorotea = factories.organisation(region, name="Dorotea")
    asele = factories.organisation(region, name="Åsele")
    return {
        "region": region,
        "dorotea": dorotea,
        "school": factories.organisation(dorotea, name="Bergvattenskolan"),
        "asele": asele,
        "other": factories.organisation(asele, name="Åsele skola"),
    }


@pytest.fixture
def lead(tree):
    return factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"], given_name="Mona", family_name="Lidström")


@pytest.fixture
def coordinator(tree):
    return factories.person(Role.COORDINATOR, tree["region"], given_name="Biljana", family_name="Sandberg")


@pytest.fixture
def links():
    heard = []
    bus._listeners[events.PersonInvited].append(heard.append)
    yield heard
    bus._listeners[events.PersonInvited].remove(heard.append)


def url(name, *args):
    return reverse(f"people:{name}", args=args)


@pytest.mark.parametrize("name", ["me", "export", "close", "keys", "list", "invitations", "invite_where"])
def test_it_sends_a_stranger_to_the_login_page(client, name):
    answer = client.get(url(name))
    assert (answer.status_code, answer["Location"].startswith("/accounts/login/")) == (302, True)


@pytest.mark.parametrize("name", ["list", "invitations", "invite_where"])
def test_it_keeps_the_list_from_those_who_answer_for_nobody(client, tree, name):
    client.force_login(factories.person(Role.TEACHER, tree["school"]))
    assert client.get(url(name)).status_code == 403


def test_it_lists_the_own_branch_only(client, tree, lead):
    factories.person(Role.TEACHER, tree["school"], given_name="Örjan", family_name="Öst")
    factories.person(Role.TEACHER, tree["other"], given_name="Främling", family_name="Fager")
    client.force_login(lead)
    text = client.get(url("list")).content.decode()
    assert "Örjan Öst" in text
    assert "Främling" not in text
    assert "Örjan" in client.get(url("list") + "?q=örjan").content.decode()
    assert "Örjan" in client.get(url("list") + "?q=BERGVATTEN&role=teacher").content.decode()
    assert "Örjan" not in client.get(url("list") + "?role=principal").content.decode()
    assert client.get(url("list") + "?q=%00&role=x&page=zz").status_code == 200


def test_it_exports_without_formulas(client, tree, lead):
    factories.person(Role.TEACHER, tree["school"], given_name="=cmd|x!A1", family_name="Öst")
    text = client.get(url("list") + "?format=csv")
    assert text.status_code == 302
    client.force_login(lead)
    text = client.get(url("list") + "?format=csv").content.decode("utf-8-sig")
    assert "'=cmd|x!A1;Öst" in text


def test_it_asks_the_database_little_however_many_there_are(
    client, tree, lead, coordinator, django_assert_max_num_queries
):
    for _ in range(60):
        teacher = factories.person(Role.TEACHER, tree["school"])
        factories.assignment(lead, Role.PRINCIPAL, factories.organisation(tree["dorotea"]))
    for looker in (lead, coordinator, None):
        client.logout()
        if looker:
            client.force_login(looker)
        for address in (url("list"), url("show", teacher.pk), url("show", lead.pk), url("me")):
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == (200 if looker else 302)


@pytest.mark.parametrize("query", ["", "?q=Hemlig", "?q=hemlig@example.org", "?q=Bergvattenskolan", "?format=csv"])
def test_it_never_shows_somebody_protected(client, tree, lead, coordinator, query):
    hidden = factories.person(Role.TEACHER, tree["school"], **HIDDEN)
    actions.assign(person=factories.person(), role=Role.TEACHER, node=tree["school"], by=None, at=AT)
    Assignment.objects.update(granted_by=hidden)
    actions.protect(person=hidden, marking=SecurityMarking.CONFIDENTIAL, by=None, at=AT)
    for looker in (lead, coordinator):
        client.force_login(looker)
        page = client.get(url("list") + query)
        assert "emlig" not in page.content.decode().replace(query.removeprefix("?q="), "")
        if query == "":
            assert page.context["page"].paginator.count == Person.objects.listed().exclude(pk=hidden.pk).count() - (
                1 if looker == lead else 0
            )
        assert client.get(url("show", hidden.pk)).status_code == 404
        for other in Person.objects.exclude(pk=hidden.pk).values_list("pk", flat=True):
            assert "Hemlig" not in client.get(url("show", other)).content.decode()
        assert "Hemlig" not in client.get(reverse("organisations:show", args=[tree["school"].pk])).content.decode()
        assert "Hemlig" not in client.get(url("me")).content.decode()


def test_it_shows_the_role_of_somebody_protected_to_those_who_protect(client, tree, lead, coordinator):
    hidden = factories.person(Role.TEACHER, tree["school"], **HIDDEN)
    actions.protect(person=hidden, marking=SecurityMarking.PROTECTED, by=None, at=AT)
    client.force_login(lead)
    assert client.get(url("show_protected", hidden.pk)).status_code == 404
    assert "Skyddad person" not in client.get(url("list")).content.decode()
    client.force_login(coordinator)
    assert "Skyddad person" in client.get(url("list")).content.decode()
    for name in ("show_protected", "protect"):
        text = client.get(url(name, hidden.pk)).content.decode()
        assert "emlig" not in text
    assert "Bergvattenskolan" in client.get(url("show_protected", hidden.pk)).content.decode()
    ending = client.get(url("end", Assignment.objects.get(person=hidden).pk)).content.decode()
    assert "Skyddad person" in ending
    assert "emlig" not in ending
    client.post(url("protect", hidden.pk), {"marking": "none"})
    assert client.get(url("show", hidden.pk)).status_code == 200
    assert client.post(url("protect", hidden.pk), {"marking": "x"}).context["form"].errors["marking"]


def test_it_shows_colleagues_on_the_page_of_the_school_to_those_who_work_there(client, tree, lead):
    factories.person(Role.TEACHER, tree["school"], given_name="Örjan", family_name="Öst", phone="0942-1")
    address = reverse("organisations:show", args=[tree["school"].pk])
    assert "Örjan" not in client.get(address).content.decode()
    client.force_login(factories.person(Role.TEACHER, tree["other"]))
    assert "Örjan" not in client.get(address).content.decode()
    client.force_login(factories.person(Role.PRINCIPAL, tree["school"]))
    assert "0942-1" in client.get(address).content.decode()
    client.force_login(lead)
    assert "Bjud in någon hit" in client.get(address).content.decode()


def test_it_gives_and_ends_a_role(client, tree, lead):
    teacher = factories.person(Role.TEACHER, tree["school"])
    client.force_login(lead)
    where = url("assign", teacher.pk)
    assert [node.name for node in client.get(where + "?q=berg").context["page"]] == ["Bergvattenskolan"]
    assert "Åsele" not in client.get(where).content.decode()
    address = f"{where}?node={tree['school'].pk}"
    assert Role.COORDINATOR not in dict(client.get(address).context["form"].fields["role"].choices)
    assert client.post(address, {"role": "coordinator"}).context["form"].errors["role"]
    assert client.post(address, {"role": "teacher"}).context["form"].errors["role"]
    late = {"role": "principal", "valid_from": "2026-01-02", "valid_to": "2026-01-01"}
    assert client.post(address, late).context["form"].errors["valid_to"]
    assert client.post(address, {"role": "principal", "reason": "Ny"}).status_code == 302
    given = Assignment.objects.get(role=Role.PRINCIPAL)
    assert client.get(f"{where}?node={tree['other'].pk}").templates[0].name == "people/assign_where.html"
    assert client.get(url("end", given.pk)).status_code == 200
    client.post(url("end", given.pk), {"reason": "Slut"})
    assert client.post(url("end", given.pk)).context["form"].non_field_errors()
    assert "Tidigare uppdrag" in client.get(url("show", teacher.pk)).content.decode()


def test_it_keeps_other_branches_assignments_out(client, tree, lead):
    stranger = factories.person(Role.TEACHER, tree["other"])
    client.force_login(lead)
    for name, pk in (("show", stranger.pk), ("assign", stranger.pk), ("protect", stranger.pk)):
        assert client.get(url(name, pk)).status_code in {403, 404}
    assert client.get(url("end", Assignment.objects.get(person=stranger).pk)).status_code == 404


def test_it_shows_a_leads_own_page_without_others_roles_elsewhere(client, tree, lead):
    both = factories.person(Role.TEACHER, tree["school"])
    factories.assignment(both, Role.TEACHER, tree["other"])
    client.force_login(lead)
    text = client.get(url("show", both.pk)).content.decode()
    assert "Bergvattenskolan" in text
    assert "Åsele skola" not in text


def test_it_invites_accepts_and_signs_in(client, tree, lead, links):
    client.force_login(lead)
    assert [n.name for n in client.get(url("invite_where") + "?q=berg").context["page"]] == ["Bergvattenskolan"]
    address = url("invite", tree["school"].pk)
    assert client.post(address, {"email": "fel", "role": "teacher"}).context["form"].errors["email"]
    assert client.get(url("invite", tree["other"].pk)).status_code == 404
    given = {"email": "ny@example.org", "given_name": "Nils", "family_name": "Ny", "role": "teacher"}
    assert client.post(address, given).status_code == 302
    assert client.post(address, given).context["form"].non_field_errors()
    assert "ny@example.org" in client.get(url("invitations")).content.decode()
    client.logout()
    link = re.sub(r"^https?://[^/]+", "", links[0].link)
    page = client.get(link)
    assert page["Referrer-Policy"] == "strict-origin"
    assert "Mona Lidström" in page.content.decode()
    short = client.post(link, {"given_name": "Nils", "family_name": "Ny", "password": "kort"})
    assert short.context["form"].errors["password"]
    answer = client.post(link, {"given_name": "Nils", "family_name": "Ny", "password": "skogen-och-sjön"})
    assert answer.status_code == 302
    assert client.get(url("me")).status_code == 200
    assert client.get(link).status_code == 410
    client.logout()
    answer = client.post("/accounts/login/", {"login": "NY@example.org", "password": "skogen-och-sjön"})
    assert answer.status_code == 302


def test_it_lets_a_known_person_say_yes_when_signed_in(client, tree, lead, links):
    known = factories.person(email="kim@example.org")
    actions.invite(email="kim@example.org", role=Role.TEACHER, node=tree["school"], by=lead, at=AT)
    link = re.sub(r"^https?://[^/]+", "", links[0].link)
    assert "Du har redan ett konto" in client.get(link).content.decode()
    client.post(link, {"given_name": "x", "family_name": "y", "password": "skogen-och-sjön"})
    assert not Assignment.objects.filter(person=known).exists()
    client.force_login(lead)
    assert "någon annan" in client.get(link).content.decode()
    client.force_login(known)
    assert client.post(link).status_code == 302
    assert Assignment.objects.get(person=known).node == tree["school"]
    assert client.get("/invitation/nonsense/").status_code == 410


def test_it_says_so_when_the_place_was_closed_meanwhile(client, tree, lead, links):
    known = factories.person(email="kim@example.org")
    actions.invite(email="kim@example.org", role=Role.TEACHER, node=tree["school"], by=lead, at=AT)
    factories.assignment(known, Role.TEACHER, tree["school"])
    client.force_login(known)
    page = client.post(re.sub(r"^https?://[^/]+", "", links[0].link))
    assert "redan den rollen" in page.content.decode()


def test_it_sends_again_and_takes_back(client, tree, lead, links):
    one = actions.invite(email="a@example.org", role=Role.TEACHER, node=tree["school"], by=lead, at=AT)
    Invitation.objects.update(expires_at=AT - timedelta(1))
    client.force_login(lead)
    assert "För gammal" in client.get(url("invitations")).content.decode()
    client.post(url("resend", one.pk))
    assert len(links) == 2
    client.post(url("withdraw", one.pk))
    for name in ("resend", "withdraw"):
        page = client.post(url(name, one.pk), follow=True)
        assert "redan besvarad" in page.content.decode()
        assert client.get(url(name, one.pk)).status_code == 405
    client.force_login(factories.person(Role.MUNICIPALITY_LEAD, tree["asele"]))
    assert client.post(url("withdraw", one.pk)).status_code == 404


def test_it_changes_ones_own_account(client, tree):
    me = factories.person(Role.TEACHER, tree["school"])
    client.force_login(me)
    factories.assignment(me, Role.PRINCIPAL, tree["school"], valid_to=timezone.localdate())
    assert "Tidigare uppdrag" in client.get(url("me")).content.decode()
    assert client.post(url("me"), {"given_name": "", "language": "sv"}).context["form"].errors["given_name"]
    given = {"given_name": "  Åsa ", "family_name": "Ö", "phone": "1", "language": "en"}
    client.post(url("me"), given)
    me.refresh_from_db()
    assert (me.given_name, me.language) == ("Åsa", "en")
    assert client.get(url("me"))["Content-Language"] == "en"


def test_it_lets_one_act_in_one_assignment(client, tree):
    me = factories.person(Role.COORDINATOR, tree["region"])
    small = factories.assignment(me, Role.TEACHER, tree["school"])
    client.force_login(me)
    assert client.get(url("list")).status_code == 200
    answer = client.post(url("act"), {"assignment": small.pk, "next": "/me/"})
    assert answer["Location"] == "/me/"
    assert client.get(url("list")).status_code == 403
    other = factories.assignment(factories.person(), Role.COORDINATOR, tree["region"])
    client.post(url("act"), {"assignment": other.pk, "next": "https://evil.example/"})
    assert client.get(url("list")).status_code == 200
    client.post(url("act"), {"assignment": small.pk})
    actions.end_assignment(assignment=small, by=None, at=timezone.now())
    assert client.get(url("list")).status_code == 200
    assert client.post(url("act"), {"next": "https://evil.example/"})["Location"] == "/"


def test_it_exports_everything_about_me_and_no_secret(client, tree):
    me = factories.person(Role.TEACHER, tree["school"])
    _, key = actions.make_token(
        person=me, name="Hyllan", scopes=["resources:read"], expires_at=AT + timedelta(30), by=me, at=AT
    )
    actions.invite(email=me.email, role=Role.PRINCIPAL, node=tree["school"], by=None, at=AT)
    client.force_login(me)
    answer = client.get(url("export"))
    told = json.loads(answer.content)
    assert told["assignments"][0]["place"] == "Bergvattenskolan"
    assert told["invitations"][0]["role"] == "principal"
    assert told["keys"][0]["name"] == "Hyllan"
    assert told["account"]["email"] == me.email
    assert {"loans", "queue", "class_codes", "tips", "log", "notices"} <= told.keys()
    assert key not in answer.content.decode()
    assert tokens.hashed(key) not in answer.content.decode()


def test_it_makes_a_key_that_is_shown_once(client, tree):
    me = factories.person(Role.TEACHER, tree["school"])
    client.force_login(me)
    assert client.post(url("keys"), {"name": ""}).context["form"].errors["scopes"]
    page = client.post(url("keys"), {"name": "Hyllan", "scopes": ["resources:read"], "days": "30"})
    key = page.context["new"]
    assert page["Cache-Control"] == "no-store"
    assert tokens.person_for(key)[0] == me
    assert key not in client.get(url("keys")).content.decode()
    for _ in range(19):
        actions.make_token(person=me, name="x", scopes=["resources:read"], expires_at=AT + timedelta(9), by=me, at=AT)
    full = client.post(url("keys"), {"name": "Hyllan", "scopes": ["resources:read"], "days": "30"})
    assert "tjugo" in full.content.decode()
    token = ApiToken.objects.get(name="Hyllan")
    client.force_login(factories.person())
    assert client.post(url("revoke_key", token.pk)).status_code == 404
    client.force_login(me)
    client.post(url("revoke_key", token.pk))
    assert tokens.person_for(key) is None


def test_it_closes_ones_account(client, tree):
    me = factories.person(Role.TEACHER, tree["school"], email="me@example.org")
    client.force_login(me)
    assert client.post(url("close")).context["form"].errors["sure"]
    client.post(url("close"), {"sure": "on"})
    assert client.get(url("me")).status_code == 302
    assert not Person.objects.filter(email="me@example.org").exists()
    last = actions.plant_administrator(email="root@example.org", password="", at=AT)
    client.force_login(last)
    assert "sista systemadministratören" in client.post(url("close"), {"sure": "on"}).content.decode()


def test_it_offers_personas_in_a_demo_alone(client, tree, settings):
    tove = factories.person(Role.TEACHER, tree["school"], email=f"tove@{DOMAIN}", given_name="Tove")
    factories.assignment(tove, Role.PRINCIPAL, tree["school"])
    hidden = factories.person(
        Role.TEACHER, tree["school"], email=f"x@{DOMAIN}", security_marking=SecurityMarking.PROTECTED
    )
    other = factories.person(Role.TEACHER, tree["school"])
    assert client.post(url("be_persona", tove.pk)).status_code == 404
    assert "Tove" not in client.get("/accounts/login/").content.decode()
    assert personas() == []
    settings.DEMO = True
    assert "Bli&nbsp;Tove" in client.get("/accounts/login/").content.decode()
    assert [(persona.pk, persona.first) for persona in personas()] == [(tove.pk, False)]  # a principal is no beginner
    fatima = factories.person(Role.TEACHER, tree["school"], email=f"fatima@{DOMAIN}")
    factories.person(Role.TEACHER, tree["school"], email=f"emil@{DOMAIN}")
    assert [persona.first for persona in personas()] == [True, False, False]
    assert personas()[0].pk == fatima.pk
    for somebody in (hidden, other):
        assert client.post(url("be_persona", somebody.pk)).status_code == 404
    assert client.get(url("be_persona", tove.pk)).status_code == 405
    assert client.post(url("be_persona", tove.pk)).status_code == 302
    assert client.get(url("me")).status_code == 200


def test_it_has_something_to_try_for_every_role():
    assert set(TRY) == set(Role)


@pytest.mark.parametrize(
    ("address", "shown"), [("a@b.se", "a@<wbr>b.se"), ("<b>@x", "&lt;b&gt;@<wbr>x"), ("utan", "utan")]
)
def test_it_breaks_an_address_after_the_at(address, shown):
    assert breakable(address) == shown
