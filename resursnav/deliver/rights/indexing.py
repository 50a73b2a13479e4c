"""What the search index knows of rights: under which title lists a resource stands, and what needs no agreement.

The codes do not say who may use what, so neither midnight nor a change of an agreement makes them wrong; which lists
allow what for a place today is reckoned when somebody searches (narrowing.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import Licence

from .judging import OPEN, is_lent_by_law
from .ties import ties_of

FACET = "rights"
OPEN_CODE, TEACHING_CODE, LENT_CODE = "open", "teaching", "lent"


def list_code(titles: int) -> str:
    """The code of what stands in a title list."""
    return f"list{titles}"


def agreement_code(agreement: int) -> str:
    """The code of what stands in any of an agreement's lists."""
    return f"agreement{agreement}"


def codes(ids: Sequence[int]) -> dict[int, list[str]]:
    """The codes of each resource, in two statements."""
    resources = list(Resource.objects.filter(pk__in=ids).only("pk", "licence", "publisher").order_by())
    ties = ties_of(resources, None)
    found = {}
    for resource in resources:
        lists = sorted(ties.lists[resource.pk])
        kept = [*map(list_code, lists), *map(agreement_code, sorted({ties.agreements[titles] for titles in lists}))]
        kept += [OPEN_CODE] if resource.licence in OPEN else []
        kept += [TEACHING_CODE] if resource.licence == Licence.TEACHING else []
        kept += [LENT_CODE] if is_lent_by_law(ties.media[resource.pk]) else []
        found[resource.pk] = kept
    return found
