"""Puts the interface together from the contexts' routers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from resursnav.deliver.curriculum import api as curriculum
from resursnav.deliver.lending import api as lending
from resursnav.deliver.resources import api as resources
from resursnav.deliver.rights import api as rights
from resursnav.deliver.stock import api as stock
from resursnav.deliver.streaming import api as streaming
from resursnav.foundation.organisations import api as organisations
from resursnav.foundation.people import tokens
from resursnav.foundation.people.actions.tokens import note_use
from resursnav.foundation.rest import wording
from resursnav.foundation.rest.door import Door
from resursnav.foundation.rest.problems import Problem
from resursnav.landscape.agreements import api as agreements

from . import info

VERSION = "1.0.0"


class Renderer(JSONRenderer):
    """JSON in which å, ä and ö can be read."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Resursnav", version=VERSION, urls_namespace="api", openapi_url=None, docs_url=None, renderer=Renderer()
)
for part in (info, organisations, agreements, resources.reading, curriculum, rights, stock, lending, streaming):
    api.add_router("", part.router)
resources.reading.json_ld_address = lambda pk: reverse("exchange:jsonld", args=[pk])


def used(key: str) -> None:
    """So that the person sees which keys are in use; at most once an hour, so that reading is hardly ever writing."""
    key_hash = tokens.hashed(key)
    if cache.add(f"key-noted:{key_hash}", True, timeout=3600):
        note_use(key_hash=key_hash, at=timezone.now())


door = Door(person_for=tokens.person_for, used=used)


@api.exception_handler(Exception)
def pass_on(request: HttpRequest, error: Exception) -> HttpResponse:
    """The door tells every refusal, in one form."""
    raise error


@api.exception_handler(Http404)
def nothing_here(request: HttpRequest, error: Http404) -> HttpResponse:
    """The same."""
    raise error


@api.exception_handler(ValidationError)
def wrong_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was wrong, value by value."""
    errors = [(_place(each["loc"]), wording.said(each)) for each in error.errors]
    detail = _("Något i frågan är fel. Se errors, värde för värde.")
    raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors) from None


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Mostly a body that is no JSON."""
    raise Problem(HTTPStatus(error.status_code), _("Det du skickade går inte att läsa som JSON.")) from None


def _place(loc: tuple[Any, ...]) -> tuple[str, ...]:
    """Where the value was sent, without the names of our own arguments: ("query", "limit")."""
    where, *names = [str(part) for part in loc]
    inner = names[1:] if len(names) > 1 or where == "body" else names
    return (where, *inner)
