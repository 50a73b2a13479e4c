"""A table that somebody keeps: CSV or Excel with their own columns, matched to ours by name and corrected by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from resursnav.deliver.resources.drafts import CreatorDraft, EditionDraft, LinkDraft, ResourceDraft, SubjectDraft
from resursnav.foundation.imports.cells import (
    clean,
    from_spreadsheet,
    html_to_text,
    is_active,
    read_integer,
    read_year,
    split_list,
)
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Problem, noted, wrong
from resursnav.foundation.imports.tabular import Row, Table, key, open_table

from . import codes, durations, subjects
from .codes import Level
from .identifiers import read_doi, read_isbn, read_issn, read_libris, read_url

# Our field -> what people call the column. Those that we write ourselves (labels.COLUMNS) are here in both languages.
NAMES: Mapping[str, tuple[str, ...]] = {
    "source_id": (
        "Nummer hos källan",
        "number at source",
        "id",
        "post-id",
        "postid",
        "identifier",
        "record id",
        "nr",
        "källans nummer",
    ),
    "title": ("Titel", "title", "namn", "name", "benämning", "rubrik", "huvudtitel"),
    "subtitle": ("Undertitel", "subtitle", "underrubrik"),
    "other_titles": ("Andra titlar", "originaltitel", "alternativ titel", "original title"),
    "description": ("Beskrivning", "description", "sammanfattning", "innehåll", "abstract", "summary", "om", "text"),
    "creators": ("Upphov", "författare", "author", "authors", "creator", "creators", "upphovsperson", "av"),
    "directors": ("Regissör", "regi", "director"),
    "publisher": ("Utgivare", "förlag", "publisher", "producent", "leverantör", "distributör"),
    "year": ("År", "utgivningsår", "year", "produktionsår", "tryckår", "inspelningsår"),
    "languages": ("Språk", "language", "languages", "tal", "talspråk"),
    "subtitles": ("Undertexter", "subtitle languages", "text på", "textning", "textspråk"),
    "media_type": ("Medietyp", "media type", "typ", "type", "media", "mediatyp", "materialtyp", "resurstyp"),
    "own_number": (
        "Eget nummer",
        "own number",
        "artikelnummer",
        "artikelnr",
        "artnr",
        "filmnummer",
        "hyllnummer",
        "nummer",
        "beställningsnummer",
    ),
    "isbn": ("ISBN", "isbn13", "isbn-13", "isbn10"),
    "issn": ("ISSN",),
    "doi": ("DOI",),
    "libris": ("Libris-id", "libris", "librisid"),
    "ean": ("EAN", "streckkod ean"),
    "subjects": ("Ämne", "ämnen", "skolämne", "subject", "subjects"),
    "keywords": ("Ämnesord", "nyckelord", "keywords", "taggar", "tags", "sökord"),
    "sab": ("SAB", "sab-signum", "signum"),
    "dewey": ("Dewey", "ddk", "ddc"),
    "school_forms": ("Skolform", "skolformer", "school form", "school forms", "målgrupp"),
    "grades": ("Årskurs", "årskurser", "åk", "grade", "grades", "school year", "stadium"),
    "ages": ("Ålder", "åldrar", "age", "ages", "rekommenderad ålder"),
    "duration": ("Speltid", "running time", "längd", "duration", "minuter", "tid", "speltid min"),
    "extent": ("Omfång", "sidor", "sidantal", "pages", "extent"),
    "licence": ("Licens", "license", "licence", "rättigheter", "rights"),
    "url": ("Länk", "url", "adress", "webbadress", "webbplats", "link"),
    "accessibility": ("Tillgänglighet", "accessibility"),
}
MEDIA = {
    "film": "film", "dvd": "film", "blu-ray": "film", "bluray": "film", "video": "film", "vhs": "film",
    "strömmande media": "stream", "strömmad film": "stream", "strömmande film": "stream", "streaming": "stream",
    "stream": "stream", "bok": "book", "book": "book", "böcker": "book", "e-bok": "book", "ljudbok": "book",
    "ebok": "book", "lärobok": "book", "spel": "game", "game": "game", "brädspel": "game", "låda": "kit", "set": "kit",
    "låda eller set": "kit", "kit": "kit", "temalåda": "kit", "väska": "kit", "utrustning": "equipment",
    "equipment": "equipment", "teknik": "equipment", "robot": "equipment", "app": "app", "program": "app",
    "podd": "podcast", "podcast": "podcast", "ljud": "podcast", "radio": "podcast", "webb": "web",
    "webbresurs": "web", "web": "web",
    "webbplats": "web", "lärresurs": "web", "lärarhandledning": "guide", "handledning": "guide", "guide": "guide",
}  # fmt: skip
ACCESSIBILITY = {
    "undertexter": "captions", "captions": "captions", "textad": "captions", "syntolkning": "audioDescription",
    "syntolkad": "audioDescription", "audiodescription": "audioDescription", "teckenspråk": "signLanguage",
    "teckenspråkstolkad": "signLanguage", "signlanguage": "signLanguage", "transkription": "transcript",
    "transcript": "transcript", "alternativtext": "alternativeText", "alternativetext": "alternativeText",
    "punktskrift": "braille", "braille": "braille", "taktil": "tactileObject", "stor stil": "largePrint",
    "storstil": "largePrint", "largeprint": "largePrint", "lättläst": "easyRead", "easyread": "easyRead",
}  # fmt: skip
NEAR = 0.86
MADE_UP = "t:"
"""How a number begins that we made from a row's words because it had none."""
TITLE_WORDS = frozenset({"titel", "title", "namn", "name", "benämning", "rubrik"})
_KEYS = {key(name): our for our, names in NAMES.items() for name in names}


def guess(columns: list[str], remembered: Mapping[str, str] | None = None) -> dict[str, str]:
    """Column -> our field, each field once: as matched before, else by the same name, else by a near one."""
    found: dict[str, str] = {}
    taken: set[str] = set()

    def take(column: str, our: str) -> None:
        if our in NAMES and our not in taken and column not in found:
            found[column] = our
            taken.add(our)

    for column in columns:
        if remembered and column in remembered:
            take(column, remembered[column])
    for column in columns:
        if our := _KEYS.get(key(column)):
            take(column, our)
    for column in columns:
        name = key(column)
        best = max(_KEYS, key=lambda known: SequenceMatcher(None, name, known).ratio())
        if len(name) > 3 and SequenceMatcher(None, name, best).ratio() >= NEAR:
            take(column, _KEYS[best])
    for column in columns:  # "Filmens namn": what names the thing is most often its title
        if any(word in TITLE_WORDS for word in clean(column).casefold().split()):
            take(column, "title")
    return found


def opened(path: Path, *, sheet: str = "", limits: Limits = DEFAULT) -> Table:
    """The table, its header found by the column names that we know."""
    return open_table(path, expects=[name for names in NAMES.values() for name in names], sheet=sheet, limits=limits)


def read(
    path: Path,
    *,
    source: str,
    columns: Mapping[str, str] | None = None,
    sheet: str = "",
    media_type: str = "",
    limits: Limits = DEFAULT,
) -> Iterator[ResourceDraft | Problem]:
    """One draft for each row. `columns` says which column is which field; without it they are guessed.

    `media_type` is for rows that do not say what they are. Several values stand in one cell between | or ;.
    """
    table = opened(path, sheet=sheet, limits=limits)
    matched = columns if columns is not None else guess(table.columns)
    if "title" not in matched.values():
        names = ", ".join(table.columns)[:400]
        yield wrong("table.no_title_column", table.header_line, "title", names, found=names)
        return
    yield from table.problems
    where = {our: column for column, our in matched.items()}
    for row in table.rows():
        if isinstance(row, Problem):
            yield row
        else:
            yield from _Reading(row, where).draft(source, media_type)


@dataclass(slots=True)
class _Reading:
    """One row on its way to a draft, and what is to be said about it."""

    row: Row
    where: Mapping[str, str]
    said: list[Problem] = field(default_factory=list)

    def text(self, our: str) -> str:
        return clean(from_spreadsheet(self.row[self.where[our]])) if our in self.where else ""

    def long(self, our: str) -> str:
        return html_to_text(from_spreadsheet(self.row[self.where[our]])) if our in self.where else ""

    def many(self, our: str) -> list[str]:
        return split_list(from_spreadsheet(self.row[self.where[our]])) if our in self.where else []

    def note(self, reason: str, our: str, value: str) -> None:
        self.said.append(noted(reason, self.row.line, self.where.get(our, our), value))

    def draft(self, source: str, media_type: str) -> Iterator[ResourceDraft | Problem]:
        for column, value in self.row.values.items():
            if is_active(value):
                yield wrong("cell.formula", self.row.line, column, value)
                return
        title = self.text("title")
        if not title:
            yield wrong("cell.required", self.row.line, self.where["title"], "")
            return
        found = self._draft(source, title, media_type)
        yield from self.said
        yield found

    def _draft(self, source: str, title: str, media_type: str) -> ResourceDraft:
        numbers = self._identifiers()
        year = read_year(self.text("year"))
        if year.reason:
            self.note(year.reason, "year", self.text("year"))
        languages = self._languages("languages")
        edition = self._edition(media_type, languages, year.value)
        level = self._level()
        licence, licence_url = codes.licence(self.text("licence"))
        creators = [CreatorDraft(name) for name in self.many("creators")]
        creators += [CreatorDraft(name, "director") for name in self.many("directors")]
        own = self.text("own_number")
        return ResourceDraft(
            source=source,
            source_id=self._number(title, own, numbers, edition.url),
            title=title,
            subtitle=self.text("subtitle"),
            other_titles=tuple(self.many("other_titles")),
            description=self.long("description"),
            own_number=own,
            creators=tuple(creators),
            publisher=self.text("publisher"),
            year=year.value,
            languages=languages,
            editions=(edition,),
            identifiers=tuple(numbers.items()),
            subjects=self._subjects(),
            school_forms=level.school_forms,
            grade_from=level.grade_from,
            grade_to=level.grade_to,
            age_from=level.age_from,
            age_to=level.age_to,
            licence=licence,
            licence_url=licence_url,
            links=(LinkDraft(edition.url),) if edition.url and edition.media_type in {"film", "book", "kit"} else (),
            accessibility=self._accessibility(),
            line=self.row.line,
        )

    def _number(self, title: str, own: str, numbers: Mapping[str, str], url: str) -> str:
        """What tells this row from others the next time: its own number, else another number, else its words."""
        for number in (self.text("source_id"), own, *numbers.values(), url):
            if number:
                return number[:400]
        words = "|".join((title, *self.many("creators"), self.text("year"))).casefold()
        return MADE_UP + hashlib.blake2b(words.encode(), digest_size=10).hexdigest()

    def _identifiers(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for scheme, read_number in (("isbn", read_isbn), ("issn", read_issn)):
            written = self.text(scheme)
            cell = read_number(written)
            if cell.value:
                found[scheme] = cell.value
            if said := cell.reason or cell.note:
                self.note(said, scheme, written)
        for scheme, written in (("doi", read_doi(self.text("doi"))), ("libris", read_libris(self.text("libris")))):
            if written:
                found[scheme] = written
            elif self.text(scheme):
                self.note("number.unknown_form", scheme, self.text(scheme))
        if ean := self.text("ean").replace(" ", ""):
            if ean.isdigit() and len(ean) in {8, 13}:
                found["ean"] = ean
            else:
                self.note("number.unknown_form", "ean", ean)
        return found

    def _languages(self, our: str) -> tuple[str, ...]:
        found = []
        for written in self.many(our) if len(self.many(our)) > 1 else split_list(self.text(our), "|;,/"):
            if code := codes.language(written):
                found.append(code)
            else:
                self.note("language.unknown", our, written)
        return tuple(dict.fromkeys(found))

    def _edition(self, media_type: str, languages: tuple[str, ...], year: int | None) -> EditionDraft:
        written = self.text("media_type")
        media = MEDIA.get(written.casefold(), "")
        if written and not media:
            self.note("media.unknown", "media_type", written)
        url = read_url(self.text("url"))
        if self.text("url") and not url:
            self.note("url.wrong", "url", self.text("url"))
        seconds = durations.read(self.text("duration"))
        if self.text("duration") and seconds is None:
            self.note("duration.unknown_form", "duration", self.text("duration"))
        pages = read_integer(self.text("extent")).value
        return EditionDraft(
            media or media_type or ("web" if url else "book"),
            number=self.text("own_number"),
            url=url,
            languages=languages,
            subtitles=self._languages("subtitles"),
            duration_s=seconds,
            extent=f"{pages} s." if pages else self.text("extent"),
            year=year,
        )

    def _level(self) -> Level:
        levels = []
        for written in self.many("school_forms"):
            if code := codes.school_form(written):
                levels.append(Level((code,)))
            else:
                self.note("school_form.unknown", "school_forms", written)
        for written in self.many("grades"):
            if span := codes.grades(written):
                levels.append(span)
            else:
                self.note("grade.unknown_form", "grades", written)
        if written := self.text("ages"):
            if ages := codes.ages(written):
                levels.append(Level((), None, None, ages[0], ages[1]))
            else:
                self.note("age.unknown_form", "ages", written)
        return codes.together(levels)

    def _subjects(self) -> tuple[SubjectDraft, ...]:
        found: list[SubjectDraft | None] = []
        for name in split_list(self.text("subjects"), "|;,"):
            found.append(subjects.school_by_name(name) or SubjectDraft("topic", name.casefold()[:400], name[:400]))
        for name in split_list(self.text("keywords"), "|;,"):
            found.append(SubjectDraft("topic", name.casefold()[:400], name[:400]))
        for code in self.many("sab"):
            found += [subjects.from_sab(code), SubjectDraft("sab", code[:400], code[:400])]
        for code in self.many("dewey"):
            found += [subjects.from_dewey(code), SubjectDraft("dewey", code[:400], code[:400])]
        return subjects.unique(found)

    def _accessibility(self) -> tuple[str, ...]:
        found = []
        for written in split_list(self.text("accessibility"), "|;,"):
            if code := ACCESSIBILITY.get(written.casefold()):
                found.append(code)
            else:
                self.note("accessibility.unknown", "accessibility", written)
        return tuple(dict.fromkeys(found))
