"""What people type about bookings and loans."""

from .around import InvoiceForm, RuleForm, SuspendForm
from .booking import BookForm, ChangeForm, QueueForm
from .loan import CancelForm, FaultForm, HandOverForm, RefuseForm, RenewForm

__all__ = [
    "BookForm",
    "CancelForm",
    "ChangeForm",
    "FaultForm",
    "HandOverForm",
    "InvoiceForm",
    "QueueForm",
    "RefuseForm",
    "RenewForm",
    "RuleForm",
    "SuspendForm",
]
