"""The door in front of every operation: who calls, how often, and how refusals are told."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from resursnav.foundation.access import limits
from resursnav.kernel.errors import Unable

from .problems import Problem

log = logging.getLogger("resursnav.rest")

View = Callable[..., HttpResponse]
PersonFor = Callable[[str], "tuple[Any, frozenset[str]] | None"]
# With a key one may ask this many times as often as without.
KEY_FACTOR = 5


@dataclass(frozen=True)
class Caller:
    """Who calls: a person with the scopes of the key, or a stranger (scopes None)."""

    person: Any
    scopes: frozenset[str] | None
    name: str


def caller_of(request: HttpRequest) -> Caller:
    """Who calls, as the door found out."""
    found: Caller = request.caller  # type: ignore[attr-defined]  # set by the door, which stands before everything
    return found


@dataclass(frozen=True)
class Door:
    """Wraps the views of the interface. `person_for` says whose a key is; `used` is told that it was used."""

    person_for: PersonFor
    used: Callable[[str], None] = lambda key: None

    def __call__(self, view: View, methods: Iterable[str]) -> View:
        """The view behind the door; `methods` are those that it answers."""
        answered = sorted({*methods, "OPTIONS"} | ({"HEAD"} if "GET" in methods else set()))

        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # A program has no page on which to choose a language: its Accept-Language counts.
            with translation.override(translation.get_language_from_request(request)):
                try:
                    response = self._answer(view, answered, request, *args, **kwargs)
                except Exception as error:
                    response = _problem_of(error).answer(request)
                response.headers["Content-Language"] = translation.get_language() or ""
                return _finished(request, response)

        # Cookies count for nothing here, so neither Django's login middleware nor its CSRF check has anything to guard.
        entered.login_required = False  # type: ignore[attr-defined]  # read by Django
        entered.csrf_exempt = True  # type: ignore[attr-defined]  # the same
        entered.methods = tuple(answered)  # type: ignore[attr-defined]  # read by the architecture tests
        return entered

    def _answer(self, view: View, answered: list[str], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in answered:
            allow = ", ".join(answered)
            raise Problem(
                HTTPStatus.METHOD_NOT_ALLOWED,
                _("Adressen svarar bara på %(methods)s.") % {"methods": allow},
                headers={"Allow": allow},
            )
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(answered)})
        caller = self._caller(request)
        _hold_back(caller)
        request.caller = caller  # type: ignore[attr-defined]  # read through caller_of
        request.user = caller.person
        if request.method == "HEAD":
            request.method = "GET"
            response = view(request, *args, **kwargs)
            request.method = "HEAD"
            return response
        return view(request, *args, **kwargs)

    def _caller(self, request: HttpRequest) -> Caller:
        sent = request.headers.get("Authorization", "")
        if not sent:
            return Caller(AnonymousUser(), None, limits.sender(request))
        kind, _space, key = sent.partition(" ")
        found = self.person_for(key.strip()) if kind.lower() == "bearer" and key.isascii() else None
        if found is None:
            raise Problem(
                HTTPStatus.UNAUTHORIZED,
                _("Nyckeln gäller inte. Den kan ha gått ut eller återkallats; skapa en ny på din sida."),
                headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
            )
        self.used(key.strip())
        return Caller(*found, name=hashlib.sha256(key.encode()).hexdigest()[:16])


def _hold_back(caller: Caller) -> None:
    """A problem when the caller has asked too often this minute."""
    most = settings.API_PER_MINUTE * (1 if caller.scopes is None else KEY_FACTOR)
    wait = limits.count("rest", caller.name, most=most)
    if wait:
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            _("Det blev för många frågor på en minut (högst %(most)s). Vänta %(wait)s sekunder.")
            % {"most": most, "wait": wait},
            headers={"Retry-After": str(wait)},
        )


def _problem_of(error: Exception) -> Problem:
    """The problem that tells the error."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Http404):
        return Problem(HTTPStatus.NOT_FOUND, _("Det finns inget här, eller så har du inte tillgång till det."))
    if isinstance(error, PermissionDenied):
        return Problem(HTTPStatus.FORBIDDEN, str(error) or _("Din roll ger inte rätt att göra det här."))
    if isinstance(error, RequestDataTooBig):
        return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("Det du skickar är för stort."))
    if isinstance(error, SuspiciousOperation | UnicodeError):
        return Problem(HTTPStatus.BAD_REQUEST, _("Frågan går inte att läsa."))
    if isinstance(error, Unable):
        where = [(("body", error.field), error.reason)] if error.field else []
        return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, error.reason, errors=where)
    log.error("The open interface broke down.", exc_info=error)
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR, _("Något gick sönder hos oss. Felet är antecknat; försök igen senare.")
    )


def _finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """With what lets caches and web pages of others use the answer."""
    response.headers["Access-Control-Allow-Origin"] = "*"  # no cookie counts here, so nothing is given away
    response.headers["Access-Control-Expose-Headers"] = "ETag, Location, Retry-After"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "")
        response.headers["Access-Control-Allow-Headers"] = (
            "Authorization, Content-Type, If-Match, If-None-Match, Accept-Language"
        )
    patch_vary_headers(response, ("Authorization", "Accept-Language"))
    version = response.headers.get("ETag", "")  # the view's own word for it, see versions.py
    reads = request.method in {"GET", "HEAD"} and response.status_code == HTTPStatus.OK
    if reads or version:
        mark = hashlib.sha256(response.content).hexdigest()[:32]
        response.headers["ETag"] = tag = f'"{version}-{mark}"' if version else f'"{mark}"'
    if reads:
        keyed = "private" if request.headers.get("Authorization") else "public"
        response.headers.setdefault("Cache-Control", f"{keyed}, no-cache")
        if tag in _tags(request):
            kept = {name: response.headers[name] for name in ("ETag", "Cache-Control", "Vary")}
            return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=kept)
    if request.method == "HEAD":
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _tags(request: HttpRequest) -> set[str]:
    sent = request.headers.get("If-None-Match", "")
    return {tag.strip().removeprefix("W/") for tag in sent.split(",")}
