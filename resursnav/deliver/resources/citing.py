"""How a resource is named in somebody's list of sources: APA 7 as text, BibTeX and RIS as files. No Django here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

# media type -> (what APA puts in brackets, BibTeX entry, RIS type)
KINDS = {
    "film": ("Film", "misc", "MPCT"),
    "stream": ("Film", "misc", "VIDEO"),
    "book": ("", "book", "BOOK"),
    "game": ("Spel", "misc", "GEN"),
    "kit": ("Läromedel", "misc", "GEN"),
    "equipment": ("Utrustning", "misc", "GEN"),
    "app": ("Mobilapp", "misc", "COMP"),
    "podcast": ("Podd", "misc", "SOUND"),
    "web": ("", "misc", "ELEC"),
    "guide": ("Lärarhandledning", "misc", "GEN"),
}


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a list of sources needs to know. `people` are names as "Åsa Berg"; `bodies` are organisations."""

    key: str
    title: str
    subtitle: str = ""
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    year: int | None = None
    publisher: str = ""
    media_type: str = ""
    url: str = ""
    isbn: str = ""
    doi: str = ""
    language: str = ""

    @property
    def whole_title(self) -> str:
        """Title and subtitle."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title


def turned(name: str) -> tuple[str, str]:
    """A name as (family, given): "Åsa Berg" and "Berg, Åsa" both become ("Berg", "Åsa"); one word is a family name."""
    if "," in name:
        family, _, given = name.partition(",")
        return family.strip(), re.sub(r"\s*\(.*\)|,?\s*\d{4}.*$", "", given).strip(" ,")
    parts = name.split()
    return (parts[-1], " ".join(parts[:-1])) if parts else ("", "")


def initials(given: str) -> str:
    """ "Åsa Maria" as "Å. M.", "Karl-Erik" as "K.-E."."""
    return " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())


def apa(source: Source) -> str:
    """The reference in the manner of APA 7, as plain text."""
    authors = [", ".join(filter(None, (family, initials(given)))) for family, given in map(turned, source.people)]
    authors += source.bodies
    if len(authors) > 20:
        authors = [*authors[:19], f"… {authors[-1]}"]
    who = ", ".join(authors[:-1]) + (", & " if len(authors) > 1 else "") + "".join(authors[-1:])
    when = f"({source.year})" if source.year else "(u.å.)"
    kind = KINDS.get(source.media_type, ("",))[0]
    what = source.whole_title + (f" [{kind}]" if kind else "")
    publisher = source.publisher if source.publisher not in source.bodies else ""
    where = f"https://doi.org/{source.doi}" if source.doi else source.url
    # Without an author the title stands first.
    head = [f"{_ended(who)} {when}.", _ended(what)] if who else [f"{what} {when}."]
    return " ".join(filter(None, (*head, _ended(publisher), where)))


def bibtex(source: Source) -> str:
    """The reference as a BibTeX entry."""
    entry = KINDS.get(source.media_type, ("", "misc", ""))[1]
    names = [f"{family}, {given}" if given else f"{{{family}}}" for family, given in map(turned, source.people)]
    names += [f"{{{body}}}" for body in source.bodies]
    fields = {
        "title": f"{{{_tex(source.whole_title)}}}",
        "author": _tex(" and ".join(names)),
        "year": str(source.year or ""),
        "publisher": _tex(source.publisher),
        "isbn": source.isbn,
        "doi": source.doi,
        "url": source.url,
        "language": source.language,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value.strip("{}")]
    return f"@{entry}{{{source.key},\n" + ",\n".join(lines) + "\n}\n"


def ris(source: Source, *, read: date) -> str:
    """The reference as RIS; `read` is the day on which it was looked up."""
    kind = KINDS.get(source.media_type, ("", "", "GEN"))[2]
    rows = [("TY", kind), ("ID", source.key), ("TI", source.whole_title)]
    rows += [("AU", ", ".join(filter(None, turned(name)))) for name in source.people]
    rows += [("AU", body) for body in source.bodies]
    rows += [
        ("PY", str(source.year or "")),
        ("PB", source.publisher),
        ("SN", source.isbn),
        ("DO", source.doi),
        ("UR", source.url),
        ("LA", source.language),
        ("Y2", f"{read:%Y/%m/%d}"),
    ]
    body = "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in rows if value)
    return f"{body}ER  - \r\n"


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".?!" else f"{text}."


def _line(text: str) -> str:
    return " ".join(text.split())


_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def _tex(text: str) -> str:
    return re.sub(r"[\\&%$#_~^]", lambda found: _TEX.get(found[0], "\\" + found[0]), text)
