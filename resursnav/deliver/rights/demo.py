"""Titles under the demo's agreements: whole suppliers, some films one by one, a collection, and exceptions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from resursnav.deliver.resources.models import Collection, Resource
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.models import Agreement, TitleList

from . import actions
from .models import SupplierTie, TitleEntry

# Agreement -> suppliers whose all titles it is about.
SUPPLIERS = {
    "Dokumentär i skolan": ("Björkfilm Utbildning",),
    "Lässtart förskola": ("Tallkotten Förlag",),
    "Skolfilm Kalmar län": ("Björkfilm Utbildning", "Polstjärnan Media"),
    "Lärarhandledningar": ("Tallkotten Förlag",),
}
# Agreement -> what forms, and every how many of them in the county's catalogue.
ONE_BY_ONE = {
    "Skolfilm för hela länet": (("stream", "film"), 2),
    "Visning på bibliotek": (("film", "stream"), 5),
    "Ljudböcker på modersmål": (("podcast", "book"), 4),
    "Programmera i molnet": (("app",), 1),
    "Ljudböcker Kalmar län": (("podcast", "book"), 4),
}
COPIED = "Kopiering i länets skolor"
MOST = 400


@transaction.atomic
def plant(*, at: datetime) -> int:
    """Titles under those agreements that are there; nothing where some stand already."""
    if TitleEntry.objects.exists() or SupplierTie.objects.exists():
        return 0
    made = 0
    for agreement in Agreement.objects.select_related("owner").order_by("pk"):
        region = _region(agreement.owner)
        for name in SUPPLIERS.get(agreement.title, ()):
            actions.tie_supplier(titles=_list(agreement, at), name=name, by=None, at=at)
            made += 1
        if agreement.title in ONE_BY_ONE:
            media, every = ONE_BY_ONE[agreement.title]
            shelf = Resource.objects.filter(owner=region, editions__media_type__in=media).order_by("pk").distinct()
            chosen = [row for number, row in enumerate(shelf) if number % every == 0][:MOST]
            made += actions.add_titles(titles=_list(agreement, at), resources=chosen, by=None, at=at)
        if agreement.title == COPIED:
            for collection in Collection.objects.filter(owner=region).order_by("pk")[:2]:
                actions.tie_collection(titles=_list(agreement, at), collection=collection, by=None, at=at)
                made += 1
    return made


def _list(agreement: Agreement, at: datetime) -> TitleList:
    """The agreement's first list; one with all its titles where it has none."""
    found: TitleList | None = agreement.title_lists.order_by("pk").first()
    return found or agreeing.add_title_list(agreement=agreement, name="Alla titlar", by=None, at=at)


def _region(owner: Organisation) -> Organisation:
    return owner if owner.kind == Kind.REGION or owner.parent is None else owner.parent
