"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.list_notices, name="list"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<int:pk>/read/", views.read, name="read"),
    path("notices/preferences/", views.preferences, name="preferences"),
    path("notices/stop/<str:token>/", views.stop, name="stop"),
    path("mail/", views.outbox, name="outbox"),
    path("mail/<int:pk>/again/", views.try_again, name="try_again"),
    path("demo/inbox/", views.demo_inbox, name="demo_inbox"),
    path("demo/inbox/<int:pk>/", views.demo_mail, name="demo_mail"),
]
