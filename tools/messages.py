"""Texts in two languages: Swedish stands in the code, English in each context's locale/en/LC_MESSAGES/django.po.

    python tools/messages.py update all                              collect the Swedish texts of every context
    python tools/messages.py update resursnav/deliver/resources      ... of one
    python tools/messages.py compile                                 make the .mo files that Django reads
    python tools/messages.py check [context ...]                     what is missing, doubtful, written bare or
                                                                     translated in two ways

Only Babel is needed, no gettext programs. Existing translations are kept; texts that are gone are dropped.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from babel.messages.catalog import Catalog, Message  # noqa: E402  # the path must be set when run as a program
from babel.messages.extract import extract  # noqa: E402  # the same
from babel.messages.mofile import write_mo  # noqa: E402  # the same
from babel.messages.pofile import read_po, write_po  # noqa: E402  # the same
from django.utils.translation.template import templatize  # noqa: E402  # the same

from tools import baretext  # noqa: E402  # the same

PACKAGE = ROOT / "resursnav"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """# English texts of Resursnav. Collected by tools/messages.py; write the translations here.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
_STRING = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_CALL = re.compile(rf"\b(_|n?p?gettext)\(({_STRING}(?:,\s*{_STRING})*)", re.DOTALL)
_PLACE = re.compile(r"%\(\w+\)[sdif]|\{\w*[^{}]*\}|%[sdif]")


@dataclass(frozen=True)
class Text:
    """A Swedish text in the code: alone, or with its plural; `context` tells apart texts that look alike."""

    singular: str
    plural: str = ""
    context: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.singular, self.plural) if self.plural else self.singular


@dataclass
class Found:
    """Every text of a context and the files that use it."""

    places: dict[Text, set[str]] = field(default_factory=dict)

    def add(self, text: Text, place: str) -> None:
        self.places.setdefault(text, set()).add(place)


def contexts(root: Path = PACKAGE) -> list[Path]:
    """The folders of all contexts: those with an apps.py."""
    return sorted(path.parent for path in root.rglob("apps.py"))


def catalogue(context: Path) -> Path:
    return context / "locale" / "en" / "LC_MESSAGES" / "django.po"


def sources(context: Path, suffix: str) -> list[Path]:
    """The context's files that people read texts from; tests, migrations and contexts further in are not."""
    inner = [path for path in contexts(context) if path != context]
    return [
        path
        for path in sorted(context.rglob(f"*{suffix}"))
        if not {"tests", "migrations", "node_modules", "static"} & set(path.relative_to(context).parts)
        and not any(path.is_relative_to(other) for other in inner)
    ]


def templates(context: Path) -> list[Path]:
    return [
        path for suffix in (".html", ".txt", ".xml") for path in sources(context, suffix) if "templates" in path.parts
    ]


def keywords_of(source: str) -> dict[str, Any]:
    """What marks a text in a module: the usual names, and those under which it imports them itself."""
    found = dict(KEYWORDS)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            found |= {one.asname: KEYWORDS[one.name] for one in node.names if one.asname and one.name in KEYWORDS}
    return found


def texts_of_python(path: Path) -> Iterator[Text]:
    """The texts of a module."""
    keywords = keywords_of(path.read_text(encoding="utf-8"))
    with path.open("rb") as file:
        for _line, message, _comments, context in extract("python", file, keywords=keywords):
            if isinstance(message, tuple):
                yield Text(message[0], message[1], context)
            elif message:
                yield Text(message, context=context)


def texts_of_template(path: Path) -> Iterator[Text]:
    """The texts of a template: translate, blocktranslate (with plural and trimmed) and _("...") in tags."""
    for call in _CALL.finditer(templatize(path.read_text(encoding="utf-8"), str(path))):
        parts = [ast.literal_eval(part[0]) for part in re.finditer(_STRING, call[2], re.DOTALL)]
        context = parts.pop(0) if call[1] in {"pgettext", "npgettext"} else None
        yield Text(parts[0], parts[1] if len(parts) > 1 else "", context)


def find(context: Path) -> Found:
    """Every text of a context."""
    found = Found()
    for path in sources(context, ".py"):
        for text in texts_of_python(path):
            found.add(text, path.relative_to(context).as_posix())
    for path in templates(context):
        for text in texts_of_template(path):
            found.add(text, path.relative_to(context).as_posix())
    return found


def read(path: Path) -> Catalog:
    """The translations that are written so far."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def update(context: Path) -> int:
    """Write the context's catalogue anew: its texts in order of place, with the translations that exist."""
    found, old, new = find(context), read(catalogue(context)), Catalog(locale="en")
    for text, places in sorted(found.places.items(), key=lambda item: (min(item[1]), item[0].singular)):
        before = old.get(text.singular, text.context)
        new.add(
            text.id,
            _kept(before, text),
            locations=[(place, 1) for place in sorted(places)],
            context=text.context,
            flags=[flag for flag in (before.flags if before else ()) if flag == "fuzzy"],
            user_comments=before.user_comments if before else (),
        )
    if not found.places:
        return 0
    out = BytesIO()
    write_po(out, new, width=110, omit_header=True, include_lineno=False, sort_by_file=False)
    path = catalogue(context)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + out.getvalue().decode().lstrip(), encoding="utf-8")
    return len(found.places)


def _kept(before: Message | None, text: Text) -> str | tuple[str, ...]:
    if before is None:
        return ("", "") if text.plural else ""
    if text.plural:
        return before.string if isinstance(before.string, tuple) else (before.string, before.string)
    return before.string[0] if isinstance(before.string, tuple) else before.string


def compile_all(*, force: bool = False, root: Path = PACKAGE) -> int:
    """Make every .mo that is missing or older than its .po; returns how many."""
    made = 0
    # Besides English, a context may have Swedish words of its own for a library's English texts.
    sources = [po for context in contexts(root) for po in sorted(context.glob("locale/*/LC_MESSAGES/django.po"))]
    for source in sources:
        target = source.with_suffix(".mo")
        if not force and target.exists() and target.stat().st_mtime > source.stat().st_mtime:
            continue
        out = BytesIO()
        write_mo(out, read(source))
        # Several test processes may compile at once; each puts a whole file in place.
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as file:
            file.write(out.getvalue())
        os.chmod(file.name, 0o644)
        os.replace(file.name, target)
        made += 1
    return made


def problems(context: Path) -> list[str]:
    """What is wrong with the context's texts, one line each; empty when all is well."""
    found, written = find(context), read(catalogue(context))
    name = context.relative_to(context.parents[1]).as_posix()
    said = []
    for text, places in sorted(found.places.items(), key=lambda item: (min(item[1]), item[0].singular)):
        fault = fault_of(text, written.get(text.singular, text.context))
        if fault:
            said.append(f"{name}: {min(places)}: {fault}: {text.singular!r}")
    known = {(text.singular, text.context) for text in found.places}
    for message in written:
        singular = message.id[0] if isinstance(message.id, tuple) else message.id
        if singular and (singular, message.context) not in known:
            said.append(f"{name}: no longer used, run update: {singular!r}")
    for path in templates(context):
        bare = baretext.in_template(path.read_text(encoding="utf-8"), html=path.suffix != ".txt")
        said += [f"{name}: {path.relative_to(context)}:{line}: not translated: {text!r}" for line, text in bare]
    for path in sources(context, ".py"):
        bare = baretext.in_python(path.read_text(encoding="utf-8"))
        said += [f"{name}: {path.relative_to(context)}:{line}: not translated: {text!r}" for line, text in bare]
    return said


def clashes(named: Iterable[Path], root: Path = PACKAGE) -> list[str]:
    """The texts of the named contexts that have another English in another context.

    Django puts all catalogues in one: of two translations of the same text one wins everywhere.
    """
    asked = set(named)
    written: dict[tuple[str, str, bool], dict[str | tuple[str, ...], list[Path]]] = {}
    for context in contexts(root):
        for message in read(catalogue(context)):
            singular, plural = message.id if isinstance(message.id, tuple) else (message.id, "")
            if singular and any(message.string):
                key = (message.context or "", singular, bool(plural))
                written.setdefault(key, {}).setdefault(message.string, []).append(context)
    said = []
    for (about, singular, _plural), strings in sorted(written.items()):
        if len(strings) > 1 and asked & {context for places in strings.values() for context in places}:
            told = "; ".join(
                f"{', '.join(place.relative_to(root).as_posix() for place in places)}: {string!r}"
                for string, places in strings.items()
            )
            name = f"{singular!r} ({about})" if about else repr(singular)
            said.append(f"{name} has several English texts, and one of them wins everywhere: {told}")
    return said


def fault_of(text: Text, message: Message | None) -> str:
    """Why the translation does not do; empty when it does."""
    if message is None:
        return "not in the catalogue, run update"
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(strings) or len(strings) != (2 if text.plural else 1):
        return "no English"
    if message.fuzzy:
        return "the English is marked fuzzy"
    wanted = set(_PLACE.findall(text.singular)) | set(_PLACE.findall(text.plural))
    used = {place for string in strings for place in _PLACE.findall(string)}
    if wanted != used:
        return f"placeholders differ ({', '.join(sorted(wanted ^ used))})"
    return ""


def chosen(names: Iterable[str]) -> list[Path]:
    """The contexts that were named; all of them for none or "all"."""
    named = [Path(name).resolve() for name in names if name != "all"]
    for path in named:
        if path not in contexts():
            raise SystemExit(f"{path} is not a context (no apps.py).")
    return named or contexts()


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update", *names] if names:
            for context in chosen(names):
                print(f"{context.relative_to(ROOT)}: {update(context)} texts")
        case ["compile"]:
            print(f"{compile_all(force=True)} catalogues compiled")
        case ["check", *names]:
            said = [line for context in chosen(names) for line in problems(context)] + clashes(chosen(names))
            print("\n".join(said) or "Every text is translated.")
            return 1 if said else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
