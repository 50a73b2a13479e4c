"""An agreement's papers."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from .. import papers
from ..models import Agreement, AgreementDocument
from .telling import UnableToAgree, check, held, recorded

FAULTS: dict[papers.Fault, Any] = {
    papers.Fault.EMPTY: gettext_lazy("Filen är tom. Välj filen igen."),
    papers.Fault.TOO_LARGE: gettext_lazy("Filen är större än 20 MB. Spara den i en mindre storlek, eller dela den."),
    papers.Fault.WRONG_FORMAT: gettext_lazy("Filen måste vara PDF, ODT eller DOCX."),
    papers.Fault.BROKEN: gettext_lazy("Filen är trasig. Öppna den hos dig, spara om den och prova igen."),
    papers.Fault.BOMB: gettext_lazy("Filen innehåller för mycket för att vara ett dokument. Spara den som PDF."),
    papers.Fault.MACROS: gettext_lazy("Filen innehåller makron och tas inte emot. Spara den som PDF."),
}


@transaction.atomic
def add_document(
    *, agreement: Agreement, title: str, name: str, data: bytes, by: Person | None, at: datetime
) -> AgreementDocument:
    """Keep a paper with the agreement. The file's content decides what it is, not its name."""
    found, title = held(agreement, None), " ".join(clean(title).split())
    if not title:
        raise UnableToAgree(_("Ge handlingen en rubrik."), field="title")
    try:
        kind = papers.content_type(data)
    except papers.BadPaper as wrong:
        raise UnableToAgree(FAULTS[wrong.fault], field="file") from wrong
    document = AgreementDocument(
        agreement=found,
        title=title,
        name=papers.safe_name(clean(name), kind),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        content_type=kind,
        uploaded_by=by,
        uploaded_at=at,
    )
    if AgreementDocument.objects.filter(agreement=found, sha256=document.sha256).exists():
        raise UnableToAgree(_("Samma fil finns redan bland avtalets handlingar."), field="file")
    check(document)
    document.save()
    # The name is made from the content: what lies there already is the same file.
    if not default_storage.exists(document.path):
        default_storage.save(document.path, ContentFile(data))
    recorded("document_added", found, by=by, at=at, after={"document": title})
    return document


@transaction.atomic
def remove_document(*, document: AgreementDocument, by: Person | None, at: datetime) -> Agreement:
    """Take a paper away, with its file when no other agreement keeps the same one."""
    found, path, sha256 = held(document.agreement, None), document.path, document.sha256
    recorded("document_removed", found, by=by, at=at, before={"document": document.title})
    document.delete()
    transaction.on_commit(lambda: _forget(path, sha256))
    return found


def _forget(path: str, sha256: str) -> None:
    if not AgreementDocument.objects.filter(sha256=sha256).exists():
        default_storage.delete(path)
