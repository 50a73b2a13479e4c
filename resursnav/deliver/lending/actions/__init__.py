"""What one does with bookings and loans; everything that is written here is written by these."""

from .bringing import bring_in
from .caring import arrive, follow_up_late, forget_borrowers, let_go, note_lateness, remind
from .changing import approve, cancel, change, hand_over, refuse, renew
from .ordering import About, order
from .packing import hand_out, lend_now, pack, receive, send, unpack
from .queueing import accept_offer, expire_offer, join_queue, leave_queue
from .replanning import follow_routes, replan
from .reporting import report_fault
from .returning import check, report_lost, send_out_again, take_back
from .setting import remove_rule, set_rule, settle_invoices
from .suspending import lift, suspend
from .telling import UnableToLend, UnableToOrder
from .undoing import last_steps, undo_loan, undo_return, undo_step

__all__ = [
    "About",
    "UnableToLend",
    "UnableToOrder",
    "accept_offer",
    "approve",
    "arrive",
    "bring_in",
    "cancel",
    "change",
    "check",
    "expire_offer",
    "follow_routes",
    "follow_up_late",
    "forget_borrowers",
    "hand_out",
    "hand_over",
    "join_queue",
    "last_steps",
    "leave_queue",
    "lend_now",
    "let_go",
    "lift",
    "note_lateness",
    "order",
    "pack",
    "receive",
    "refuse",
    "remind",
    "remove_rule",
    "renew",
    "replan",
    "report_fault",
    "report_lost",
    "send",
    "send_out_again",
    "set_rule",
    "settle_invoices",
    "suspend",
    "take_back",
    "undo_loan",
    "undo_return",
    "undo_step",
    "unpack",
]
