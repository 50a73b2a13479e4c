"""What contexts further up add to a page further down, said in their manifests: panels, notes on rows, filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.template.loader import render_to_string

from resursnav.foundation.access import may, rule_named
from resursnav.kernel.manifest import Act, Manifest, Note, RowNote, load


def panels(request: HttpRequest, page: str, thing: Any) -> list[str]:
    """The drawn parts for this page, in order; those that have nothing to say are left out."""
    wanted = [panel for manifest in _manifests() for panel in manifest.panels if panel.page == page]
    drawn: list[str] = []
    for panel in sorted(wanted, key=lambda panel: panel.order):
        context = load(panel.run)(thing, request.user)
        if context is not None:
            drawn.append(render_to_string(panel.template, context, request=request))
    return drawn


def acts(page: str, thing: Any, person: Any) -> list[Act]:
    """What the person can do with the thing, the most important first."""
    wanted = [act for manifest in _manifests() for act in manifest.acts if act.page == page]
    offers = (load(act.run)(thing, person) for act in sorted(wanted, key=lambda act: act.order))
    return [offer for offer in offers if offer is not None]


def row_notes(page: str, things: Sequence[Any], person: Any, *, later: bool = False) -> dict[Any, list[Note]]:
    """What is said of each of the things on this page, by their keys, in order.

    Either what is said at once, or with `later` what is fetched by itself.
    """
    said: dict[Any, list[Note]] = {thing.pk: [] for thing in things}
    for row_note in _row_notes(page, person) if things else ():
        if bool(row_note.later) is later:
            for key, note in load(row_note.run)(things, person).items():
                said[key].append(note)
    return said


def said_later(page: str, person: Any) -> str:
    """The words of the link to what is said later of things on this page; empty where the person is told nothing."""
    return next((str(row_note.later) for row_note in _row_notes(page, person) if row_note.later), "")


def _row_notes(page: str, person: Any) -> list[RowNote]:
    wanted = [note for manifest in _manifests() for note in manifest.row_notes if note.page == page]
    allowed = [note for note in wanted if not note.rule or may(person, rule_named(note.rule))]
    return sorted(allowed, key=lambda note: note.order)


def row_filters(page: str, person: Any) -> list[Any]:
    """The ways to narrow this page's list that have something to offer the person, in order."""
    wanted = [each for manifest in _manifests() for each in manifest.row_filters if each.page == page]
    offers = (load(each.run)(person) for each in sorted(wanted, key=lambda each: each.order))
    return [offer for offer in offers if offer is not None]


def _manifests() -> Iterator[Manifest]:
    for config in apps.get_app_configs():
        manifest = getattr(config, "manifest", None)
        if isinstance(manifest, Manifest):
            yield manifest
