"""What is wrong with an item: reported, mended."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resursnav.foundation.people.models import Person
from resursnav.kernel.text import clean

from ..models import Fault, Item
from .states import block, snapshot, unblock
from .telling import UnableToStock, check, items_held, recorded


@transaction.atomic
def report_fault(*, item: Item, text: str, blocking: bool, by: Person | None, at: datetime) -> Fault:
    """Say what is wrong; a fault that blocks takes the item out of lending until it is mended."""
    [found] = items_held([item])
    if found.is_retired:
        raise UnableToStock(_("Exemplar %(code)s är gallrat.") % {"code": found.barcode})
    text = clean(text)
    if not text:
        raise UnableToStock(_("Skriv vad som är fel."), field="text")
    fault = Fault(item=found, text=text, blocking=blocking, reported_by=by, reported_at=at)
    check(fault)
    fault.save()
    before = snapshot(found)
    if blocking:
        block(found, by=by, at=at)
    recorded("fault", found, by=by, at=at, before=before, after=snapshot(found), said=fault.text)
    return fault


@transaction.atomic
def mend(*, fault: Fault, note: str = "", by: Person | None, at: datetime) -> Fault:
    """The fault is mended. Without other faults that block, the item can be lent again."""
    [item] = items_held([fault.item])
    found = Fault.objects.select_for_update().get(pk=fault.pk)
    if found.mended_at is not None:
        raise UnableToStock(_("Felet är redan åtgärdat."))
    found.mended_at, found.mended_note = at, clean(note)
    check(found)
    found.save()
    before = snapshot(item)
    if found.blocking:
        unblock(item, by=by, at=at)
    said = f"{found.text}: {found.mended_note}" if found.mended_note else found.text
    recorded("mended", item, by=by, at=at, before=before, after=snapshot(item), said=said)
    return found
