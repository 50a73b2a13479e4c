"""An agreement's papers: fetched by those who may, as files and never as pages."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.foundation.imports.uploads import was_refused
from resursnav.foundation.ui.asking import StaffRequest, posted, status_of, tried

from .. import actions, papers
from ..actions.filing import FAULTS
from ..forms import DocumentForm
from ..models import Agreement, AgreementDocument
from ..rules import EDIT, SEE_DOCUMENT


@page(EDIT, load=Agreement, methods=("GET", "POST"))
def add(request: StaffRequest, agreement: Agreement) -> HttpResponse:
    """Keep a paper with the agreement."""
    form = DocumentForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data["file"]
        # One byte more than the most tells that it is too large, without the rest of it in memory.
        data = sent.read(papers.LARGEST + 1)
        made = tried(
            form,
            lambda: actions.add_document(
                agreement=agreement, title=form.cleaned_data["title"], name=sent.name, data=data,
                by=request.user, at=timezone.now(),
            ),
        )  # fmt: skip
        if made:
            messages.success(request, _("Handlingen är tillagd."))
            return redirect(agreement)
    elif was_refused(request):
        form.errors.pop("file", None)
        form.add_error("file", FAULTS[papers.Fault.TOO_LARGE])
    return render(request, "agreements/document.html", {"agreement": agreement, "form": form}, status=status_of(form))


@page(SEE_DOCUMENT, load=AgreementDocument, see=SEE_DOCUMENT)
def fetch(request: StaffRequest, agreementdocument: AgreementDocument) -> HttpResponseBase:
    """The file, to be saved; whatever it holds, no browser runs it here."""
    try:
        file = default_storage.open(agreementdocument.path)
    except FileNotFoundError:
        raise Http404(_("Filen finns inte längre hos oss. Ladda upp den igen.")) from None
    answer = FileResponse(
        file, as_attachment=True, filename=agreementdocument.name, content_type=agreementdocument.content_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


@page(EDIT, load=AgreementDocument, see=SEE_DOCUMENT, methods=("GET", "POST"))
def remove(request: StaffRequest, agreementdocument: AgreementDocument) -> HttpResponse:
    """Ask once, and take the paper away."""
    agreement = agreementdocument.agreement
    if request.method == "POST":
        actions.remove_document(document=agreementdocument, by=request.user, at=timezone.now())
        messages.success(request, _("Handlingen är borttagen."))
        return redirect(agreement)
    return render(request, "agreements/remove_document.html", {"agreement": agreement, "document": agreementdocument})
