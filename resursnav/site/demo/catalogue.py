"""The demo's catalogue: hundreds of invented works, two collections, tips from teachers and what waits for review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.deliver.resources import actions
from resursnav.deliver.resources.actions.bulk import upsert
from resursnav.deliver.resources.drafts import (
    CreatorDraft,
    EditionDraft,
    LinkDraft,
    ResourceDraft,
    SubjectDraft,
    fitted,
)
from resursnav.deliver.resources.models import Resource, SubjectTerm
from resursnav.deliver.resources.vocabulary import Status, Visibility
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.people.personas import DOMAIN

from .titles import by_topic
from .topics import COLLECTIONS, MAKERS, PUBLISHERS, TIPS, TOPICS, Topic

SOURCE = "demo"
# Form, title, what the text says about the form, and the edition's extent in seconds or words: for the volume, which
# needs every form of every topic. The demo's own works have titles of their own (titles.py).
FORMS: tuple[tuple[str, str, str, int, str], ...] = (
    ("stream", "{word}: filmen", "En undervisningsfilm med undertexter på svenska och engelska.", 1260, ""),
    ("book", "{word} – en faktabok", "Faktabok med många bilder, register och ordlista.", 0, "64 sidor"),
    ("guide", "Lärarhandledning: {word}", "Lektionsförslag, kopieringsunderlag och bedömningsstöd.", 0, "40 sidor"),
    ("kit", "Temalåda: {word}", "En låda att låna till klassrummet, med material till trettio elever.", 0, "1 låda"),
    ("web", "{word} på nätet", "Övningar som rättar sig själva och fungerar på telefon och läsplatta.", 0, ""),
    ("podcast", "Podd om {word}", "Korta avsnitt att lyssna på i klassen, med frågor att prata om.", 900, "6 avsnitt"),
    ("game", "Spela {word}", "Ett brädspel för två till fem spelare, med kort på tre nivåer.", 0, "1 spel"),
    ("app", "{word} i appen", "En app att pröva, bygga och spara i; kräver inget konto.", 0, ""),
)
LETTERS = dict(zip("sbgkwpla", range(len(FORMS)), strict=True))
# What else a librarian may have written about the form, and its extent.
ABOUT: dict[str, tuple[tuple[str, str], ...]] = {
    "stream": (
        ("Filmen är textad och går att stanna vid tre frågor till klassen.", ""),
        ("Inspelad i länet, med en kort och en lång version.", ""),
        ("En berättande film utan speaker, med manus att läsa efteråt.", ""),
    ),
    "book": (
        ("Rikt illustrerad, med ordlista och lästips i slutet.", "96 sidor"),
        ("Korta kapitel som går att läsa var för sig.", "128 sidor"),
        ("Lättläst, med luftiga sidor och en tidslinje.", "48 sidor"),
    ),
    "guide": (
        ("Sex lektioner som bygger på varandra, med underlag att kopiera.", "32 sidor"),
        ("Frågor till arbetslaget, planering för en termin och elevexempel.", "56 sidor"),
        ("För den som undervisar om det för första gången.", "24 sidor"),
    ),
    "kit": (
        ("Allt ryms i en väska. Packlistan ligger i locket.", "1 väska"),
        ("Räcker till åtta grupper. Kontrollera delarna tillsammans med eleverna.", "8 grupper"),
        ("Föremålen tål att hållas i; handledningen säger vad man kan fråga om.", "24 föremål"),
    ),
    "web": (
        ("Går att använda utan konto och sparar inget om eleven.", ""),
        ("Eleven får svar direkt och kan göra om hur många gånger som helst.", ""),
        ("Med uppläsning och ord på modersmål.", ""),
    ),
    "podcast": (
        ("Åtta avsnitt på en kvart, med text att läsa till.", "8 avsnitt"),
        ("Barn frågar, en forskare svarar.", "5 avsnitt"),
        ("Lyssna tillsammans och stanna vid klockan: då är det dags att prata.", "10 avsnitt"),
    ),
    "game": (
        ("Ett samarbetsspel på en lektion; reglerna ryms på ett kort.", "4–6 spelare, 40 min"),
        ("Kortspel i tre svårigheter.", "2–4 spelare, 20 min"),
        ("Hela klassen spelar i lag, och efteråt pratar ni om varför det gick som det gick.", "12–30 spelare, 60 min"),
    ),
    "app": (
        ("Fungerar utan uppkoppling när den väl är hämtad.", ""),
        ("Utan reklam och utan konto, med tre nivåer.", ""),
    ),
}  # fmt: skip
LANGUAGES = (("sv",), ("sv",), ("sv", "en"), ("sv", "ar"), ("sv", "so"), ("sv", "fi"), ("sv", "se"))
WEEKS = 8
NUMBERED = {"film", "stream", "web", "podcast", "app"}


def form_of(topic: Topic, place: int, turn: int) -> ResourceDraft:
    """The topic in the form number `turn`, as another catalogue would describe it."""
    form, title, about, seconds, extent = FORMS[(place + turn) % len(FORMS)]
    named = title.format(word=topic.word if title.startswith("{") else topic.label)
    return _draft(topic, place, turn, (form, named, about, seconds, extent))


def work_of(topic: Topic, place: int, turn: int, letter: str, title: str) -> ResourceDraft:
    """The topic's own work number `turn`, with the title that a librarian gave it."""
    form, _generic, about, seconds, extent = FORMS[LETTERS[letter]]
    told = ((about, extent), *ABOUT[form])
    about, extent = told[(place * 5 + turn) % len(told)]
    return _draft(topic, place, turn, (form, title, about, seconds, extent))


def _draft(topic: Topic, place: int, turn: int, said: tuple[str, str, str, int, str]) -> ResourceDraft:
    form, title, about, seconds, extent = said
    number = f"{SOURCE}-{place + 1:03d}-{turn + 1}"
    first, last = topic.grades
    languages = LANGUAGES[(place * 3 + turn) % len(LANGUAGES)]
    edition = EditionDraft(
        media_type=form,
        number=f"RC-{place + 1:03d}{turn + 1}",
        url=f"https://media.example.org/{number}" if form in NUMBERED else "",
        languages=languages,
        subtitles=("sv", "en") if form == "stream" else (),
        audio_description=form == "stream" and turn % 2 == 0,
        duration_s=seconds + 60 * (place % 17) if seconds else None,
        extent=extent,
    )
    school_forms = ["FSK"] if last < 0 or first < 0 else []
    school_forms += ["GR"] if last > 0 else []
    return ResourceDraft(
        source=SOURCE,
        source_id=number,
        title=title,
        description=f"{topic.sentence} {about}",
        own_number=f"RC-{place + 1:03d}{turn + 1}",
        creators=(CreatorDraft(MAKERS[(place + turn) % len(MAKERS)], "director" if form == "stream" else "author"),),
        publisher=PUBLISHERS[(place * 7 + turn) % len(PUBLISHERS)],
        year=2012 + (place * 5 + turn * 3) % 14,
        languages=languages,
        editions=(edition,),
        subjects=(
            SubjectDraft("school", topic.subject, ""),
            SubjectDraft("topic", topic.word.lower()[:40], topic.label),
        ),
        school_forms=tuple(school_forms or ["FKLASS"]),
        grade_from=max(first, -1),
        grade_to=last,
        licence="CC-BY" if form == "web" else "AGREEMENT" if form == "stream" else "TEACHING",
        links=(LinkDraft(f"https://media.example.org/{number}/prov", "trailer"),) if form == "stream" else (),
        accessibility=("captions",) if form == "stream" else (),
    )


def drafts() -> Iterator[ResourceDraft]:
    """Every work, the same each time."""
    labels = dict(SubjectTerm.objects.filter(scheme="school").values_list("code", "label"))
    titles = by_topic()
    for place, topic in enumerate(TOPICS):
        for turn, (letter, title) in enumerate(titles[topic.word]):
            draft, _ = fitted(work_of(topic, place, turn, letter, title))
            school, own = draft.subjects
            yield _with_subjects(draft, (SubjectDraft("school", school.code, labels[school.code]), own))


def _with_subjects(draft: ResourceDraft, subjects: tuple[SubjectDraft, ...]) -> ResourceDraft:
    values = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
    return ResourceDraft(**values | {"subjects": subjects})


def persona(address: str) -> Person:
    """A person of the demo by the part before the @."""
    found: Person = Person.objects.get(email=f"{address}@{DOMAIN}")
    return found


@transaction.atomic
def plant_catalogue(*, at: datetime) -> int:
    """The catalogue of each county's centre; nothing where there are works already."""
    if Resource.objects.filter(source=SOURCE).exists():
        return 0
    north, south = (Organisation.objects.get(kind=Kind.REGION, code=code) for code in ("24", "08"))
    works = list(drafts())
    half = len(works) * 2 // 3
    for turn in range(WEEKS):  # a shelf grows week by week, so that what is new is of many kinds
        upsert(
            drafts=works[turn:half:WEEKS], owner=north, source=SOURCE, by=None, at=at - timedelta(weeks=turn, days=2)
        )
        upsert(
            drafts=works[half + turn : -20 : WEEKS], owner=south, source=SOURCE, by=None,
            at=at - timedelta(weeks=turn, days=4),
        )  # fmt: skip
    # What only the own county may borrow, and what waits for somebody to look at it.
    upsert(
        drafts=works[-20:-8], owner=south, source=SOURCE, by=None, at=at, visibility=Visibility.BRANCH
    )  # fmt: skip
    upsert(drafts=works[-8:], owner=north, source=SOURCE, by=None, at=at, status=Status.DRAFT)
    _points(at)
    _tips(at)
    _collections(north, at)
    _used(at)
    worn = Resource.objects.filter(source=SOURCE, owner=north, editions__media_type="game").order_by("pk").first()
    if worn is not None:
        actions.withdraw(
            resource=worn, reason="Spelet har tappat för många kort.", by=persona("biljana.petrovic"), at=at
        )
    return len(works)


def _work(title: str) -> Resource:
    """The published work with the title."""
    found: Resource = Resource.objects.get(source=SOURCE, status=Status.PUBLISHED, title=title)
    return found


def _points(at: datetime) -> None:
    """Works tied to what teaching shall cover; every fourth point stays empty, for the list of gaps."""
    by = persona("elin.hedstrom")
    for number, point in enumerate(CentralContent.objects.select_related("subject").order_by("pk")):
        if number % 4 == 3:
            continue
        first, _, last = point.stage_code.partition("-")
        works = Resource.objects.filter(
            source=SOURCE, status=Status.PUBLISHED, subjects__code=point.subject.code[4:7],
            grade_from__lte=int(last or first), grade_to__gte=int(first),
        ).order_by("pk")  # fmt: skip
        for work in works[number % 3 : number % 3 + 3]:
            actions.map_to_point(resource=work, point=point, by=by, at=at)


def _tips(at: datetime) -> None:
    """Two tips that are shown, and one that waits for the coordinator."""
    authors = ("fatima.ahmadi", "emil.ottosson", "inga-marta.blind")
    for number, ((title, headline, text), author) in enumerate(zip(TIPS, authors, strict=True)):
        tip = actions.add_tip(
            resource=_work(title), headline=headline, text=text, show_name=True, by=persona(author),
            at=at - timedelta(days=9 - number),
        )  # fmt: skip
        if number < 2:
            actions.approve_tip(tip=tip, by=persona("biljana.petrovic"), at=at - timedelta(days=3))


def _collections(owner: Organisation, at: datetime) -> None:
    """Two collections with an editor's words."""
    by = persona("elin.hedstrom")
    for number, (title, lead, text, works) in enumerate(COLLECTIONS):
        day = at - timedelta(days=1 + 9 * number)
        made = actions.create_collection(
            owner=owner, title=title, lead=lead, text=text, visibility=Visibility.PUBLIC, by=by, at=day
        )
        actions.set_items(collection=made, items=[(_work(work).pk, "") for work in works], by=by, at=day)
        actions.publish_collection(collection=made, by=by, at=day)


def _used(at: datetime) -> None:
    """People who have said that they used something."""
    people = list(Person.objects.listed().order_by("pk")[:40])
    for number, title in enumerate(("Robotar på mattan", "Resan till Birka", "Ryktet går", "Natthimlen över Norrland")):
        work = _work(title)
        for person in people[number : 38 - number * 7 : 3]:
            actions.use(resource=work, by=person, at=at - timedelta(days=number))
