"""Default is deny: every address has a rule, or says that it is public."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import include, path
from ninja import NinjaAPI

from resursnav.foundation.access import ANYONE, Grant, Reach, Rule
from resursnav.foundation.access.pages import page

from .addresses import FRAMEWORK, addresses, unguarded

RULE = Rule("seeded.see", (Grant(ANYONE, Reach.ANYWHERE),))


def answer(request, **arguments):
    return HttpResponse("")


def test_it_guards_every_address():
    assert unguarded(list(addresses())) == []


def test_it_finds_the_addresses_at_all():
    names = {address.name for address in addresses()}
    assert {"alive", "ready", "ui:gallery"} <= names


def test_it_excuses_only_framework_views_that_are_used():
    used = [address.dotted for address in addresses()]
    installed = {name.partition(".")[0] for name in settings.INSTALLED_APPS}
    for name in {name for name in FRAMEWORK if name.partition(".")[0] in installed}:
        assert any(dotted.startswith(name) for dotted in used), f"{name} is no longer used"


def test_it_requires_login_by_default():
    """A view that forgot its guard is still closed to strangers, because Django's own middleware stands in front."""
    auth = settings.MIDDLEWARE.index("django.contrib.auth.middleware.AuthenticationMiddleware")
    assert settings.MIDDLEWARE.index("django.contrib.auth.middleware.LoginRequiredMiddleware") > auth


@pytest.mark.parametrize(
    "patterns",
    [
        [path("seed/", answer)],
        [path("deep/", include([path("er/", include([path("seed/<int:pk>/", answer, name="seed")]))]))],
        [path("seed/", lambda request: HttpResponse(""))],
    ],
)
def test_it_catches_a_seeded_view_without_a_rule(patterns):
    assert len(unguarded(list(addresses(patterns)))) == 1


def test_it_catches_a_seeded_operation_without_a_rule():
    api = NinjaAPI(urls_namespace="seeded", openapi_url=None, docs_url=None)
    api.get("/open")(lambda request: {})
    assert len(unguarded(list(addresses([path("api/", api.urls)])))) == 1


def test_it_accepts_rules_and_public_pages():
    patterns = [path("a/", page(RULE)(answer)), path("b/<int:pk>/", page(public=True)(answer))]
    assert unguarded(list(addresses(patterns))) == []


def test_it_knows_the_arguments_of_an_address():
    found = list(addresses([path("<slug:kind>/", include([path("<int:pk>/", answer, name="seed")]))]))
    assert [(address.route, address.name) for address in found] == [("<slug:kind>/<int:pk>/", "seed")]
