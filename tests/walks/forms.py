"""The forms of a page as a browser would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Kinds of fields that take text; what else a form has is sent as it stands.
TYPED = {"text", "search", "email", "url", "tel", "number", "date", "password", "textarea"}


@dataclass
class Form:
    """One form that is sent with POST: where to, what stands in it, and the names of the fields that one types in."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(own.get("action", "")) if own.get("method", "").lower() == "post" else None
            self.forms += [self.form] if self.form else []
        if self.form is None:
            return
        name, kind = own.get("name", ""), "textarea" if tag == "textarea" else own.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in own or self.select not in self.form.values):
            self.form.values[self.select] = [own.get("value", "")]
        elif name and tag in {"input", "textarea"} and kind in TYPED:
            self.form.typed.add(name)
            self.form.values.setdefault(name, []).append(own.get("value", ""))
        elif name and tag == "input" and (kind == "hidden" or (kind in {"radio", "checkbox"} and "checked" in own)):
            self.form.values.setdefault(name, []).append(own.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""


def forms_in(page: str) -> list[Form]:
    """Every form of the page that is sent with POST."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
