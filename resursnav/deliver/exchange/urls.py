"""Addresses of the exchange."""

from django.urls import path

from .views import harvesting, harvests, importing, tables

app_name = "exchange"
urlpatterns = [
    path("resources/import/", importing.upload, name="upload"),
    path("resources/import/harvests/", harvests.harvests, name="harvests"),
    path("resources/import/harvests/state/", harvests.state, name="harvests_state"),
    path("resources/import/harvests/<int:pk>/run/", harvests.run, name="run_harvest"),
    path("resources/import/harvests/<int:pk>/remove/", harvests.remove, name="remove_harvest"),
    path("imports/<int:pk>/columns/", importing.columns, name="columns"),
    path("resources/share/", harvesting.share, name="share"),
    path("oai", harvesting.oai_pmh, name="oai"),
    path("oai/amb.xsd", harvesting.amb_xsd, name="amb_xsd"),
    path("resources/new.rss", harvesting.rss, name="rss"),
    path("resources/new.atom", harvesting.atom, name="atom"),
    path("resources/found.csv", tables.search_csv, name="search_csv"),
    path("resources/found.xlsx", tables.search_xlsx, name="search_xlsx"),
    path("resources/<int:pk>/jsonld", harvesting.resource_json_ld, name="jsonld"),
]
