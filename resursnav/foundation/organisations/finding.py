"""What the search index knows of organisations: anybody finds those that exist or will exist, by name, code and place.

The search stands above and loads `Organisations` by its name in the manifest; `Entry` has what its index reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone

from .models import Branch, Organisation, OrganisationQuerySet
from .names import name_key

EVERYONE = "all"


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation as the index needs it; its audience is everybody, for the tree is public."""

    id: int
    title: str
    subtitle: str
    text: str
    identifiers: Sequence[str]
    audience: Sequence[str] = (EVERYONE,)
    subjects: Sequence[str] = ()
    creators: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    newest: int = 0


class Organisations:
    """Regions, municipalities, departments and units for the index."""

    facets: tuple[str, ...] = ()

    def audience(self, person: Any) -> frozenset[str]:
        """The same for everybody, with an account or without."""
        return frozenset({EVERYONE})

    def ids(self) -> list[int]:
        """Those that are not closed."""
        return list(_open().order_by("pk").values_list("pk", flat=True))

    def documents(self, ids: Sequence[int]) -> Iterable[Entry]:
        """In two statements; one that has closed has left the index."""
        above: defaultdict[int, list[str]] = defaultdict(list)
        ways = Branch.objects.filter(descendant__in=ids, depth__gt=0).order_by("depth")
        for pk, name in ways.values_list("descendant", "ancestor__name"):
            above[pk].append(name)
        for node in _open().filter(pk__in=ids):
            yield Entry(
                id=node.pk,
                title=node.name,
                subtitle=" ".join(filter(None, (node.town, *above[node.pk]))),
                text=" ".join(filter(None, (node.get_unit_type_display() or node.get_kind_display(), node.organiser))),
                identifiers=[number for number in (node.code, node.sigel) if number],
            )

    def plain(self, words: Sequence[str], audience: frozenset[str], start: int, stop: int) -> tuple[list[int], int]:
        """The slow way, in SQL, by name."""
        if EVERYONE not in audience:
            return [], 0
        found = _open()
        for word in words:
            # SQLite compares å, ä and ö by case, so the town is asked for as it is written too.
            town = Q(town__icontains=word) | Q(town__contains=word.capitalize()) | Q(town__contains=word.upper())
            found = found.filter(
                town | Q(name_key__contains=name_key(word)) | Q(code__iexact=word) | Q(sigel__iexact=word)
            )
        return list(found.values_list("pk", flat=True)[start:stop]), found.count()


def _open() -> OrganisationQuerySet:
    found: OrganisationQuerySet = Organisation.objects.not_closed_on(timezone.localdate())
    return found
