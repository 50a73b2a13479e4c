"""Operations and the rules that guard them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from ninja.decorators import decorate_view

from resursnav.foundation.access import Rule, may

from .door import caller_of
from .problems import Problem, ProblemOut

View = TypeVar("View", bound=Callable[..., Any])
Run = Callable[..., HttpResponseBase]


def refusals(*statuses: int) -> dict[int, Any]:
    """The statuses as an operation's possible answers, each told as a problem."""
    return dict.fromkeys(statuses, ProblemOut)


# What an operation may answer besides what was asked for: any at all, one that lists, one that shows a single thing,
# one that makes something new, and one that changes something that is there.
ANY_ERRORS = refusals(401, 429, 500)
LIST_ERRORS = {**ANY_ERRORS, **refusals(403, 422)}
READ_ERRORS = {**LIST_ERRORS, **refusals(404)}
MAKE_ERRORS = {**READ_ERRORS, **refusals(400, 413)}
CHANGE_ERRORS = {**MAKE_ERRORS, **refusals(412, 428)}


def endpoint(rule: Rule, *, scope: str) -> Callable[[View], View]:
    """Guard an operation; stands right below `@router.get(...)`.

    A program with a key needs the scope, and its person the rule. Without a key only what the rule gives strangers
    is read. What may be seen of many things is still up to `visible_to` in the operation itself.
    """

    def mark(view: View) -> View:
        def guarded(run: Run) -> Run:
            @wraps(run)
            def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
                check(request, rule, scope)
                return run(request, *args, **kwargs)

            return asked

        view.rule, view.scope = rule, scope  # type: ignore[attr-defined]  # read by the architecture tests and the docs
        return decorate_view(guarded)(view)

    return mark


def check(request: HttpRequest, rule: Rule, scope: str) -> None:
    """A problem unless the caller may use the operation at all."""
    caller = caller_of(request)
    if caller.scopes is None:
        if not rule.for_strangers:
            raise Problem(
                HTTPStatus.UNAUTHORIZED,
                _("Här behövs en api-nyckel. Skapa en på din sida och skicka den i Authorization."),
                headers={"WWW-Authenticate": "Bearer"},
            )
    elif scope not in caller.scopes:
        raise Problem(
            HTTPStatus.FORBIDDEN,
            _("Nyckeln har inte omfånget %(scope)s.") % {"scope": scope},
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )
    elif not may(caller.person, rule):
        raise forbidden()


def forbidden() -> Problem:
    """What is said to somebody whose role does not reach this thing."""
    return Problem(HTTPStatus.FORBIDDEN, _("Din roll ger inte rätt att göra det här."))
