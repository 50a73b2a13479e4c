"""Addresses of organisations."""

from django.urls import path

from .views import browse, change, registers, years

app_name = "organisations"
urlpatterns = [
    path("", browse.index, name="list"),
    path("<int:pk>/", browse.show, name="show"),
    path("<int:pk>/edit/", change.edit, name="edit"),
    path("<int:pk>/new/", change.new, name="new"),
    path("<int:pk>/rename/", change.rename, name="rename"),
    path("<int:pk>/move/", change.move, name="move"),
    path("<int:pk>/merge/", change.merge, name="merge"),
    path("<int:pk>/close/", change.close, name="close"),
    path("<int:pk>/reopen/", change.reopen, name="reopen"),
    path("years/", years.whole, name="years"),
    path("<int:pk>/years/", years.below, name="years_below"),
    path("imports/", registers.registers, name="imports"),
]
