"""What our fields are called where people see them: the columns of a table, what an import changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

COLUMNS: Mapping[str, Any] = {
    "source_id": _("Nummer hos källan"),
    "title": _("Titel"),
    "subtitle": _("Undertitel"),
    "other_titles": _("Andra titlar"),
    "description": _("Beskrivning"),
    "creators": _("Upphov"),
    "directors": _("Regissör"),
    "publisher": _("Utgivare"),
    "year": _("År"),
    "languages": _("Språk"),
    "subtitles": _("Undertexter"),
    "media_type": _("Medietyp"),
    "own_number": _("Eget nummer"),
    "isbn": _("ISBN"),
    "issn": _("ISSN"),
    "doi": _("DOI"),
    "libris": _("Libris-id"),
    "ean": _("EAN"),
    "subjects": _("Ämne"),
    "keywords": _("Ämnesord"),
    "sab": _("SAB"),
    "dewey": _("Dewey"),
    "school_forms": _("Skolform"),
    "grades": _("Årskurs"),
    "ages": _("Ålder"),
    "duration": _("Speltid"),
    "extent": _("Omfång"),
    "licence": _("Licens"),
    "url": _("Länk"),
    "page": _("Sida i katalogen"),
    "accessibility": _("Tillgänglighet"),
}
"""The columns of a table, by the names in `formats.table.NAMES`."""

FIELDS: Mapping[str, Any] = {
    **COLUMNS,
    "school_forms": _("Skolformer"),
    "grade_from": _("Från årskurs"),
    "grade_to": _("Till årskurs"),
    "age_from": _("Från ålder"),
    "age_to": _("Till ålder"),
    "identifiers": _("Nummer (ISBN med flera)"),
    "points": _("Kopplingar till kursplanen"),
}
"""The fields of a draft, as the consequences of an import name them."""
