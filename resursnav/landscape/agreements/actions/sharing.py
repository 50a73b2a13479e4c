"""Who pays what of an agreement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.ui.components.words import number

from ..models import Agreement, CostShare, ShareKey
from ..shares import ORE, Fault, Key, Unshareable, shares
from .telling import UnableToAgree, held, recorded

FAULTS: dict[Fault, Any] = {
    Fault.NOBODY: gettext_lazy("Välj minst en som betalar."),
    Fault.NEGATIVE: gettext_lazy("En andel kan inte vara mindre än noll."),
    Fault.ZERO: gettext_lazy("Alla andelar är noll. Skriv minst en som är större."),
    Fault.FINER: gettext_lazy("Skriv beloppen med högst två decimaler."),
}


@transaction.atomic
def set_shares(
    *,
    agreement: Agreement,
    key: str,
    weights: Mapping[Organisation, Decimal],
    by: Person | None,
    at: datetime,
    seen_at: datetime | None = None,
) -> Agreement:
    """Divide the price: by these weights, equally, or in these fixed amounts; without weights nobody is named.

    Refuses what cannot be divided, and says how many kronor fixed amounts miss the price by.
    """
    found = held(agreement, seen_at)
    before = _said(found)
    if weights:
        _check(found, Key(key), weights, at)
    CostShare.objects.filter(agreement=found).delete()
    CostShare.objects.bulk_create(
        [
            CostShare(agreement=found, organisation=place, weight=Decimal(1) if key == ShareKey.EQUAL else weight)
            for place, weight in weights.items()
        ]
    )
    found.share_key, found.updated_at = key if weights else "", at
    found.save(update_fields=["share_key", "updated_at"])
    after = _said(found)
    if after != before:
        recorded("shared", found, by=by, at=at, before=before, after=after)
    return found


def _check(agreement: Agreement, key: Key, weights: Mapping[Organisation, Decimal], at: datetime) -> None:
    price = agreement.price_on(localdate(at))
    if price is None:
        raise UnableToAgree(_("Avtalet har inget pris att dela. Skriv priset först."))
    known = Organisation.objects.at_or_below([agreement.owner_id]).values_list("pk", flat=True)
    if not {place.pk for place in weights} <= set(known):
        raise UnableToAgree(_("Bara den som har tecknat avtalet och de som ligger under kan betala."))
    if any(weight != weight.quantize(ORE) for weight in weights.values()):
        raise UnableToAgree(str(FAULTS[Fault.FINER]))
    try:
        shares(price, key, list(weights.values()))
    except Unshareable as wrong:
        if wrong.fault is Fault.SUM:
            text = (
                _("Beloppen är %(kronor)s kronor för låga.")
                if wrong.difference > 0
                else _("Beloppen är %(kronor)s kronor för höga.")
            )
            raise UnableToAgree(text % {"kronor": number(abs(wrong.difference))}) from wrong
        raise UnableToAgree(str(FAULTS[wrong.fault])) from wrong


def _said(agreement: Agreement) -> dict[str, Any]:
    rows = CostShare.objects.filter(agreement=agreement).select_related("organisation")
    return {
        "share_key": agreement.share_key,
        "shares": [f"{row.organisation.name}: {row.weight}" for row in rows],
    }
