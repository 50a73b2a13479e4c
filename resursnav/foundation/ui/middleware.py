"""The language of the page, without a cookie of its own, and a kind page where a bare refusal would be."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import translation

SESSION_KEY = "language"


def chosen_language(request: HttpRequest) -> str:
    """What the account says, or what a stranger has chosen for this visit; else Swedish.

    The browser's own wish is not asked: school computers are often set to English without anybody having meant it.
    """
    offered = dict(settings.LANGUAGES)
    if request.user.is_authenticated:
        wish = getattr(request.user, "language", None)
    else:
        wish = request.session.get(SESSION_KEY)
    return str(wish) if wish in offered else settings.LANGUAGE_CODE


def language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Speak the chosen language during the request, and say which it was."""

    def respond(request: HttpRequest) -> HttpResponse:
        code = chosen_language(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code  # where Django's own middleware puts it
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return respond


def kind_refusal(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say in words that a page is not answered in this way; programs get the bare answer."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        wants_page = "text/html" in request.headers.get("Accept", "")
        if isinstance(response, HttpResponseNotAllowed) and wants_page and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    return respond
