"""Addresses of stock."""

from django.urls import path

from .views import browsing, holdings, items, many, places

app_name = "stock"
urlpatterns = [
    path("stock/", browsing.index, name="list"),
    path("stock/find/", browsing.find, name="find"),
    path("stock/faults/", browsing.faults, name="faults"),
    path("stock/faults/<int:pk>/mend/", items.mend, name="mend"),
    path("stock/labels/", many.print_labels, name="labels"),
    path("stock/together/", many.together, name="together"),
    path("stock/inventory/", many.inventory, name="inventory"),
    path("stock/import/", places.take_in, name="import"),
    path("stock/places/", places.index, name="places"),
    path("stock/places/new/", places.add, name="new_place"),
    path("stock/places/<int:pk>/edit/", places.edit, name="edit_place"),
    path("stock/places/<int:pk>/remove/", places.remove, name="remove_place"),
    path("stock/series/<int:pk>/", places.series, name="series"),
    path("stock/holdings/", browsing.holdings, name="holdings"),
    path("stock/holdings/new/", holdings.open_holding, name="open"),
    path("stock/holdings/<int:pk>/", browsing.holding, name="holding"),
    path("stock/holdings/<int:pk>/edit/", holdings.edit, name="edit_holding"),
    path("stock/holdings/<int:pk>/add/", holdings.add, name="add"),
    path("stock/holdings/<int:pk>/parts/", holdings.parts, name="parts"),
    path("stock/items/<int:pk>/", browsing.item, name="item"),
    path("stock/items/<int:pk>/edit/", items.edit, name="edit_item"),
    path("stock/items/<int:pk>/fault/", items.fault, name="fault"),
    path("stock/items/<int:pk>/service/", items.service, name="service"),
    path("stock/items/<int:pk>/back/", items.noted, {"verb": "back"}, name="back"),
    path("stock/items/<int:pk>/missing/", items.noted, {"verb": "missing"}, name="missing"),
    path("stock/items/<int:pk>/found/", items.noted, {"verb": "found"}, name="found"),
    path("stock/items/<int:pk>/retire/", items.retire, name="retire"),
    path("stock/items/<int:pk>/unretire/", items.noted, {"verb": "unretire"}, name="unretire"),
    path("stock/items/<int:pk>/parts/", items.missing_parts, name="missing_parts"),
]
