"""What the catalogue contributes to the start page: what waits, and the same news for everybody."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import ngettext

from resursnav.kernel.manifest import StartLine

from . import wording
from .models import Collection, Resource
from .rules import SEE, SEE_COLLECTION


def new_resources(person: object) -> list[StartLine]:
    """The latest resources that a stranger may see: found by an index alone, however large the catalogue."""
    rows = Resource.objects.visible_to(None, SEE).order_by("-published_at").prefetch_related("editions")[:4]
    return [
        StartLine(
            row.title,
            row.get_absolute_url(),
            about=row.subtitle or wording.media_words(row),
            at=row.published_at,
            icon=wording.media_icon(row),
        )
        for row in rows
    ]


def new_collections(person: object) -> list[StartLine]:
    """The latest collections that a stranger may see."""
    rows = Collection.objects.visible_to(None, SEE_COLLECTION).order_by("-published_at")[:2]
    return [
        StartLine(row.title, row.get_absolute_url(), about=row.lead, at=row.published_at, icon="library")
        for row in rows
    ]


def waiting_tips(person: object, count: int) -> list[StartLine]:
    """A line for those who read tips before others do."""
    title = ngettext("Ett tips väntar på att läsas", "%(count)s tips väntar på att läsas", count) % {"count": count}
    return [StartLine(title, reverse("resources:tips"), icon="lightbulb")]
