"""Addresses of rights."""

from django.urls import path

from .views import adding, asking, lists

app_name = "rights"
urlpatterns = [
    path("rights/forecast/", asking.forecast, name="forecast"),
    path("rights/lists/<int:pk>/", lists.show, name="titles"),
    path("rights/lists/<int:pk>/add/", adding.search, name="add"),
    path("rights/lists/<int:pk>/numbers/", adding.numbers, name="numbers"),
    path("rights/lists/<int:pk>/collections/", adding.collections, name="collections"),
    path("rights/lists/<int:pk>/suppliers/", adding.suppliers, name="suppliers"),
    path("rights/lists/<int:pk>/remove/", lists.remove, name="remove"),
    path("agreements/<int:pk>/lists/new/", lists.new, name="new_list"),
    path("agreements/<int:pk>/without/", asking.without_it, name="without"),
    path("resources/<int:pk>/rights/", asking.resource, name="resource"),
]
