"""What a borrower finds to be wrong while it is on loan: told to stock, and to those who work at the centre."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.deliver.stock import actions as stock
from resursnav.deliver.stock.models import Fault, Holding, Item, PartLine
from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.notices.actions import notify
from resursnav.foundation.notices.kinds import NoticeKind, declare
from resursnav.foundation.people.models import Assignment, Person
from resursnav.kernel.text import clean

from ..models import AWAY, Allocation, Booking, Happened
from .held import held
from .telling import UnableToLend, happened

LONGEST = 500  # what has room in stock
FAULT = declare(
    NoticeKind(
        "lending.fault",
        gettext_lazy("Fel på något som är utlånat"),
        gettext_lazy("Du får det här för att du arbetar på centret som lånar ut."),
    )
)


@transaction.atomic
def report_fault(
    *, booking: Booking, item: Item, text: str, missing: Mapping[int, int], by: Person | None, at: datetime
) -> Fault:
    """Something is wrong with a copy that is on loan, or parts of it are missing: part -> how many.

    It goes on being on loan, and the centre looks at it when it comes back. Stock keeps what is wrong and not who said
    it; that stands in the order's story until it is forgotten. The same words about the same copy are one fault.
    """
    [found] = held([booking], *AWAY)
    if not Allocation.objects.filter(booking=found, item=item, open=True).exists():
        raise UnableToLend(_("%(code)s hör inte till det här lånet.") % {"code": item.barcode}, field="item")
    said = _in_words(found.holding, text, missing)
    known: Fault | None = Fault.objects.open().filter(item=item, text=said).first()
    if known is not None:
        return known
    fault = stock.report_fault(item=item, text=said, blocking=False, by=None, at=at)
    happened(Happened.FAULT, [found], by=by, at=at, fault=fault.pk)
    _tell(found, fault, by, at)
    return fault


def _in_words(holding: Holding, text: str, missing: Mapping[int, int]) -> str:
    """What is wrong, on one line: the borrower's own words, and then the parts."""
    parts = {part.pk: part for part in PartLine.objects.filter(holding=holding, counted=True)}
    for key, number in missing.items():
        if key not in parts or not 0 <= number <= parts[key].quantity:
            raise UnableToLend(_("Så många kan inte saknas."), field=f"part_{key}")
    lacks = [f"{missing[key]} {part.name}" for key, part in parts.items() if missing.get(key)]
    sentences = [" ".join(clean(text).split())]
    sentences += [_("Saknas: %(parts)s.") % {"parts": ", ".join(lacks)}] if lacks else []
    said = " ".join(filter(None, sentences))
    if not said:
        raise UnableToLend(_("Skriv vad som är fel, eller hur många delar som saknas."), field="text")
    if len(said) > LONGEST:
        raise UnableToLend(_("Det blev för långt. Skriv det viktigaste."), field="text")
    return said


def _tell(booking: Booking, fault: Fault, by: Person | None, at: datetime) -> None:
    order = booking.order
    posts = Assignment.objects.current(localdate(at)).filter(node=order.owner_id, role__in=CENTRE)
    notify(
        persons=list({post.person_id: post.person for post in posts.select_related("person")}.values()),
        kind=FAULT.code,
        title=format_lazy(gettext_lazy("Fel anmält: {title}"), title=booking.holding.title()),
        body=f"{order.unit.name}, {fault.item.barcode}: {fault.text}",
        url=order.get_absolute_url(),
        by=by,
        at=at,
    )
