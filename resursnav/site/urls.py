"""All addresses: one line per context."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from . import health
from .home import views as home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.start, name="start"),
    path("about/", home.about, name="about"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("", include("resursnav.foundation.search.urls")),
    path("", include("resursnav.foundation.ui.urls")),
    path("", include("resursnav.foundation.threads.urls")),
    path("", include("resursnav.foundation.notices.urls")),
    path("", include("resursnav.foundation.imports.urls")),
    path("", include("resursnav.landscape.agreements.urls")),
    path("", include("resursnav.deliver.curriculum.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("resursnav.foundation.people.urls")),
    path("api/v1/", include("resursnav.site.api.urls")),
    path("organisations/", include("resursnav.foundation.organisations.urls")),
    path("lending/", include("resursnav.deliver.lending.urls")),
    path("", include("resursnav.deliver.exchange.urls")),
    path("", include("resursnav.deliver.streaming.urls")),
    path("", include("resursnav.deliver.desk.urls")),
    path("", include("resursnav.deliver.transport.urls")),
    path("", include("resursnav.deliver.rights.urls")),
    path("", include("resursnav.deliver.resources.urls")),
    path("", include("resursnav.deliver.stock.urls")),
]

handler429 = "resursnav.foundation.access.limits.refused"  # read by allauth
handler400 = "resursnav.foundation.ui.refusals.bad_request"  # the page says which of two it was

handler500 = "resursnav.site.faults.fault"
