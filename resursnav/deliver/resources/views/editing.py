"""For the centre: create, edit, review, publish, withdraw, cover."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.errors import Unable

from .. import actions
from ..actions.editing import create as begin
from ..forms import (
    CoverForm,
    CreatorFormSet,
    EditionFormSet,
    ReasonForm,
    ResourceForm,
    creators_of,
    editions_of,
    said_of,
)
from ..models import Resource
from ..reading import fill_in
from ..rules import CREATE, EDIT, PUBLISH, REVIEW, WITHDRAW
from ..vocabulary import Visibility


@page(CREATE, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Describe something new; it becomes a draft."""
    owners = _owners(request.user)
    form = ResourceForm(request.POST or None, owners=owners, initial={"visibility": Visibility.PUBLIC})
    creators, editions = _around(request, None)
    if _sent(request, form, creators, editions) and owners:
        chosen = form.cleaned_data.get("owner") or owners[0].pk
        owner = next(owner for owner in owners if owner.pk == chosen)
        made = _tried(
            form,
            lambda: begin(owner=owner, facts=form.facts(creators, editions, None), by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Resursen är sparad som utkast. Läs igenom den och publicera när den är klar."))
            return redirect(made)
    return _form(request, None, form, creators, editions)


@page(EDIT, load=Resource, methods=("GET", "POST"))
def edit(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Change what is said; nobody's work is written over unseen."""
    fill_in(resource)  # what the form shows, in one statement
    form = ResourceForm(request.POST or None, initial=said_of(resource))
    creators, editions = _around(request, resource)
    if _sent(request, form, creators, editions):
        saved = _tried(
            form,
            lambda: actions.edit(
                resource=resource,
                facts=form.facts(creators, editions, resource),
                seen_at=_moment(form.cleaned_data["seen_at"]),
                by=request.user,
                at=timezone.now(),
            ),
        )
        if saved:
            messages.success(request, _("Ändringarna är sparade."))
            return redirect(saved)
        if _moved(resource, form):
            # The next time the person saves, it is with the other's version seen.
            shown = request.POST.copy()
            shown["seen_at"] = Resource.objects.get(pk=resource.pk).updated_at.isoformat()
            form.data = shown
    return _form(request, resource, form, creators, editions)


def _form(
    request: HttpRequest, resource: Resource | None, form: ResourceForm, creators: Any, editions: Any
) -> HttpResponse:
    wrong = form.is_bound and "more" not in request.POST
    return render(
        request,
        "resources/edit.html",
        {"resource": resource, "form": form, "creators": creators, "editions": editions},
        status=422 if wrong else 200,
    )


def _around(request: HttpRequest, resource: Resource | None) -> tuple[Any, Any]:
    """The forms for creators and editions; "more" adds an empty one to that list without saving anything."""
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and (more := data.get("more", "")) in ("creators", "editions"):
        total = data.get(f"{more}-TOTAL_FORMS", "0")
        data[f"{more}-TOTAL_FORMS"] = str(min(int(total) + 1, 60) if total.isdigit() and len(total) < 4 else 1)
    made = []
    for formset, prefix, there in (
        (CreatorFormSet, "creators", creators_of),
        (EditionFormSet, "editions", editions_of),
    ):
        rows = formset(data, prefix=prefix, initial=there(resource) if resource else None)
        rows.extra = 0 if rows.initial else 1  # an empty one to begin with, never among those that are there
        made.append(rows)
    return made[0], made[1]


def _sent(request: HttpRequest, form: ResourceForm, creators: Any, editions: Any) -> bool:
    if request.method != "POST" or "more" in request.POST:
        return False
    return all([form.is_valid(), creators.is_valid(), editions.is_valid()])


def _tried(form: ResourceForm, do: Callable[[], Resource]) -> Resource | None:
    """What the action answers, or None with its refusal put at the right field."""
    try:
        return do()
    except Unable as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return None


def _moved(resource: Resource, form: ResourceForm) -> bool:
    """Whether somebody else saved meanwhile: the next time the person saves knowing that."""
    return bool(form.data.get("seen_at", "") != resource.updated_at.isoformat())


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _owners(person: Any) -> list[Organisation]:
    """The regions and municipalities at which the person works at the centre, and so can let a resource belong to."""
    nodes = [post.node_id for post in person.standing() if post.role in CENTRE]
    return list(Organisation.objects.filter(pk__in=nodes).order_by("kind", "name"))


@page(REVIEW, load=Resource, methods=("POST",))
def review(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Say that a draft is right."""
    return _move(request, resource, actions.review, _("Resursen är granskad och väntar på att publiceras."))


@page(PUBLISH, load=Resource, methods=("POST",))
def publish(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Put it on the shelf."""
    if resource.visibility == Visibility.PUBLIC:
        said = _("Resursen är publicerad och syns nu för alla. Ångrar du dig kan du dra tillbaka den.")
    else:
        said = _("Resursen är publicerad för %(owner)s och det som ligger under.") % {"owner": resource.owner.name}
    return _move(request, resource, actions.publish, said)


@page(EDIT, load=Resource, methods=("POST",))
def reopen(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Make it a draft again."""
    return _move(request, resource, actions.reopen, _("Resursen är ett utkast igen."))


def _move(request: HttpRequest, resource: Resource, action: Callable[..., Resource], said: str) -> HttpResponse:
    try:
        action(resource=resource, by=request.user, at=timezone.now())
        messages.success(request, said)
    except Unable as refused:
        messages.error(request, refused.reason)
    return redirect(resource)


@page(WITHDRAW, load=Resource, methods=("GET", "POST"))
def withdraw(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Say why it goes, with what that means before one's eyes."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(resource=resource, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
            messages.success(request, _("Resursen är tillbakadragen. Den kan publiceras igen härifrån."))
            return redirect(resource)
        except Unable as refused:
            form.add_error(refused.field, refused.reason)
    touched = {
        "collections": resource.collections.filter(status="published").count(),
        "uses": resource.uses.count(),
        "points": resource.mappings.count(),
    }
    return render(
        request,
        "resources/withdraw.html",
        {"resource": resource, "form": form, "touched": touched},
        status=422 if form.is_bound else 200,
    )


@page(EDIT, load=Resource, methods=("GET", "POST"))
def set_cover(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Upload a picture, or take the picture away."""
    if "remove" in request.POST:
        actions.remove_cover(resource=resource, by=request.user, at=timezone.now())
        messages.success(request, _("Omslaget är borttaget."))
        return redirect(resource)
    form = CoverForm(request.POST or None, request.FILES or None, initial={"alt": resource.cover_alt})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_cover(
                resource=resource,
                data=form.cleaned_data["picture"].read(),
                alt=form.cleaned_data["alt"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Omslaget är bytt."))
            return redirect(resource)
        except Unable as refused:
            form.add_error(refused.field, refused.reason)
    return render(
        request, "resources/cover.html", {"resource": resource, "form": form}, status=422 if form.is_bound else 200
    )
