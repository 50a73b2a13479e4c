"""Put titles, collections and suppliers in an agreement's title lists, and take them away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.deliver.resources.models import Collection, CollectionItem, Resource
from resursnav.foundation.organisations.names import name_key
from resursnav.foundation.people.models import Person
from resursnav.foundation.search.actions import touch
from resursnav.foundation.threads.actions import record
from resursnav.foundation.threads.verbs import declare
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean
from resursnav.landscape.agreements.models import Agreement, TitleList

from .models import CollectionTie, SupplierTie, TitleEntry
from .publishers import spellings

MOST = 5_000
NAMED = 20  # titles that a line of the log names
_LABELS = {"titles": gettext_lazy("titlar"), "list": gettext_lazy("titellista"), "number": gettext_lazy("antal")}

declare("rights.titles_added", gettext_lazy("{who} lade titlar under avtalet {what}"), _LABELS)
declare("rights.titles_removed", gettext_lazy("{who} tog bort titlar från avtalet {what}"), _LABELS)


class UnableToTie(Unable):
    """The titles cannot be put in the list."""


@transaction.atomic
def add_titles(*, titles: TitleList, resources: Sequence[Resource], by: Person | None, at: datetime) -> int:
    """Let these resources stand in the list; returns how many did not before."""
    agreement = _locked(titles)
    if len(resources) > MOST:
        raise UnableToTie(_("Högst %(most)s titlar åt gången.") % {"most": MOST})
    there = set(TitleEntry.objects.filter(titles=titles).values_list("resource", flat=True))
    new = [resource for resource in dict.fromkeys(resources) if resource.pk not in there]
    TitleEntry.objects.bulk_create([TitleEntry(titles=titles, resource=one, added_at=at) for one in new])
    if new:
        _tell("titles_added", agreement, titles, [one.title for one in new], by, at, [one.pk for one in new])
    return len(new)


@transaction.atomic
def remove_titles(*, titles: TitleList, resources: Sequence[Resource], by: Person | None, at: datetime) -> int:
    """Let these resources no longer stand in the list by their own names; returns how many did."""
    agreement = _locked(titles)
    gone = list(TitleEntry.objects.filter(titles=titles, resource__in=resources).select_related("resource"))
    TitleEntry.objects.filter(pk__in=[entry.pk for entry in gone]).delete()
    if gone:
        named = [entry.resource.title for entry in gone]
        _tell("titles_removed", agreement, titles, named, by, at, [entry.resource_id for entry in gone])
    return len(gone)


@transaction.atomic
def tie_collection(*, titles: TitleList, collection: Collection, by: Person | None, at: datetime) -> CollectionTie:
    """Let everything in the collection stand in the list, also what is put in the collection later."""
    agreement = _locked(titles)
    kept, new = CollectionTie.objects.get_or_create(titles=titles, collection=collection, defaults={"added_at": at})
    if new:
        named = [_("samlingen %(title)s") % {"title": collection.title}]
        _tell("titles_added", agreement, titles, named, by, at, _in(collection))
    return kept


@transaction.atomic
def untie_collection(*, titles: TitleList, collection: Collection, by: Person | None, at: datetime) -> TitleList:
    """Let the collection no longer stand in the list."""
    agreement = _locked(titles)
    if CollectionTie.objects.filter(titles=titles, collection=collection).delete()[0]:
        named = [_("samlingen %(title)s") % {"title": collection.title}]
        _tell("titles_removed", agreement, titles, named, by, at, _in(collection))
    return titles


@transaction.atomic
def tie_supplier(*, titles: TitleList, name: str, by: Person | None, at: datetime) -> SupplierTie:
    """Let everything from the publisher stand in the list, also what comes to the catalogue later."""
    agreement, name = _locked(titles), " ".join(clean(name).split())[:300]
    if not any(letter.isalnum() for letter in name):
        raise UnableToTie(_("Skriv leverantörens namn, som det står som utgivare i katalogen."), field="name")
    kept = SupplierTie.objects.filter(titles=titles, name_key=name_key(name)).first()
    if kept is None:
        kept = SupplierTie.objects.create(titles=titles, name=name, added_at=at)
        named = [_("allt från %(name)s") % {"name": name}]
        _tell("titles_added", agreement, titles, named, by, at, _from(name))
    return kept


@transaction.atomic
def untie_supplier(*, tie: SupplierTie, by: Person | None, at: datetime) -> TitleList:
    """Let the publisher no longer stand in the list."""
    titles = tie.titles
    agreement = _locked(titles)
    if SupplierTie.objects.filter(pk=tie.pk).delete()[0]:
        named = [_("allt från %(name)s") % {"name": tie.name}]
        _tell("titles_removed", agreement, titles, named, by, at, _from(tie.name))
    return titles


def _locked(titles: TitleList) -> Agreement:
    """The list's agreement, locked, so that two who change its titles at once come one after the other."""
    found: Agreement = Agreement.objects.select_for_update(no_key=True, of=("self",)).get(pk=titles.agreement_id)
    return found


def _in(collection: Collection) -> Any:
    return CollectionItem.objects.filter(collection=collection).values_list("resource", flat=True)


def _from(name: str) -> Any:
    written = Q(publisher__in=spellings({name_key(name)}))
    return Resource.objects.filter(written).order_by().values_list("pk", flat=True)


def _tell(
    verb: str,
    agreement: Agreement,
    titles: TitleList,
    named: Sequence[str],
    by: Person | None,
    at: datetime,
    keys: Iterable[int],
) -> None:
    """A line in the agreement's log, and a word to the index about each resource."""
    shown = {"list": titles.name, "number": len(named), "titles": list(named[:NAMED])}
    before, after = ({}, shown) if verb == "titles_added" else (shown, {})
    record(
        verb=f"rights.{verb}",
        thing=agreement,
        organisation=agreement.owner_id,
        by=by,
        at=at,
        before=before,
        after=after,
    )
    touch(kind="resource", ids=keys, at=at)
