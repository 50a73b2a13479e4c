"""The search page's address read as a question, and the answer's facets, chips and ways on in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.search.documents import Offer, Query, Results, Sort
from resursnav.foundation.search.index import search as find
from resursnav.foundation.ui.components.lists import FacetChoice, FacetGroup
from resursnav.kernel.text import clean

from . import languages, wording
from .finding import FACETS, RESOURCE
from .models import Resource, SubjectTerm
from .vocabulary import Accessibility, Grade, Licence, MediaType, SchoolForm, SubjectScheme

PER_PAGE = 20
LONGEST = 200
MOST_CHOSEN = 12  # values of one facet in an address
MOST_SHOWN = 30  # values of one facet on the page
MOST_BROADER = 6  # subjects offered where nothing was found
LAST_PAGE = 10_000

LABELS: dict[str, Any] = {
    "type": gettext_lazy("Typ"),
    "subject": gettext_lazy("Ämne"),
    "form": gettext_lazy("Skolform"),
    "grade": gettext_lazy("Årskurs"),
    "language": gettext_lazy("Språk"),
    "year": gettext_lazy("Utgiven"),
    "access": gettext_lazy("Tillgänglighet"),
    "licence": gettext_lazy("Licens"),
    "owner": gettext_lazy("Finns hos"),
    "point": gettext_lazy("Kursplanen"),
}
COUNTED = tuple(name for name in FACETS if name != "point")  # a thousand points are browsed by subject, not ticked
SORTS = {
    Sort.RELEVANCE: gettext_lazy("Bäst träff"),
    Sort.NEWEST: gettext_lazy("Nyast"),
    Sort.TITLE: gettext_lazy("Titel"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for, with everything absurd left out; `wrong` says that something was.

    `offers` are choices that contexts further up add, for the person who asks; they are chosen as facets are.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    wrong: bool = False
    offers: tuple[Offer, ...] = ()

    @classmethod
    def of(cls, address: QueryDict, offers: Iterable[Offer] = ()) -> Asked:
        """Read an address; nothing that can stand in it is an error."""
        offered = {offer.name: offer for offer in offers}
        text = " ".join(clean(address.get("q", "").replace("\x00", " "))[:LONGEST].split())
        chosen: dict[str, tuple[str, ...]] = {}
        wrong = False
        for name in (*offered, *FACETS):
            values = list(dict.fromkeys(value for value in address.getlist(name) if value))
            known = offered[name].gates if name in offered else None
            fit = [value for value in values if (_possible(name, value) if known is None else value in known)]
            kept = tuple(fit)[:MOST_CHOSEN]
            wrong |= len(kept) < len(values)
            if kept:
                chosen[name] = kept
        sort = address.get("sort", Sort.RELEVANCE)
        page = address.get("page", "1")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 0
        wrong |= sort not in SORTS or not 1 <= number <= LAST_PAGE
        return cls(
            text=text,
            chosen=chosen,
            sort=Sort(sort) if sort in SORTS else Sort.RELEVANCE,
            page=min(max(number, 1), LAST_PAGE),
            wrong=wrong,
            offers=tuple(offered.values()),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that can be chosen, in the order it is shown."""
        return (*(offer.name for offer in self.offers), *FACETS)

    @property
    def labels(self) -> dict[str, Any]:
        """What each of them is called."""
        return {offer.name: offer.label for offer in self.offers} | LABELS

    def without(self, name: str, value: str | None = None) -> Asked:
        """The same question with one value, or one whole facet, less."""
        left = {key: kept for key, kept in self.chosen.items() if key != name}
        if value is not None and (rest := tuple(v for v in self.chosen.get(name, ()) if v != value)):
            left[name] = rest
        return replace(self, chosen=left, page=1)

    def address(self, **more: str) -> str:
        """The question as the address that asks it."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in self.names for value in self.chosen.get(name, ())]
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        return "?" + urlencode([*pairs, *more.items()])


@dataclass(frozen=True)
class Way:
    """A link on: what it says and where it leads; `count` is how many hits it gives."""

    label: str
    url: str
    count: int | None = None
    current: bool = False


def _possible(name: str, value: str) -> bool:
    """Whether the value can be one of the facet's at all."""
    closed: dict[str, Iterable[str]] = {
        "type": MediaType.values,
        "form": SchoolForm.values,
        "grade": [str(grade) for grade in Grade.values],
        "access": Accessibility.values,
        "licence": Licence.values,
    }
    if name in closed:
        return value in closed[name]
    if name == "subject":
        scheme, _colon, code = value.partition(":")
        return scheme in SubjectScheme.values and 0 < len(code) <= 400 and value.isprintable()
    if name == "point":
        return len(value) <= 60 and value.isprintable()
    if name == "language":
        return languages.is_code(value)
    return value.isascii() and value.isdigit() and len(value) < 10


def carried(chosen: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """What is chosen, where a point of the curriculum also stands for those that it continues."""
    points = chosen.get("point", ())
    older = {"point": tuple(CentralContent.objects.keys_with_older(points))} if points else {}
    return {**chosen, **older}


def ask(asked: Asked, audience: frozenset[str], language: str, *, counts: tuple[str, ...] = COUNTED) -> Query:
    """The question as the index wants it."""
    return Query(
        text=asked.text,
        audience=audience,
        kinds=(RESOURCE,),
        filters=carried(asked.chosen),
        counts=counts,
        gates={offer.name: offer.gates for offer in asked.offers},
        sort=asked.sort,
        page=asked.page,
        per_page=PER_PAGE,
        language=language,
    )


def groups(found: Results, asked: Asked) -> list[FacetGroup]:
    """The facets to show: those in which there is something to choose, with what is chosen always among them."""
    shown: dict[str, list[tuple[str, int]]] = {}
    orders = {offer.name: list(offer.gates) for offer in asked.offers}
    for name in asked.labels:
        counts = dict(found.facets.get(name, ()))
        chosen = asked.chosen.get(name, ())
        listed = [(value, counts.get(value, 0)) for value in chosen]
        rest = [(value, count) for value, count in counts.items() if value not in chosen and count]
        shown[name] = listed + sorted(rest, key=lambda pair: -pair[1])[: MOST_SHOWN - len(listed)]
    say = _sayer(shown, asked.offers)
    return [
        FacetGroup(
            name,
            asked.labels[name],
            tuple(
                FacetChoice(
                    value, say(name, value), _told(name, count, found, asked), value in asked.chosen.get(name, ())
                )
                for value, count in _ordered(name, values, orders.get(name))
            ),
        )
        for name, values in shown.items()
        if len(values) > (0 if name in orders else 1) or asked.chosen.get(name)
    ]


def _told(name: str, count: int, found: Results, asked: Asked) -> int | None:
    """The count to show. A facet that is not counted shows what was found, where one choice says it; else nothing."""
    if name in COUNTED or (name in found.facets and name not in FACETS):
        return count
    return found.total if len(asked.chosen.get(name, ())) == 1 else None


def _ordered(name: str, values: list[tuple[str, int]], order: list[str] | None) -> list[tuple[str, int]]:
    """Grades and school forms in the order one walks them, years the newest first, what is offered in its own order."""
    if order is not None:
        return sorted(values, key=lambda pair: order.index(pair[0]))
    if name == "grade":
        return sorted(values, key=lambda pair: int(pair[0]))
    if name == "year":
        return sorted(values, key=lambda pair: -int(pair[0]))
    if name == "form":
        return sorted(values, key=lambda pair: SchoolForm.values.index(pair[0]))
    return values


def _sayer(shown: Mapping[str, Iterable[tuple[str, int]]], offers: Iterable[Offer] = ()) -> Callable[[str, str], str]:
    """How each value of each facet is said; subjects, owners and points in a statement each."""
    offered = {offer.name: offer.labels for offer in offers}
    codes = [value.partition(":")[2] for value, _count in shown.get("subject", ())]
    subjects: dict[str, str] = {}
    if codes:
        for term in SubjectTerm.objects.filter(code__in=codes):
            subjects[f"{term.scheme}:{term.code}"] = term.label
    keys = [int(value) for value, _count in shown.get("owner", ())]
    keyed = [value for value, _count in shown.get("point", ())]
    points = CentralContent.objects.labelled().filter(key__in=keyed) if keyed else ()
    labels = {point.key: point.label for point in points}
    owners = dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}

    def say(name: str, value: str) -> str:
        if name in offered:
            return str(offered[name][value])
        if name == "subject":
            label = subjects.get(value) or value.partition(":")[2]
            return label[:1].upper() + label[1:]
        if name == "owner":
            return owners.get(int(value)) or _("okänd")
        if name == "point":
            return labels.get(value) or _("okänd")
        return _said(name, value)

    return say


def _said(name: str, value: str) -> str:
    if name == "language":
        said = wording.language_name(value)
    elif name == "year":
        first = int(value)
        said = _("före 1950") if not first else f"{first}–{first + 4}"
    else:
        choices: dict[str, Any] = {
            "type": MediaType,
            "form": SchoolForm,
            "access": Accessibility,
            "licence": Licence,
        }
        said = str(choices[name](value).label if name in choices else Grade(int(value)).label)
    return said[:1].upper() + said[1:]


def chips(listed: Iterable[FacetGroup], asked: Asked) -> list[Way]:
    """What is chosen, each with the address without it."""
    return [
        Way(str(choice.label), asked.without(group.name, choice.value).address())
        for group in listed
        for choice in group.choices
        if choice.selected
    ]


def sorts(asked: Asked) -> list[Way]:
    """The orders one can choose; "best hit" only where there are words to hit."""
    offered = [sort for sort in SORTS if asked.text or sort is not Sort.RELEVANCE]
    now = asked.sort if asked.text or asked.sort is not Sort.RELEVANCE else Sort.NEWEST
    return [Way(str(SORTS[sort]), replace(asked, sort=sort, page=1).address(), current=sort is now) for sort in offered]


def helping(asked: Asked, audience: frozenset[str], language: str) -> list[Way]:
    """Ways out of a page without hits: each choice that one could drop, with what that would give."""
    ways = []
    for name, values in asked.chosen.items():
        broader = asked.without(name)
        total = find(ask(broader, audience, language, counts=())).total
        if total:
            say = _sayer({name: [(value, 0) for value in values]}, asked.offers)
            what = wording.listed(say(name, value) for value in values)
            label = _("Utan ”%(facet)s: %(what)s”") % {"facet": asked.labels[name], "what": what}
            ways.append(Way(label, broader.address(), total))
    if len(asked.chosen) > 1:
        broader = replace(asked, chosen={}, page=1)
        total = find(ask(broader, audience, language, counts=())).total
        if total:
            ways.append(Way(_("Utan alla val"), broader.address(), total))
    return sorted(ways, key=lambda way: -(way.count or 0))


def broader_subjects(near: Iterable[Resource]) -> list[Way]:
    """What the things nearest to a search in vain are about, the commonest first: each leads to all there is on it."""
    terms = [term for resource in near for term in resource.subjects.all() if term.scheme in ("school", "topic")]
    counted = Counter((term.scheme, term.code, term.label) for term in terms)
    return [
        Way(label[:1].upper() + label[1:], Asked(chosen={"subject": (f"{scheme}:{code}",)}).address())
        for (scheme, code, label), _count in counted.most_common(MOST_BROADER)
    ]
