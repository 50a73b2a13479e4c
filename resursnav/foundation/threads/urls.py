"""Addresses of stories and the log."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "threads"
urlpatterns = [
    path("story/<int:pk>/", views.show_story, name="story"),
    path("audit/", views.audit_all, name="audit-all"),
    path("audit/<int:pk>/", views.audit, name="audit"),
]
