"""Invitations: to whom, to what, and what has become of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.errors import Unable

from .. import actions
from ..forms import InviteForm
from ..models import Invitation
from ..places import without_people
from ..requests import PersonRequest, posted
from ..rules import INVITE


@page(INVITE)
def invitations(request: PersonRequest) -> HttpResponse:
    """The invitations of my branch that nobody has answered yet."""
    rows = Invitation.objects.visible_to(request.user, INVITE).unanswered().select_related("node", "invited_by")
    now = timezone.now()
    listed = Paginator(rows, 50).get_page(request.GET.get("page"))
    waits = {one.pk for one in listed if one.is_waiting(now)}
    return render(request, "people/invitations.html", {"page": listed, "waits": waits})


@page(INVITE)
def where(request: PersonRequest) -> HttpResponse:
    """Choose the place to invite somebody to; one who answers for one place alone need not choose."""
    today = timezone.localdate()
    empty = request.GET.get("empty") == "1"
    places = Organisation.objects.visible_to(request.user, INVITE).open_on(today)
    if empty:
        places = without_people(request.user, today)
    q = request.GET.get("q", "")[:100].strip()
    found = Paginator((places.matching(q) if q else places).select_related("parent"), 30)
    return render(
        request, "people/invite_where.html", {"q": q, "empty": empty, "page": found.get_page(request.GET.get("page"))}
    )


@page(INVITE, load=Organisation, see=INVITE, methods=("GET", "POST"))
def invite(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    """Invite somebody to a role at the place."""
    form = InviteForm(posted(request), givers={post.role for post in request.user.standing()})
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.invite(node=organisation, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Unable as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, _("Inbjudan är på väg till %(email)s.") % {"email": sent.email})
            return redirect("people:invitations")
    path = Organisation.objects.path_to(organisation.pk)
    return render(request, "people/invite.html", {"form": form, "node": organisation, "path": path})


@page(INVITE, load=Invitation, see=INVITE, methods=("POST",))
def resend(request: PersonRequest, invitation: Invitation) -> HttpResponse:
    """Send it again with a new link."""
    try:
        actions.resend(invitation=invitation, by=request.user, at=timezone.now())
    except Unable as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Inbjudan är skickad igen. Den gamla länken gäller inte längre."))
    return redirect("people:invitations")


@page(INVITE, load=Invitation, see=INVITE, methods=("POST",))
def withdraw(request: PersonRequest, invitation: Invitation) -> HttpResponse:
    """Take it back."""
    try:
        actions.withdraw(invitation=invitation, by=request.user, at=timezone.now())
    except Unable as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Inbjudan är återtagen. Länken gäller inte längre."))
    return redirect("people:invitations")
