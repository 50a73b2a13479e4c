"""With which route a booking goes there and back: lending's days joined with transport's plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from resursnav.deliver.lending.models import Booking
from resursnav.deliver.transport.calendar import Plan
from resursnav.deliver.transport.models import Route
from resursnav.deliver.transport.reading import plans_for

AROUND = timedelta(days=60)
DAY = timedelta(days=1)
Plans = Mapping[int, Plan]


def plans_of(bookings: Iterable[Booking], today: date) -> dict[int, Plan]:
    """The plans of the units that have booked, in three statements."""
    units = {booking.order.unit_id for booking in bookings}
    return plans_for(units, start=today - AROUND, end=today + AROUND) if units else {}


def goes_with(booking: Booking, plans: Plans) -> int | None:
    """The key of the route that it leaves with; None when it is fetched by hand or the route is gone."""
    plan = plans[booking.order.unit_id]
    leaving = [one for one in plan.leaving(booking.leave_date) if one.arrives <= booking.use_from]
    if leaving:
        return max(leaving, key=lambda one: (one.order_by, one.leaves)).ride.route
    return None


def fetched_with(booking: Booking, plans: Plans, today: date) -> tuple[date, int | None]:
    """When it is fetched and by which route; what is late, the next time that something comes."""
    plan = plans[booking.order.unit_id]
    last = booking.use_to if booking.hand_over_date >= today else today - DAY
    found = plan.collection(last)
    return found.hand_over, found.ride.route if found.ride else None


@dataclass(frozen=True, slots=True)
class Group:
    """Bookings that go on the same day with the same route."""

    day: date
    route: Route | None
    rows: list[Booking]

    @property
    def key(self) -> str:
        """What tells the group from others on its page."""
        return f"{self.day:%Y%m%d}-{self.route.pk if self.route else 0}"

    @property
    def places(self) -> int:
        """How many units it goes to."""
        return len({row.order.unit_id for row in self.rows})


def grouped(bookings: Sequence[Booking], plans: Plans, routes: Mapping[int, Route]) -> list[Group]:
    """The bookings by the day they leave and the route, the nearest day first; within a group by unit."""
    found: dict[tuple[date, int | None], list[Booking]] = {}
    for booking in bookings:
        found.setdefault((booking.leave_date, goes_with(booking, plans)), []).append(booking)
    groups = [
        Group(day, routes.get(key) if key is not None else None, sorted(rows, key=_by_unit))
        for (day, key), rows in found.items()
    ]
    return sorted(groups, key=lambda group: (group.day, group.route.name_key if group.route else ""))


def _by_unit(booking: Booking) -> tuple[str, int, int]:
    return booking.order.unit.name_key, booking.order_id, booking.pk
