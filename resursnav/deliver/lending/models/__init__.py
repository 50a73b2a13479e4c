"""The tables of lending."""

from .after import InvoiceBasis, LoanFact
from .codes import (
    AWAY,
    ENDED,
    HOLDING,
    OPEN,
    QUEUED,
    RULES,
    UNPACKED,
    WITH_COPIES,
    FactKind,
    Happened,
    QueueState,
    State,
    Why,
)
from .conditions import LoanRule, Suspension
from .copies import Allocation
from .order import MOST, Booking, BookingQuerySet, Order, OrderEvent, OrderQuerySet
from .queue import QueueEntry

__all__ = [
    "AWAY",
    "ENDED",
    "HOLDING",
    "MOST",
    "OPEN",
    "QUEUED",
    "RULES",
    "UNPACKED",
    "WITH_COPIES",
    "Allocation",
    "Booking",
    "BookingQuerySet",
    "FactKind",
    "Happened",
    "InvoiceBasis",
    "LoanFact",
    "LoanRule",
    "Order",
    "OrderEvent",
    "OrderQuerySet",
    "QueueEntry",
    "QueueState",
    "State",
    "Suspension",
    "Why",
]
