"""The description for programs, the page for people, and the answer to everything else."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from resursnav.foundation.access.pages import page

from . import document


@page(public=True)
def openapi(request: HttpRequest) -> HttpResponse:
    """The whole interface as OpenAPI 3.1."""
    answer = JsonResponse(document.described(), json_dumps_params={"ensure_ascii": False})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@page(public=True)
def docs(request: HttpRequest) -> HttpResponse:
    """The same for people, without a script from anywhere."""
    return render(request, "site/api.html", {"api": document.readable()})


@page(public=True)
def root(request: HttpRequest) -> HttpResponse:
    """Whoever opens the root by hand wants to read."""
    return redirect("api:docs")


def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that the interface does not have."""
    raise Http404


nothing.public = True  # type: ignore[attr-defined]  # it tells nothing; read by the architecture tests
