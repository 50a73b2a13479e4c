"""What the search index knows of agreements: those who may see one find it, by title, number, counterpart and words.

Who answers for a place sees its agreements by a way through rights and shares that no token could tell; so the tokens
of such a person are the agreements themselves, read when the search begins. The centre has one token for each place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from resursnav.foundation.access.reach import nodes_of
from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.access.rules import Grant, Reach
from resursnav.foundation.organisations.models import Branch
from resursnav.foundation.search.documents import Document

from .models import Agreement, AgreementQuerySet
from .rules import LOCAL, SEE

_AT_CENTRE = Grant(CENTRE, Reach.BELOW)
_LOCALLY = Grant(LOCAL, Reach.BELOW)


class Agreements:
    """Agreements that have not ended, for the index."""

    facets: tuple[str, ...] = ()

    def audience(self, person: Any) -> frozenset[str]:
        """For the centre its places, for those in a municipality each agreement that they may see."""
        tokens = {f"agreements:{node}" for node in nodes_of(person, _AT_CENTRE)}
        if nodes_of(person, _LOCALLY):
            keys = Agreement.objects.visible_to(person, SEE).values_list("pk", flat=True)
            tokens |= {f"agreement:{key}" for key in keys}
        return frozenset(tokens)

    def ids(self) -> list[int]:
        """Those that have not ended."""
        return list(_open().order_by("pk").values_list("pk", flat=True))

    def documents(self, ids: Sequence[int]) -> Iterable[Document]:
        """In two statements; one that has ended has left the index."""
        rows = list(_open().filter(pk__in=ids).select_related("counterpart"))
        above: defaultdict[int, list[int]] = defaultdict(list)
        owners = {row.owner_id for row in rows}
        for owner, node in Branch.objects.filter(descendant__in=owners).values_list("descendant", "ancestor"):
            above[owner].append(node)
        for row in rows:
            yield Document(
                id=row.pk,
                title=row.title,
                subtitle=row.counterpart.name,
                text=row.about,
                identifiers=[row.number] if row.number else [],
                audience=[f"agreement:{row.pk}", *(f"agreements:{node}" for node in above[row.owner_id])],
            )

    def plain(self, words: Sequence[str], audience: frozenset[str], start: int, stop: int) -> tuple[list[int], int]:
        """The slow way, in SQL, by title, number and counterpart."""
        keys, nodes = _of(audience, "agreement"), _of(audience, "agreements")
        below = Branch.objects.filter(ancestor__in=nodes).values("descendant")
        rows = _open().filter(pk__in=keys) | _open().filter(owner__in=below)
        for word in words:
            rows = rows.matching(word)
        return list(rows.values_list("pk", flat=True)[start:stop]), rows.count()


def _of(audience: frozenset[str], kind: str) -> list[int]:
    return [int(key) for name, _colon, key in (token.partition(":") for token in audience) if name == kind]


def _open() -> AgreementQuerySet:
    found: AgreementQuerySet = Agreement.objects.not_ended(timezone.localdate())
    return found
