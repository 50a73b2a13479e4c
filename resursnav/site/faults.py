"""What people see when something breaks: a busy database asks them to try again, everything else is our fault."""

from __future__ import annotations

import sys

from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

RETRY_SECONDS = 20


def is_busy(error: BaseException | None) -> bool:
    """Whether somebody else held SQLite's one write lock for longer than we wait."""
    return isinstance(error, OperationalError) and "locked" in str(error)


def fault(request: HttpRequest) -> HttpResponse:
    """The page for what no view has answered; Django calls it while the error is being handled."""
    if not is_busy(sys.exc_info()[1]):
        return server_error(request)
    answer = HttpResponse(render_to_string("503.html"), status=503)
    answer["Retry-After"] = str(RETRY_SECONDS)
    return answer
