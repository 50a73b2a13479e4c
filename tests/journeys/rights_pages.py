"""The pages of rights that the browser test examines; agreement and titles are the looker's own region's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from resursnav.deliver.resources.actions import create_collection, set_items
from resursnav.deliver.rights import actions
from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.facts import AgreementFacts, RightFacts
from tests import factories

from .agreement_pages import NOON
from .page import Page


def _under(path: str) -> Callable[[], str]:
    """A page about a list with titles by name, by collection and by supplier, under an agreement that ends soon."""

    def made() -> str:
        region = Organisation.objects.filter(parent=None).order_by("-pk").first() or factories.organisation()
        town = factories.organisation(region, name="Dorotea")
        films = [
            factories.resource(region, "film", title=f"Skogens hemligheter {n}", publisher="Norrfilm AB") for n in "123"
        ]
        facts = AgreementFacts(
            counterpart="Norrfilm AB", title="Skolfilm", valid_from=date(2026, 1, 1), valid_to=date(2027, 2, 1),
            answers="coordinator",
        )  # fmt: skip
        agreement: Any = agreeing.register(owner=region, facts=facts, by=None, at=NOON)
        said = RightFacts(way="stream_class", titles="Klassiker")
        right = agreeing.add_right(agreement=agreement, facts=said, by=None, at=NOON)
        agreeing.mark_place(right=right, organisation=region, included=True, by=None, at=NOON)
        titles = agreement.title_lists.get()
        actions.add_titles(titles=titles, resources=films[:2], by=None, at=NOON)
        actions.tie_supplier(titles=titles, name="Norrfilm AB", by=None, at=NOON)
        shelf = create_collection(
            owner=region, title="Om skogen", lead="Fem filmer.", text="", visibility="public", by=None, at=NOON
        )
        set_items(collection=shelf, items=[(films[2].pk, "")], by=None, at=NOON)
        actions.tie_collection(titles=titles, collection=shelf, by=None, at=NOON)
        return path.format(titles=titles.pk, agreement=agreement.pk, film=films[0].pk, town=town.pk)

    return made


RIGHTS_PAGES = [
    Page("/rights/forecast/", _under("/rights/forecast/"), Role.COORDINATOR),
    Page("/rights/forecast/ (tomt)", "/rights/forecast/", Role.COORDINATOR),
    Page("/agreements/…/lists/new/", _under("/agreements/{agreement}/lists/new/"), Role.COORDINATOR),
    Page("/agreements/…/without/", _under("/agreements/{agreement}/without/"), Role.COORDINATOR),
    Page("/agreements/…/ (med titlar)", _under("/agreements/{agreement}/"), Role.COORDINATOR),
    Page("/rights/lists/…/", _under("/rights/lists/{titles}/"), Role.COORDINATOR),
    Page("/rights/lists/…/add/", _under("/rights/lists/{titles}/add/"), Role.COORDINATOR),
    Page("/rights/lists/…/numbers/", _under("/rights/lists/{titles}/numbers/"), Role.COORDINATOR),
    Page("/rights/lists/…/collections/", _under("/rights/lists/{titles}/collections/"), Role.COORDINATOR),
    Page("/rights/lists/…/suppliers/", _under("/rights/lists/{titles}/suppliers/"), Role.COORDINATOR),
    Page("/rights/lists/…/remove/", _under("/rights/lists/{titles}/remove/?entry={film}"), Role.COORDINATOR),
    Page("/resources/…/rights/", _under("/resources/{film}/rights/?place={town}"), Role.COORDINATOR),
    Page("/resources/…/ (får användas)", _under("/resources/{film}/"), Role.COORDINATOR),
]
