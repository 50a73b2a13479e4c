"""The open interface: who may call, pages, problems, marks, and what it says of itself."""

import json

import hypothesis
import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import ignored_auth, positive_data_acceptance
from schemathesis.core.parameters import ParameterLocation

from resursnav.foundation.access import Role
from resursnav.foundation.people.models import ApiToken
from resursnav.foundation.people.tokens import SCOPES, hashed
from resursnav.foundation.rest import cursors
from resursnav.site.api import document
from resursnav.site.api.assembly import api
from resursnav.site.wsgi import application
from tests import factories

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def fresh_count():
    """Each test begins a minute of its own."""
    cache.clear()


@pytest.fixture
def tree():
    region = factories.organisation(name="Region Västerbotten", code="24")
    dorotea = factories.organisation(region, name="Dorotea", code="2425")
    sorsele = factories.organisation(region, name="Sorsele", code="2422")
    school = factories.organisation(dorotea, name="Bergvattenskolan", code="85634702", latitude=64.2)
    return {"region": region, "dorotea": dorotea, "sorsele": sorsele, "the school": school}


def key_of(person, *scopes, raw="rn_test", **fields):
    ApiToken.objects.create(
        person=person,
        name="prov",
        key_hash=hashed(raw),
        hint=raw[:6],
        scopes=list(scopes),
        created_at=timezone.now(),
        **fields,
    )
    return {"Authorization": f"Bearer {raw}"}


def names(answer):
    return [item["name"] for item in answer.json()["items"]]


def problem(answer, status):
    """The problem that the answer tells, after checking its form."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(told)
    assert told["status"] == status
    return told


# Organisations


def test_it_lists_the_tree_to_strangers(client, tree):
    assert names(client.get(f"{ROOT}/organisations")) == [
        "Region Västerbotten", "Dorotea", "Sorsele", "Bergvattenskolan",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "municipality"}, ["Dorotea", "Sorsele"]),
        ({"unit_type": "school"}, ["Bergvattenskolan"]),
        ({"parent": "region"}, ["Dorotea", "Sorsele"]),
        ({"below": "dorotea"}, ["Dorotea", "Bergvattenskolan"]),
        ({"code": "2425"}, ["Dorotea"]),
        ({"q": "bergvatten"}, ["Bergvattenskolan"]),
        ({"q": "2422"}, ["Sorsele"]),
        ({"q": "\x00"}, ["Region Västerbotten", "Dorotea", "Sorsele", "Bergvattenskolan"]),
        ({"kind": "municipality", "below": "the school"}, []),
    ],
)
def test_it_filters_organisations(client, tree, filters, expected):
    asked = {name: tree[value].pk if value in tree else value for name, value in filters.items()}
    assert names(client.get(f"{ROOT}/organisations", asked)) == expected


def test_it_tells_what_changed_since(client, tree):
    tree["dorotea"].history.create(verb="renamed", happened_date="2026-01-01", recorded_at="2026-01-02T10:00:00+01:00")
    assert names(client.get(f"{ROOT}/organisations", {"changed_since": "2026-01-02T09:00:00Z"})) == ["Dorotea"]
    assert names(client.get(f"{ROOT}/organisations", {"changed_since": "2026-01-02T09:00:01Z"})) == []
    assert names(client.get(f"{ROOT}/organisations", {"changed_since": "2026-01-02T09:59:00"})) == ["Dorotea"]
    # Zones that no place on earth has, and moments that UTC cannot tell.
    assert names(client.get(f"{ROOT}/organisations", {"changed_since": "2026-01-03T08:59:00+23:59"})) == ["Dorotea"]
    assert names(client.get(f"{ROOT}/organisations", {"changed_since": "2026-01-02T09:02:00-23:59"})) == []
    assert "Dorotea" in names(client.get(f"{ROOT}/organisations", {"changed_since": "0001-01-01T00:00:00+23:59"}))
    assert names(client.get(f"{ROOT}/organisations", {"changed_since": "9999-12-31T23:59:59-23:59"})) == []


@pytest.mark.parametrize("moment", ["0", "1700000000", "yesterday", "2025-02-30", "12:00", ""])
def test_it_refuses_moments_that_are_none(client, moment):
    told = problem(client.get(f"{ROOT}/organisations", {"changed_since": moment}), 422)
    assert [error["where"] for error in told["errors"]] == ["query.changed_since"]


def test_it_leaves_out_closed_ones_unless_asked(client, tree):
    tree["sorsele"].valid_to = "2020-01-01"
    tree["sorsele"].save()
    assert "Sorsele" not in names(client.get(f"{ROOT}/organisations"))
    assert "Sorsele" in names(client.get(f"{ROOT}/organisations", {"closed": "true"}))


def test_it_shows_one_organisation_with_the_way_down(client, tree):
    told = client.get(f"{ROOT}/organisations/{tree['the school'].pk}").json()
    assert [step["name"] for step in told["path"]] == ["Region Västerbotten", "Dorotea"]
    assert (told["code"], told["sigel"], told["latitude"], told["parent_id"]) == (
        "85634702", None, 64.2, tree["dorotea"].pk,
    )  # fmt: skip
    assert client.get(told["page"]).status_code == 200


# Pages


def test_it_gives_every_row_once_while_rows_come_and_go(client, tree):
    for number in range(25):
        factories.organisation(tree["sorsele"], name=f"Skola {number:02}")
    seen, address = [], f"{ROOT}/organisations?limit=7&kind=unit"
    while address:
        answer = client.get(address)
        seen += names(answer)
        address = answer.json()["next"]
        if len(seen) == 7:
            tree["the school"].delete()  # the first of those already given
    assert seen == ["Bergvattenskolan", *[f"Skola {number:02}" for number in range(25)]]


@pytest.mark.parametrize("limit", ["0", "101", "x", "-1", "99999999999999999999"])
def test_it_refuses_absurd_limits(client, limit):
    told = problem(client.get(f"{ROOT}/organisations", {"limit": limit}), 422)
    assert [error["where"] for error in told["errors"]] == ["query.limit"]


@pytest.mark.parametrize(
    "cursor", ["x", "AAAA", "åäö", cursors.written("page", 1), cursors.written("after", 2**63), "W10"]
)
def test_it_refuses_markers_that_it_did_not_make(client, cursor):
    assert problem(client.get(f"{ROOT}/organisations", {"cursor": cursor}), 422)["errors"]


# Who may call


def test_it_lets_a_key_act_as_its_person(client, tree):
    headers = key_of(factories.person(Role.TEACHER, tree["the school"]), "organisations:read")
    assert client.get(f"{ROOT}/organisations", headers=headers).status_code == 200
    noted = ApiToken.objects.get().last_used_at
    assert noted is not None
    client.get(f"{ROOT}/organisations", headers=headers)
    assert ApiToken.objects.get().last_used_at == noted


def test_it_refuses_a_key_without_the_scope(client, tree):
    headers = key_of(factories.person(Role.TEACHER, tree["the school"]), "resources:read")
    answer = client.get(f"{ROOT}/organisations", headers=headers)
    assert "organisations:read" in problem(answer, 403)["detail"]
    assert 'error="insufficient_scope"' in answer["WWW-Authenticate"]


@pytest.mark.parametrize("sent", ["Bearer rn_other", "Bearer", "Basic eDp5", "Bearer åäö", "rn_test"])
def test_it_refuses_keys_that_open_nothing(client, tree, sent):
    key_of(factories.person(Role.TEACHER, tree["the school"]), "organisations:read")
    answer = client.get(f"{ROOT}/organisations", headers={"Authorization": sent})
    problem(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("field", ["expires_at", "revoked_at"])
def test_it_refuses_keys_that_have_ended(client, tree, field):
    headers = key_of(factories.person(), "organisations:read", **{field: timezone.now() - timezone.timedelta(hours=1)})
    problem(client.get(f"{ROOT}/organisations", headers=headers), 401)


def test_it_takes_no_notice_of_cookies(client, tree):
    """Otherwise a page of somebody else could make a signed-in browser ask for things."""
    client.force_login(factories.person(Role.TEACHER, tree["the school"]), "django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"{ROOT}/organisations")
    assert answer.status_code == 200
    assert answer.wsgi_request.user.is_anonymous
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_it_holds_back_whoever_asks_too_often(client, tree, settings):
    settings.API_PER_MINUTE = 2
    assert [client.get(f"{ROOT}/api-info").status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get(f"{ROOT}/api-info")
    assert "högst 2" in problem(answer, 429)["detail"]
    assert 0 < int(answer["Retry-After"]) <= 60
    assert client.get(f"{ROOT}/api-info", REMOTE_ADDR="192.0.2.7").status_code == 200
    headers = key_of(factories.person(), "organisations:read")
    assert [client.get(f"{ROOT}/api-info", headers=headers).status_code for _ in range(11)][-2:] == [200, 429]


def test_it_believes_the_proxy_only_when_there_is_one(client, settings):
    settings.API_PER_MINUTE = 1
    assert client.get(f"{ROOT}/api-info", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200
    assert client.get(f"{ROOT}/api-info", headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 429
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client.get(f"{ROOT}/api-info", headers={"X-Forwarded-For": "192.0.2.3"}).status_code == 200
    # What the caller writes stands first in the list; the proxy's own word stands last.
    assert client.get(f"{ROOT}/api-info", headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.3"}).status_code == 429


# Problems and marks


@pytest.mark.parametrize(
    "path", ["/nothing", "/organisations/", "/organisations/x", "/organisations/0", f"/organisations/{2**64}"]
)
def test_it_answers_404_as_a_problem(client, path):
    problem(client.get(ROOT + path), 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_answers_405_as_a_problem(client, method):
    answer = getattr(client, method)(f"{ROOT}/organisations")
    problem(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_it_speaks_the_callers_language(client):
    answer = client.get(f"{ROOT}/nothing", headers={"Accept-Language": "en"})
    assert "nothing here" in problem(answer, 404)["detail"]
    assert "Det finns inget här" in problem(client.get(f"{ROOT}/nothing"), 404)["detail"]


@pytest.mark.parametrize(
    ("language", "said"), [("", "Värdet ska vara högst 100."), ("en", "The value must be at most 100.")]
)
def test_it_says_what_is_wrong_with_a_value_in_the_callers_language(client, language, said):
    answer = client.get(f"{ROOT}/organisations?limit=101", headers={"Accept-Language": language} if language else {})
    assert problem(answer, 422)["errors"] == [{"where": "query.limit", "pointer": None, "detail": said}]


def test_it_tells_a_fault_of_our_own_without_details(client, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("secret")

    monkeypatch.setattr("resursnav.foundation.organisations.api.wanted", broken)
    told = problem(client.get(f"{ROOT}/organisations"), 500)
    assert "secret" not in json.dumps(told)
    assert "secret" in caplog.text


def test_it_says_when_nothing_has_changed(client, tree):
    first = client.get(f"{ROOT}/organisations")
    again = client.get(f"{ROOT}/organisations", headers={"If-None-Match": f'"x", W/{first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert first["Cache-Control"] == "public, no-cache"
    factories.organisation(tree["region"], name="Ny kommun")
    assert client.get(f"{ROOT}/organisations", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_it_answers_head_and_options(client, tree):
    whole = client.get(f"{ROOT}/organisations")
    head = client.head(f"{ROOT}/organisations")
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(whole.content)))
    options = client.options(f"{ROOT}/organisations")
    assert (options.status_code, options["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


# What it says of itself


def test_it_describes_itself_for_programs_and_people(client):
    assert client.get(f"{ROOT}/openapi.json").json() == json.loads(json.dumps(document.described()))
    page = client.get(reverse("api:docs"))
    assert page.status_code == 200
    text = page.content.decode()
    for path, operations in document.described()["paths"].items():
        assert all(f"{method.upper()} {path}" in text for method in operations)
    assert client.get(f"{ROOT}/").url == reverse("api:docs")
    assert client.get(f"{ROOT}/api-info").json()["api_documentation"].endswith("/api/v1/docs/")


def test_it_names_only_scopes_that_exist():
    views = [o.view_func for _, router in api._routers for v in router.path_operations.values() for o in v.operations]
    used = {view.scope for view in views if hasattr(view, "scope")}
    assert used <= set(SCOPES)


@pytest.fixture
def kept_open():
    """The test's connection lives on after each call, as with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


OPERATIONS = [
    "show_api_info", "list_organisations", "show_organisation", "list_resources", "list_found_resources",
    "show_resource", "add_resource", "change_resource", "withdraw_resource", "list_collections", "show_collection",
    "list_subjects", "show_subject", "list_class_codes", "add_class_code", "end_class_code", "list_stream_uses",
    "list_agreements", "show_agreement", "list_rights", "list_holdings", "show_holding", "list_items", "show_item",
    "set_item_state", "list_availability", "list_bookings", "list_orders", "show_order", "add_order", "change_booking",
    "cancel_booking",
]  # fmt: skip


def test_it_tries_every_operation():
    described = [operation for path in document.described()["paths"].values() for operation in path.values()]
    assert sorted(operation["operationId"] for operation in described) == sorted(OPERATIONS)


def right_when_written(made) -> bool:
    """Whether what is of another type than a whole number becomes one by standing in an address."""
    if isinstance(made, float):
        return made.is_integer()
    return isinstance(made, str) and made.strip().lstrip("+-").isdecimal()


@pytest.mark.parametrize("wanted", OPERATIONS)
def test_it_keeps_what_its_description_promises(tree, settings, kept_open, wanted):
    """Calls made up from the description, right and wrong ones: each answer must be as described."""
    settings.API_PER_MINUTE = 1_000_000
    coordinator = factories.person(Role.COORDINATOR, tree["region"])
    key = key_of(coordinator, *SCOPES)
    thing = factories.resource(tree["region"], "film")
    holding = factories.holding(factories.resource(tree["region"], "book"), items=2)
    interface = schemathesis.openapi.from_wsgi(f"{ROOT}/openapi.json", application)
    operation = next(
        found.ok() for found in interface.get_all_operations() if found.ok().definition.raw["operationId"] == wanted
    )

    @given(
        case=st.one_of(operation.as_strategy(), operation.as_strategy(GenerationMode.NEGATIVE)),
        known=st.booleans(),
        signed=st.booleans(),
    )
    @hypothesis.settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def call(case, known, signed):
        # A marker is given, never made up: a made-up one is refused, which no schema can say.
        hypothesis.assume("cursor" not in (case.query or {}))
        # In an address both 1.0 and the word "1" are written as 1, and are right after all.
        typed = case.meta.raw_containers.get(ParameterLocation.PATH) or case.path_parameters or {}
        hypothesis.assume(not any(right_when_written(made) for made in typed.values()))
        if known:  # numbers that there are, so that not everything ends with "nothing here"
            if case.path_parameters.get("id"):
                case.path_parameters["id"] = thing.pk if "resources" in case.path else tree["region"].pk
            places = {"owner_id": tree["region"].pk, "unit_id": tree["the school"].pk}
            if isinstance(case.body, dict):
                case.body |= {name: pk for name, pk in places.items() if name in case.body}
            if "unit" in (case.query or {}):
                case.query |= {"unit": tree["the school"].pk, "holding": [holding.pk]}
        # What is well-formed may still be refused: a place that is not one's own, a version that nobody has seen.
        changes = operation.method.upper() not in {"GET", "HEAD"}
        excluded = [ignored_auth] * signed + [positive_data_acceptance] * changes
        case.call_and_validate(headers=key if signed else None, excluded_checks=excluded)

    call()
