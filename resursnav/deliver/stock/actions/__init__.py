"""What one does with what stands on the shelf; everything that is written here is written by these."""

from .adding import add_items
from .bulk import Wanted, stock_up
from .faults import mend, report_fault
from .holdings import edit_holding, open_holding
from .keeping import edit_item, move_items
from .parts import note_missing, set_parts
from .places import add_place, edit_place, remove_place, set_series
from .shelf import mend_shelf
from .states import (
    back_from_service,
    forget_promises,
    report_found,
    report_missing,
    retire,
    send_to_service,
    unretire,
)
from .telling import Overtaken, UnableToStock

__all__ = [
    "Overtaken",
    "UnableToStock",
    "Wanted",
    "add_items",
    "add_place",
    "back_from_service",
    "edit_holding",
    "edit_item",
    "edit_place",
    "forget_promises",
    "mend",
    "mend_shelf",
    "move_items",
    "note_missing",
    "open_holding",
    "remove_place",
    "report_fault",
    "report_found",
    "report_missing",
    "retire",
    "send_to_service",
    "set_parts",
    "set_series",
    "stock_up",
    "unretire",
]
