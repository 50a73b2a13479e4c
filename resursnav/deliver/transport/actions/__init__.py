"""What one does with routes and days; everything that is written here is written by these."""

from .carriers import add_carrier, edit_carrier, remove_carrier
from .days import change_closed, close_days, reopen, set_hours
from .free import add_break, add_breaks, change_break, remove_break
from .places import mark_place, move_stop, unmark_place
from .routes import add_route, change_route, end_route
from .telling import Overtaken, UnableToTransport, rehearse

__all__ = [
    "Overtaken",
    "UnableToTransport",
    "add_break",
    "add_breaks",
    "add_carrier",
    "add_route",
    "change_break",
    "change_closed",
    "change_route",
    "close_days",
    "edit_carrier",
    "end_route",
    "mark_place",
    "move_stop",
    "rehearse",
    "remove_break",
    "remove_carrier",
    "reopen",
    "set_hours",
    "unmark_place",
]
