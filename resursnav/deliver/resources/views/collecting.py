"""Collections: read them, make them, put resources in them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resursnav.foundation.access import may
from resursnav.foundation.access.pages import page
from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.search import index
from resursnav.foundation.search.documents import Query
from resursnav.kernel.errors import Unable

from .. import actions
from ..finding import RESOURCE, audience
from ..forms import CollectionForm, ItemFormSet
from ..models import Collection, CollectionItem, Resource
from ..reading import noted, rows
from ..rules import CURATORS, EDIT_COLLECTION, SEE, SEE_COLLECTION
from ..vocabulary import Status, Visibility

PER_PAGE = 24
PICTURED = 4


@page(public=True)
def collections(request: HttpRequest) -> HttpResponse:
    """Every collection that the person may read, the newest first; one's own drafts among them."""
    shown = Count("items", filter=Q(items__resource__status=Status.PUBLISHED))
    found = (
        Collection.objects.visible_to(request.user, SEE_COLLECTION)
        .select_related("owner")
        .annotate(size=shown)
        .order_by("-published_at", "-pk")
    )
    pages = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "resources/collections.html",
        {
            "pages": pages,
            "covers": _covers(list(pages), request.user),
            "may_create": may(request.user, EDIT_COLLECTION),
        },
    )


@page(public=True, load=Collection, see=SEE_COLLECTION)
def collection(request: HttpRequest, collection: Collection) -> HttpResponse:
    """The editor's text and the resources in their order, as far as the person may see them."""
    items = list(collection.items.values_list("resource", "comment"))
    found = rows([key for key, _comment in items], request.user)
    seen = {row.pk: row for row in noted("resources:collection", found, request.user)}
    return render(
        request,
        "resources/collection.html",
        {
            "collection": collection,
            "entries": [(seen[key], comment) for key, comment in items if key in seen],
            "may_edit": may(request.user, EDIT_COLLECTION, collection),
        },
    )


@page(EDIT_COLLECTION, methods=("GET", "POST"))
def create_collection(request: HttpRequest) -> HttpResponse:
    """Begin a collection."""
    owners = _owners(request.user)
    centre = _at_centre(request.user)
    form = CollectionForm(request.POST or None, owners=owners, public=centre, initial={"visibility": Visibility.PUBLIC})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        chosen = said.pop("owner", None) or owners[0].pk
        owner = next(owner for owner in owners if owner.pk == chosen)
        said.setdefault("visibility", Visibility.BRANCH)
        try:
            made = actions.create_collection(owner=owner, by=request.user, at=timezone.now(), **said)
            return redirect("resources:items", made.pk)
        except Unable as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
    return render(request, "resources/edit_collection.html", {"form": form}, status=422 if form.is_bound else 200)


@page(EDIT_COLLECTION, load=Collection, see=SEE_COLLECTION, methods=("GET", "POST"))
def edit_collection(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Change the words."""
    names = ("title", "lead", "text", "visibility")
    form = CollectionForm(
        request.POST or None,
        public=_at_centre(request.user),
        initial={name: getattr(collection, name) for name in names},
    )
    if request.method == "POST" and form.is_valid():
        said = {"visibility": collection.visibility, **form.cleaned_data}
        try:
            actions.edit_collection(collection=collection, by=request.user, at=timezone.now(), **said)
            messages.success(request, _("Samlingen är sparad."))
            return redirect(collection)
        except Unable as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
    return render(
        request,
        "resources/edit_collection.html",
        {"form": form, "collection": collection},
        status=422 if form.is_bound else 200,
    )


@page(EDIT_COLLECTION, load=Collection, see=SEE_COLLECTION, methods=("GET", "POST"))
def items(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Put resources in, take them out, choose their order and say why they are there."""
    now = list(collection.items.values("resource", "position", "comment"))
    formset = ItemFormSet(request.POST if "save" in request.POST else None, prefix="items", initial=now)
    if request.method == "POST":
        wanted = _wanted(request, formset, now)
        if wanted is not None:
            try:
                actions.set_items(collection=collection, items=wanted, by=request.user, at=timezone.now())
                messages.success(request, _("Samlingen är sparad."))
                return redirect(request.get_full_path())
            except Unable as refused:
                messages.error(request, refused.reason)
    titles = {row.pk: row for row in rows([item["resource"] for item in now], request.user)}
    return render(
        request,
        "resources/items.html",
        {
            "collection": collection,
            "formset": formset,
            "entries": [(form, titles.get(item["resource"])) for form, item in zip(formset, now, strict=False)],
            "text": request.GET.get("q", "")[:200],
            "found": _found(request, {item["resource"] for item in now}),
        },
    )


@page(EDIT_COLLECTION, load=Collection, see=SEE_COLLECTION, methods=("POST",))
def publish_collection(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Show it, or stop showing it."""
    try:
        if request.POST.get("show") == "no":
            actions.withdraw_collection(collection=collection, by=request.user, at=timezone.now())
            messages.success(request, _("Samlingen visas inte längre. Resurserna i den finns kvar."))
        else:
            actions.publish_collection(collection=collection, by=request.user, at=timezone.now())
            messages.success(request, _("Samlingen visas nu. Ångrar du dig kan du sluta visa den."))
    except Unable as refused:
        messages.error(request, refused.reason)
    return redirect(collection)


@page(EDIT_COLLECTION, methods=("GET", "POST"))
def collect(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one resource in one of the collections that one keeps."""
    resource = Resource.objects.visible_to(request.user, SEE).filter(pk=pk).first()
    mine = Collection.objects.visible_to(request.user, EDIT_COLLECTION).select_related("owner").order_by("title")
    if resource is None:
        return redirect("resources:list")
    chosen = request.POST.get("collection", "")
    if request.method == "POST" and chosen.isascii() and chosen.isdigit():
        kept = mine.filter(pk=int(chosen)).first()
        if kept is not None:
            now = list(kept.items.values_list("resource", "comment"))
            if resource.pk not in dict(now):
                actions.set_items(collection=kept, items=[*now, (resource.pk, "")], by=request.user, at=timezone.now())
            messages.success(request, _("Resursen ligger i samlingen ”%(title)s”.") % {"title": kept.title})
            return redirect(resource)
    inside = set(CollectionItem.objects.filter(resource=resource).values_list("collection", flat=True))
    listed = [(collection, collection.pk in inside) for collection in mine[:100]]
    return render(request, "resources/collect.html", {"resource": resource, "listed": listed})


def _wanted(request: HttpRequest, formset: Any, now: list[dict[str, Any]]) -> list[tuple[int, str]] | None:
    """The items as they shall be: one more, or what the list of forms says; None when that is not right."""
    kept = [(item["resource"], item["comment"]) for item in now]
    added = request.POST.get("add", "")
    if added.isascii() and added.isdigit():
        visible = Resource.objects.visible_to(request.user, SEE).filter(pk=int(added)).exists()
        return [*kept, (int(added), "")] if visible and int(added) not in dict(kept) else kept
    if "save" not in request.POST or not formset.is_valid():
        return None
    said = [form.cleaned_data for form in formset if form.cleaned_data and not form.cleaned_data["remove"]]
    known = dict(kept)
    ordered = sorted(said, key=lambda item: item["position"])
    return [(item["resource"], item["comment"]) for item in ordered if item["resource"] in known]


def _found(request: HttpRequest, inside: set[int]) -> list[Resource]:
    """What a search in the catalogue finds that is not in the collection yet."""
    text = request.GET.get("q", "").strip()[:200]
    if not text:
        return []
    query = Query(
        text=text, audience=audience(request.user), kinds=(RESOURCE,), per_page=20, language=get_language() or "sv"
    )
    keys = [key for key in index.search(query).ids(RESOURCE) if key not in inside]
    return rows(keys, request.user)


def _covers(listed: list[Collection], person: Any) -> dict[int, list[Resource]]:
    """The first resources of each collection that the person may see, in four statements for all of them."""
    keys = [collection.pk for collection in listed]
    places = CollectionItem.objects.filter(collection__in=keys, position__lte=PICTURED * 2)
    pairs = list(places.values_list("collection", "resource"))
    seen = {row.pk: row for row in rows([resource for _collection, resource in pairs], person)}
    found: dict[int, list[Resource]] = {key: [] for key in keys}
    for collection_key, resource_key in pairs:
        if resource_key in seen and len(found[collection_key]) < PICTURED:
            found[collection_key].append(seen[resource_key])
    return found


def _owners(person: Any) -> list[Organisation]:
    nodes = [post.node_id for post in person.standing() if post.role in CENTRE | CURATORS]
    return list(Organisation.objects.filter(pk__in=nodes).order_by("kind", "name"))


def _at_centre(person: Any) -> bool:
    return any(post.role in CENTRE for post in person.standing())
