"""Finds text for people that was written without gettext, in templates and in Python. Used by tools/messages.py.

Names that are the same in every language stand in an element with translate="no" (HTML's own attribute).
"""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

# Stands where a tag or variable stood; not a letter.
_GAP = "\ue000"
_SHOWN = {"alt", "title", "aria-label", "aria-description", "aria-roledescription", "placeholder", "data-confirm"}
_SILENT = {"script", "style"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_WORD = re.compile(r"[^\W\d_]{2,}")
# In a tag's argument, technical words are lower-case ASCII; a text begins with a capital, has a blank or å, ä, ö.
_TEXTLIKE = re.compile(r"[åäöÅÄÖ]|^[A-Z][a-z]+|[^\W\d_] [^\W\d_]")
_TECHNICAL = {
    "url",
    "static",
    "include",
    "extends",
    "load",
    "if",
    "elif",
    "translate",
    "trans",
    "may",
    "now",
    "regroup",
}
_TECHNICAL_FILTERS = ("date:", "time:", "stringformat:", "cut:", "divisibleby:", "slice:")
_QUOTED = re.compile(r"""(_\()?("[^"]*"|'[^']*')""")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def silent(self) -> bool:
        return any(mute for _tag, mute in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        mute = tag in _SILENT or ("translate", "no") in attrs
        if not mute and not self.silent:
            for name, value in attrs:
                shown = name in _SHOWN or (name == "value" and tag == "input" and ("type", "submit") in attrs)
                if shown and value and _WORD.search(value):
                    self.found.append((self.getpos()[0], value.replace(_GAP, "…")))
        if tag not in _VOID:
            self.open.append((tag, mute))

    def handle_endtag(self, tag: str) -> None:
        # Elements that are opened in one branch of an if and closed in another leave odd ends; take the nearest.
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == tag:
                del self.open[index:]
                return

    def handle_data(self, data: str) -> None:
        if not self.silent and _WORD.search(data):
            line = self.getpos()[0] + len(data) - len(data.lstrip("\n"))
            self.found.append((line, " ".join(data.replace(_GAP, "…").split())))


def in_template(source: str, *, html: bool = True) -> list[tuple[int, str]]:
    """The bare texts of a template, as (line, text)."""
    found: list[tuple[int, str]] = []
    kept: list[str] = []
    inside = ""
    for token in Lexer(source).tokenize():
        name = token.contents.split(maxsplit=1)[0] if token.contents.split() else ""
        lines = "\n" * token.contents.count("\n")
        if inside:
            if token.token_type == TokenType.BLOCK and name == f"end{inside}":
                inside = ""
            kept.append(lines)
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
        else:
            kept.append(_GAP + lines)
            if token.token_type == TokenType.BLOCK and name in {"blocktranslate", "blocktrans", "comment", "verbatim"}:
                inside = name
            elif token.token_type != TokenType.COMMENT:
                found += [(token.lineno, text) for text in _in_tag(token, name)]
    if html:
        reader = _Reader()
        reader.feed("".join(kept))
        reader.close()
        return sorted(found + reader.found)
    return sorted(found + _plain_lines("".join(kept)))


def _plain_lines(text: str) -> list[tuple[int, str]]:
    return [
        (number, line.replace(_GAP, "…").strip())
        for number, line in enumerate(text.splitlines(), 1)
        if _WORD.search(re.sub(r"\S*(://|@)\S*", "", line))
    ]


def _in_tag(token: Token, name: str) -> list[str]:
    if token.token_type == TokenType.BLOCK and name in _TECHNICAL:
        return [f"_({quoted}) has a percent sign; use translate" for quoted in _percents(token.contents)]
    found = []
    for match in _QUOTED.finditer(token.contents):
        before, text = token.contents[: match.start()], match[2][1:-1]
        if match[1]:
            if "%" in text:
                found.append(f"_({match[2]}) has a percent sign, which Django would double; use translate")
        elif _TEXTLIKE.search(text) and not before.endswith(_TECHNICAL_FILTERS):
            found.append(text)
    return found


def _percents(contents: str) -> list[str]:
    return [match[2] for match in _QUOTED.finditer(contents) if match[1] and "%" in match[2]]


# Where Python hands a text to people: by the argument's name, or by what is called.
_ARGUMENTS = {
    "label", "help_text", "verbose_name", "verbose_name_plural", "violation_error_message", "empty_label",
    "placeholder", "advice", "legend", "hint", "invalid_error_message",
}  # fmt: skip
_CALLED = {"ValidationError", "Unable", "Http404", "PermissionDenied", "Finding"}
_MESSAGES = {"success", "info", "warning", "error"}
_CHOICES = {"TextChoices", "IntegerChoices"}


def in_python(source: str) -> list[tuple[int, str]]:
    """The texts of a module that go to people without gettext, as (line, text); best effort."""
    finder = _Finder()
    finder.visit(ast.parse(source))
    return sorted(finder.found)


class _Finder(ast.NodeVisitor):
    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def _look(self, node: ast.AST) -> None:
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.Dict):
            for value in node.values:
                self._look(value)
            return
        else:
            return
        if _WORD.search(text):
            self.found.append((node.lineno, text))

    def visit_Call(self, node: ast.Call) -> None:
        for keyword in node.keywords:
            if keyword.arg in _ARGUMENTS or keyword.arg == "error_messages":
                self._look(keyword.value)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = getattr(node.func.value, "id", "") if isinstance(node.func, ast.Attribute) else ""
        if owner == "models" and name.endswith("Field") and node.args:
            self._look(node.args[0])
        elif name in _CALLED or name.startswith("UnableTo"):
            for argument in node.args:
                self._look(argument)
        elif owner == "messages" and name in _MESSAGES and len(node.args) > 1:
            self._look(node.args[1])
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        bases = {base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases}
        for line in node.body:
            if isinstance(line, ast.Assign) and bases & _CHOICES and isinstance(line.value, ast.Tuple):
                self._look(line.value.elts[-1])
            if isinstance(line, ast.Assign) and line.targets[0].__dict__.get("id") in {
                "verbose_name",
                "verbose_name_plural",
            }:
                self._look(line.value)
        self.generic_visit(node)
