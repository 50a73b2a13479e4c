"""Tell those who answer for an agreement that its uses run out."""

from __future__ import annotations

from datetime import datetime

from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.notices.actions import notify
from resursnav.foundation.notices.kinds import NoticeKind, declare
from resursnav.landscape.agreements.actions.reminding import holders
from resursnav.landscape.agreements.models import UsageRight

from .. import leases
from ..models import Meter

LIMIT = declare(
    NoticeKind(
        "streaming.limit",
        _("Strömning som närmar sig avtalets gräns"),
        _("Du får det här för att du svarar för avtalet."),
    )
)


def tell(*, meter: Meter, right: UsageRight, at: datetime) -> int:
    """Say once at 80 and once at 100 percent of the uses; returns how many were told. The meter is locked."""
    step = leases.step_of(meter.uses, right.most_uses) if right.most_uses else 0
    if step <= meter.told_percent:
        return 0
    meter.told_percent = step
    meter.save(update_fields=["told_percent"])
    title = (
        _("{title}: alla visningar är använda")
        if step == 100
        else _("{title}: {step} procent av visningarna är använda")
    )
    body = (
        _("{uses} av {most} under perioden. Ingen mer kan öppna det förrän perioden är slut eller gränsen höjs.")
        if step == 100
        else _("{uses} av {most} under perioden. Tala med motparten innan de tar slut.")
    )
    told = notify(
        persons=holders(right.agreement, localdate(at)),
        kind=LIMIT.code,
        title=format_lazy(title, title=right.agreement.title, step=step),
        body=format_lazy(body, uses=meter.uses, most=right.most_uses),
        url=right.agreement.get_absolute_url(),
        by=None,
        at=at,
    )
    return len(told)
