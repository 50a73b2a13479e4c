"""On each row of the search: from which day it can be in the classroom. On each of stock's: who has the item now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.stock.models import Holding, Item
from resursnav.deliver.transport.reading import plan_for
from resursnav.foundation.keeping.prepared import Prepared
from resursnav.foundation.ui.components.words import day as day_words
from resursnav.kernel.manifest import Note

from . import free
from .conditions import DAY
from .counting import with_rules
from .models import AWAY, Allocation, State
from .rules import BORROWERS

AHEAD = 120


def free_from(things: Sequence[Resource], person: Any) -> dict[int, Note]:
    """Resource -> the first day it can be at the person's place; four statements for any number of rows.

    Three more where the way there and the conditions are not kept.

    Nothing is said to strangers and to those who have no place of their own: for them there is no way to reckon with.
    """
    if not getattr(person, "is_authenticated", False):
        return {}
    place = next((post.node for post in person.standing() if post.role in BORROWERS), None)
    if place is None:
        return {}
    holdings: list[Holding] = _lent.objects([thing.pk for thing in things])
    if not holdings:
        return {}
    now, today = timezone.localtime(), timezone.localdate()
    end = today + AHEAD * DAY
    plan = plan_for(place, start=today, end=end)
    keys = [holding.pk for holding in holdings]
    known = free.for_holdings(keys, plan=plan, now=now, start=today, end=end, holdings=holdings)
    found: dict[int, Note] = {}
    for one in sorted(known.values(), key=lambda one: one.first.use_from if one.first else end):
        if one.holding.resource_id in found:
            continue
        if one.first is not None:
            found[one.holding.resource_id] = Note(
                _("Ledig från %(day)s") % {"day": day_words(one.first.use_from)}, "good", "calendar-check"
            )
        else:
            found[one.holding.resource_id] = Note(_("Ingen ledig den närmaste tiden"), "plain", "calendar-x")
    return found


_lent = Prepared(lambda keys: with_rules(Holding.objects.filter(resource__in=keys).bookable()).order_by("pk"))


def out_now(items: Sequence[Item], person: Any) -> dict[int, Note]:
    """Item -> which unit has it, or is to have it, and until when; one statement for any number of items.

    The rows are those that the person works with already. Who borrowed it is not said: the unit is enough to find it.
    """
    taken = Allocation.objects.filter(item__in=[item.pk for item in items], open=True)
    found, today = {}, timezone.localdate()
    for item, unit, state, last in taken.values_list(
        "item", "booking__order__unit__name", "booking__state", "booking__hand_over_date"
    ):
        said = {"unit": unit, "day": day_words(last)}
        if state in AWAY and last < today:
            text = _("Hos %(unit)s, skulle ha lämnats %(day)s") % said
        elif state in AWAY:
            text = _("Hos %(unit)s till %(day)s") % said
        elif state == State.RETURNED:
            text = _("Tillbaka från %(unit)s, inte kontrollerad") % said
        else:
            text = _("Packad till %(unit)s") % said
        found[item] = Note(text, "plain", "package-open")
    return found
