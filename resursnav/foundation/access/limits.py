"""How often somebody may ask: for strangers by their address, and for whoever guesses by what is guessed at.

Counted in windows of a fixed length in the cache that all processes share, where counting is exact (site/caches.py).
Only a keyed hash of who asks is kept there.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WINDOW_S = 60
# Everybody at home has a network of this size to choose addresses from, so it counts as one.
IPV6_NETWORK = 64


@dataclass(frozen=True)
class Limit:
    """At most so many of one kind in a window of so many seconds."""

    name: str
    most: int
    window_s: int = WINDOW_S

    def wait(self, who: str) -> int:
        """Count one for whoever it is; 0 when that was within the limit, else the seconds until the next window."""
        return count(self.name, who, most=self.most, window_s=self.window_s)


def count(name: str, who: str, *, most: int, window_s: int = WINDOW_S) -> int:
    """Count one; 0 when it was one of the first `most` in this window, else the seconds until the next one."""
    now = time.time()
    key = f"limit.{_digest(f'{name} {who}')}.{int(now // window_s)}"
    if cache.add(key, 1, window_s + WINDOW_S):
        return 0 if most >= 1 else _left(now, window_s)
    try:
        counted = cache.incr(key)
    except ValueError:  # the cache was emptied in between
        return 0
    return 0 if counted <= most else _left(now, window_s)


def _digest(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def _left(now: float, window_s: int) -> int:
    return max(1, ceil(window_s - now % window_s))


def sender(request: HttpRequest) -> str:
    """The address that asks: behind our proxy the one that it saw, and of IPv6 the network."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:
        # The last one is what our own proxy saw; what stands before it anybody may have written.
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, IPV6_NETWORK), strict=False))
    return str(found)


def wait(request: HttpRequest, limit: Limit) -> int:
    """Seconds to wait; 0 when the request is within the limit. Signed-in people are not counted."""
    return 0 if request.user.is_authenticated else limit.wait(sender(request))


def within(request: HttpRequest, what: str, most: int) -> bool:
    """Whether this request is one of the first `most` of its kind in a minute; signed-in people are not counted."""
    return not wait(request, Limit(what, most))


def once(request: HttpRequest, what: str, seconds: int) -> bool:
    """Whether this sender does this for the first time in so many seconds; nothing kept tells who it was."""
    who = f"person {request.user.pk}" if request.user.is_authenticated else sender(request)
    return bool(cache.add(f"access.once.{_digest(f'{what} {who}')}", 1, seconds))


def in_words(seconds: int) -> str:
    """How long to wait, rounded up: "en minut", "7 minuter", "2 timmar"."""
    minutes = ceil(seconds / 60)
    if minutes <= 1:
        return _("en minut")
    if minutes < 90:
        return ngettext("%(count)s minut", "%(count)s minuter", minutes) % {"count": minutes}
    hours = ceil(minutes / 60)
    return ngettext("%(count)s timme", "%(count)s timmar", hours) % {"count": hours}


def refused(request: HttpRequest, wait_s: int = 3 * WINDOW_S) -> HttpResponse:
    """A page that says when to try again."""
    response = render(request, "429.html", {"wait": in_words(wait_s)}, status=429)
    response.headers["Retry-After"] = str(wait_s)
    response.headers["Cache-Control"] = "no-store"
    return response


class CountedPages:
    """Middleware: pages of frameworks that strangers send forms to, by their names, with the limit of each."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the page is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Hold back whoever sends too often."""
        match = request.resolver_match
        most = settings.FORMS_PER_MINUTE.get(match.view_name) if match and request.method == "POST" else None
        if most is None:
            return None
        seconds = wait(request, Limit(f"form {match.view_name}", most))  # type: ignore[union-attr]  # then there is one
        return refused(request, seconds) if seconds else None
