"""What rights say on the start page: what is about to disappear, for those who answer for the agreement."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.ui.components.words import day_year
from resursnav.kernel.manifest import StartLine
from resursnav.landscape.agreements import notice, waiting

SHOWN = 3


def running_out(person: Any) -> list[StartLine]:
    """The agreements that the person answers for and that end within ninety days, the nearest first."""
    day = timezone.localdate()
    ending = [
        (one.valid_to, one)
        for one in waiting.coming(person, day)
        if one.valid_to is not None and day < one.valid_to <= day + waiting.SOON and not one.extends
    ]
    return [
        StartLine(
            _("Rättigheter försvinner med avtalet %(title)s") % {"title": one.title},
            reverse("rights:without", args=[one.pk]),
            about=_("Sista dag %(day)s. Se vad som försvinner för vem.") % {"day": day_year(end - notice.DAY)},
            icon="calendar-x",
        )
        for end, one in ending[:SHOWN]
    ]
