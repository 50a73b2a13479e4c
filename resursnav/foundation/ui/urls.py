"""Addresses of ui."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("language/", views.set_language, name="set_language"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("accessibility/report/", views.report, name="report_flaw"),
    path("accessibility/report/<str:token>/", views.flaw, name="flaw"),
    path("accessibility/flaws/", views.flaws, name="flaws"),
    path("accessibility/flaws/<int:pk>/", views.answer, name="answer_flaw"),
]
