"""Middleware of the site."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Everything comes from this site itself; nothing inline, nothing evaluated, no third party.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

# A form whose answer leads on to another site: browsers ask form-action of every step of the way.
LEADING_OUT = POLICY.replace("form-action 'self'", "form-action 'self' https: http:")


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Send the strict content security policy, and refuse the powers that no page needs."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = LEADING_OUT if getattr(response, "form_leads_out", False) else POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        return response

    return respond
