"""Lists for work: table with sort, filter and export, pages, facets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context

from .library import Values, block, tag


@dataclass(frozen=True)
class FacetChoice:
    """One value of a facet and how many results have it (None: nobody has counted)."""

    value: str
    label: Any
    count: int | None
    selected: bool = False


@dataclass(frozen=True)
class FacetGroup:
    """One facet; `name` is the parameter in the address."""

    name: str
    label: Any
    choices: tuple[FacetChoice, ...]

    @property
    def open(self) -> bool:
        """Unfolded while something is chosen in it."""
        return any(choice.selected for choice in self.choices)


def _asked(context: Context) -> QueryDict:
    """The address's parameters, to change and put back into links; empty where there is no request."""
    request = context.get("request")
    return request.GET.copy() if request is not None else QueryDict(mutable=True)


def _with(asked: QueryDict, **changes: str | None) -> str:
    for name, value in changes.items():
        asked.pop(name, None)
        if value is not None:
            asked[name] = value
    return f"?{asked.urlencode()}"


@block
def table(
    context: Context,
    content: str,
    caption: Any,
    filter: str = "",
    filter_label: Any = "",
    export: str = "",
    count: int | None = None,
    keys: bool = False,
    hide_caption: bool = False,
    pick: bool = False,
) -> Values:
    """A table for work. The content is <thead> and <tbody>; give each <td> a data-label for the phone.

    `filter` is the parameter that a filter field above it sends, `export` the parameter value(s) that make the
    same address answer with a file ("csv" or "csv,xlsx"), `keys` turns on j/k/Enter, `count` is the whole number
    of rows that fit, `pick` says that each row has a checkbox, which x ticks.
    """
    asked = _asked(context)
    kept = [(name, value) for name, values in asked.lists() if name not in (filter, "page") for value in values]
    return {
        "caption": caption,
        "filter": filter,
        "filter_label": filter_label,
        "filter_value": asked.get(filter, "") if filter else "",
        "kept": kept,
        "exports": [(kind, _with(asked.copy(), format=kind, page=None)) for kind in export.split(",") if kind],
        "count": count,
        "keys": keys,
        "hide_caption": hide_caption,
        "pick": pick,
    }


@tag
def sort_header(context: Context, label: Any, by: str, default: str = "", numeric: bool = False) -> Values:
    """A column head that sorts: ?sort=name and ?sort=-name; `default` is how the list is sorted unasked."""
    asked = _asked(context)
    now = asked.get("sort", default)
    state = {by: "ascending", f"-{by}": "descending"}.get(now, "none")
    return {
        "label": label,
        "state": state,
        "numeric": numeric,
        "url": _with(asked, sort=f"-{by}" if state == "ascending" else by, page=None),
    }


@tag
def pagination(context: Context, page: Page[Any], name: str = "page") -> Values:
    """Ways to the other pages of a long list."""
    asked = _asked(context)
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "total": page.paginator.num_pages,
        "previous": _with(asked.copy(), **{name: str(page.number - 1)}) if page.has_previous() else "",
        "next": _with(asked.copy(), **{name: str(page.number + 1)}) if page.has_next() else "",
        "pages": [
            (
                number,
                _with(asked.copy(), **{name: str(number)}) if isinstance(number, int) else "",
                number == page.number,
            )
            for number in elided
        ],
    }


@block
def facets(context: Context, content: str, groups: Iterable[FacetGroup], results: str = "results") -> Values:
    """Ways to narrow a result: checkboxes in folding groups; the content may add fields (the search words).

    `results` is the id of the element that the choice changes, for those who have JavaScript.
    """
    listed = [group for group in groups if group.choices]
    names = {group.name for group in listed}
    asked = _asked(context)
    return {
        "groups": listed,
        "chosen": sum(choice.selected for group in listed for choice in group.choices),
        "kept": [(name, value) for name, values in asked.lists() if name not in names | {"page"} for value in values],
        "clear": f"?{_without(asked, names)}",
        "results": results,
    }


def _without(asked: QueryDict, names: set[str]) -> str:
    left = asked.copy()
    for name in (*names, "page"):
        left.pop(name, None)
    return left.urlencode()
