"""How the compiled lexicon writes down one way to read a form."""

from __future__ import annotations

from dataclasses import dataclass

# What a form may do in a compound, and how sure that is.
LAST, JOIN, WEAK, PROPER, LEARNED, SIMPLE = 1, 2, 4, 8, 16, 32
# What sort of word it is.
NEUTER, COMMON, VERB, ADJECTIVE = 1, 2, 4, 8
NOUN = NEUTER | COMMON


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a form: its dictionary word, what it may do in a compound and its kind."""

    lemma: str
    roles: int
    kind: int

    @property
    def weak(self) -> bool:
        return bool(self.roles & WEAK)


def alike(one: str, other: str) -> int:
    """How many letters two words begin with in common."""
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    return same


def pack(form: str, lemma: str, roles: int, kind: int) -> bytes:
    """A reading as bytes: roles, kind, how much of the form's end goes, what is put there instead."""
    same = alike(form, lemma)
    return bytes((roles, kind, min(len(form) - same, 255))) + lemma[same:].encode()


def unpack(form: str, data: bytes) -> Reading:
    cut = data[2]
    return Reading((form[:-cut] if cut else form) + data[3:].decode(), data[0], data[1])
