"""Addresses of the curriculum."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "curriculum"
urlpatterns = [
    path("curriculum/", views.subjects, name="subjects"),
    path("curriculum/points/<str:key>/", views.point, name="point"),
    path("curriculum/versions/<int:pk>/changes/", views.changes, name="changes"),
    path("curriculum/versions/<int:pk>/changes/<str:key>/", views.carry_on, name="carry_on"),
    path("curriculum/<str:code>/", views.subject, name="subject"),
    path("curriculum/<str:code>/<int:number>/<str:stage>/", views.stage, name="stage"),
]
