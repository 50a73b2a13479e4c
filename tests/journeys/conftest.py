"""Fixtures for browser tests: one browser for all, a fresh context for each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from resursnav.foundation.people.models import Person

from .browser import ARGUMENTS, Mode, chromium

# The browser's driver runs an event loop in this thread; Django would refuse the database otherwise.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, or a skip that says how to get it."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: install requirements/test.txt")
    program = chromium()
    if program is None:
        pytest.skip("no Chromium: apt-get install chromium-headless-shell, or set CHROMIUM to its path")
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def window(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Open a window: `page = window()`; `window(person, Mode(...))` is signed in and of another size."""
    contexts: list[Any] = []

    def opened(person: Person | None = None, mode: Mode | None = None, **options: Any) -> Any:
        mode = mode or Mode("usual")
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": mode.width, "height": mode.height},
            locale="sv-SE",
            **{**mode.options, **options},
        )
        contexts.append(context)
        if person is not None:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": signed_in(person), "url": live_server.url}]
            )
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()


def signed_in(person: Person) -> str:
    """The key of a session in which the person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)
