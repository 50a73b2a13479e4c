"""Addresses of imports."""

from django.urls import path

from . import views

app_name = "imports"
urlpatterns = [
    path("imports/", views.index, name="index"),
    path("imports/<int:pk>/", views.show, name="show"),
    path("imports/<int:pk>/state/", views.progress, name="progress"),
    path("imports/<int:pk>/problems.csv", views.problems, name="problems"),
    path("imports/<int:pk>/check/", views.check, name="check"),
    path("imports/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("imports/<int:pk>/discard/", views.discard, name="discard"),
]
