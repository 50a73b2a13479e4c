"""What the centre keeps: its conditions, who may not book, and what is to be invoiced."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.access.pages import page
from resursnav.foundation.imports import sheets
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried

from .. import actions
from ..conditions import DAY, Conditions
from ..forms import InvoiceForm, RuleForm, SuspendForm
from ..forms.around import said_of
from ..forms.booking import at_unit
from ..models import InvoiceBasis, LoanRule, Suspension
from ..rules import INVOICE, KEEPERS, RULES, SUSPEND

PER_PAGE = 50
MOST_OUT = 5_000
HEADS = (
    gettext_lazy("Nummer"),
    gettext_lazy("Enhet"),
    gettext_lazy("Kod"),
    gettext_lazy("Text"),
    gettext_lazy("Kronor"),
    gettext_lazy("Datum"),
)


def owner(person: Any) -> Organisation | None:
    """The centre that the person keeps."""
    nodes = [post.node for post in person.standing() if post.role in KEEPERS]
    return next((node for node in nodes if node.kind in (Kind.REGION, Kind.MUNICIPALITY)), None)


@page(RULES)
def rules(request: StaffRequest) -> HttpResponse:
    """The conditions, and those that count where nothing else has been said."""
    rows = LoanRule.objects.visible_to(request.user, RULES).select_related("owner").order_by("kind", "prefix", "pk")
    return render(request, "lending/rules.html", {"rows": list(rows[:MOST_OUT]), "usual": Conditions()})


@page(RULES, methods=("GET", "POST"))
def new_rule(request: StaffRequest) -> HttpResponse:
    """Conditions for one more kind of thing."""
    centre = owner(request.user)
    if centre is None:
        return render(request, "lending/no_centre.html", status=403)
    usual = {name: getattr(Conditions(), name) for name in RuleForm.base_fields if hasattr(Conditions(), name)}
    return _rule(request, RuleForm(posted(request), initial=usual), centre, None)


@page(RULES, load=LoanRule, see=RULES, methods=("GET", "POST"))
def edit_rule(request: StaffRequest, loanrule: LoanRule) -> HttpResponse:
    """Other conditions."""
    return _rule(request, RuleForm(posted(request), initial=said_of(loanrule)), loanrule.owner, loanrule)


def _rule(request: StaffRequest, form: RuleForm, centre: Organisation, rule: LoanRule | None) -> HttpResponse:
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        kept = tried(
            form,
            lambda: actions.set_rule(
                owner=centre, kind=said["kind"], prefix=said["begins"], said=form.said(), rule=rule, by=request.user,
                at=timezone.now(),
            ),
        )  # fmt: skip
        if kept is not None:
            messages.success(request, _("Villkoren är sparade. De gäller det som bokas från och med nu."))
            return redirect("lending:rules")
    return render(request, "lending/rule.html", {"form": form, "rule": rule}, status=status_of(form))


@page(RULES, load=LoanRule, see=RULES, methods=("GET", "POST"))
def remove_rule(request: StaffRequest, loanrule: LoanRule) -> HttpResponse:
    """Let the more general conditions count."""
    if request.method == "POST":
        actions.remove_rule(rule=loanrule, by=request.user, at=timezone.now())
        messages.success(request, _("Villkoren är borttagna."))
        return redirect("lending:rules")
    return render(request, "lending/remove_rule.html", {"rule": loanrule})


@page(SUSPEND)
def suspensions(request: StaffRequest) -> HttpResponse:
    """Who may not book now."""
    today = timezone.localdate()
    rows = Suspension.objects.visible_to(request.user, SUSPEND).standing(today).select_related("unit", "person")
    pages = Paginator(rows.order_by("-made_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "lending/suspensions.html", {"pages": pages, "day": DAY})


@page(SUSPEND, methods=("GET", "POST"))
def suspend(request: StaffRequest) -> HttpResponse:
    """Let a person, or a whole unit, not book for the time being."""
    centre = owner(request.user)
    if centre is None:
        return render(request, "lending/no_centre.html", status=403)
    below = Organisation.objects.at_or_below([centre.pk]).not_closed_on(timezone.localdate()).order_by("name_key", "pk")
    form = SuspendForm(below, posted(request))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        person = at_unit(said["person"], said["unit"], timezone.localdate()) if said["person"] else None
        if said["person"] and person is None:
            form.add_error("person", _("Ingen med den adressen arbetar på %(unit)s.") % {"unit": said["unit"].name})
        elif _suspended(form, centre, person, request) is not None:
            messages.success(request, _("Spärren gäller från och med nu. Det som redan är bokat står kvar."))
            return redirect("lending:suspensions")
    return render(request, "lending/suspend.html", {"form": form}, status=status_of(form))


def _suspended(form: SuspendForm, centre: Organisation, person: Person | None, request: StaffRequest) -> Any:
    said = form.cleaned_data
    return tried(
        form,
        lambda: actions.suspend(
            owner=centre,
            unit=said["unit"],
            person=person,
            until=said["last_day"] + DAY if said["last_day"] else None,
            reason=said["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@page(SUSPEND, load=Suspension, see=SUSPEND, methods=("POST",))
def lift(request: StaffRequest, suspension: Suspension) -> HttpResponse:
    """They may book again."""
    actions.lift(suspension=suspension, by=request.user, at=timezone.now())
    messages.success(request, _("Spärren är hävd."))
    return redirect("lending:suspensions")


@page(INVOICE)
def invoices(request: StaffRequest) -> HttpResponse:
    """What did not come back, to be invoiced by the accounts; also as a table to take out."""
    rows = InvoiceBasis.objects.visible_to(request.user, INVOICE).open().select_related("unit")
    rows = rows.order_by("unit__name_key", "pk")
    kind = request.GET.get("format", "")
    if kind in ("csv", "xlsx"):
        make = sheets.as_csv if kind == "csv" else sheets.as_xlsx
        return make("underlag", HEADS, (_cells(row) for row in rows[:MOST_OUT]))
    pages = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "lending/invoices.html", {"pages": pages})


def _cells(row: InvoiceBasis) -> list[str]:
    amount = "" if row.amount is None else str(row.amount).replace(".", ",")
    return [str(row.pk), row.unit.name, row.unit.code, row.text, amount, row.made_at.date().isoformat()]


@page(INVOICE, load=InvoiceBasis, see=INVOICE, methods=("POST",))
def settle(request: StaffRequest, invoicebasis: InvoiceBasis) -> HttpResponse:
    """It has been invoiced."""
    actions.settle_invoices(rows=[invoicebasis], by=request.user, at=timezone.now())
    messages.success(request, _("Underlaget är markerat som fakturerat."))
    return redirect("lending:invoices")


@page(INVOICE, load=InvoiceBasis, see=INVOICE, methods=("GET", "POST"))
def drop(request: StaffRequest, invoicebasis: InvoiceBasis) -> HttpResponse:
    """Nothing is to be paid, and why."""
    form = InvoiceForm(posted(request))
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = tried(
            form,
            lambda: actions.settle_invoices(
                rows=[invoicebasis], dropped_reason=reason, by=request.user, at=timezone.now()
            ),
        )
        if done is not None:
            messages.success(request, _("Underlaget är struket."))
            return redirect("lending:invoices")
    return render(request, "lending/drop.html", {"form": form, "basis": invoicebasis}, status=status_of(form))
