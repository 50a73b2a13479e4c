"""What the borrower is told, in the bell and by mail, with the days for the own calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.notices.actions import Attachment, notify
from resursnav.foundation.notices.kinds import NoticeKind, declare
from resursnav.foundation.people.models import Person
from resursnav.foundation.ui.components.words import day as day_words
from resursnav.foundation.ui.components.words import moment_text

from ..conditions import Journey
from ..ics import Entry, calendar_file
from ..models import Booking, Order, QueueEntry

RECEIPT = declare(
    NoticeKind("lending.receipt", _("Dina bokningar"), _("Du får det här för att du har bokat hos resurscentret."))
)
SENT = declare(
    NoticeKind("lending.sent", _("Det du har bokat är på väg"), _("Du får det här för att du har bokat något."))
)
REMINDER = declare(
    NoticeKind("lending.reminder", _("Dags att lämna tillbaka"), _("Du får det här för att du har lånat något."))
)
TROUBLE = declare(
    NoticeKind(
        "lending.trouble", _("En bokning går inte att uppfylla"), _("Du får det här för att du har bokat något."),
        fixed=True,
    )
)  # fmt: skip
QUEUE = declare(NoticeKind("lending.queue", _("Din plats i kön"), _("Du får det här för att du står i kö till något.")))


@dataclass(frozen=True, slots=True)
class Later:
    """A text that is written when it is read, in the language of whoever reads it."""

    write: Callable[[], str]

    def __str__(self) -> str:
        return self.write()


def ordered(order: Order, bookings: Sequence[Booking], *, by: Person | None, at: datetime) -> None:
    """A receipt, also to whoever booked for oneself."""
    title = _("Bokat: {titles}")
    _tell(order, bookings, RECEIPT, title, _receipt, by, at, even_by=True, attach=True)


def changed(booking: Booking, *, by: Person | None, at: datetime) -> None:
    """The new days."""
    _tell(booking.order, [booking], RECEIPT, _("Ändrat: {titles}"), _receipt, by, at, even_by=True, attach=True)


def approved(bookings: Sequence[Booking], *, by: Person | None, at: datetime) -> None:
    """The centre said yes."""
    for order, rows in _by_order(bookings):
        _tell(order, rows, RECEIPT, _("Centret har godkänt: {titles}"), _receipt, by, at, attach=True)


def refused(bookings: Sequence[Booking], *, by: Person | None, at: datetime) -> None:
    """The centre said no, and why."""
    for order, rows in _by_order(bookings):
        why = rows[0].reason
        _tell(order, rows, RECEIPT, _("Går inte att låna: {titles}"), lambda _order, _rows, why=why: why, by, at)


def cancelled(bookings: Sequence[Booking], *, by: Person | None, at: datetime) -> None:
    """It has been taken back; the calendar lets it go."""
    for order, rows in _by_order(bookings):
        said = rows[0].reason
        _tell(order, rows, RECEIPT, _("Avbokat: {titles}"), lambda _order, _rows, said=said: said, by, at,
              even_by=True, attach=True, gone=True)  # fmt: skip


def renewed(booking: Booking, *, by: Person | None, at: datetime) -> None:
    """The new last day."""
    _tell(booking.order, [booking], RECEIPT, _("Omlånat: {titles}"), _receipt, by, at, even_by=True, attach=True)


def sent(bookings: Sequence[Booking], *, by: Person | None, at: datetime) -> None:
    """It is on its way."""
    for order, rows in _by_order(bookings):
        _tell(order, rows, SENT, _("På väg till er: {titles}"), _receipt, by, at, attach=True)


def remind(bookings: Sequence[Booking], *, late: bool, by: Person | None, at: datetime) -> None:
    """It is soon time, or past time, to give it back."""
    for order, rows in _by_order(bookings):
        title = _("Försenat, lämna tillbaka: {titles}") if late else _("Snart dags att lämna tillbaka: {titles}")
        _tell(order, rows, REMINDER, title, _give_back, by, at, attach=not late)


def bumped(booking: Booking, instead: Journey | None, *, at: datetime) -> None:
    """There is no copy for it any longer, and when there is one."""

    def text(_order: Order, _rows: Sequence[Booking]) -> str:
        told = gettext("Ett exemplar har försvunnit eller blivit försenat, och din bokning får inte plats längre.")
        if instead is None:
            return (
                told + " " + gettext("Ingen ledig tid syns i närheten. Avboka, eller vänta: blir den ledig får du den.")
            )
        return (
            told
            + " "
            + gettext("Närmaste lediga tid är %(first)s till %(last)s. Ändra bokningen, eller vänta.")
            % {"first": day_words(instead.use_from), "last": day_words(instead.use_to)}
        )

    _tell(booking.order, [booking], TROUBLE, _("Får inte plats längre: {titles}"), text, None, at)


def restored(booking: Booking, *, at: datetime) -> None:
    """It has a copy again."""
    _tell(booking.order, [booking], TROUBLE, _("Du får den ändå: {titles}"), _receipt, None, at, attach=True)


def lost(booking: Booking, *, by: Person | None, at: datetime) -> None:
    """The loan has ended because the thing is gone."""
    _tell(booking.order, [booking], RECEIPT, _("Borta: {titles}"), lambda _order, _rows: "", by, at)


def handed_over(order: Order, before: Person | None, *, by: Person | None, at: datetime) -> None:
    """To whoever has the loans now, and to whoever had them."""
    rows = list(order.bookings.select_related("holding__resource"))
    _tell(order, rows, RECEIPT, _("Du har tagit över ett lån: {titles}"), _receipt, by, at, attach=True)
    if before is not None:
        title = _("En kollega har tagit över: {titles}")
        _notify(before, RECEIPT, title, "", order.get_absolute_url(), rows, by, at)


def queued(entry: QueueEntry, *, by: Person | None, at: datetime) -> None:
    """In the queue, and when it may be."""
    _tell_waiting(entry, _("Du står i kö: {titles}"), _promise, at, by=by)


def offered(entry: QueueEntry, booking: Booking, *, at: datetime) -> None:
    """It can be had: answer in time."""

    def text(entry: QueueEntry) -> str:
        return gettext(
            "Den är ledig %(first)s till %(last)s. Svara senast %(moment)s, annars går den vidare i kön."
        ) % {
            "first": day_words(booking.use_from),
            "last": day_words(booking.use_to),
            "moment": moment_text(entry.answer_by),
        }

    _tell_waiting(entry, _("Ledig nu: {titles}"), text, at, kind=QUEUE)


def expired(entry: QueueEntry, *, at: datetime) -> None:
    """Nobody answered."""
    _tell_waiting(entry, _("Erbjudandet har gått vidare: {titles}"), lambda _entry: "", at)


def _promise(entry: QueueEntry) -> str:
    if entry.promise_date is None:
        return gettext("Vi hör av oss om den blir ledig.")
    return gettext("Som det ser ut kan du få den %(day)s. Blir den ledig tidigare hör vi av oss.") % {
        "day": day_words(entry.promise_date)
    }


def _receipt(order: Order, rows: Sequence[Booking]) -> str:
    lines = []
    for row in rows:
        lines.append(
            gettext("%(quantity)d × %(title)s: %(first)s till %(last)s. Lämnas tillbaka senast %(back)s.")
            % {
                "quantity": row.quantity,
                "title": row.holding.title(),
                "first": day_words(row.use_from),
                "last": day_words(row.use_to),
                "back": day_words(row.hand_over_date),
            }
        )
    if any(row.is_unpacked for row in rows):
        lines.append(gettext("Du kan ändra eller avboka på sidan ända tills det har packats."))
    return "\n".join(lines)


def _give_back(order: Order, rows: Sequence[Booking]) -> str:
    return "\n".join(
        gettext("%(title)s skulle vara lämnad senast %(back)s.") % {
            "title": row.holding.title(), "back": day_words(row.hand_over_date),
        }
        for row in rows
    )  # fmt: skip


def _titles(rows: Iterable[Booking]) -> str:
    names = list(dict.fromkeys(row.holding.title() for row in rows))
    more = len(names) - 2
    return ", ".join(names[:2]) + (gettext(" och %(n)d till") % {"n": more} if more > 0 else "")


def _by_order(bookings: Iterable[Booking]) -> list[tuple[Order, list[Booking]]]:
    found: dict[int, tuple[Order, list[Booking]]] = {}
    for booking in bookings:
        found.setdefault(booking.order_id, (booking.order, []))[1].append(booking)
    return list(found.values())


def _tell(
    order: Order,
    rows: Sequence[Booking],
    kind: NoticeKind,
    title: Any,
    text: Callable[..., str],
    by: Person | None,
    at: datetime,
    *,
    even_by: bool = False,
    attach: bool = False,
    gone: bool = False,
) -> None:
    if order.person is None:
        return
    files = [Attachment("bokning.ics", calendar_of(order, rows, at, gone=gone), "text/calendar")] if attach else []
    body = Later(lambda: text(order, rows))
    _notify(order.person, kind, title, body, order.get_absolute_url(), rows, by, at, even_by=even_by, files=files)


def _notify(
    person: Person,
    kind: NoticeKind,
    title: Any,
    body: Any,
    url: str,
    rows: Sequence[Booking],
    by: Person | None,
    at: datetime,
    *,
    even_by: bool = False,
    files: Sequence[Attachment] = (),
) -> None:
    notify(
        persons=person,
        kind=kind.code,
        title=Later(lambda: str(title).format(titles=_titles(rows))),
        body=body,
        url=url,
        by=by,
        at=at,
        attachments=files,
        even_by=even_by,
    )


def _tell_waiting(
    entry: QueueEntry,
    title: Any,
    text: Callable[[QueueEntry], str],
    at: datetime,
    *,
    by: Person | None = None,
    kind: NoticeKind = QUEUE,
) -> None:
    if entry.person is None:
        return
    notify(
        persons=entry.person,
        kind=kind.code,
        title=Later(lambda: str(title).format(titles=entry.holding.title())),
        body=Later(lambda: text(entry)),
        url=reverse("lending:mine"),
        by=by,
        at=at,
        even_by=True,
    )


def calendar_of(order: Order, rows: Iterable[Booking], at: datetime, *, gone: bool = False) -> bytes:
    """The days of use, and the day for giving it back, for the borrower's calendar."""
    url = f"{settings.BASE_URL}{order.get_absolute_url()}"
    entries = []
    for row in rows:
        title, version = row.holding.title(), int(row.changed_at.timestamp())
        more: dict[str, Any] = {"place": order.unit.name, "url": url}
        entries.append(Entry(f"booking-{row.pk}", version, title, row.use_from, row.use_to, **more))
        back = gettext("Lämna tillbaka: %(title)s") % {"title": title}
        entries.append(Entry(f"booking-{row.pk}-back", version, back, row.hand_over_date, row.hand_over_date, **more))
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return calendar_file(entries, host=host, at=at, gone=gone)
