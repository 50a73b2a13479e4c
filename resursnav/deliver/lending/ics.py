"""Bookings as a calendar file (RFC 5545), for the calendar of whoever booked. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Resursnav//lending//SV"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the calendar: whole days from `first` to `last`, both counted.

    `key` is the same for the same thing for ever; `version` grows with each change, so that a later file wins.
    """

    key: str
    version: int
    title: str
    first: date
    last: date
    text: str = ""
    place: str = ""
    url: str = ""


def calendar_file(entries: Iterable[Entry], *, host: str, at: datetime, gone: bool = False) -> bytes:
    """The file: what to put in the calendar, or with `gone` what to take out of it again."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "CANCEL" if gone else "PUBLISH")
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@{host}")
        event.add("sequence", entry.version)
        event.add("dtstamp", at)
        event.add("summary", entry.title)
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("status", "CANCELLED" if gone else "CONFIRMED")
        for name, value in (("description", entry.text), ("location", entry.place), ("url", entry.url)):
            if value:
                event.add(name, value)
        made.add_component(event)
    content: bytes = made.to_ical()
    return content
