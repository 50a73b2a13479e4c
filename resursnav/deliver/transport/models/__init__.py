"""The tables of transport."""

from .codes import BreakKind, RouteWay, RouteWeeks, Weekday
from .days import ClosedDays, ClosedDaysQuerySet, Handling, OpeningHours, SchoolBreak, SchoolBreakQuerySet
from .routes import Carrier, Route, RoutePlace, RouteQuerySet

__all__ = [
    "BreakKind",
    "Carrier",
    "ClosedDays",
    "ClosedDaysQuerySet",
    "Handling",
    "OpeningHours",
    "Route",
    "RoutePlace",
    "RouteQuerySet",
    "RouteWay",
    "RouteWeeks",
    "SchoolBreak",
    "SchoolBreakQuerySet",
    "Weekday",
]
