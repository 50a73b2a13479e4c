"""Addresses of agreements."""

from django.urls import path

from .views import asking, browsing, counterparts, granting, keeping, papers

app_name = "agreements"
urlpatterns = [
    path("agreements/", browsing.index, name="list"),
    path("agreements/renewals/", browsing.renewals, name="renewals"),
    path("agreements/ask/", asking.ask, name="ask"),
    path("agreements/new/", keeping.register, name="new"),
    path("agreements/counterparts/", counterparts.index, name="counterparts"),
    path("agreements/counterparts/new/", counterparts.add, name="new_counterpart"),
    path("agreements/counterparts/<int:pk>/edit/", counterparts.edit, name="edit_counterpart"),
    path("agreements/rights/<int:pk>/edit/", granting.change, name="edit_right"),
    path("agreements/rights/<int:pk>/places/", granting.places, name="places"),
    path("agreements/rights/<int:pk>/end/", granting.end, name="end_right"),
    path("agreements/documents/<int:pk>/", papers.fetch, name="document"),
    path("agreements/documents/<int:pk>/remove/", papers.remove, name="remove_document"),
    path("agreements/<int:pk>/", browsing.show, name="show"),
    path("agreements/<int:pk>/edit/", keeping.edit, name="edit"),
    path("agreements/<int:pk>/extend/", keeping.extend, name="extend"),
    path("agreements/<int:pk>/terminate/", keeping.terminate, name="terminate"),
    path("agreements/<int:pk>/resume/", keeping.resume, name="resume"),
    path("agreements/<int:pk>/shares/", keeping.shares, name="shares"),
    path("agreements/<int:pk>/rights/new/", granting.add, name="new_right"),
    path("agreements/<int:pk>/documents/new/", papers.add, name="new_document"),
]
