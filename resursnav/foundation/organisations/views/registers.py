"""Reading registers in: here a file is chosen; what it would do is shown by imports, as for every kind of import."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access import Role
from resursnav.foundation.access.pages import page
from resursnav.foundation.imports import actions as imports
from resursnav.foundation.imports import rules, uploads
from resursnav.foundation.imports.models import ImportBatch
from resursnav.kernel.errors import Unable

from ..forms import RegisterForm
from ..imports import REGISTERS
from ..models import Organisation
from ..rules import IMPORT
from ._request import StaffRequest, posted


def _branch(person: Any) -> Organisation | None:
    """The branch that the person may change by a register; None for an administrator, who answers for the whole."""
    posts = person.standing()
    if any(post.role == Role.ADMINISTRATOR for post in posts):
        return None
    found: Organisation = next(post.node for post in posts if post.role == Role.COORDINATOR)
    return found


@page(IMPORT, methods=("GET", "POST"))
def registers(request: StaffRequest) -> HttpResponse:
    """Choose a file; and the registers that have been read in before."""
    within = _branch(request.user)
    kinds = [(one.code, one.label) for one in REGISTERS.values() if within is None or one.code != "counties"]
    form = RegisterForm(posted(request), request.FILES or None, kinds=kinds)
    if request.method == "POST" and uploads.was_refused(request):
        form.add_error("file", _("Filen är för stor. Dela den eller packa den."))
    elif request.method == "POST" and form.is_valid():
        given, now = form.cleaned_data, timezone.now()
        options = {"counted": given["counted"].isoformat() if given["counted"] else ""}
        options["close_missing"] = "1" if given["close_missing"] else ""
        try:
            batch = imports.receive(
                kind=given["kind"], name=given["file"].name, content=given["file"].chunks(), organisation=within,
                by=request.user, at=now, options=options,
            )  # fmt: skip
        except Unable as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            if batch.is_small:
                imports.check(batch=batch, by=request.user, at=now)
            return redirect("imports:show", batch.pk)
    batches = ImportBatch.objects.visible_to(request.user, rules.SEE).of_kind(*REGISTERS).select_related("uploaded_by")
    listed = [(batch, REGISTERS[batch.kind].label) for batch in batches[:20]]
    return render(request, "organisations/registers.html", {"form": form, "batches": listed, "within": within})
