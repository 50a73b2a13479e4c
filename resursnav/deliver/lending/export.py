"""What lending says about a person: loans, places in queues, suspensions, and what one has done with others' loans."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from .models import Order, OrderEvent, QueueEntry, Suspension


def loans(person: Any) -> list[dict[str, Any]]:
    """What one answers for, or has booked for a colleague or the unit; until the borrower is forgotten."""
    mine = Order.objects.filter(Q(person=person) | Q(placed_by=person))
    rows = mine.select_related("unit").prefetch_related("bookings__holding__resource").order_by("placed_at", "pk")
    return [
        {
            "number": order.pk,
            "unit": order.unit.name,
            "ordered": order.placed_at,
            "for_me": order.person_id == person.pk,
            "ordered_by_me": order.placed_by_id == person.pk,
            "class": order.for_class,
            "purpose": order.purpose,
            "note": order.note,
            "closed": order.closed_at,
            "lines": [
                {
                    "what": line.holding.title(),
                    "quantity": line.quantity,
                    "from": line.use_from,
                    "to": line.use_to,
                    "state": line.state,
                    "reason": line.reason,
                }
                for line in order.bookings.all()
            ],
        }
        for order in rows
    ]


def steps(person: Any) -> list[Any]:
    """What one has done with orders: booked, packed, taken back."""
    return list(OrderEvent.objects.filter(by=person).order_by("at", "pk").values("order_id", "what", "at"))


def queue(person: Any) -> list[dict[str, Any]]:
    """What one waits or has waited for."""
    rows = QueueEntry.objects.filter(person=person).select_related("holding__resource", "unit")
    return [
        {
            "what": one.holding.title(),
            "unit": one.unit.name,
            "quantity": one.quantity,
            "earliest": one.earliest,
            "latest": one.latest,
            "class": one.for_class,
            "joined": one.joined_at,
            "state": one.state,
            "ended": one.ended_at,
        }
        for one in rows.order_by("joined_at", "pk")
    ]


def suspensions(person: Any) -> list[Any]:
    """When one may not, or might not, book, and why."""
    rows = Suspension.objects.filter(person=person).order_by("made_at", "pk")
    return list(rows.values("unit__name", "reason", "since", "until", "automatic", "lifted_at"))
