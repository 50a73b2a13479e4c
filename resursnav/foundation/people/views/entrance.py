"""The ways in: an invitation's link, and the personas of a demo."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.errors import Unable

from .. import actions
from ..forms import AcceptForm
from ..middleware import SESSION_KEY
from ..models import Invitation, Person
from ..personas import personas
from ..requests import posted
from ..tokens import hashed

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@page(public=True, methods=("GET", "POST"))
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Say yes to an invitation: make an account, or add the assignment to the one that one has."""
    now = timezone.now()
    invitation = Invitation.objects.select_related("node", "invited_by").filter(key_hash=hashed(key)).first()
    if invitation is None or not invitation.is_waiting(now):
        return render(request, "people/invitation_gone.html", {"invitation": invitation}, status=410)
    known = Person.objects.filter(email__iexact=invitation.email).first()
    me = request.user if isinstance(request.user, Person) else None
    signed_in = me is not None
    mine = known is not None and me is not None and me.pk == known.pk
    names = {"given_name": invitation.given_name, "family_name": invitation.family_name}
    form = AcceptForm(posted(request), initial=names, email=invitation.email) if known is None else None
    if request.method == "POST" and (mine or (form is not None and not signed_in and form.is_valid())):
        given = form.cleaned_data if form is not None else {}
        try:
            person, post = actions.accept(
                invitation=invitation, at=now, by=me if mine else None,
                language=get_language() or "sv", **given,
            )  # fmt: skip
        except Unable as refusal:
            messages.error(request, refusal.reason)
        else:
            if not mine:
                login(request, person, backend=BACKEND)
            messages.success(request, _("Välkommen. Du är nu %(post)s.") % {"post": post})
            return redirect("/")
    path = Organisation.objects.path_to(invitation.node_id)
    response = render(
        request,
        "people/accept.html",
        {"form": form, "invitation": invitation, "path": path, "known": known, "mine": mine, "signed_in": signed_in},
    )
    # The link is a key: it must not leak to whatever page one goes to next. (Without any referrer, a browser would
    # also hide the origin, and the form could not be sent.)
    response["Referrer-Policy"] = "strict-origin"
    return response


@page(public=True, methods=("POST",))
def be_persona(request: HttpRequest, pk: int) -> HttpResponse:
    """Become somebody in the demo. Nowhere else does this page exist."""
    if not settings.DEMO or pk not in {persona.pk for persona in personas()}:
        raise Http404
    login(request, Person.objects.get(pk=pk), backend=BACKEND)
    request.session.pop(SESSION_KEY, None)
    return redirect("/")
