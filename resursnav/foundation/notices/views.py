"""The bell's page, preferences, leaving the digest, the outbox and the demo's inbox."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt

from resursnav.foundation.access.pages import page
from resursnav.foundation.people.models import Person

from . import actions
from .actions import person_of_token
from .forms import PreferencesForm
from .models import Mail, MailState, Notice
from .rules import OUTBOX, SEE

ROWS = 30


class Request(HttpRequest):
    """A request that the guard has let through: somebody is signed in."""

    user: Person


@page(SEE)
def list_notices(request: Request) -> HttpResponse:
    """What the person has been told, newest first."""
    mine = Notice.objects.visible_to(request.user, SEE)
    shown = Paginator(mine, ROWS).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": shown, "unread": mine.unread().count()})


@page(SEE, load=Notice, methods=("POST",))
def read(request: Request, notice: Notice) -> HttpResponse:
    """Mark as read, and go on to what it is about when the person asked for that."""
    actions.mark_read(notice=notice, by=request.user, at=timezone.now())
    return redirect(notice.url if notice.url and "open" in request.POST else "notices:list")


@page(SEE, methods=("POST",))
def read_all(request: Request) -> HttpResponse:
    """Mark everything as read."""
    count = actions.mark_all_read(person=request.user, by=request.user, at=timezone.now())
    said = ngettext("En avisering är markerad som läst.", "%(count)s aviseringar är markerade som lästa.", count)
    messages.success(request, said % {"count": count} if count else _("Det fanns inget oläst."))
    return redirect("notices:list")


@page(SEE, methods=("GET", "POST"))
def preferences(request: Request) -> HttpResponse:
    """Choose how each kind of notice comes."""
    form = PreferencesForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        for kind, way in form.changes():
            actions.prefer(person=request.user, kind=kind, way=way, by=request.user, at=at)
        messages.success(request, _("Dina val är sparade."))
        return redirect("notices:preferences")
    return render(request, "notices/preferences.html", {"form": form})


@csrf_exempt  # RFC 8058: mail programs post here without cookies; the signed link is what shows the right
@page(public=True, methods=("GET", "POST"))
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Leave the daily digest by the link in it: GET shows a button, POST does it, however often."""
    person = person_of_token(token)
    if person is None:
        raise Http404(_("Länken är inte hel. Öppna den direkt från mejlet."))
    if request.method == "POST":
        actions.stop_digest(person=person, by=person, at=timezone.now())
    return render(request, "notices/stop.html", {"done": request.method == "POST"})


@page(OUTBOX)
def outbox(request: Request) -> HttpResponse:
    """Every mail and how far it has come."""
    state = request.GET.get("state", "")
    mails = Mail.objects.visible_to(request.user, OUTBOX).defer("text", "html", "attachments", "headers")
    chosen = mails.filter(state=state) if state in MailState.values else mails
    shown = Paginator(chosen, ROWS).get_page(request.GET.get("page"))
    here = reverse("notices:outbox")
    tabs = [(_("Alla"), here, state not in MailState.values)]
    tabs += [(str(label), f"{here}?state={code}", state == code) for code, label in MailState.choices]
    return render(request, "notices/outbox.html", {"page": shown, "tabs": tabs})


@page(OUTBOX, load=Mail, see=OUTBOX, methods=("POST",))
def try_again(request: Request, mail: Mail) -> HttpResponse:
    """Send a mail that failed once more."""
    actions.try_again(mail=mail, by=request.user, at=timezone.now())
    messages.success(request, _("Mejlet skickas igen."))
    return redirect("notices:outbox")


@page(public=True)
def demo_inbox(request: HttpRequest) -> HttpResponse:
    """In the demo: every mail that would have gone out. Elsewhere there is no such page."""
    if not settings.DEMO:
        raise Http404
    mails = Mail.objects.defer("html", "attachments", "headers")
    shown = Paginator(mails, ROWS).get_page(request.GET.get("page"))
    return render(request, "notices/demo_inbox.html", {"page": shown})


@page(public=True)
def demo_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """In the demo: one mail as its receiver would read it."""
    if not settings.DEMO:
        raise Http404
    return render(request, "notices/demo_mail.html", {"mail": get_object_or_404(Mail, pk=pk)})
