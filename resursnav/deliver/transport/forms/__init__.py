"""What people type about transports."""

from .days import BreakForm, ClosedForm, CopyForm, HoursForm, ImportForm
from .routes import CarrierForm, EndForm, RouteForm

__all__ = [
    "BreakForm",
    "CarrierForm",
    "ClosedForm",
    "CopyForm",
    "EndForm",
    "HoursForm",
    "ImportForm",
    "RouteForm",
]
