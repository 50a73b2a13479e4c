"""The door: refusals in one form, whatever goes wrong behind it."""

import json
from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse

from resursnav.foundation.access import SIGNED_IN, Grant, Reach, Role, Rule
from resursnav.foundation.rest.door import Door, caller_of
from resursnav.foundation.rest.endpoints import check
from resursnav.foundation.rest.problems import Problem
from resursnav.kernel.errors import Unable
from tests import factories

door = Door(person_for=lambda raw: None)
CLOSED = Rule("test.closed", (Grant(SIGNED_IN, Reach.ANYWHERE),))
CENTRE = Rule("test.centre", (Grant({Role.COORDINATOR}, Reach.ANYWHERE),))


def through(rf, view, door=door, **headers):
    return door(view, ["GET"])(rf.get("/x", headers=headers))


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Http404(), 404),
        (PermissionDenied("Nej."), 403),
        (PermissionDenied(), 403),
        (RequestDataTooBig(), 413),
        (SuspiciousOperation(), 400),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), 400),
        (Unable("Det går inte.", field="title"), 422),
        (Unable("Det går inte."), 422),
        (Problem(HTTPStatus.CONFLICT, "Redan gjort."), 409),
        (ZeroDivisionError(), 500),
    ],
)
def test_it_tells_every_error_as_a_problem(rf, error, status):
    def view(request):
        raise error

    answer = through(rf, view)
    told = json.loads(answer.content)
    assert (answer.status_code, told["status"], answer["Content-Type"]) == (status, status, "application/problem+json")
    assert told["detail"]
    assert told["instance"] == "/x"
    assert ("errors" in told) is (isinstance(error, Unable) and error.field is not None)


def test_it_knows_a_stranger_and_a_person(rf):
    def view(request):
        return HttpResponse(f"{caller_of(request).person} {caller_of(request).scopes}")

    assert through(rf, view).content == b"AnonymousUser None"
    known = Door(person_for=lambda raw: ("Åsa", frozenset({"a"})) if raw == "rn_1" else None)
    assert through(rf, view, known, Authorization="bearer rn_1").content.decode() == "Åsa frozenset({'a'})"
    assert through(rf, view, known, Authorization="Bearer rn_2").status_code == 401


def test_it_keeps_private_answers_out_of_shared_caches(rf):
    known = Door(person_for=lambda raw: ("Åsa", frozenset()))
    assert through(rf, lambda request: HttpResponse("x"))["Cache-Control"] == "public, no-cache"
    answer = through(rf, lambda request: HttpResponse("x"), known, Authorization="Bearer rn_1")
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer["Vary"]


@pytest.mark.django_db
def test_it_asks_for_a_key_a_scope_and_a_right(rf):
    def status(person, scopes, rule):
        def view(request):
            check(request, rule, "a")
            return HttpResponse("")

        known = Door(person_for=lambda raw: (person, scopes))
        headers = {"Authorization": "Bearer rn_1"} if person else {}
        return through(rf, view, known, **headers).status_code

    somebody = factories.person(Role.TEACHER, factories.organisation())
    assert status(None, None, CLOSED) == 401
    assert status(somebody, frozenset({"b"}), CLOSED) == 403
    assert status(somebody, frozenset({"a"}), CLOSED) == 200
    assert status(somebody, frozenset({"a"}), CENTRE) == 403
