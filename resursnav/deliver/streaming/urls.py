"""Addresses of streaming."""

from django.urls import path

from .views import codes, counting, entering, watching

app_name = "streaming"
urlpatterns = [
    path("watch/<int:pk>/", watching.watch, name="watch"),
    path("watch/<int:pk>/done/", watching.done, name="done"),
    path("code/", entering.enter, name="enter"),
    path("code/open/", entering.opened, name="opened"),
    path("codes/", codes.index, name="codes"),
    path("codes/new/", codes.add, name="new_code"),
    path("codes/<int:pk>/", codes.show, name="code"),
    path("codes/<int:pk>/sheet/", codes.sheet, name="sheet"),
    path("codes/<int:pk>/qr/", codes.qr, name="qr"),
    path("codes/<int:pk>/extend/", codes.extend, name="extend"),
    path("codes/<int:pk>/end/", codes.end, name="end"),
    path("streaming/use/", counting.use, name="use"),
]
