"""How documents lie in the index: fields, and the terms that go into them.

All splitting is done by the analyser; the engine only cuts at spaces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import tantivy

from resursnav.kernel.text import sort_key

from . import swedish
from .documents import Document

VERSION = 4  # rises when the fields or the analysis change, so that every node builds anew
LONGEST_TEXT = 20_000  # letters of a description that are searched
FACET = "facet_"
FAR = 2**62  # what the engine can hold
PLAIN_TOKENS = "whitespace"

# Searched fields and what a hit in each is worth.
WEIGHTS = (("title", 4.0), ("about", 2.0), ("text", 1.0), ("part", 0.35))
SHADOW_WEIGHT = 0.3
# The same terms once more in one field, for counting: whether a thing matches is asked far more often than how well.
ANYWHERE = (("any", 1.0),)


def build_schema(facets: Iterable[str]) -> tantivy.Schema:
    """The index's fields, with one for each facet that some kind has."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("label", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audience", tokenizer_name="raw", index_option="basic")
    for name in ("title", "about", "text", "part", "shadow", "name"):
        builder.add_text_field(name, tokenizer_name=PLAIN_TOKENS, index_option="freq")
    builder.add_text_field("any", tokenizer_name=PLAIN_TOKENS, index_option="basic")
    builder.add_text_field("plain", tokenizer_name=PLAIN_TOKENS, index_option="position")
    builder.add_text_field("whole", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("hint", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("order", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("newest", fast=True)
    for name in sorted(set(facets)):
        builder.add_text_field(FACET + name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def fingerprint(facets: Iterable[str], word_list: str, kinds: Iterable[str] = ()) -> str:
    """What the index was built with; another answer means that it must be built anew."""
    return hashlib.sha256(repr((VERSION, sorted(set(facets)), word_list, sorted(kinds))).encode()).hexdigest()[:16]


def key_of(kind: str, id_: int) -> str:
    return f"{kind}:{id_}"


class Terms:
    """Gathers the terms of one document."""

    __slots__ = ("fields", "parts", "plain", "shadows")

    def __init__(self) -> None:
        self.plain: list[str] = []
        self.parts: list[str] = []
        self.shadows: set[str] = set()
        self.fields: dict[str, list[str]] = {"title": [], "about": [], "text": []}

    def add(self, field: str, text: str) -> list[str]:
        """Analyses a text into a field; returns its words."""
        if not text:
            return []
        found = swedish.words(text)
        self.plain += found
        target = self.fields[field]
        for seen in map(swedish.read, found):
            target += seen.lemmas or (seen.text,)
            if seen.parts:
                self.parts += seen.parts
            if seen.kin:
                self.parts += seen.kin
            if seen.shadows:
                self.shadows.update(seen.shadows)
        return found


def to_engine(kind: str, document: Document) -> tantivy.Document:
    """A document as the engine takes it."""
    terms = Terms()
    name = terms.add("title", document.title)
    for text in (*document.subjects, *document.creators):
        terms.add("about", text)
    terms.add("text", document.subtitle)
    terms.add("text", document.text[:LONGEST_TEXT])
    fields: dict[str, object] = {
        "key": key_of(kind, document.id),
        "label": document.title,
        "kind": kind,
        "audience": list(document.audience),
        "plain": " ".join(terms.plain),
        "part": " ".join(terms.parts),
        "shadow": " ".join(terms.shadows),
        "name": " ".join(name),
        "whole": " ".join(name)[:1000],
        "hint": [hint for text in document.subjects if (hint := hint_of(text))],
        "order": sort_key(document.title)[:200] or "~",
        "newest": max(-FAR, min(document.newest, FAR)),
        **{field: " ".join(words) for field, words in terms.fields.items()},
    }
    for facet, values in document.facets.items():
        fields[FACET + facet] = list(dict.fromkeys(values))
    if document.identifiers:
        fields["about"] = f"{fields['about']} {' '.join(identifier_terms(document.identifiers))}"
    fields["any"] = " ".join(set(" ".join(str(fields[field]) for field, _ in WEIGHTS).split(" ")))
    return tantivy.Document(**fields)


def hint_of(text: str) -> str:
    """A subject as it is kept for as-you-type: lower case to find it, a tab, and how it is written."""
    written = " ".join(text.split())
    return f"{swedish.normal(written)}\t{written}" if written else ""


def identifier_terms(identifiers: Sequence[str]) -> list[str]:
    """Numbers such as ISBN as one term each, without hyphens and spaces."""
    return [bare for text in identifiers if (bare := "".join(c for c in swedish.normal(text) if c.isalnum()))]
