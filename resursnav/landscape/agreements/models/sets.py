"""Whose an agreement is, seen from a place in the tree: the sets behind the rules."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q

from resursnav.foundation.access import Reach, Scoped
from resursnav.foundation.access.reach import Row
from resursnav.foundation.organisations.models import Organisation


def paid_by(nodes: list[int]) -> Any:
    """The keys of the agreements that the nodes, or something below them, pay a part of."""
    shares: Any = apps.get_model("agreements", "CostShare")  # by name: the models stand on these sets
    below = Organisation.objects.at_or_below(nodes).values("pk")
    return shares._default_manager.filter(organisation__in=below).values("agreement")


def covering(nodes: list[int]) -> tuple[Any, Any]:
    """The keys of the agreements with a right that the nodes have, and of those that something below them has.

    From a node the nearest mark upwards decides; below it any place that is included counts.
    """
    places: Any = apps.get_model("agreements", "RightPlace")._default_manager  # the same
    nearer = places.filter(
        right=OuterRef("right"),
        organisation__branches_below__descendant=OuterRef("seen_from"),
        organisation__branches_below__depth__lt=OuterRef("steps"),
    )
    above = (
        places.filter(included=True)
        .annotate(
            seen_from=F("organisation__branches_below__descendant"), steps=F("organisation__branches_below__depth")
        )
        .filter(~Exists(nearer), seen_from__in=nodes)
    )
    below = places.filter(included=True, organisation__in=Organisation.objects.at_or_below(nodes).values("pk"))
    return above.values("right__agreement"), below.values("right__agreement")


class OfAgreement(Scoped[Row]):
    """Agreements and what belongs to them; `agreement` is the path to the agreement's key.

    Reach.ABOVE is what stands above a place and concerns it: agreements of others that it pays a part of, or whose
    rights it has. With `paying` only the first: documents tell prices.
    """

    scope = "owner"
    agreement = "pk"
    paying = False

    def _at(self, reach: Reach, nodes: list[int]) -> Q:
        if reach is not Reach.ABOVE:
            return super()._at(reach, nodes)
        wanted = Q(**{f"{self.agreement}__in": paid_by(nodes)})
        for keys in () if self.paying else covering(nodes):
            wanted |= Q(**{f"{self.agreement}__in": keys})
        return wanted
