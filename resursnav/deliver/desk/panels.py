"""What the desk adds to an order's page: its delivery note, once something is packed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from resursnav.deliver.lending.models import AWAY, Order, State
from resursnav.foundation.access import may
from resursnav.kernel.manifest import Act

from .rules import WORK


def delivery_note(order: Order, person: Any) -> Act | None:
    """The paper that goes along, for those who work at the centre that lends."""
    packed = any(row.state in (State.PACKED, *AWAY) for row in order.bookings.all())  # the page has read them
    if not packed or not may(person, WORK, order):
        return None
    return Act(_("Följesedel"), f"{reverse('desk:notes')}?order={order.pk}", "file-text")
