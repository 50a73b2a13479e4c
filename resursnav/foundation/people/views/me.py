"""One's own pages: account, the assignment to act in, keys, data and closing."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.kernel.errors import Unable

from .. import actions
from ..export import everything_about
from ..forms import CloseForm, MeForm, TokenForm
from ..middleware import SESSION_KEY
from ..models import ApiToken, Assignment
from ..requests import PersonRequest, posted
from ..rules import ME
from ..tokens import SCOPES


@page(ME, methods=("GET", "POST"))
def me(request: PersonRequest) -> HttpResponse:
    """My account: name and language, what I am trusted with, and how I sign in."""
    person = request.user
    kept = {field: getattr(person, field) for field in ("given_name", "family_name", "phone", "language")}
    form = MeForm(posted(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_person(person=person, by=person, at=timezone.now(), **form.cleaned_data)
        except Unable as refusal:
            form.add_error(refusal.field, refusal.reason)
        else:
            request.session["language"] = form.cleaned_data["language"]
            messages.success(request, _("Dina uppgifter är sparade."))
            return redirect("people:me")
    posts = Assignment.objects.filter(person=person).select_related("node", "granted_by")
    today = timezone.localdate()
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return render(
        request,
        "people/me.html",
        {
            "form": form,
            "posts": [post for post in posts if post.counts_on(today) or post.valid_from > today],
            "earlier": [post for post in posts if post.valid_to is not None and post.valid_to <= today],
            "passkeys": "webauthn" in kinds,
            "totp": "totp" in kinds,
        },
    )


@page(ME, methods=("POST",))
def act(request: PersonRequest) -> HttpResponse:
    """Act in one of my assignments from now on; without one, in all of them at once."""
    wanted = request.POST.get("assignment", "")
    mine = {str(post.pk): post.pk for post in request.user.every_standing()}
    if wanted in mine:
        request.session[SESSION_KEY] = mine[wanted]
    else:
        request.session.pop(SESSION_KEY, None)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe else "/")


@page(ME)
def export(request: PersonRequest) -> HttpResponse:
    """Everything about me, as a file."""
    response = JsonResponse(everything_about(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="resursnav-mina-uppgifter.json"'
    return response


@page(ME, methods=("GET", "POST"))
def close(request: PersonRequest) -> HttpResponse:
    """Close my account, after saying what that means."""
    form = CloseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_account(person=request.user, by=request.user, at=timezone.now())
        except Unable as refusal:
            form.add_error(None, refusal.reason)
        else:
            logout(request)
            messages.success(request, _("Ditt konto är stängt."))
            return redirect("/")
    return render(request, "people/close.html", {"form": form})


@page(ME, methods=("GET", "POST"))
def keys(request: PersonRequest) -> HttpResponse:
    """My keys for programs; a new one is shown once, in the answer itself."""
    form = TokenForm(posted(request))
    now = timezone.now()
    new = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _token, new = actions.make_token(
                person=request.user,
                name=given["name"],
                scopes=given["scopes"],
                expires_at=now + timedelta(days=given["days"]),
                by=request.user,
                at=now,
            )
        except Unable as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            form = TokenForm()
    listed = list(ApiToken.objects.usable().filter(person=request.user))
    words = {token.pk: [SCOPES[scope] for scope in token.scopes if scope in SCOPES] for token in listed}
    tokens = [(token, words[token.pk]) for token in listed]
    response = render(request, "people/keys.html", {"form": form, "tokens": tokens, "new": new})
    if new:
        response["Cache-Control"] = "no-store"
    return response


@page(ME, load=ApiToken, see=ME, methods=("POST",))
def revoke(request: PersonRequest, apitoken: ApiToken) -> HttpResponse:
    """Let one of my keys open nothing from now on."""
    actions.revoke_token(token=apitoken, by=request.user, at=timezone.now())
    messages.success(request, _("Nyckeln är återkallad."))
    return redirect("people:keys")
