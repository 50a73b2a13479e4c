"""The syllabuses' HTML as headings, paragraphs and list items. No Django in here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

# Soft hyphens and invisible marks come from the authority's editor and break both search and equality.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_BREAKS = {"p", "li", "ul", "ol", "div", "br", "table", "tr", "td", "th", "section", "h1", "h2", "h3", "h4", "h5", "h6"}
_SILENT = {"script", "style", "template"}
# Where a new block begins; bold is no block, but a paragraph that is bold all through is a heading.
_HEADING = re.compile(r"h([1-6])")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text: level 1-6 for a heading, 0 for a paragraph, -1 for a list item."""

    level: int
    text: str


# The level that the authority gives the areas of the content, for which some texts have bold paragraphs instead.
HEADING_OF_BOLD = 4
PARAGRAPH, ITEM = 0, -1


def plain(text: str) -> str:
    """One line of composed text without invisible characters."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.level = PARAGRAPH
        self.text = ""
        self.bold = ""
        self.in_bold = self.silent = self.items = 0

    def flush(self) -> None:
        text = plain(self.text)
        if text:
            level = self.level
            if level == PARAGRAPH and plain(self.bold) == text:
                level = HEADING_OF_BOLD
            self.blocks.append(Block(level, text))
        self.text = self.bold = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        if tag in {"b", "strong"}:
            self.in_bold += 1
        if tag not in _BREAKS:
            return
        if tag == "br":
            self.handle_data(" ")
            return
        if tag == "p" and self.items:  # a paragraph inside an item is the item's text
            self.handle_data(" ")
            return
        self.flush()
        if heading := _HEADING.fullmatch(tag):
            self.level = int(heading.group(1))
        elif tag == "li":
            self.items += 1
            self.level = ITEM
        elif not self.items:
            self.level = PARAGRAPH

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        if tag in {"b", "strong"}:
            self.in_bold = max(0, self.in_bold - 1)
        if tag not in _BREAKS or tag == "br" or (tag == "p" and self.items):
            return
        self.flush()
        if tag == "li":
            self.items = max(0, self.items - 1)
        self.level = ITEM if self.items else PARAGRAPH

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        self.text += data
        if self.in_bold:
            self.bold += data


def blocks(html: str) -> list[Block]:
    """The blocks of an HTML text in order; plain text is one paragraph."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.blocks
