"""The desk's papers: pick list, van list and delivery notes, as plain data for the page and for the PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resursnav.deliver.lending.models import Booking
from resursnav.foundation.printing import papers
from resursnav.foundation.ui.components.words import day as day_words
from resursnav.foundation.ui.components.words import day_year

from .rounds import Round
from .travelling import Group

MOST_PLACES = 2  # any of the copies will do
FOLDER = Path(__file__).with_name("papers")


def barcodes_of(booking: Booking) -> str:
    """The copies that have been chosen."""
    return ", ".join(copy.item.barcode for copy in booking.copies.all())


def picking(groups: Sequence[Group], shelves: Mapping[int, Sequence[str]]) -> list[dict[str, Any]]:
    """What is to be fetched from the shelves for each departure, in the order of the shelf.

    `shelves`: holding -> where its items belong.
    """
    return [
        {
            "day": day_words(group.day),
            "route": group.route.name if group.route else _("Utan tur"),
            "rows": [
                {
                    "place": _where(shelves.get(row.holding_id, ())),
                    "number": row.holding.number,
                    "title": row.holding.title(),
                    "quantity": row.quantity,
                    "unit": row.order.unit.name,
                    "order": row.order_id,
                }
                for row in sorted(group.rows, key=lambda row: _on_the_way(row, shelves))
            ],
        }
        for group in groups
    ]


def _on_the_way(row: Booking, shelves: Mapping[int, Sequence[str]]) -> tuple[str, str, str, int]:
    """Sorts as one walks along the shelves."""
    return next(iter(shelves.get(row.holding_id, ())), ""), row.holding.number, row.holding.title(), row.pk


def _where(places: Sequence[str]) -> str:
    return "; ".join(places[:MOST_PLACES]) + (" …" if len(places) > MOST_PLACES else "")


def _address(unit: Any) -> str:
    town = " ".join(filter(None, [unit.postcode, unit.town]))
    return ", ".join(filter(None, [unit.street, town]))


def _packages(rows: Sequence[Booking]) -> list[dict[str, Any]]:
    return [
        {
            "quantity": row.quantity,
            "title": row.holding.title(),
            "number": row.holding.number,
            "codes": barcodes_of(row),
        }
        for row in rows
    ]


def driving(found: Round) -> dict[str, Any]:
    """The van list: each stop with what is left there and what is fetched, and a line to sign."""
    return {
        "route": found.route.name,
        "carrier": found.route.carrier.name,
        "note": found.route.note,
        "day": day_words(found.day),
        "stops": [
            {
                "unit": stop.unit.name,
                "address": _address(stop.unit),
                "phone": stop.unit.phone,
                "note": stop.note,
                "deliver": _packages(stop.deliver),
                "fetch": _packages(stop.fetch),
            }
            for stop in found.stops
        ],
    }


def delivery_note(bookings: Sequence[Booking], parts: dict[int, list[str]]) -> dict[str, Any]:
    """What lies in the box, for whom, when it goes back, and what belongs to each kit; of one order."""
    order = bookings[0].order
    return {
        "number": order.pk,
        "unit": order.unit.name,
        "address": _address(order.unit),
        "owner": order.owner.name,
        "contact": ", ".join(filter(None, [order.owner.email, order.owner.phone])),
        "person": order.person.get_full_name() if order.person else "",
        "for_class": order.for_class,
        "rows": [
            {
                "quantity": row.quantity,
                "title": row.holding.title(),
                "number": row.holding.number,
                "codes": barcodes_of(row),
                "parts": parts.get(row.holding_id, []),
                "use": f"{day_year(row.use_from)} – {day_year(row.use_to)}",
                "back": day_words(row.hand_over_date),
            }
            for row in bookings
        ],
    }


def words() -> dict[str, str]:
    """The papers' own words, in the language of whoever prints."""
    return {
        "pick_list": _("Plocklista"), "van_list": _("Körlista"), "delivery_note": _("Följesedel"),
        "number": _("Nummer"), "what": _("Vad"), "quantity": _("Antal"), "to": _("Till"), "order": _("Beställning"),
        "deliver": _("Lämna"), "fetch": _("Hämta"), "signed": _("Kvitteras av"), "nothing": _("Inget"),
        "copies": _("Exemplar"), "use": _("Används"), "back": _("Lämnas tillbaka senast"), "parts": _("Innehåll"),
        "for": _("För"), "from": _("Från"), "place": _("Plats"), "contact": _("Frågor"),
        "empty": _("Inget att göra."),
    }  # fmt: skip


def pdf(name: str, data: dict[str, Any], *, at: datetime, today: date) -> bytes:
    """The paper as PDF."""
    whole = {**data, "words": words(), "lang": (get_language() or "sv")[:2], "printed": day_year(today)}
    return papers.render(FOLDER / f"{name}.typ", whole, at=at)
