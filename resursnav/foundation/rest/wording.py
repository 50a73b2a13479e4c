"""What was wrong with a value that a program sent: Pydantic's kinds of error in the language that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# Kinds whose words need nothing but the kind. What begins alike and has no line of its own is looked up by its
# first part ("datetime_from_date_parsing" -> "datetime").
PLAIN = {
    "missing": gettext_lazy("Värdet saknas."),
    "extra_forbidden": gettext_lazy("Det finns inget fält som heter så."),
    "string_type": gettext_lazy("Skriv en text."),
    "string_unicode": gettext_lazy("Texten innehåller tecken som inte går att läsa."),
    "int": gettext_lazy("Skriv ett heltal."),
    "float": gettext_lazy("Skriv ett tal."),
    "finite_number": gettext_lazy("Skriv ett tal."),
    "bool": gettext_lazy("Skriv true eller false."),
    "list": gettext_lazy("Skriv en lista."),
    "dict": gettext_lazy("Skriv ett objekt."),
    "model": gettext_lazy("Skriv ett objekt."),
    "none_required": gettext_lazy("Lämna värdet tomt: null."),
    "date": gettext_lazy("Skriv en dag så här: 2026-11-22."),
    "datetime": gettext_lazy("Skriv en tidpunkt så här: 2026-11-22T08:00:00Z."),
    "timezone": gettext_lazy("Skriv en tidpunkt så här: 2026-11-22T08:00:00Z."),
    "json": gettext_lazy("Det du skickade går inte att läsa som JSON."),
}


def said(error: Mapping[str, Any]) -> str:
    """The words for one of Pydantic's errors: its `type` says the kind, its `ctx` the limits."""
    kind, known = str(error["type"]), error.get("ctx") or {}
    told = _limits(kind, known)
    if told is None:
        words = PLAIN.get(kind) or PLAIN.get(kind.partition("_")[0])
        told = str(words) if words else _("Värdet går inte att använda här.")
    return told


def _limits(kind: str, known: Mapping[str, Any]) -> str | None:
    """The words for a kind that has a limit; None for any other."""
    if kind == "string_too_short":
        least = int(known["min_length"])
        return ngettext("Skriv minst ett tecken.", "Skriv minst %(least)s tecken.", least) % {"least": least}
    if kind == "string_too_long":
        return _("Skriv högst %(most)s tecken.") % {"most": known["max_length"]}
    if kind == "too_long":
        return _("Skicka högst %(most)s värden.") % {"most": known["max_length"]}
    if kind == "greater_than_equal":
        return _("Värdet ska vara minst %(least)s.") % {"least": known["ge"]}
    if kind == "less_than_equal":
        return _("Värdet ska vara högst %(most)s.") % {"most": known["le"]}
    if kind in {"enum", "literal_error"}:
        # Pydantic writes its list as an English sentence: 'a', 'b' or 'c'.
        allowed = str(known["expected"]).replace(" or ", ", ").replace("'", "")
        return _("Välj ett av värdena: %(allowed)s.") % {"allowed": allowed}
    if kind == "string_pattern_mismatch":
        return _("Värdet ska följa mönstret %(pattern)s.") % {"pattern": known["pattern"]}
    return None
