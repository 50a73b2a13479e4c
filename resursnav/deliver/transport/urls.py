"""Addresses of transport."""

from django.urls import path

from .views import asking, carriers, days, free, places, routes

app_name = "transport"
urlpatterns = [
    path("transport/", routes.index, name="list"),
    path("transport/routes/new/", routes.add, name="new_route"),
    path("transport/routes/<int:pk>/", routes.show, name="route"),
    path("transport/routes/<int:pk>/edit/", routes.change, name="edit_route"),
    path("transport/routes/<int:pk>/end/", routes.end, name="end_route"),
    path("transport/routes/<int:pk>/places/", places.places, name="places"),
    path("transport/carriers/", carriers.index, name="carriers"),
    path("transport/carriers/new/", carriers.add, name="new_carrier"),
    path("transport/carriers/<int:pk>/edit/", carriers.edit, name="edit_carrier"),
    path("transport/days/", days.index, name="days"),
    path("transport/days/hours/", days.hours, name="hours"),
    path("transport/days/closed/new/", days.close, name="new_closed"),
    path("transport/days/closed/<int:pk>/edit/", days.change, name="edit_closed"),
    path("transport/breaks/", free.index, name="breaks"),
    path("transport/breaks/new/", free.add, name="new_break"),
    path("transport/breaks/copy/", free.copy, name="copy_breaks"),
    path("transport/breaks/import/", free.take_in, name="import_breaks"),
    path("transport/breaks/<int:pk>/edit/", free.edit, name="edit_break"),
    path("transport/when/", asking.mine, name="when"),
    path("transport/when/<int:pk>/", asking.show, name="when_at"),
]
