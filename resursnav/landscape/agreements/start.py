"""What agreements say on the start page: what somebody must decide before its day has passed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.ui.components.words import day_year
from resursnav.kernel.manifest import StartLine

from . import waiting, wording

SHOWN = 4


def notices(person: Any) -> list[StartLine]:
    """The nearest notice dates of the agreements that the person answers for."""
    today = timezone.localdate()
    lines = []
    noticed = [
        (agreement.notice_by, agreement)
        for agreement in waiting.coming(person, today)
        if agreement.notice_by is not None and today <= agreement.notice_by <= today + waiting.SOON
    ]
    for notice_by, agreement in sorted(noticed, key=lambda pair: (pair[0], pair[1].title_key))[:SHOWN]:
        what = _("Säg upp eller låt förlängas: %(title)s") if agreement.extends else _("Bestäm om förnyelse: %(title)s")
        said = {"day": day_year(notice_by), "left": wording.days_left(notice_by, today)}
        lines.append(
            StartLine(
                what % {"title": agreement.title},
                agreement.get_absolute_url(),
                about=_("Senast %(day)s, %(left)s") % said,
                icon="calendar-clock",
            )
        )
    return lines
