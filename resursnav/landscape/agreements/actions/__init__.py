"""What one does with agreements; everything that is written here is written by these."""

from .counterparts import add_counterpart, edit_counterpart
from .filing import add_document, remove_document
from .granting import add_right, add_title_list, change_right, end_right, mark_place, unmark_place
from .keeping import edit, extend, register, resume, roll_over, terminate
from .reminding import remind
from .sharing import set_shares
from .telling import Overtaken, UnableToAgree

__all__ = [
    "Overtaken",
    "UnableToAgree",
    "add_counterpart",
    "add_document",
    "add_right",
    "add_title_list",
    "change_right",
    "edit",
    "edit_counterpart",
    "end_right",
    "extend",
    "mark_place",
    "register",
    "remind",
    "remove_document",
    "resume",
    "roll_over",
    "set_shares",
    "terminate",
    "unmark_place",
]
