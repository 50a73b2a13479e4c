"""People of one's branch: the list, one person, and the roles that are given and ended."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import Role, may
from resursnav.foundation.access.pages import page
from resursnav.foundation.imports.cells import for_spreadsheet
from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.errors import Unable

from .. import actions
from ..forms import AssignForm, ProtectForm, ReasonForm
from ..models import Assignment, Invitation, Person, PersonQuerySet, SecurityMarking
from ..requests import PersonRequest, posted
from ..rules import INVITE, MANAGE, PROTECT, SEE
from ..start import ending_soon


def _found(request: PersonRequest) -> PersonQuerySet:
    """The persons of the branch that match the filter, without anybody whose identity is protected."""
    q = request.GET.get("q", "")[:100].replace("\0", "")
    rows = Person.objects.visible_to(request.user, SEE).listed().matching(q)
    role = request.GET.get("role", "")
    if role in Role.values:
        held = Assignment.objects.current(timezone.localdate()).filter(role=role).visible_to(request.user, MANAGE)
        rows = rows.filter(pk__in=held.values("person"))
    if request.GET.get("ending") == "1":
        rows = rows.filter(pk__in=ending_soon(request.user, timezone.localdate()).values("person"))
    found: PersonQuerySet = rows.prefetch_related(
        Prefetch(
            "assignments",
            Assignment.objects.current(timezone.localdate()).select_related("node"),
            to_attr="posts",
        )
    )
    return found


@page(MANAGE)
def people(request: PersonRequest) -> HttpResponse:
    """Everybody with an assignment in my branch."""
    found = _found(request)
    if request.GET.get("format") == "csv":
        return _csv(found)
    protected = Assignment.objects.current(timezone.localdate()).visible_to(request.user, PROTECT)
    return render(
        request,
        "people/people.html",
        {
            "page": Paginator(found, 50).get_page(request.GET.get("page")),
            "roles": Role.choices,
            "role": request.GET.get("role", ""),
            "q": request.GET.get("q", ""),
            "ending": request.GET.get("ending") == "1",
            "protected": protected.exclude(person__security_marking=SecurityMarking.NONE).select_related("node")[:100],
            "waiting": Invitation.objects.visible_to(request.user, INVITE).unanswered().count(),
        },
    )


def _csv(found: PersonQuerySet) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="personer.csv"'
    response.write("\ufeff")  # Excel reads UTF-8 only with this mark
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow([_("Förnamn"), _("Efternamn"), _("E-postadress"), _("Telefon"), _("Roll"), _("Plats")])
    for person in found:
        for post in getattr(person, "posts", []) or [None]:
            cells = [person.given_name, person.family_name, person.email, person.phone]
            cells += [str(post.get_role_display()), post.node.name] if post else ["", ""]
            sheet.writerow([for_spreadsheet(cell) for cell in cells])
    return response


@page(SEE, load=Person, see=SEE)
def show(request: PersonRequest, person: Person) -> HttpResponse:
    """One person: what they are trusted with, and by whom."""
    return _show(request, person)


@page(PROTECT, load=Person, see=PROTECT)
def show_protected(request: PersonRequest, person: Person) -> HttpResponse:
    """Somebody whose identity may be protected, for those who handle protection: the role, never the name."""
    return _show(request, person)


def _show(request: PersonRequest, person: Person) -> HttpResponse:
    posts = Assignment.objects.filter(person=person).select_related("node", "granted_by")
    manageable = set(posts.visible_to(request.user, MANAGE).values_list("pk", flat=True))
    today = timezone.localdate()
    shown = [post for post in posts if post.pk in manageable or person.pk == request.user.pk]
    context: dict[str, Any] = {
        "somebody": person,
        "hidden": person.is_protected and person.pk != request.user.pk,
        "posts": [(post, post.pk in manageable) for post in shown if not post.valid_to or post.valid_to > today],
        "earlier": [post for post in shown if post.valid_to and post.valid_to <= today],
        "may_protect": may(request.user, PROTECT, person),
        "may_give": may(request.user, MANAGE),
    }
    return render(request, "people/person.html", context)


@page(MANAGE, load=Person, see=SEE, methods=("GET", "POST"))
def assign(request: PersonRequest, person: Person) -> HttpResponse:
    """Give somebody another role: first where, then which."""
    places = Organisation.objects.visible_to(request.user, MANAGE).not_closed_on(timezone.localdate())
    node = places.filter(pk=request.GET["node"]).first() if request.GET.get("node", "").isdigit() else None
    if node is None:
        q = request.GET.get("q", "")[:100].strip()
        found = Paginator((places.matching(q) if q else places).select_related("parent"), 30)
        return render(
            request,
            "people/assign_where.html",
            {"somebody": person, "q": q, "page": found.get_page(request.GET.get("page"))},
        )
    form = AssignForm(posted(request), givers={post.role for post in request.user.standing()})
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            actions.assign(person=person, node=node, by=request.user, at=timezone.now(), **given)
        except Unable as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, _("Uppdraget är givet."))
            return redirect("people:show", person.pk)
    return render(request, "people/assign.html", {"form": form, "somebody": person, "node": node})


@page(MANAGE, load=Assignment, see=MANAGE, methods=("GET", "POST"))
def end(request: PersonRequest, assignment: Assignment) -> HttpResponse:
    """End somebody's role, after saying what that means."""
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_assignment(
                assignment=assignment, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
            )
        except Unable as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("Uppdraget är avslutat."))
            return redirect("people:list")
    hidden = assignment.person.is_protected and assignment.person_id != request.user.pk
    return render(request, "people/end.html", {"form": form, "post": assignment, "hidden": hidden})


@page(PROTECT, load=Person, see=PROTECT, methods=("GET", "POST"))
def protect(request: PersonRequest, person: Person) -> HttpResponse:
    """Protect somebody's identity, or lift the protection."""
    form = ProtectForm(posted(request), initial={"marking": person.security_marking})
    if request.method == "POST" and form.is_valid():
        try:
            actions.protect(person=person, marking=form.cleaned_data["marking"], by=request.user, at=timezone.now())
        except Unable as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("Skyddet är ändrat. Det gäller från och med nu."))
            return redirect("people:show_protected", person.pk)
    back = reverse("people:show_protected", args=[person.pk])
    return render(request, "people/protect.html", {"form": form, "somebody": person, "back": back})
