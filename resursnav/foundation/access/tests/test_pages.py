"""The guard of a page: 404 for what may not be seen, 403 for what may not be done, login where it could help."""

import sys

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory

from resursnav.foundation.access import ANYONE, SIGNED_IN, Grant, Reach, Role, Rule, allow, rules
from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db

SEE = Rule("test.see", (Grant({Role.MUNICIPALITY_LEAD, Role.TEACHER}, Reach.BELOW),))
EDIT = Rule("test.edit", (Grant({Role.MUNICIPALITY_LEAD}, Reach.BELOW),))
OPEN = Rule("test.open", (Grant(ANYONE, Reach.ANYWHERE),))


def show(request, **arguments):
    return HttpResponse(" ".join(f"{name}={thing}" for name, thing in arguments.items()))


def ask(view, person=None, method="GET", **arguments):
    request = RequestFactory().generic(method, "/x/")
    request.user = person or AnonymousUser()
    return view(request, **arguments)


@pytest.fixture
def town():
    return factories.organisation(factories.organisation(), name="Torsås")


def test_it_hands_the_loaded_thing_to_the_view(town):
    lead = factories.person(Role.MUNICIPALITY_LEAD, town)
    view = page(EDIT, load=Organisation, see=SEE)(show)
    assert ask(view, lead, pk=town.pk).content == "organisation=Torsås".encode()


def test_it_answers_404_for_what_may_not_be_seen(town):
    other = factories.person(Role.MUNICIPALITY_LEAD, factories.organisation(factories.organisation()))
    view = page(EDIT, load=Organisation, see=SEE)(show)
    with pytest.raises(Http404):
        ask(view, other, pk=town.pk)
    with pytest.raises(Http404):
        ask(view, other, pk=0)


def test_it_answers_403_for_what_is_seen_but_not_allowed(town):
    teacher = factories.person(Role.TEACHER, town)
    with pytest.raises(PermissionDenied):
        ask(page(EDIT, load=Organisation, see=SEE)(show), teacher, pk=town.pk)
    with pytest.raises(PermissionDenied):
        ask(page(EDIT)(show), teacher)


def test_it_sends_a_stranger_to_login_where_an_account_could_help(town):
    for view, arguments in ((page(EDIT)(show), {}), (page(EDIT, load=Organisation, see=SEE)(show), {"pk": town.pk})):
        answer = ask(view, **arguments)
        assert (answer.status_code, answer["Location"].startswith("/accounts/login/?next=")) == (302, True)
    answer = ask(page(EDIT, load=Organisation, see=OPEN)(show), pk=town.pk)
    assert answer.status_code == 302
    with pytest.raises(Http404):
        ask(page(OPEN, load=Organisation, see=OPEN)(show), pk=0)


@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("HEAD", 200), ("POST", 405), ("DELETE", 405)])
def test_it_answers_only_the_methods_that_the_page_has(method, status):
    answer = ask(page(public=True)(show), method=method)
    assert answer.status_code == status
    if status == 405:
        assert answer["Allow"] == "GET"


def test_it_takes_either_a_rule_or_public():
    with pytest.raises(ValueError, match="either a rule or public"):
        page()
    with pytest.raises(ValueError, match="either a rule or public"):
        page(SEE, public=True)


def test_it_needs_a_rule_for_seeing_on_a_public_page_that_loads(town):
    with pytest.raises(ValueError, match="must name the rule"):
        ask(page(public=True, load=Organisation)(show), pk=town.pk)
    assert ask(page(public=True, load=Organisation, see=OPEN)(show), pk=town.pk).status_code == 200


@pytest.fixture
def table(monkeypatch):
    """The table of rules, put back afterwards."""
    kept = {rule.name: rule for rule in rules()}
    # The package gives out the function `rules`, so its module of the same name is reached by its full name.
    monkeypatch.setattr(sys.modules["resursnav.foundation.access.rules"], "_rules", kept)


def test_it_finds_the_contexts_own_rule_for_seeing(town, table):
    allow("seeded.see", Grant(SIGNED_IN, Reach.ABOVE))
    edit = allow("seeded.edit", Grant({Role.MUNICIPALITY_LEAD}, Reach.HERE))
    view = page(edit, load=Organisation)(show)
    assert ask(view, factories.person(Role.MUNICIPALITY_LEAD, town), pk=town.pk).status_code == 200
    with pytest.raises(PermissionDenied):
        ask(view, factories.person(Role.TEACHER, town), pk=town.pk)


def test_it_refuses_rules_twice_and_rules_without_grants(table):
    rule = allow("seeded.once", Grant(SIGNED_IN, Reach.ANYWHERE))
    assert str(rule) == "seeded.once"
    assert rule in rules()
    with pytest.raises(ValueError, match="twice"):
        allow("seeded.once", Grant(SIGNED_IN, Reach.ANYWHERE))
    with pytest.raises(ValueError, match="nothing to anybody"):
        allow("seeded.none")


def test_it_answers_templates_by_the_same_rule(town, table):
    allow("seeded.edit", Grant({Role.MUNICIPALITY_LEAD}, Reach.HERE))
    template = Template("{% load access %}{% may 'seeded.edit' town as ok %}{{ ok }}")
    lead, teacher = (factories.person(role, town) for role in (Role.MUNICIPALITY_LEAD, Role.TEACHER))
    assert [template.render(Context({"user": who, "town": town})) for who in (lead, teacher)] == ["True", "False"]
    assert template.render(Context({"town": town})) == "False"


def test_it_says_when_own_has_no_meaning(town):
    own = Rule("test.own", (Grant(SIGNED_IN, Reach.OWN),))
    with pytest.raises(ValueError, match="nobody's own"):
        Organisation.objects.visible_to(factories.person(), own)
