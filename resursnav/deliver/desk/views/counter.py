"""A loan to somebody who stands at the desk and has booked nothing."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.deliver.lending import actions as lending
from resursnav.deliver.lending.models import Order
from resursnav.deliver.lending.rules import WORK as LENDING_WORK
from resursnav.foundation.access.pages import page
from resursnav.foundation.ui.asking import StaffRequest
from resursnav.foundation.ui.components.words import day as day_words
from resursnav.kernel.errors import Unable

from .. import counter
from ..forms import LoanForm
from ..rules import WORK
from ._asked import centre_of

LAST = "desk_loan"
AT_FIELD = {"items": "codes", "quantity": "codes", "use_from": "use_to", "use_to": "use_to"}


@page(WORK, methods=("GET", "POST"))
def lend(request: StaffRequest) -> HttpResponse:
    """What has been scanned, for whom and until when; lends when that button is pressed, else shows what is known."""
    owner = centre_of(request.user)
    if owner is None:
        return render(request, "desk/no_centre.html", status=403)
    today = timezone.localdate()
    said = request.POST if request.method == "POST" else request.GET
    loan = counter.look(said, owner=owner, person=request.user, today=today)
    pressed = request.method == "POST" and said.get("deed") == "lend"
    typed = {name: said.get(name, "") for name in ("codes", "unit", "borrower", "use_to")}
    form = LoanForm(said) if pressed else LoanForm(initial=typed | {"key": request.POST.get("key") or uuid4()})
    if pressed and _lent(request, form, loan):
        return redirect("desk:lend")
    told = {"form": form, "loan": loan, "last": _last(request), "tried": pressed}
    return render(request, "desk/lend.html", told, status=422 if pressed else 200)


def _lent(request: StaffRequest, form: LoanForm, loan: counter.Loan) -> bool:
    """Lend it, or say at its field why not."""
    now = timezone.now()
    last, unit = form.to_lend(loan, timezone.localdate()), loan.unit.one
    if last is None or unit is None:
        return False
    person = loan.post.one.person if loan.post.one else None
    try:
        order = lending.lend_now(
            unit=unit, person=person, items=loan.items, use_to=last, key=form.cleaned_data["key"], by=request.user,
            at=now, about=lending.About(for_class=form.cleaned_data["for_class"]),
        )  # fmt: skip
    except Unable as refusal:
        form.add_error(AT_FIELD.get(refusal.field or "", "unit"), refusal.reason)
        return False
    request.session[LAST] = order.pk
    back = max(order.bookings.values_list("hand_over_date", flat=True))
    told = ngettext(
        "%(n)d sak utlånad till %(unit)s. Lämnas tillbaka senast %(day)s.",
        "%(n)d saker utlånade till %(unit)s. Lämnas tillbaka senast %(day)s.",
        len(loan.items),
    )
    messages.success(request, told % {"n": len(loan.items), "unit": unit.name, "day": day_words(back)})
    return True


def _last(request: StaffRequest) -> Order | None:
    """The loan that was made last here, while it is still a loan."""
    key = request.session.get(LAST)
    if key is None:
        return None
    rows: Any = Order.objects.visible_to(request.user, LENDING_WORK).select_related("unit")
    found: Order | None = rows.filter(pk=key, closed_at__isnull=True).first()
    return found


@page(WORK, methods=("POST",))
def undo(request: StaffRequest) -> HttpResponse:
    """The loan that was made last was not made after all."""
    order = _last(request)
    request.session.pop(LAST, None)
    if order is None:
        messages.error(request, _("Det finns inget att ångra."))
        return redirect("desk:lend")
    try:
        lending.undo_loan(order=order, by=request.user, at=timezone.now())
    except Unable as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Ångrat. Ställ tillbaka det som var utlånat."))
    return redirect("desk:lend")
