"""How often somebody without an account may ask.

Counted for a minute in the cache that all processes share, for a keyed hash of the address.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW_S = 60


def within(request: HttpRequest, what: str, most: int) -> bool:
    """Whether this request is one of the first `most` of its kind in a minute; signed-in people are not counted."""
    if request.user.is_authenticated:
        return True
    key = f"access.limit.{_digest(f'{what} {_address(request)}')}"
    if cache.add(key, 1, WINDOW_S):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ran out between the two
        return True


def once(request: HttpRequest, what: str, seconds: int) -> bool:
    """Whether this sender does this for the first time in so many seconds; nothing kept tells who it was."""
    sender = f"person {request.user.pk}" if request.user.is_authenticated else _address(request)
    return bool(cache.add(f"access.once.{_digest(f'{what} {sender}')}", 1, seconds))


def _address(request: HttpRequest) -> str:
    sender: str = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        # The last one is what our own proxy saw; what stands before it anybody may have written.
        sender = forwarded.rsplit(",", 1)[-1].strip()
    return sender


def _digest(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:24]
