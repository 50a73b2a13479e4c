"""The pages of stock that the browser test examines; the things are the looker's own region's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from resursnav.deliver.stock import actions
from resursnav.deliver.stock.facts import ItemFacts, PartFacts
from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation
from tests import factories

from .page import Page

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def _stocked(path: str, *, state: str = "") -> Callable[[], str]:
    """A page about a kit with all that one can have."""

    def made() -> str:
        region = Organisation.objects.filter(parent=None).order_by("-pk").first() or factories.organisation()
        place = factories.stock_place(region, name="Magasinet")
        resource = factories.resource(region, "kit", "book", title="Bluebot")
        holding = factories.holding(resource, number="D 1234", kind="kit", note="Ladda före utlåning")
        said: dict[str, Any] = {"by": None, "at": NOON}
        lines = [PartFacts("Robot", 6), PartFacts("Pennor", counted=False)]
        [robot, _pens] = actions.set_parts(holding=holding, parts=lines, **said)
        facts = ItemFacts(place, "A1", "worn", "Repig låda", Decimal(4995))
        items = actions.add_items(holding=holding, count=3, first_barcode="K-001", facts=facts, **said)
        fault = actions.report_fault(item=items[0], text="Ett hjul sitter löst", blocking=True, **said)
        actions.note_missing(item=items[0], missing={robot.pk: 2}, **said)
        actions.send_to_service(item=items[1], where="Robot AB", back_date=date(2090, 1, 7), **said)
        if state == "missing":
            actions.report_missing(item=items[0], **said)
        if state == "retired":
            actions.retire(items=[items[0]], reason="Utslitet", **said)
        return path.format(
            holding=holding.pk, item=items[0].pk, fault=fault.pk, place=place.pk, resource=resource.pk, region=region.pk
        )

    return made


STOCK_PAGES = [
    Page("/stock/", _stocked("/stock/?state=all"), Role.COORDINATOR),
    Page("/stock/ (tomt)", "/stock/", Role.COORDINATOR),
    Page("/stock/find/", _stocked("/stock/find/"), Role.COORDINATOR),
    Page("/stock/faults/", _stocked("/stock/faults/"), Role.COORDINATOR),
    Page("/stock/faults/…/mend/", _stocked("/stock/faults/{fault}/mend/"), Role.COORDINATOR),
    Page("/stock/labels/", _stocked("/stock/labels/?holding={holding}"), Role.COORDINATOR),
    Page("/stock/inventory/", _stocked("/stock/inventory/"), Role.COORDINATOR),
    Page("/stock/import/", _stocked("/stock/import/"), Role.COORDINATOR),
    Page("/stock/places/", _stocked("/stock/places/"), Role.COORDINATOR),
    Page("/stock/places/new/", "/stock/places/new/", Role.COORDINATOR),
    Page("/stock/places/…/edit/", _stocked("/stock/places/{place}/edit/"), Role.COORDINATOR),
    Page("/stock/series/…/", _stocked("/stock/series/{region}/"), Role.COORDINATOR),
    Page("/stock/holdings/", _stocked("/stock/holdings/"), Role.COORDINATOR),
    Page("/stock/holdings/new/", _stocked("/stock/holdings/new/?resource={resource}"), Role.COORDINATOR),
    Page("/stock/holdings/…/", _stocked("/stock/holdings/{holding}/"), Role.COORDINATOR),
    Page("/stock/holdings/…/edit/", _stocked("/stock/holdings/{holding}/edit/"), Role.COORDINATOR),
    Page("/stock/holdings/…/add/", _stocked("/stock/holdings/{holding}/add/"), Role.COORDINATOR),
    Page("/stock/holdings/…/parts/", _stocked("/stock/holdings/{holding}/parts/"), Role.COORDINATOR),
    Page("/stock/items/…/", _stocked("/stock/items/{item}/"), Role.COORDINATOR),
    Page("/stock/items/…/ (gallrat)", _stocked("/stock/items/{item}/", state="retired"), Role.COORDINATOR),
    Page("/stock/items/…/edit/", _stocked("/stock/items/{item}/edit/"), Role.COORDINATOR),
    Page("/stock/items/…/fault/", _stocked("/stock/items/{item}/fault/"), Role.COORDINATOR),
    Page("/stock/items/…/service/", _stocked("/stock/items/{item}/service/"), Role.COORDINATOR),
    Page("/stock/items/…/back/", _stocked("/stock/items/{item}/back/"), Role.COORDINATOR),
    Page("/stock/items/…/missing/", _stocked("/stock/items/{item}/missing/"), Role.COORDINATOR),
    Page("/stock/items/…/found/", _stocked("/stock/items/{item}/found/", state="missing"), Role.COORDINATOR),
    Page("/stock/items/…/retire/", _stocked("/stock/items/{item}/retire/"), Role.COORDINATOR),
    Page("/stock/items/…/unretire/", _stocked("/stock/items/{item}/unretire/", state="retired"), Role.COORDINATOR),
    Page("/stock/items/…/parts/", _stocked("/stock/items/{item}/parts/"), Role.COORDINATOR),
    Page("/resources/…/ (med exemplar)", _stocked("/resources/{resource}/"), Role.COORDINATOR),
]
