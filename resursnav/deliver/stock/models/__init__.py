"""The tables of stock."""

from .codes import PHYSICAL, USUAL_KIND, Condition, ItemState, LoanKind
from .holding import Holding, HoldingQuerySet, PartLine
from .item import Fault, Item, ItemQuerySet, MissingPart
from .places import BarcodeSeries, StockPlace

__all__ = [
    "PHYSICAL",
    "USUAL_KIND",
    "BarcodeSeries",
    "Condition",
    "Fault",
    "Holding",
    "HoldingQuerySet",
    "Item",
    "ItemQuerySet",
    "ItemState",
    "LoanKind",
    "MissingPart",
    "PartLine",
    "StockPlace",
]
