"""When stock says that a copy cannot be lent any longer: what it was packed for or lent to, and what comes after."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from resursnav.deliver.stock.models import Holding, ItemState

from ..conditions import DAY
from ..counting import conditions_of
from ..models import AWAY, Allocation, Booking, Happened, State
from .held import keep, move, part, settle
from .replanning import replan
from .returning import free
from .suspending import lift_when_all_is_back
from .telling import happened


@transaction.atomic
def copy_left(*, item_id: int, holding_id: int, reason: str, at: datetime) -> None:
    """The copy is on service, missing or retired: nothing has it any longer, and all that is booked is planned anew.

    What it was packed for waits to be packed with another. A loan whose copy is said to be missing or retired ends as
    lost; one whose copy is on service has come back.
    """
    Holding.objects.locked([holding_id])
    copies = Allocation.objects.filter(item=item_id, open=True)
    copy = copies.select_related("booking__holding", "booking__order__unit").first()
    if copy is not None:
        _let_go(part(copy.booking, [copy]), reason, at)
    replan([holding_id], at=at)


def _let_go(booking: Booking, reason: str, at: datetime) -> None:
    if booking.state == State.PACKED:
        Allocation.objects.filter(booking=booking).delete()
        lead = conditions_of([booking.holding])[booking.holding_id].lead_days
        booking.blocked_from = booking.leave_date - lead * DAY
        move([booking], State.BOOKED, at=at)
        keep([booking], "blocked_from")
        happened(Happened.UNPACKED, [booking], by=None, at=at)
        return
    gone = booking.state in AWAY and reason in (ItemState.MISSING, ItemState.RETIRED)
    free([booking], State.LOST if gone else State.CHECKED, at)
    happened(Happened.LOST if gone else Happened.CHECKED, [booking], by=None, at=at)
    settle([booking.order_id], at=at)
    lift_when_all_is_back([booking], at)
