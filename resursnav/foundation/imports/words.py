"""The reasons of the readers as sentences: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_words: dict[str, Any] = {
    "file.empty": _("Filen är tom. Kontrollera att du valde rätt fil."),
    "file.too_large": _("Filen är %(size)s MB. Det går att ta emot högst %(limit)s MB. Dela filen eller packa den."),
    "file.not_text": _("Filen är varken text eller Excel. Spara den som CSV (UTF-8) eller som Excel-arbetsbok."),
    "file.old_excel": _("Filen är i det gamla Excel-formatet (.xls). Spara den som Excel-arbetsbok (.xlsx) eller CSV."),
    "file.is_office": _("Filen är ett Office-dokument (%(kind)s), inte det format som du valde."),
    "file.broken_excel": _("Excel-filen är skadad och går inte att läsa. Öppna den i Excel och spara den på nytt."),
    "file.unknown_format": _("Formatet känns inte igen. Välj format själv, eller spara filen på ett annat sätt."),
    "file.not_json": _("Filen är inte giltig JSON: rad %(row)s, tecken %(column)s."),
    "archive.broken": _("Den packade filen är skadad. Packa om den och försök igen."),
    "archive.empty": _("Den packade filen innehåller ingen fil."),
    "archive.several_files": _("Här är %(count)s filer (%(names)s). Skicka en i taget."),
    "archive.many_members": _("Den packade filen innehåller fler än %(limit)s filer."),
    "archive.too_large": _("Filen blir större än %(limit)s MB uppackad. Dela den."),
    "archive.bomb": _("Filen är packad så hårt (mer än %(ratio)s gånger) att den inte packas upp. Skicka den opackad."),
    "archive.encrypted": _("Den packade filen har lösenord. Packa den utan lösenord."),
    "xml.forbidden": _(
        "XML-filen har en dokumenttyp eller egna entiteter. De kan dölja annat och läses inte. Spara filen utan dem."
    ),
    "xml.broken": _("XML-filen går sönder på rad %(row)s, tecken %(column)s. Inget efter det går att läsa."),
    "xml.too_deep": _("XML-filen är nästlad djupare än %(limit)s nivåer."),
    "xml.record_too_large": _("En post i XML-filen är större än %(limit)s tecken."),
    "xml.unknown_encoding": _("XML-filens teckenkodning känns inte igen: %(encoding)s."),
    "table.missing_columns": _("Kolumner saknas: %(missing)s. Filen har: %(found)s."),
    "table.too_many_columns": _("Tabellen har %(found)s kolumner. Det går att läsa högst %(limit)s."),
    "table.quote": _("Ett citattecken öppnas men stängs inte, så resten av filen går inte att dela i celler."),
    "table.no_such_sheet": _("Bladet %(sheet)s finns inte. Arbetsboken har: %(found)s."),
    "table.other_sheets": _("Bara bladet %(sheet)s läses. Arbetsboken har fler blad."),
    "table.double_column": _("Två kolumner heter likadant. Den senare fick ett nummer."),
    "table.notes_skipped": _("%(count)s rader efter tabellen lästes som anmärkningar och hoppades över."),
    "table.twice_encoded": _("Å, ä och ö ser ut att ha kodats två gånger. Spara om filen från originalet som UTF-8."),
    "row.too_many_cells": _("Raden har %(found)s celler men tabellen %(wanted)s kolumner. Saknas ett citattecken?"),
    "row.foreign_bytes": _("Raden hade tecken i en annan kodning. De lästes som Windows-1252; kontrollera å, ä och ö."),
    "cell.too_long": _("En cell är längre än %(limit)s tecken."),
    "cell.formula": _("Cellen innehåller en formel. Formler tas inte in. Klistra in värdet i stället."),
    "cell.required": _("Fältet är tomt, men måste finnas."),
    "cell.shortened": _("Texten var längre än %(limit)s tecken och kortades."),
    "date.impossible": _("Datumet finns inte i kalendern."),
    "date.unknown_form": _("Datumet går inte att läsa. Skriv det som 2025-02-03."),
    "year.unknown_form": _("Årtalet går inte att läsa. Skriv fyra siffror."),
    "year.impossible": _("Årtalet ligger i framtiden."),
    "code.lost_zero": _("Koden hade tappat sin inledande nolla. Den har satts tillbaka."),
    "code.scientific": _("Excel har gjort om numret (som 9,78E+12), så siffror är borta. Spara kolumnen som text."),
    "code.not_digits": _("Koden ska bara ha siffror."),
    "code.wrong_length": _("Koden har fel antal siffror."),
    "number.unknown_form": _("Talet går inte att läsa."),
    "number.not_whole": _("Talet ska vara ett heltal."),
    "flag.unknown_form": _("Skriv ja eller nej."),
    "record.twice": _("Samma post finns tidigare i filen (rad %(first)s). Den första används."),
    "record.twice_same": _("Samma post finns en gång till i filen, med samma innehåll."),
    "import.broke": _(
        "Något gick fel i Resursnav medan filen lästes. Inget har ändrats. Felet är antecknat hos driften."
    ),
    "import.moved_on": _("Förutsättningarna ändrades sedan kontrollen. Kontrollera filen på nytt."),
}


def add(words: Mapping[str, Any]) -> None:
    """Make a context's own reasons known; called from its AppConfig.ready()."""
    _words.update(words)


def known() -> frozenset[str]:
    """Every reason that has a sentence."""
    return frozenset(_words)


def describe(reason: str, details: Mapping[str, Any] | None = None, line: int | None = None) -> str:
    """The reason as a sentence in the language that is active; an unknown reason is shown as it is."""
    sentence = _words.get(reason)
    if sentence is None:
        return reason
    try:
        return str(sentence) % {"row": line, **(details or {})}
    except (KeyError, ValueError):
        return str(sentence)
