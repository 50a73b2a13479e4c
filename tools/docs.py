"""Writes the pages of documentation that are read from the code: events, permissions and tables.

python tools/docs.py          write docs/events.md, docs/permissions.md and docs/tables.md
python tools/docs.py check    say which of them no longer tell the truth, and which words and pages are missing
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resursnav.site.settings")
os.environ.setdefault("RESURSNAV_DEBUG", "1")

import django  # noqa: E402  # the path and the settings come first
from django.apps import AppConfig, apps  # noqa: E402  # the same
from django.db import models  # noqa: E402  # the same
from django.urls import get_resolver  # noqa: E402  # the same
from django.utils import translation  # noqa: E402  # the same

from resursnav.kernel.events import wires  # noqa: E402  # the same

MADE = "<!-- Made by tools/docs.py: change the code, then run it again. -->"
# Columns that tell about a person though they are no relation to one, by the table that has them ("*": all columns).
PERSONAL = {
    "people.Person": {"*"},
    "people.Invitation": {"email", "given_name", "family_name", "reason"},
    "people.ApiToken": {"name", "hint", "key_hash"},
    "people.Assignment": {"role", "reason", "valid_from", "valid_to"},
    "notices.Mail": {"to", "subject", "text", "html", "headers", "attachments"},
    "notices.Notice": {"title", "body"},
    "resources.Creator": {"name"},
    "ui.FlawReport": {"text"},
}


def set_up() -> None:
    """Everything must be loaded: models, rules, events and the listeners that apps connect."""
    if not apps.ready:
        django.setup()
    translation.activate("sv")
    _ = get_resolver().url_patterns
    for config in contexts():
        for drawer in ("rules", "events"):
            if (Path(config.path) / f"{drawer}.py").exists():
                import_module(f"{config.name}.{drawer}")


def contexts() -> list[AppConfig]:
    """Our apps, from the ground up."""
    return [config for config in apps.get_app_configs() if config.name.startswith("resursnav.")]


# Events


def events() -> str:
    """Every event, what it carries and who listens."""
    listeners = dict(wires())
    lines = ["# Events", "", MADE, "", "What a context tells, and who above it listens (in the same transaction).", ""]
    for config in contexts():
        told = list(_told(config))
        if not told:
            continue
        lines += [f"## {config.label}", "", "| event | tells | carries | heard by |", "| --- | --- | --- | --- |"]
        for kind in told:
            name = f"{kind.__module__}.{kind.__qualname__}"
            carried = ", ".join(f"`{part.name}`" for part in fields(kind))
            heard = "<br>".join(f"`{listener.removeprefix('resursnav.')}`" for listener in listeners.get(name, ()))
            lines.append(f"| `{kind.__name__}` | {_sentence(kind)} | {carried} | {heard or 'nobody yet'} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _told(config: AppConfig) -> Iterator[type]:
    if not (Path(config.path) / "events.py").exists():
        return
    module = import_module(f"{config.name}.events")
    for name, kind in sorted(vars(module).items()):
        ours = isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__
        if ours and not name.startswith("_"):
            yield kind


def _sentence(thing: object) -> str:
    """The first paragraph of the docstring, on one line."""
    text = (getattr(thing, "__doc__", "") or "").strip().split("\n\n")[0]
    return " ".join(text.split()).replace("|", "\\|")


# Permissions


def permissions() -> str:
    """Every rule: who reaches how far."""
    from resursnav.foundation.access import rules  # noqa: PLC0415  # apps must be ready first
    from resursnav.foundation.access.roles import Role  # noqa: PLC0415  # the same

    lines = ["# Permissions", "", MADE, ""]
    lines += [
        "Who may do what, as declared in each context's `rules.py`. A reach counts from the node of the person's",
        "assignment: *here*, everything *below*, everything *above*, one's *own*, or *anywhere*. What is not here is",
        "denied. *Anyone* needs no account; *signed in* needs one, but no particular role.",
        "",
    ]
    prefix = ""
    for rule in rules():
        context = rule.name.partition(".")[0]
        if context != prefix:
            lines += [
                "",
                f"## {context}",
                "",
                "| rule | who | reach | only |",
                "| --- | --- | --- | --- |",
            ]
            prefix = context
        for number, grant in enumerate(rule.grants):
            who = grant.who
            names = ", ".join(role.value for role in Role if role in who) if isinstance(who, frozenset) else who.value
            if isinstance(who, frozenset) and len(who) == len(Role):
                names = "every role"
            only = condition(grant.where) if grant.where else ""
            name = f"`{rule.name}`" if number == 0 else ""
            lines.append(f"| {name} | {names.replace('_', ' ')} | {grant.reach.value} | {only} |")
    text = "\n".join(line for line in lines).replace("\n\n\n", "\n\n")
    return text.rstrip() + "\n"


def condition(where: models.Q) -> str:
    """A condition in words: `status is published and visibility is public`."""
    said = []
    for child in where.children:
        if isinstance(child, models.Q):
            inner = condition(child)
            said.append(f"({inner})" if len(child.children) > 1 and not child.negated else inner)
        else:
            path, value = child
            said.append(_clause(path, value))
    text = f" {where.connector.lower()} ".join(said)
    return f"not ({text})" if where.negated else text


def _clause(path: str, value: object) -> str:
    path, _, test = path.rpartition("__") if path.endswith(("__in", "__isnull")) else (path, "", "is")
    path = path.replace("__", ".")
    if test == "isnull":
        return f"{path} is {'empty' if value else 'set'}"
    if test == "in":
        return f"{path} is one of {', '.join(sorted(str(each) for each in value))}"  # type: ignore[attr-defined]  # a list
    return f"{path} is {value}"


# Tables


def tables() -> str:
    """Every table: what it is, its columns, and which tell about a person."""
    lines = ["# Tables", "", MADE, ""]
    lines += [
        "*Personal* marks what tells about a person: relations to a person, and columns listed in tools/docs.py.",
        "",
    ]
    for config in contexts():
        found = [model for model in config.get_models() if not model._meta.auto_created]
        if found:
            lines += [f"## {config.label}", ""]
        for model in found:
            lines += [f"### {model.__name__}", "", f"`{model._meta.db_table}`. {_sentence(model)}", ""]
            lines += ["| column | holds | what | personal |", "| --- | --- | --- | --- |"]
            lines += [_column(model, field) for field in _fields(model)]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _fields(model: type[models.Model]) -> list[models.Field[object, object]]:
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def _column(model: type[models.Model], field: models.Field[object, object]) -> str:
    holds = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(field).__name__.removesuffix("Field")).lower()
    if isinstance(field, models.CharField) and field.max_length:
        holds = f"text, at most {field.max_length}"
    if field.is_relation:
        holds = f"{'many ' if field.many_to_many else ''}{field.related_model._meta.label}"
    if field.null:
        holds += ", or nothing"
    what = str(field.verbose_name) if field.verbose_name != field.name.replace("_", " ") else ""
    return f"| `{field.name}` | {holds} | {what} | {'yes' if personal(model, field) else ''} |"


def personal(model: type[models.Model], field: models.Field[object, object]) -> bool:
    """Whether the column tells about a person."""
    listed = PERSONAL.get(model._meta.label, set())
    if field.is_relation:
        return field.related_model._meta.label == "people.Person"
    return field.name in listed or ("*" in listed and not field.primary_key)


# What is missing


def missing(docs: Path = DOCS) -> list[str]:
    """Contexts without a page, and Swedish words of a context that docs/words.md does not have."""
    said = []
    written = (docs / "words.md").read_text(encoding="utf-8")
    for config in contexts():
        name = config.name.rpartition(".")[2]
        if name != "site" and not (docs / "contexts" / f"{name}.md").exists():
            said.append(f"docs/contexts/{name}.md is not written")
        known = [line.split("|")[1].strip() for line in written.splitlines() if line.count("|") > 3]
        said += [f"docs/words.md: no line for “{word}” ({name})" for word in words_of(config) if not _has(known, word)]
    return said


def _has(known: list[str], word: str) -> bool:
    plain = [re.sub(r"\s*\([^)]*\)", "", each) for each in known]
    return any(word == each or word in re.split(r",\s*", each) for each in plain)


def words_of(config: AppConfig) -> list[str]:
    """The Swedish words that the context's docstring names: `samling (collection)`."""
    doc = import_module(config.name).__doc__ or ""
    listed = " ".join(doc.partition("Swedish words:")[2].split())
    found = re.findall(r"([^(),.]+?)\s*\([^)]*\)", listed)
    return [word.strip(" .,:;") for each in found for word in re.split(r" or | and ", each)]


PAGES = {"events.md": events, "permissions.md": permissions, "tables.md": tables}


def stale(docs: Path = DOCS) -> list[str]:
    """The generated pages that differ from what the code says now."""
    return [
        name
        for name, make in PAGES.items()
        if not (docs / name).exists() or (docs / name).read_text(encoding="utf-8") != make()
    ]


def main(arguments: list[str]) -> int:
    set_up()
    if arguments == ["check"]:
        said = [f"docs/{name} is out of date: run python tools/docs.py" for name in stale()] + missing()
        print("\n".join(said) or "The generated pages tell the truth.")
        return 1 if said else 0
    if arguments:
        print(__doc__)
        return 2
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
        print(f"docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
