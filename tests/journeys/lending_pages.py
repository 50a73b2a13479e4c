"""The pages of lending that the browser test examines; the looker is the newest teacher, principal or coordinator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.models import InvoiceBasis, LoanRule, Order, QueueEntry, Suspension
from resursnav.deliver.lending.wishes import Wish
from resursnav.deliver.stock.models import Item, PartLine
from resursnav.deliver.transport.models import Carrier, Route, RoutePlace
from resursnav.deliver.transport.reading import plan_for
from resursnav.foundation.access import Role
from resursnav.foundation.people.models import Assignment, Person
from tests import factories

from .page import Page


@dataclass
class Lent:
    """A centre with a van, a school, a book and kits to lend."""

    region: Any
    school: Any
    book: Any
    kit: Any
    now: datetime

    @property
    def first(self) -> date:
        """The first day that something can be at the school."""
        today = timezone.localdate(self.now)
        found = plan_for(self.school, start=today, end=today + timedelta(days=60)).first_use(self.now)
        assert found
        return found

    def order(self, person: Person | None, *wishes: Wish, **said: Any) -> Order:
        """Booked for the school."""
        said = {"unit": self.school, "person": person, "key": uuid4(), "by": None, "at": self.now, **said}
        return actions.order(wishes=wishes, **said)

    def wish(self, holding: Any, quantity: int = 1, weeks: int = 0) -> Wish:
        """A week from the first day on."""
        start = self.first + timedelta(weeks=weeks)
        return Wish(holding.pk, start, start + timedelta(days=6), quantity)

    def sent(self, person: Person | None, *wishes: Wish) -> Order:
        """On its way to the school."""
        order = self.order(person, *wishes)
        for booking in order.bookings.all():
            actions.pack(booking=booking, by=None, at=self.now)
        actions.send(bookings=order.bookings.all(), by=None, at=self.now)
        return order


def lent(region: Any, town: str = "Torsås", school: str = "Torskolan") -> Lent:
    """A van goes to the town on all workdays; there are two copies of a book and three kits."""
    place = factories.organisation(region, name=town)
    unit = factories.organisation(place, name=school)
    carrier = Carrier.objects.create(owner=region, name="Centrets bil", way="van")
    route = Route.objects.create(
        carrier=carrier, name="Södra turen", weekdays=[0, 1, 2, 3, 4], updated_at=timezone.now()
    )
    RoutePlace.objects.create(route=route, organisation=place)
    book = factories.holding(factories.resource(region, "book", title="Istiden"), items=2, number="D 1234")
    kit = factories.holding(factories.resource(region, "kit", title="Robotlåda"), items=3, kind="kit")
    return Lent(region, unit, book, kit, timezone.now())


def _lending(path: str, prepare: Callable[[Lent, Any], dict[str, Any]] | None = None) -> Callable[[], str]:
    """A page with something booked, on loan and in a queue; the looker works at the school, or at the centre."""

    def made() -> str:
        post = Assignment.objects.select_related("node").order_by("-pk").first()
        found = lent(post.node if post else factories.organisation())
        person = post.person if post else None
        if post is not None and post.role != Role.COORDINATOR:
            Assignment.objects.filter(pk=post.pk).update(node=found.school)
        more = prepare(found, person) if prepare else {}
        return path.format(book=found.book.pk, kit=found.kit.pk, resource=found.book.resource_id, **more)

    return made


def _all(found: Lent, person: Any) -> dict[str, Any]:
    """Something late, on loan, coming, waited for, and over."""
    late = found.sent(person, found.wish(found.kit))
    late.bookings.update(use_from=date(2026, 1, 7), hand_over_date=date(2026, 1, 14), leave_date=date(2026, 1, 7))
    out = found.sent(person, found.wish(found.kit))
    coming = found.order(person, found.wish(found.book, 2), about=actions.About("5B", "Istiden, åk 5", "Ring först."))
    over = found.order(person, found.wish(found.kit, weeks=3))
    actions.cancel(bookings=over.bookings.all(), by=None, at=found.now)
    today = timezone.localdate(found.now)
    actions.join_queue(
        holding=found.book, unit=found.school, person=person or factories.person(), quantity=1, days=3,
        earliest=today, latest=found.first, by=None, at=found.now,
    )  # fmt: skip
    return {"order": coming.pk, "line": coming.bookings.get().pk, "out": out.bookings.get().pk}


def _offered(found: Lent, person: Any) -> dict[str, Any]:
    today = timezone.localdate(found.now)
    actions.join_queue(
        holding=found.book, unit=found.school, person=person, quantity=1, days=3, earliest=today,
        latest=found.first + timedelta(days=9), by=None, at=found.now,
    )  # fmt: skip
    assert QueueEntry.objects.get().booking
    return {}


def _asked(found: Lent, person: Any) -> dict[str, Any]:
    borrower = factories.person(Role.TEACHER, found.school)
    rule = LoanRule.objects.create(
        owner=found.region, kind="media", prefix="D", needs_approval=True, updated_at=found.now
    )
    order = found.order(borrower, found.wish(found.book), by=borrower)
    return {"order": order.pk, "rule": rule.pk}


def _broken(found: Lent, person: Any) -> dict[str, Any]:
    """Two kits on loan with robots in them; one has been said to be broken."""
    PartLine.objects.create(holding=found.kit, name="Robot", quantity=6)
    order = found.sent(person, found.wish(found.kit, 2))
    row = order.bookings.get()
    item: Any = row.copies.earliest("pk").item
    actions.report_fault(booking=row, item=item, text="Sprucken skärm.", missing={}, by=person, at=found.now)
    return {"order": order.pk, "line": row.pk}


def _needed(found: Lent, person: Any) -> dict[str, Any]:
    """Two bookings need both copies of the book; a kit is on loan."""
    for _twice in range(2):
        found.order(None, found.wish(found.book))
    out = found.sent(None, found.wish(found.kit))
    return {"item": Item.objects.filter(holding=found.book)[0].pk, "lent": out.bookings.get().copies.get().item_id}


def _lost(found: Lent, person: Any) -> dict[str, Any]:
    Item.objects.update(value=450)
    order = found.sent(None, found.wish(found.kit))
    item = order.bookings.get().copies.get().item
    actions.report_lost(item=item, reason="Borta vid flytten.", by=None, at=found.now)
    return {"basis": InvoiceBasis.objects.get().pk}


def _suspended(found: Lent, person: Any) -> dict[str, Any]:
    said = {"owner": found.region, "unit": found.school, "by": None, "at": found.now}
    actions.suspend(person=None, reason="Flyttar.", until=timezone.localdate(found.now) + timedelta(days=9), **said)
    actions.suspend(person=factories.person(Role.TEACHER, found.school), reason="Obetald faktura.", **said)
    assert Suspension.objects.count() == 2
    return {}


LENDING_PAGES = [
    Page("/resources/…/ (att låna)", _lending("/resources/{resource}/"), Role.TEACHER),
    Page("/resources/notes/ (när de är lediga)", _lending("/resources/notes/?id={resource}"), Role.TEACHER),
    Page("/lending/", _lending("/lending/", _all), Role.TEACHER),
    Page("/lending/ (tomt)", _lending("/lending/"), Role.TEACHER),
    Page("/lending/ (erbjudande)", _lending("/lending/", _offered), Role.TEACHER),
    Page("/lending/unit/", _lending("/lending/unit/", _all), Role.PRINCIPAL),
    Page("/lending/when/…/", _lending("/lending/when/{book}/"), Role.TEACHER),
    Page("/lending/book/", _lending("/lending/book/?h={book}&h={kit}"), Role.TEACHER),
    Page("/lending/book/ (tomt)", _lending("/lending/book/"), Role.TEACHER),
    Page("/lending/book/ (centret)", _lending("/lending/book/?h={book}"), Role.COORDINATOR),
    Page("/lending/queue/…/", _lending("/lending/queue/{book}/"), Role.TEACHER),
    Page("/lending/orders/…/", _lending("/lending/orders/{order}/", _all), Role.TEACHER),
    Page("/lending/orders/…/ (att godkänna)", _lending("/lending/orders/{order}/", _asked), Role.COORDINATOR),
    Page("/lending/orders/…/cancel/", _lending("/lending/orders/{order}/cancel/", _all), Role.TEACHER),
    Page("/lending/orders/…/hand-over/", _lending("/lending/orders/{order}/hand-over/", _all), Role.TEACHER),
    Page("/lending/orders/…/refuse/", _lending("/lending/orders/{order}/refuse/", _asked), Role.COORDINATOR),
    Page("/lending/lines/…/change/", _lending("/lending/lines/{line}/change/", _all), Role.TEACHER),
    Page("/lending/lines/…/fault/", _lending("/lending/lines/{line}/fault/", _broken), Role.TEACHER),
    Page("/lending/orders/…/ (med fel)", _lending("/lending/orders/{order}/", _broken), Role.TEACHER),
    Page("/lending/lines/…/renew/", _lending("/lending/lines/{out}/renew/", _all), Role.TEACHER),
    Page("/lending/orders/", _lending("/lending/orders/", _all), Role.COORDINATOR),
    Page("/lending/rules/", _lending("/lending/rules/", _asked), Role.COORDINATOR),
    Page("/lending/rules/new/", _lending("/lending/rules/new/"), Role.COORDINATOR),
    Page("/lending/rules/…/", _lending("/lending/rules/{rule}/", _asked), Role.COORDINATOR),
    Page("/lending/rules/…/remove/", _lending("/lending/rules/{rule}/remove/", _asked), Role.COORDINATOR),
    Page("/stock/items/…/retire/ (bokat)", _lending("/stock/items/{item}/retire/", _needed), Role.COORDINATOR),
    Page("/stock/items/…/missing/ (utlånat)", _lending("/stock/items/{lent}/missing/", _needed), Role.COORDINATOR),
    Page("/lending/suspensions/", _lending("/lending/suspensions/", _suspended), Role.COORDINATOR),
    Page("/lending/suspensions/new/", _lending("/lending/suspensions/new/"), Role.COORDINATOR),
    Page("/lending/invoices/", _lending("/lending/invoices/", _lost), Role.COORDINATOR),
    Page("/lending/invoices/…/drop/", _lending("/lending/invoices/{basis}/drop/", _lost), Role.COORDINATOR),
]
