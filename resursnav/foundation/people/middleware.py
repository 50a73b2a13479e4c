"""Which of several assignments the person acts in: chosen in the header, kept in the session."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

SESSION_KEY = "acting_as"


def acting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let the chosen assignment alone count for this request; one that has ended counts no longer."""

    def respond(request: HttpRequest) -> HttpResponse:
        chosen = request.session.get(SESSION_KEY)
        if chosen is not None:
            somebody = request.user

            def as_chosen() -> object:
                if somebody.is_authenticated:
                    somebody.acting_as = chosen
                return somebody

            request.user = SimpleLazyObject(as_chosen)  # type: ignore[assignment]  # stands for the person until asked
        return get_response(request)

    return respond
