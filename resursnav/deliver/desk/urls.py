"""Addresses of the desk."""

from django.urls import path

from .views import counter, driving, printing, scanning, working

app_name = "desk"
urlpatterns = [
    path("desk/", working.index, name="day"),
    path("desk/do/", working.do, name="do"),
    path("desk/check/<int:pk>/", working.check, name="check"),
    path("desk/lend/", counter.lend, name="lend"),
    path("desk/lend/undo/", counter.undo, name="lend_undo"),
    path("desk/scan/", scanning.scan, name="scan"),
    path("desk/scan/undo/", scanning.undo, name="undo"),
    path("desk/picking/", printing.pick_list, name="picking"),
    path("desk/notes/", printing.notes, name="notes"),
    path("desk/rounds/", printing.rounds_list, name="rounds"),
    path("desk/rounds/<int:pk>/", driving.show, name="round"),
    path("desk/rounds/<int:pk>/<str:day>/", printing.van_list, name="van_list"),
]
