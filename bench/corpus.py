"""A made-up but realistic catalogue of any size, the same for the same seed.

Words follow Zipf's law over the Swedish lexicon, so that rare words are rare and every document brings new ones;
titles, subjects and media are made from lists written for the purpose.  Nobody's data is copied.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from resursnav.foundation.search.lexicon import lexicon
from resursnav.foundation.search.readings import COMMON, NEUTER

SUBJECTS = (
    "bild", "biologi", "engelska", "franska", "fysik", "geografi", "hem- och konsumentkunskap", "historia",
    "idrott och hälsa", "kemi", "matematik", "modersmål", "musik", "programmering", "religionskunskap",
    "samhällskunskap", "slöjd", "spanska", "svenska", "svenska som andraspråk", "teckenspråk", "teknik", "tyska",
    "medie- och informationskunnighet",
)  # fmt: skip
MEDIA = (("film", 30), ("stream", 25), ("book", 20), ("web", 10), ("game", 5), ("kit", 4), ("app", 4), ("podcast", 2))
SCHOOL_FORMS = (("preschool", 15), ("compulsory", 55), ("upper_secondary", 20), ("adult", 10))
LANGUAGES = (("sv", 70), ("en", 15), ("fi", 4), ("ar", 4), ("so", 3), ("se", 2), ("de", 2))
TOPICS = (
    "vulkaner", "vikingatiden", "bråkräkning", "källkritik", "fotosyntes", "andra världskriget", "rymden", "demokrati",
    "programmering med robotar", "läsförståelse", "hållbar utveckling", "samernas historia", "ekosystem", "rättigheter",
    "mänskliga kroppen", "klimatförändringar", "geometri", "sannolikhet", "sagor", "poesi", "digital säkerhet",
    "barnkonventionen", "stenåldern", "energi", "magnetism", "vattnets kretslopp", "hälsa och kost", "nybörjarspråk",
    "minoritetsspråk", "reklam och påverkan", "konstens epoker", "rytm och sång", "träslöjd", "kodning", "stamceller",
)  # fmt: skip
SHAPES = (
    "{topic}", "{topic} för {grade}", "Undervisningsfilm om {topic}", "Lärarhandledning: {topic}", "{topic} {number}",
    "Vad vet du om {topic}?", "{noun} och {topic}", "{topic} i {subject}", "Surfplattan i {subject}: {topic}",
    "{noun}", "En bok om {noun}", "{name} och {noun}", "Läromedel i {subject}: {noun}",
)  # fmt: skip
GRADES = ("förskoleklass", "åk 1-3", "åk 4-6", "åk 7-9", "gymnasiet")
GIVEN = (
    "Aino",
    "Alva",
    "Bo",
    "Elsa",
    "Fatima",
    "Gun",
    "Ida",
    "Johan",
    "Kerstin",
    "Lars",
    "Maja",
    "Nils",
    "Omar",
    "Åsa",
)
FAMILY = ("Berg", "Dahl", "Ek", "Forsman", "Gran", "Holm", "Lind", "Myr", "Nord", "Öberg", "Rask", "Strand", "Väst")
SMALL = (
    "och",
    "i",
    "att",
    "som",
    "en",
    "på",
    "är",
    "av",
    "för",
    "med",
    "till",
    "den",
    "de",
    "ett",
    "om",
    "kan",
    "från",
)


@dataclass(frozen=True, slots=True)
class Item:
    """One made-up resource."""

    id: int
    title: str
    description: str
    subjects: tuple[str, ...]
    medium: str
    school_forms: tuple[str, ...]
    language: str
    creators: tuple[str, ...]
    publisher: str
    year: int
    municipality: int | None  # 1..15 when it is for one municipality only, None for everybody


class Zipf:
    """Draws from a list, the n-th word 1/n as often as the first."""

    def __init__(self, words: list[str], rng: random.Random) -> None:
        self.words = words
        self.sums = list(accumulate(1 / (place + 8) for place in range(len(words))))
        self.rng = rng

    def draw(self) -> str:
        return self.words[bisect_left(self.sums, self.rng.random() * self.sums[-1])]


def vocabulary(rng: random.Random, size: int = 120_000) -> list[str]:
    """Words of the lexicon in an order that chance has chosen."""
    forms = lexicon().forms.keys()
    rng.shuffle(forms)
    return [form for form in forms if 3 <= len(form) <= 24][:size]


def nouns(rng: random.Random, size: int = 20_000) -> list[str]:
    found = []
    forms = lexicon().forms.keys()
    rng.shuffle(forms)
    for form in forms:
        if 4 <= len(form) <= 20 and any(
            r.kind & (NEUTER | COMMON) and not r.weak and r.lemma == form for r in lexicon().readings(form)
        ):
            found.append(form)
            if len(found) == size:
                break
    return found


def weighted(rng: random.Random, choices: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([code for code, _ in choices], [weight for _, weight in choices])[0]


def items(count: int, seed: int = 2026, words: int = 45) -> Iterator[Item]:
    """The first `count` resources; `words` is the mean length of a description."""
    rng = random.Random(seed)
    text, noun = Zipf(vocabulary(rng), rng), Zipf(nouns(rng), rng)
    names = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    publishers = [f"{family}s förlag" for family in FAMILY] + ["Skolmedia", "Norrfilm", "Lär & Lek"]
    for number in range(1, count + 1):
        subjects = tuple(dict.fromkeys(rng.choices(SUBJECTS, k=rng.choice((1, 1, 1, 2, 2, 3)))))
        shape = rng.choice(SHAPES)
        title = shape.format(
            topic=rng.choice(TOPICS), grade=rng.choice(GRADES), number=rng.randint(1, 9), noun=noun.draw(),
            subject=subjects[0], name=rng.choice(GIVEN),
        )  # fmt: skip
        length = max(5, int(rng.gauss(words, words / 3)))
        body = [rng.choice(SMALL) if rng.random() < 0.35 else text.draw() for _ in range(length)]
        body[rng.randrange(length)] = rng.choice(TOPICS)
        yield Item(
            id=number,
            title=title[0].upper() + title[1:],
            description=" ".join(body).capitalize() + ".",
            subjects=subjects,
            medium=weighted(rng, MEDIA),
            school_forms=tuple({weighted(rng, SCHOOL_FORMS) for _ in range(rng.choice((1, 1, 2)))}),
            language=weighted(rng, LANGUAGES),
            creators=tuple(dict.fromkeys(rng.choices(names, k=rng.choice((0, 1, 1, 2))))),
            publisher=rng.choice(publishers),
            year=min(2026, int(rng.triangular(1985, 2027, 2020))),
            municipality=rng.randint(1, 15) if rng.random() < 0.1 else None,
        )


def questions(count: int, seed: int = 7) -> list[str]:
    """What people could type into a search of that catalogue: one to three words."""
    rng = random.Random(seed)
    noun = Zipf(nouns(random.Random(2026 + 1)), rng)
    found = []
    for _ in range(count):
        chance = rng.random()
        if chance < 0.45:
            found.append(rng.choice(TOPICS))
        elif chance < 0.65:
            found.append(f"{rng.choice(('film', 'bok', 'lärarhandledning', 'undervisningsfilm'))} {rng.choice(TOPICS)}")
        elif chance < 0.85:
            found.append(rng.choice(SUBJECTS))
        else:
            found.append(noun.draw())
    return found
