"""The pages of the desk that the browser test examines; the looker is the newest coordinator or driver."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.models import Allocation, Booking
from resursnav.deliver.stock.models import PartLine
from resursnav.deliver.transport.models import Route
from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation
from tests import factories

from .lending_pages import Lent, lent
from .page import Page


def _region() -> Organisation:
    return Organisation.objects.filter(parent=None).order_by("-pk").first() or factories.organisation()


def busy(region: Organisation) -> Lent:
    """One booking of each: to pack, packed, on its way, back and unchecked."""
    world = lent(region)
    PartLine.objects.create(holding=world.kit, name="Robot", quantity=6)
    world.order(None, world.wish(world.book))
    packed = world.order(None, world.wish(world.kit))
    actions.pack(booking=packed.bookings.get(), by=None, at=world.now)
    for kit_again in (False, True):
        away = world.sent(None, world.wish(world.kit))
        if kit_again:
            copies = Allocation.objects.filter(booking__order=away)
            actions.take_back(items=[copy.item for copy in copies], by=None, at=world.now)
    return world


def _desk(path: str) -> Callable[[], str]:
    """A page of a desk with something to do everywhere."""

    def made() -> str:
        busy(_region())
        back = Booking.objects.get(state="returned")
        item: Any = Allocation.objects.get(booking=back, open=True).item
        route = Route.objects.latest("pk")
        day = Booking.objects.get(state="packed").leave_date
        return path.format(item=item.pk, route=route.pk, day=day, today=timezone.localdate())

    return made


DESK_PAGES = [
    Page("/desk/", _desk("/desk/"), Role.COORDINATOR),
    Page("/desk/ (tomt)", "/desk/", Role.COORDINATOR),
    Page("/desk/scan/", _desk("/desk/scan/"), Role.COORDINATOR),
    Page("/desk/lend/", _desk("/desk/lend/?codes=finns-inte&unit=skolan&borrower=a"), Role.COORDINATOR),
    Page("/desk/check/…/", _desk("/desk/check/{item}/"), Role.COORDINATOR),
    Page("/desk/picking/", _desk("/desk/picking/"), Role.COORDINATOR),
    Page("/desk/notes/", _desk("/desk/notes/"), Role.COORDINATOR),
    Page("/desk/rounds/", _desk("/desk/rounds/"), Role.DRIVER),
    Page("/desk/rounds/…/", _desk("/desk/rounds/{route}/"), Role.DRIVER),
    Page("/desk/rounds/…/…/", _desk("/desk/rounds/{route}/{day}/"), Role.DRIVER),
]
