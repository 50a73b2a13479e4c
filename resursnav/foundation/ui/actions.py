"""Report a flaw, and answer the report."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean

from .models import FlawReport, FlawStatus

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

PER_SENDER = 5  # reports an hour from one address
IN_ALL = 60  # reports an hour from everybody
WINDOW = timedelta(hours=1)


class UnableToReport(Unable):
    """The report was not taken."""


class UnableToAnswer(Unable):
    """The report was not answered."""


@transaction.atomic
def report_flaw(
    *, text: str, page: str = "", aid: str = "", sender: str = "", by: AbstractBaseUser | None, at: datetime
) -> FlawReport:
    """Keep a report. `by` is not kept: whoever reports stays unknown. `sender` is a hash that lasts an hour."""
    FlawReport.objects.filter(reported_at__lt=at - WINDOW).exclude(sender="").update(sender="")
    recent = FlawReport.objects.since(at - WINDOW)
    if (sender and recent.filter(sender=sender).count() >= PER_SENDER) or recent.count() >= IN_ALL:
        raise UnableToReport(
            _("Det har kommit många rapporter den senaste timmen. Vänta en stund, eller kontakta centret direkt.")
        )
    text = clean(text)
    if not text:
        raise UnableToReport(_("Beskriv vad som inte fungerar."), field="text")
    return FlawReport.objects.create(
        text=text[:4000], page=clean(page)[:300], aid=clean(aid)[:200], sender=sender, reported_at=at
    )


@transaction.atomic
def answer_flaw(
    *,
    flaw: FlawReport,
    status: str,
    answer: str,
    summary: str = "",
    by: AbstractBaseUser | None,
    at: datetime,
) -> FlawReport:
    """Judge a report: a known flaw (which the statement then lists), mended, or no flaw; always with words."""
    flaw = FlawReport.objects.select_for_update().get(pk=flaw.pk)
    if status not in {FlawStatus.KNOWN, FlawStatus.MENDED, FlawStatus.DISMISSED}:
        raise UnableToAnswer(_("Välj om bristen är känd, åtgärdad eller ingen brist."), field="status")
    answer, summary = clean(answer), clean(summary)
    if not answer:
        raise UnableToAnswer(_("Skriv ett svar till den som rapporterade."), field="answer")
    if status == FlawStatus.KNOWN and not (summary or flaw.summary):
        raise UnableToAnswer(_("Beskriv bristen så som den ska stå i redogörelsen."), field="summary")
    flaw.status = status
    flaw.answer = answer[:2000]
    flaw.summary = (summary or flaw.summary)[:300]
    flaw.answered_at = at
    flaw.answered_by_id = by.pk if by is not None else None
    flaw.save(update_fields=["status", "answer", "summary", "answered_at", "answered_by"])
    return flaw
