"""Register an agreement, change it, extend it, end it, and say who pays."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.organisations.models import Counted, Kind, Organisation
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried

from .. import actions, notice, wording
from ..forms import AgreementForm, ExtendForm, ResumeForm, SharesForm, TerminateForm
from ..forms.agreement import said_of
from ..forms.fields import after, last_of, moment
from ..models import Agreement, Renewal, ShareKey
from ..rules import EDIT, SEE
from ._asked import owners

# What the actions call otherwise than the forms.
DAYS = {"valid_to": "last_day", "ends": "last_day"}


@page(EDIT, methods=("GET", "POST"))
def register(request: StaffRequest) -> HttpResponse:
    """Write down a new agreement."""
    known = owners(request.user)
    if not known:
        return render(request, "agreements/no_owner.html", status=403)
    initial = {"renewal": Renewal.ENDS, "answers": "coordinator", "notice_months": 3}
    form = AgreementForm(known, posted(request), initial)
    if form.is_bound and form.is_valid():
        made = tried(
            form,
            lambda: actions.register(owner=form.owner_chosen, facts=form.facts(), by=request.user, at=timezone.now()),
            **DAYS,
        )
        if made:
            messages.success(request, _("Avtalet är registrerat. Lägg nu till vad det ger rätt till, och var."))
            return redirect(made)
    return render(request, "agreements/edit.html", {"form": form}, status=status_of(form))


@page(EDIT, load=Agreement, methods=("GET", "POST"))
def edit(request: StaffRequest, agreement: Agreement) -> HttpResponse:
    """Change what is said; nobody's work is written over unseen."""
    form = AgreementForm([agreement.owner], posted(request), said_of(agreement))
    if form.is_bound and form.is_valid():
        saved = tried(
            form,
            lambda: actions.edit(
                agreement=agreement,
                facts=form.facts(),
                seen_at=moment(form.cleaned_data["seen_at"]),
                by=request.user,
                at=timezone.now(),
            ),
            agreement.updated_at.isoformat(),
            **DAYS,
        )
        if saved:
            messages.success(request, _("Ändringarna är sparade."))
            return redirect(saved)
    return render(request, "agreements/edit.html", {"form": form, "agreement": agreement}, status=status_of(form))


@page(EDIT, load=Agreement, methods=("GET", "POST"))
def extend(request: StaffRequest, agreement: Agreement) -> HttpResponse:
    """Agree on a new period; the one that was stays readable."""
    initial: dict[str, Any] = {"seen_at": agreement.updated_at.isoformat()}
    if agreement.valid_to is not None:
        initial["last_day"] = last_of(notice.add_months(agreement.valid_to, agreement.renewal_months or 12))
    form = ExtendForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        saved = tried(
            form,
            lambda: actions.extend(
                agreement=agreement,
                valid_to=after(said["last_day"]),
                price=said["price"],
                seen_at=moment(said["seen_at"]),
                by=request.user,
                at=timezone.now(),
            ),
            agreement.updated_at.isoformat(),
            **DAYS,
        )
        if saved:
            messages.success(
                request, _("Avtalet är förlängt %(until)s.") % {"until": wording.until_words(saved.valid_to)}
            )
            return redirect(saved)
    told = {"agreement": agreement, "form": form, "until": wording.until_words(agreement.valid_to)}
    return render(request, "agreements/extend.html", told, status=status_of(form))


@page(EDIT, load=Agreement, methods=("GET", "POST"))
def terminate(request: StaffRequest, agreement: Agreement) -> HttpResponse:
    """Give notice, with what it leads to before one's eyes."""
    today = timezone.localdate()
    form = TerminateForm(posted(request), initial={"given": today})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        saved = tried(
            form,
            lambda: actions.terminate(
                agreement=agreement,
                reason=said["reason"],
                given=said["given"],
                ends=after(said["last_day"]),
                by=request.user,
                at=timezone.now(),
            ),
            **DAYS,
        )
        if saved:
            messages.success(
                request, _("Avtalet är uppsagt. Det gäller %(until)s.") % {"until": wording.until_words(saved.valid_to)}
            )
            return redirect(saved)
    told = {
        "agreement": agreement,
        "form": form,
        "until": wording.until_words(notice.end_of_notice(agreement.deed(), today, agreement.notice_by)),
        "late": agreement.extends and agreement.notice_by is not None and agreement.notice_by < today,
        "rights": agreement.rights.count(),
        "payers": agreement.shares.count(),
    }
    return render(request, "agreements/terminate.html", told, status=status_of(form))


@page(EDIT, load=Agreement, methods=("GET", "POST"))
def resume(request: StaffRequest, agreement: Agreement) -> HttpResponse:
    """Take a notice back."""
    form = ResumeForm(posted(request), initial={"last_day": last_of(agreement.valid_to)})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        saved = tried(
            form,
            lambda: actions.resume(
                agreement=agreement,
                reason=said["reason"],
                valid_to=after(said["last_day"]),
                by=request.user,
                at=timezone.now(),
            ),
            **DAYS,
        )
        if saved:
            messages.success(request, _("Uppsägningen är återtagen."))
            return redirect(saved)
    return render(request, "agreements/resume.html", {"agreement": agreement, "form": form}, status=status_of(form))


@page(EDIT, load=Agreement, see=SEE, methods=("GET", "POST"))
def shares(request: StaffRequest, agreement: Agreement) -> HttpResponse:
    """Say who pays what; head counts may be fetched into the boxes."""
    places = _payers(agreement)
    fetched = request.GET.get("fetch") == ShareKey.INHABITANTS
    initial: dict[str, Any] = {
        "share_key": ShareKey.INHABITANTS if fetched else agreement.share_key or ShareKey.EQUAL,
        "seen_at": agreement.updated_at.isoformat(),
    }
    if fetched:
        initial |= {f"weight_{place.pk}": getattr(place, f"latest_{Counted.INHABITANTS}") for place in places}
    form = SharesForm(places, posted(request), initial=initial, rows=list(agreement.shares.all()))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        saved = tried(
            form,
            lambda: actions.set_shares(
                agreement=agreement,
                key=said["share_key"],
                weights=form.weights(),
                seen_at=moment(said["seen_at"]),
                by=request.user,
                at=timezone.now(),
            ),
            agreement.updated_at.isoformat(),
        )
        if saved:
            messages.success(request, _("Nu är det sparat vem som betalar."))
            return redirect(saved)
    told = {
        "agreement": agreement,
        "form": form,
        "price": agreement.price_on(timezone.localdate()),
        "counted": any(getattr(place, f"latest_{Counted.INHABITANTS}") for place in places),
    }
    return render(request, "agreements/shares.html", told, status=status_of(form))


def _payers(agreement: Agreement) -> list[Organisation]:
    """The owner and those right below it that can pay, and whoever pays already."""
    below = Organisation.objects.filter(parent=agreement.owner_id, kind__in=[Kind.MUNICIPALITY, Kind.DEPARTMENT])
    known = below.not_closed_on(timezone.localdate()) | Organisation.objects.filter(pk=agreement.owner_id)
    paying = Organisation.objects.filter(pk__in=agreement.shares.values("organisation"))
    return list((known | paying).with_head_counts().order_by("kind", "name_key"))
