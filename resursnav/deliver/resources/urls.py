"""Addresses of the catalogue."""

from django.urls import path, register_converter

from .views import browsing, collecting, desk, editing, searching, showing, teaching, tying


class Fingerprint:
    """The beginning of a picture's fingerprint."""

    regex = "[0-9a-f]{16}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Fingerprint, "fingerprint")

app_name = "resources"
urlpatterns = [
    path("resources/", searching.search, name="list"),
    path("resources/notes/", searching.notes, name="notes"),
    path("resources/new/", editing.create, name="create"),
    path("resources/work/", desk.work, name="work"),
    path("resources/work/together/", desk.together, name="together"),
    path("resources/tips/", teaching.tips, name="tips"),
    path("resources/tips/<int:pk>/approve/", teaching.approve_tip, name="approve_tip"),
    path("resources/tips/<int:pk>/decline/", teaching.decline_tip, name="decline_tip"),
    path("resources/tips/<int:pk>/remove/", teaching.remove_tip, name="remove_tip"),
    path("resources/subjects/", browsing.subjects, name="subjects"),
    path("resources/subjects/gaps/", tying.gaps, name="gaps"),
    path("resources/subjects/outdated/", tying.outdated, name="outdated"),
    path("resources/subjects/<str:code>/", browsing.subject, name="subject"),
    path("resources/gaps/", tying.moved_gaps, name="moved_gaps"),
    path("resources/<int:pk>/", showing.show, name="show"),
    path("resources/<int:pk>/similar/", showing.alike, name="similar"),
    path("resources/<int:pk>/edit/", editing.edit, name="edit"),
    path("resources/<int:pk>/review/", editing.review, name="review"),
    path("resources/<int:pk>/publish/", editing.publish, name="publish"),
    path("resources/<int:pk>/reopen/", editing.reopen, name="reopen"),
    path("resources/<int:pk>/withdraw/", editing.withdraw, name="withdraw"),
    path("resources/<int:pk>/cover/", editing.set_cover, name="set_cover"),
    path("resources/<int:pk>/points/", tying.map_points, name="map"),
    path("resources/<int:pk>/tip/", teaching.tip, name="tip"),
    path("resources/<int:pk>/use/", teaching.use, name="use"),
    path("resources/<int:pk>/collect/", collecting.collect, name="collect"),
    path("resources/<int:pk>/cover-<int:width>-<fingerprint:fingerprint>.webp", showing.cover, name="cover"),
    path("resources/<int:pk>/qr.svg", showing.qr, name="qr"),
    path("resources/<int:pk>/reference.bib", showing.cite, {"form": "bib"}, name="bibtex"),
    path("resources/<int:pk>/reference.ris", showing.cite, {"form": "ris"}, name="ris"),
    path("collections/", collecting.collections, name="collections"),
    path("collections/new/", collecting.create_collection, name="create_collection"),
    path("collections/<int:pk>/", collecting.collection, name="collection"),
    path("collections/<int:pk>/edit/", collecting.edit_collection, name="edit_collection"),
    path("collections/<int:pk>/items/", collecting.items, name="items"),
    path("collections/<int:pk>/publish/", collecting.publish_collection, name="publish_collection"),
]
