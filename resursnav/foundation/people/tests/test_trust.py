"""Assignments, invitations, protection: nobody gets more trust than the giver has, and nobody hidden shows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from resursnav.foundation.access import Role, may
from resursnav.foundation.organisations import actions as organisations
from resursnav.foundation.people import actions, events
from resursnav.foundation.people.models import Assignment, Invitation, Person, SecurityMarking
from resursnav.foundation.people.rules import CONTACTS, INVITE, MANAGE, PROTECT, SEE
from resursnav.foundation.people.trust import gives, may_give, trust
from resursnav.kernel import events as bus
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime.now(UTC).replace(hour=10)
TODAY = AT.date()


@pytest.fixture
def tree():
    region = factories.organisation(name="Västerbottens län")
    dorotea = factories.organisation(region, name="Dorotea")
    school = factories.organisation(dorotea, name="Bergvattenskolan")
    asele = factories.organisation(region, name="Åsele")
    other = factories.organisation(asele, name="Åsele skola")
    return {"region": region, "dorotea": dorotea, "school": school, "asele": asele, "other": other}


@pytest.fixture
def told():
    heard = []
    kinds = [one for one in vars(events).values() if isinstance(one, type) and one.__module__ == events.__name__]
    for kind in kinds:
        bus._listeners[kind].append(heard.append)
    yield heard
    for kind in kinds:
        bus._listeners[kind].remove(heard.append)


def test_it_lets_a_lead_trust_people_of_the_own_branch(tree, told):
    lead, teacher = factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"]), factories.person()
    post = actions.assign(person=teacher, role=Role.TEACHER, node=tree["school"], by=lead, at=AT, reason=" Ny  lärare")
    assert (post.granted_by, post.reason, post.valid_from) == (lead, "Ny lärare", TODAY)
    assert [type(event) for event in told] == [events.AssignmentGranted]
    assert teacher.standing() == [post]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR, Role.EXPERT])
def test_it_never_lets_anybody_give_more_than_they_have(tree, role):
    lead, somebody = factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"]), factories.person()
    with pytest.raises(actions.UnableToAssign, match="inte rätt") as refused:
        actions.assign(person=somebody, role=role, node=tree["school"], by=lead, at=AT)
    assert refused.value.field == "role"
    with pytest.raises(actions.UnableToInvite):
        actions.invite(email="a@example.org", role=role, node=tree["school"], by=lead, at=AT)
    assert not Assignment.objects.filter(role=role).exists()
    assert not Invitation.objects.exists()


def test_it_lets_nobody_give_themselves_more(tree):
    lead = factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"])
    for node in (tree["region"], tree["asele"], tree["other"]):
        with pytest.raises(actions.UnableToAssign, match="ansvarar för"):
            actions.assign(person=lead, role=Role.TEACHER, node=node, by=lead, at=AT)
    coordinator = factories.person(Role.COORDINATOR, tree["region"])
    with pytest.raises(actions.UnableToAssign, match="inte rätt"):
        actions.assign(person=coordinator, role=Role.ADMINISTRATOR, node=tree["region"], by=coordinator, at=AT)
    teacher = factories.person(Role.TEACHER, tree["school"])
    with pytest.raises(actions.UnableToAssign, match="inte rätt"):
        actions.assign(person=teacher, role=Role.PRINCIPAL, node=tree["school"], by=teacher, at=AT)


def test_it_counts_only_what_one_acts_in(tree):
    both = factories.person(Role.COORDINATOR, tree["region"])
    small = factories.assignment(both, Role.TEACHER, tree["school"])
    both.acting_as = small.pk
    with pytest.raises(actions.UnableToAssign, match="inte rätt"):
        actions.assign(person=factories.person(), role=Role.TEACHER, node=tree["school"], by=both, at=AT)


def test_it_orders_trust():
    assert may_give(Role.COORDINATOR, Role.COORDINATOR)
    assert may_give(Role.COORDINATOR, Role.EXPERT)
    assert not may_give(Role.COORDINATOR, Role.ADMINISTRATOR)
    assert not may_give(Role.MUNICIPALITY_LEAD, Role.EXPERT)
    assert may_give(Role.MUNICIPALITY_LEAD, Role.MUNICIPALITY_LEAD)
    assert not any(may_give(giver, role) for giver in (Role.EXPERT, Role.PRINCIPAL, Role.TEACHER) for role in Role)
    assert set(gives({Role.ADMINISTRATOR})) == set(Role)
    assert gives({Role.TEACHER}) == []
    assert trust(Role.TEACHER) < trust(Role.PRINCIPAL) < trust(Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"role": "king"}, "Välj en roll"),
        ({"valid_to": date(2020, 1, 1)}, "Slutdagen"),
        ({"role": Role.TEACHER}, "redan den rollen"),
    ],
)
def test_it_says_why_a_role_cannot_be_given(tree, fields, words):
    teacher = factories.person(Role.TEACHER, tree["school"])
    given = {"person": teacher, "role": Role.PRINCIPAL, "node": tree["school"], "by": None, "at": AT} | fields
    with pytest.raises(actions.UnableToAssign, match=words):
        actions.assign(**given)


def test_it_gives_no_role_at_a_closed_node_or_to_a_closed_account(tree):
    organisations.close(organisation=tree["other"], by=None, at=AT)
    with pytest.raises(actions.UnableToAssign, match="stängd"):
        actions.assign(person=factories.person(), role=Role.TEACHER, node=tree["other"], by=None, at=AT)
    with pytest.raises(actions.UnableToAssign, match="Kontot är stängt"):
        actions.assign(person=factories.person(is_active=False), role=Role.TEACHER, node=tree["school"], by=None, at=AT)


def test_it_ends_a_role_at_once(tree, told):
    lead, teacher = factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"]), factories.person()
    post = actions.assign(person=teacher, role=Role.TEACHER, node=tree["school"], by=lead, at=AT)
    actions.end_assignment(assignment=post, by=lead, at=AT, reason="Slutar")
    teacher.forget_standing()
    assert teacher.standing() == []
    assert told[-1].after == {"to": TODAY.isoformat(), "reason": "Slutar"}
    with pytest.raises(actions.UnableToEnd, match="redan avslutat"):
        actions.end_assignment(assignment=post, by=lead, at=AT)


def test_it_ends_what_has_not_begun_and_refuses_a_day_before_it_began(tree):
    somebody = factories.person()
    coming = actions.assign(
        person=somebody, role=Role.TEACHER, node=tree["school"], by=None, at=AT, valid_from=TODAY + timedelta(30)
    )
    with pytest.raises(actions.UnableToEnd, match="före startdagen"):
        actions.end_assignment(assignment=coming, by=None, at=AT, day=TODAY + timedelta(10))
    ended = actions.end_assignment(assignment=coming, by=None, at=AT)
    assert ended.valid_to == ended.valid_from
    assert not ended.counts_on(ended.valid_from)


def test_it_lets_only_those_who_could_give_a_role_end_it_and_oneself(tree):
    coordinator = factories.person(Role.COORDINATOR, tree["region"])
    lead = factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"])
    post = Assignment.objects.get(person=coordinator)
    with pytest.raises(actions.UnableToEnd):
        actions.end_assignment(assignment=post, by=lead, at=AT)
    actions.end_assignment(assignment=post, by=coordinator, at=AT)
    assert not Assignment.objects.current(TODAY).filter(person=coordinator).exists()


def test_it_lets_people_follow_when_their_school_is_merged(tree, told):
    teacher = factories.person(Role.TEACHER, tree["school"])
    both = factories.person(Role.TEACHER, tree["school"])
    factories.assignment(both, Role.TEACHER, tree["other"])
    gone = factories.person(Role.TEACHER, tree["school"], is_active=False)
    organisations.merge(organisation=tree["school"], into=tree["other"], by=None, at=AT)
    for person in (teacher, both):
        person.forget_standing()
        assert [post.node for post in person.standing()] == [tree["other"]]
    assert not Assignment.objects.filter(person=gone, node=tree["other"]).exists()
    assert {type(event) for event in told} == {events.AssignmentGranted, events.AssignmentEnded}


def test_it_invites_and_makes_an_account(tree, told, settings):
    lead = factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"])
    sent = actions.invite(
        email=" Ny.Larare@Example.ORG ", role=Role.TEACHER, node=tree["school"], by=lead, at=AT, given_name="Nils"
    )
    link = told[0].link
    assert link.startswith(settings.BASE_URL + "/invitation/")
    assert sent.key_hash not in link
    person, post = actions.accept(
        invitation=sent, at=AT, by=None, given_name="Nils", family_name="Ny", password="skogen-och-sjön"
    )
    assert (person.email, post.role, post.granted_by) == ("ny.larare@example.org", Role.TEACHER, lead)
    assert person.check_password("skogen-och-sjön")
    assert EmailAddress.objects.get(user=person).verified
    with pytest.raises(actions.UnableToAccept, match="gäller inte längre"):
        actions.accept(invitation=sent, at=AT, by=person)


def test_it_adds_the_role_to_an_account_that_exists(tree):
    known = factories.person(email="kim@example.org")
    sent = actions.invite(email="KIM@example.org", role=Role.TEACHER, node=tree["school"], by=None, at=AT)
    with pytest.raises(actions.UnableToAccept, match="redan ett konto"):
        actions.accept(invitation=sent, at=AT, by=None, password="x")
    with pytest.raises(actions.UnableToAccept, match="redan ett konto"):
        actions.accept(invitation=sent, at=AT, by=factories.person())
    person, _ = actions.accept(invitation=sent, at=AT, by=known)
    assert person == known
    other = actions.invite(email="new@example.org", role=Role.TEACHER, node=tree["school"], by=None, at=AT)
    with pytest.raises(actions.UnableToAccept, match="annan e-postadress"):
        actions.accept(invitation=other, at=AT, by=known)
    again = actions.invite(email="kim@example.org", role=Role.TEACHER, node=tree["school"], by=None, at=AT)
    with pytest.raises(actions.UnableToAccept, match="redan den rollen"):
        actions.accept(invitation=again, at=AT, by=known)
    assert Invitation.objects.get(pk=again.pk).accepted_at is None


def test_it_takes_back_sends_again_and_runs_out(tree, told):
    lead = factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"])
    sent = actions.invite(email="a@example.org", role=Role.TEACHER, node=tree["school"], by=lead, at=AT)
    old = sent.key_hash
    late = AT + timedelta(days=15)
    with pytest.raises(actions.UnableToAccept):
        actions.accept(invitation=sent, at=late, by=None)
    again = actions.resend(invitation=sent, by=lead, at=late)
    assert again.key_hash != old
    assert again.is_waiting(late)
    actions.withdraw(invitation=again, by=lead, at=late)
    assert isinstance(told[-1], events.InvitationWithdrawn)
    for verb in (actions.resend, actions.withdraw):
        with pytest.raises(actions.UnableToInvite, match="redan besvarad"):
            verb(invitation=again, by=lead, at=late)


def test_it_invites_once_at_a_time_but_again_when_it_has_run_out(tree):
    def invite(at):
        return actions.invite(email="a@example.org", role=Role.TEACHER, node=tree["school"], by=None, at=at)

    first = invite(AT)
    with pytest.raises(actions.UnableToInvite, match="redan en inbjudan"):
        invite(AT)
    invite(AT + timedelta(days=15))
    first.refresh_from_db()
    assert first.withdrawn_at


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"email": "nej"}, "email"), ({"email": ""}, "email"), ({"given_name": "x" * 81}, "given_name")],
)
def test_it_says_why_nobody_can_be_invited(tree, fields, field):
    given = {"email": "a@example.org", "role": Role.TEACHER, "node": tree["school"], "by": None, "at": AT} | fields
    with pytest.raises(actions.UnableToInvite) as refused:
        actions.invite(**given)
    assert refused.value.field == field


def test_it_invites_nobody_to_a_closed_place(tree):
    organisations.close(organisation=tree["other"], by=None, at=AT)
    with pytest.raises(actions.UnableToInvite, match="stängd"):
        actions.invite(email="a@example.org", role=Role.TEACHER, node=tree["other"], by=None, at=AT)


def test_it_hides_a_protected_person_from_everybody_but_those_who_protect(tree, told):
    coordinator = factories.person(Role.COORDINATOR, tree["region"])
    lead = factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"])
    colleague = factories.person(Role.TEACHER, tree["school"])
    hidden = factories.person(Role.TEACHER, tree["school"])
    assert hidden in Person.objects.visible_to(lead, SEE)
    actions.protect(person=hidden, marking=SecurityMarking.PROTECTED, by=coordinator, at=AT)
    assert told[-1].after == {"protection": "protected"}
    for looker in (coordinator, lead, colleague):
        assert hidden not in Person.objects.visible_to(looker, SEE)
        assert not Assignment.objects.visible_to(looker, CONTACTS).filter(person=hidden).exists()
    assert may(coordinator, PROTECT, hidden)
    assert not may(lead, PROTECT, hidden)
    assert hidden in Person.objects.visible_to(hidden, SEE)
    assert hidden not in Person.objects.listed()
    with pytest.raises(actions.UnableToChange, match="ansvarar för"):
        actions.protect(person=hidden, marking=SecurityMarking.NONE, by=lead, at=AT)
    with pytest.raises(actions.UnableToChange, match="Välj"):
        actions.protect(person=hidden, marking="x", by=coordinator, at=AT)


def test_it_keeps_rules_to_the_branch(tree):
    lead = factories.person(Role.MUNICIPALITY_LEAD, tree["dorotea"])
    stranger = factories.person(Role.TEACHER, tree["other"])
    for rule in (SEE, PROTECT):
        assert not may(lead, rule, stranger)
    post = Assignment.objects.get(person=stranger)
    assert not may(lead, MANAGE, post)
    assert not may(lead, CONTACTS, post)
    assert may(lead, INVITE, tree["school"])
    assert not may(lead, INVITE, tree["other"])


def test_it_changes_ones_own_account(told):
    me = factories.person(given_name="Åsa", family_name="Öberg", phone="")
    given = {"given_name": " Åsa-Lena ", "family_name": "Öberg", "phone": "0942-140 00", "language": "en"}
    actions.change_person(person=me, by=me, at=AT, **given)
    assert told[-1].before == {"given_name": "Åsa", "phone": "", "language": "sv"}
    told.clear()
    actions.change_person(person=me, by=me, at=AT, **given)
    assert told == []
    with pytest.raises(actions.UnableToChange, match="Bara du"):
        actions.change_person(person=me, by=factories.person(), at=AT, **given)
    with pytest.raises(actions.UnableToChange, match="förnamn"):
        actions.change_person(person=me, by=me, at=AT, **(given | {"given_name": " "}))
    with pytest.raises(actions.UnableToChange) as refused:
        actions.change_person(person=me, by=me, at=AT, **(given | {"language": "xx"}))
    assert refused.value.field == "language"


def test_it_closes_an_account_and_forgets_the_name(tree, told):
    me = factories.person(Role.TEACHER, tree["school"], email="me@example.org")
    EmailAddress.objects.create(user=me, email=me.email, verified=True, primary=True)
    closed = actions.close_account(person=me, by=me, at=AT)
    assert not closed.is_active
    assert "me@example.org" not in str(Person.objects.values()) + str(EmailAddress.objects.values())
    assert not Assignment.objects.current(TODAY).exists()
    assert isinstance(told[-1], events.AccountClosed)
    with pytest.raises(actions.UnableToChange, match="Bara du"):
        actions.close_account(person=factories.person(), by=closed, at=AT)


def test_it_keeps_the_last_administrator(tree):
    me = actions.plant_administrator(email="root@example.org", password="skogen-och-sjön", at=AT)
    with pytest.raises(actions.UnableToChange, match="sista systemadministratören"):
        actions.close_account(person=me, by=me, at=AT)


def test_it_plants_an_administrator_once(tree):
    first = actions.plant_administrator(email="Root@example.org", password="skogen-och-sjön", at=AT)
    again = actions.plant_administrator(email="root@example.org", password="", at=AT)
    assert first == again
    assert again.check_password("skogen-och-sjön")
    actions.plant_administrator(email="root@example.org", password="sjön-och-skogen", at=AT, root=tree["region"])
    first.refresh_from_db()
    assert first.check_password("sjön-och-skogen")
    assert Assignment.objects.filter(person=first, role=Role.ADMINISTRATOR).count() == 1
    with pytest.raises(actions.UnableToPlant, match="e-postadress"):
        actions.plant_administrator(email="nej", password="", at=AT)


def test_it_plants_nobody_without_a_tree():
    with pytest.raises(actions.UnableToPlant, match="ingen region"):
        actions.plant_administrator(email="root@example.org", password="", at=AT)


def test_it_keeps_the_language_that_was_chosen_in_the_header(client):
    me = factories.person(given_name="")
    client.force_login(me)
    client.post("/language/", {"language": "en"})
    me.refresh_from_db()
    assert me.language == "en"


def test_it_writes_no_name_of_somebody_protected():
    assert str(factories.person(given_name="Åsa", family_name="Ö")) == "Åsa Ö"
    assert "Åsa" not in str(factories.person(security_marking=SecurityMarking.CONFIDENTIAL))


def test_it_gives_a_role_that_exists(tree):
    with pytest.raises(actions.UnableToAssign, match="Välj en roll"):
        actions.assign(person=factories.person(), role="kejsare", node=tree["school"], by=None, at=AT)


def test_it_lets_the_database_refuse_the_second_of_two_at_once(tree, monkeypatch):
    teacher = factories.person(Role.TEACHER, tree["school"])
    # Somebody else's row arrives between the look and the write: the look sees nothing.
    monkeypatch.setattr(type(Assignment.objects.all()), "exists", lambda rows: False)
    with pytest.raises(actions.UnableToAssign, match="redan"):
        actions.assign(person=teacher, role=Role.TEACHER, node=tree["school"], by=None, at=AT)
    assert Assignment.objects.filter(person=teacher).count() == 1


def test_it_lets_the_database_refuse_the_second_of_two_invitations_at_once(tree, monkeypatch):
    invited = {"email": "ny@example.org", "role": Role.TEACHER, "node": tree["school"], "by": None, "at": AT}
    actions.invite(**invited)
    monkeypatch.setattr(Invitation, "full_clean", lambda invitation: None)
    with pytest.raises(actions.UnableToInvite, match="redan en inbjudan"):
        actions.invite(**invited)
    assert Invitation.objects.count() == 1


def test_it_says_until_when_an_assignment_lasts(tree, told):
    end = TODAY + timedelta(days=30)
    actions.assign(person=factories.person(), role=Role.TEACHER, node=tree["school"], by=None, at=AT, valid_to=end)
    assert told[-1].after["to"] == end.isoformat()
