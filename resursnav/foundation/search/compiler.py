"""Compiles the word list into the lexicon: forms, linking forms, and what the words themselves teach."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import marisa_trie

from .hunspell import BEGIN, END, NEEDS_AFFIX, ONLY_IN_COMPOUND, Entry, Suffix, WordList, read
from .readings import ADJECTIVE, COMMON, JOIN, LAST, LEARNED, NEUTER, NOUN, PROPER, SIMPLE, VERB, WEAK, alike, pack

# How a plural that stands as a word of its own leads back: ending in the plural -> endings in the singular.
PLURALS = (
    ("döttrar", ("dotter",)),
    ("mödrar", ("moder", "mor")),
    ("bröder", ("broder", "bror")),
    ("fäder", ("fader", "far")),
    ("söner", ("son",)),
    ("böcker", ("bok",)),
    ("bönder", ("bonde",)),
    ("rötter", ("rot",)),
    ("nötter", ("nöt",)),
    ("getter", ("get",)),
    ("nätter", ("natt",)),
    ("städer", ("stad",)),
    ("händer", ("hand",)),
    ("länder", ("land",)),
    ("ränder", ("rand",)),
    ("tänder", ("tand",)),
    ("stränder", ("strand",)),
    ("bänder", ("band",)),
    ("änder", ("and",)),
    ("tänger", ("tång",)),
    ("stänger", ("stång",)),
    ("gäss", ("gås",)),
    ("möss", ("mus",)),
    ("löss", ("lus",)),
    ("män", ("man",)),
    ("fötter", ("fot",)),
    ("er", ("", "e", "a")),
    ("ar", ("", "e", "a")),
    ("or", ("a", "")),
)
# Linking forms that the rules would lead to the wrong word.
LINKS = {
    "fjärr": "fjärr",
    "kart": "karta",
    "käll": "källa",
    "läns": "län",
    "lär": "lära",
    "mini": "mini",
    "sid": "sida",
    "sim": "simma",
    "sträck": "sträcka",
    "super": "super",
    "väl": "väl",
}
LEARN_FROM = 3  # words of the list that must show a linking form before it is believed
LEARN_FROM_SHORT = 5  # the same for forms of at most three letters


def kind_of(entry: Entry) -> int:
    if entry.noun and not (entry.neuter or entry.common):
        return NOUN
    return (
        (NEUTER if entry.neuter else 0)
        | (COMMON if entry.common else 0)
        | (VERB if entry.verb else 0)
        | (ADJECTIVE if entry.adjective else 0)
    )


class Compiler:
    """Holds what one compilation gathers."""

    def __init__(self, words: WordList) -> None:
        self.words = words
        self.by_word: dict[str, list[Entry]] = defaultdict(list)
        for entry in words.entries:
            self.by_word[entry.word].append(entry)
        self.nouns = {e.word for e in words.entries if e.noun and e.strong and not e.verb}
        self.adjectives = {e.word for e in words.entries if e.adjective and e.strong}
        self.verbs = {e.word for e in words.entries if e.verb and e.strong and e.word.endswith("a")}
        self.last = {e.word for e in words.entries if END in e.flags and e.strong and len(e.word) > 2}
        self.forms: dict[tuple[str, str], tuple[int, int]] = {}
        self.joins: dict[tuple[str, str], tuple[int, int]] = {}

    def run(self) -> None:
        for entry in self.words.entries:
            self.add_forms(entry)
        self.nouns |= {lemma for (_, lemma), (roles, kind) in self.forms.items() if kind & NOUN and not roles & WEAK}
        self.add_presents()
        for form, base in LINKS.items():
            self.join(form, base, JOIN, NOUN)
        linked: set[str] = set()
        for entry in self.words.entries:
            linked.update(self.add_links(entry))
        self.learn(linked)

    # forms -------------------------------------------------------------------------------------------------

    def add_forms(self, entry: Entry) -> None:
        if ONLY_IN_COMPOUND in entry.flags:
            return
        roles = (LAST if END in entry.flags else self.maybe_last(entry)) | (0 if entry.strong else WEAK)
        roles |= PROPER if entry.proper else 0
        roles |= SIMPLE if BEGIN in entry.flags and entry.strong else 0
        kind, base = kind_of(entry), self.singular(entry)
        if NEEDS_AFFIX not in entry.flags:
            self.put(entry.word, base, roles, kind)
        for form, suffix in self.words.forms(entry):
            lemma, bent = self.lemma(entry, base, suffix)
            self.put(form, lemma, roles, bent or kind)

    def maybe_last(self, entry: Entry) -> int:
        """Words that the list does not let stand last, though they do (duk, rike): allowed at a price."""
        long = len(entry.word) >= (2 if entry.strong else 7)
        return LAST | LEARNED if long and not entry.proper and not entry.verb else 0

    def put(self, form: str, lemma: str, roles: int, kind: int) -> None:
        if form in self.words.forbidden or not form:
            return
        key = (form, lemma)
        before = self.forms.get(key)
        if before is not None:
            doubts = before[0] & roles & (WEAK | LEARNED | PROPER)
            roles, kind = (before[0] | roles) & ~(WEAK | LEARNED | PROPER) | doubts, before[1] | kind
        self.forms[key] = (roles, kind)

    def singular(self, entry: Entry) -> str:
        """The dictionary word of an entry that is a plural (böcker -> bok), otherwise itself."""
        word = entry.word
        if entry.flags & set("DEGHIBCKLM") or not entry.flags & set("JA") or entry.proper:
            return word
        for ending, singles in PLURALS:
            if word.endswith(ending):
                for single in singles:
                    base = word[: -len(ending)] + single
                    if base in self.nouns and base != word:
                        return base
        return word

    def lemma(self, entry: Entry, base: str, suffix: Suffix) -> tuple[str, int]:
        """The dictionary word of an inflected form, and its kind when the suffix makes another sort of word."""
        word, flag, add = entry.word, suffix.flag, suffix.add
        if add.startswith("nde") and flag in "BDF" and word.endswith("a"):
            return word + "nde", NEUTER
        if flag == "T":
            if add.startswith("isk"):
                return word + "isk", ADJECTIVE
            return (word + "re", COMMON) if add.startswith("r") else (word, 0)
        if flag in "ed":
            return word + ("bo" if flag == "e" else "sbo"), COMMON
        if entry.verb and word.endswith("a") and "G" not in entry.flags:
            if flag == "E" and add in ("n", "ns"):
                return word + "n", COMMON
            if flag in "EH" and word[:-1] in self.nouns:
                return word[:-1], COMMON
        if flag == "L" and add == "ende":
            return word + "ende", ADJECTIVE
        return base, 0

    def add_presents(self) -> None:
        """Verbs whose present is their stem (köra: kör) stand as two words in the list."""
        for verb in self.verbs:
            if verb.endswith("ra") and verb[:-1] in self.by_word:
                self.put(verb[:-1], verb, 0, VERB)

    # compounds ---------------------------------------------------------------------------------------------

    def add_links(self, entry: Entry) -> Iterator[str]:
        """The linking forms that the word list itself gives; yields the words that have any."""
        if NEEDS_AFFIX in entry.flags:
            return
        roles = JOIN | (0 if entry.strong else WEAK) | (PROPER if entry.proper else 0)
        for form in self.words.links(entry):
            if form in LINKS:
                self.join(form, LINKS[form], JOIN, NOUN)
                continue
            bare = ONLY_IN_COMPOUND in entry.flags or not (kind_of(entry) or WEAK & roles)
            lemma = self.link_lemma(form) if bare else self.singular(entry)
            self.join(form, lemma, roles & ~WEAK if bare else roles, kind_of(entry))
            yield entry.word
            yield lemma

    def join(self, form: str, lemma: str, roles: int, kind: int) -> None:
        if form in self.words.forbidden or len(form) < 2:
            return
        key = (form, lemma)
        if key not in self.joins or (self.joins[key][0] & WEAK and not roles & WEAK):
            self.joins[key] = (roles, kind)

    def link_lemma(self, form: str) -> str:
        """The dictionary word behind a form that only occurs in compounds (arbets -> arbete, skol -> skola)."""
        if form in LINKS:
            return LINKS[form]
        if form in self.adjectives:
            return form
        return next((base for base in candidates(form) if base in self.nouns or base in self.verbs), form)

    def learn(self, linked: set[str]) -> None:
        """Finds linking forms in the list's own compounds (gatukök, gatumusik, gatubelysning: gatu- is gata)."""
        heads = self.heads_seen()
        fresh: dict[str, set[str]] = defaultdict(set)
        for head, tails in heads.items():
            if tails < (LEARN_FROM if len(head) > 3 else LEARN_FROM_SHORT):
                continue
            base = self.link_lemma(head)
            if base in self.nouns or base in self.verbs:
                self.join(head, base, JOIN | LEARNED, NOUN if base in self.nouns else VERB)
                fresh[base].add(head)
        self.inherit(linked, set(fresh))

    def heads_seen(self) -> dict[str, int]:
        """How many words of the list begin with each string and go on with a word that may stand last."""
        heads: dict[str, int] = defaultdict(int)
        for word in {e.word for e in self.words.entries if e.strong and not e.proper and END in e.flags}:
            for cut in range(2, len(word) - 2):
                if word[cut:] in self.last:
                    heads[word[:cut]] += 1
        return heads

    def inherit(self, linked: set[str], learned: set[str]) -> None:
        """A compound links as its last part does (skola: skol-, so förskola: förskol-); others take s or nothing."""
        endings: dict[str, set[tuple[int, str]]] = defaultdict(set)
        for (form, lemma), (roles, _) in self.joins.items():
            if lemma in self.nouns and not roles & (WEAK | PROPER) and len(lemma) > 2:
                same = alike(form, lemma)
                endings[lemma].add((len(lemma) - same, form[same:]))
        heads = {form for form, _ in self.joins} | {"för", "under", "över", "mellan", "hög", "grund", "ut", "in", "av"}
        for noun in self.nouns:
            for cut in range(2, len(noun) - 2):
                if noun[cut:] in endings and noun[:cut] in heads:
                    for drop, add in endings[noun[cut:]]:
                        self.join(noun[: len(noun) - drop] + add, noun, JOIN | LEARNED, NOUN)
                    break
            else:
                if len(noun) > 3 and noun not in learned and noun not in linked:
                    for add in ("", "s"):
                        self.join(noun + add, noun, JOIN | LEARNED | WEAK, NOUN)
        for (form, lemma), (roles, kind) in self.forms.items():
            if len(lemma) > 2 and form == lemma + "er" and kind & NOUN and not roles & (WEAK | PROPER):
                self.join(form, lemma, JOIN | LEARNED | WEAK, NOUN)

    def write(self, folder: Path) -> None:
        """The two files, put in place by one rename."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".lexicon-", dir=folder.parent))
        try:
            trie(self.forms).save(str(fresh / "forms.marisa"))
            trie(self.joins).save(str(fresh / "joins.marisa"))
            fresh.chmod(0o755)
            try:
                fresh.rename(folder)
            except OSError:  # somebody else was first, with the same content
                if not (folder / "joins.marisa").exists():
                    raise
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def candidates(form: str) -> Iterable[str]:
    """Dictionary words that a linking form may come from, likeliest first."""
    yield form
    if form.endswith("s") and len(form) > 3:
        yield form[:-1]
        yield form[:-1] + "e"
        yield form[:-1] + "a"
        if form.endswith("es"):
            yield form[:-2]
            yield form[:-2] + "a"
    if form.endswith("ie"):
        yield form[:-1] + "um"
        yield form[:-1] + "a"
    if form[-1] in "ueo":
        yield form[:-1] + "a"
    if form[-1] in "ea":
        yield form[:-1]
    if form[-1] in "ao":
        yield form[:-1] + "e"
    yield form + "a"
    yield form + "e"
    if form.endswith("ar"):
        yield form + "e"
    if form.endswith("er"):
        yield form[:-2]
    if form.endswith(("er", "el")):
        yield form[:-2] + form[-1] + "a"
        yield form[:-2] + form[-1] + "e"
    if form.endswith("ra"):
        yield form[:-2] + "er"


def trie(rows: dict[tuple[str, str], tuple[int, int]]) -> marisa_trie.BytesTrie:
    return marisa_trie.BytesTrie(
        (form, pack(form, lemma, roles, kind)) for (form, lemma), (roles, kind) in rows.items()
    )


def build(dic: Path, aff: Path, folder: Path) -> None:
    """Compiles the word list into the folder."""
    compiler = Compiler(read(dic, aff))
    compiler.run()
    compiler.write(folder)


if __name__ == "__main__":  # how lexicon.py runs it: the memory goes back to the machine when it is done
    build(*(Path(argument) for argument in sys.argv[1:4]))
