"""Addresses of search."""

from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("search/suggest/", views.suggest, name="suggest"),
    path("search/synonyms/", views.synonyms, name="synonyms"),
    path("search/synonyms/new/", views.new_synonyms, name="new_synonyms"),
    path("search/synonyms/<int:pk>/", views.edit_synonyms, name="edit_synonyms"),
    path("search/synonyms/<int:pk>/remove/", views.remove_synonyms, name="remove_synonyms"),
    path("search/failed/", views.failed, name="failed"),
]
