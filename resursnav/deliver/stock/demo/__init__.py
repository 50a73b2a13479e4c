"""The stock of the demo's two centres: hundreds of items, some broken, away, missing or retired; the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from resursnav.deliver.resources.actions.bulk import upsert
from resursnav.deliver.resources.drafts import EditionDraft, ResourceDraft, SubjectDraft, fitted
from resursnav.deliver.resources.models import Edition, Resource, SubjectTerm
from resursnav.foundation.organisations.models import Kind, Organisation

from .. import actions
from ..facts import HoldingFacts, ItemFacts, PartFacts
from ..models import PHYSICAL, Condition, Holding, Item, StockPlace
from .things import THINGS

SOURCE = "demo-stock"
MOST_OTHERS = 45
PLACES = (
    ("M1", "Magasinet", "A1\nA2\nA3\nB1\nB2\nB3\nC1\nC2"),
    ("T", "Teknikrummet", "Skåp 1\nSkåp 2\nLaddvagnen"),
    ("P", "Packrummet", "Utgående\nRetur"),
)
# What breaks depends on what it is: the first keeps it from being lent, the second does not.
FAULTS = {
    "film": ("Skivan hakar upp sig efter tjugo minuter", "Fodralet är sprucket"),
    "book": ("Tio sidor har lossnat", "Två sidor är klottrade på"),
    "guide": ("Kopieringsunderlaget är borta", "Pärmen är lagad med tejp"),
    "game": ("Reglerna och hälften av korten är borta", "Asken är trasig i ett hörn"),
    "kit": ("Laddaren fungerar inte", "Ett gångjärn på lådan är löst"),
    "equipment": ("Startar inte", "Spricka i skalet, fungerar men ser tråkig ut"),
}
REASONS = ("Utsliten, köps in på nytt.", "Inaktuellt innehåll.", "Kom aldrig tillbaka, ersättning är betald.")
USUAL = {"film": 795, "book": 189, "game": 349, "guide": 220, "kit": 1900, "equipment": 3500}


@transaction.atomic
def plant(*, at: datetime) -> int:
    """Both centres' items; nothing where there are holdings already, or where there is no county."""
    owners = {one.code: one for one in Organisation.objects.filter(kind=Kind.REGION, code__in=("08", "24"))}
    if not owners or Holding.objects.filter(owner__in=owners.values()).exists():
        return 0
    count = 0
    for code, letter in (("08", "K"), ("24", "V")):
        owner = owners.get(code)
        if owner is None:
            continue
        actions.set_series(owner=owner, prefix=letter, digits=6, next_number=1001, by=None, at=at)
        rooms = [
            actions.add_place(owner=owner, code=place, name=name, shelves=shelves, by=None, at=at)
            for place, name, shelves in PLACES
        ]
        if code == "08":
            count += _things(owner, rooms, at)
        count += _others(owner, rooms, at)
        _life(owner, at)
    return count


def _things(owner: Organisation, rooms: list[StockPlace], at: datetime) -> int:
    """What the centre lends that stands in no other list: its own works, then their items and parts."""
    labels = dict(SubjectTerm.objects.school().values_list("code", "label"))
    lines = [line.split("|") for line in THINGS.strip().splitlines()]
    drafts = list(_drafts(lines, labels))
    upsert(drafts=drafts, owner=owner, source=SOURCE, by=None, at=at - timedelta(weeks=2))
    made = {row.title: row for row in Resource.objects.filter(source=SOURCE, owner=owner)}
    count = 0
    for number, (media, title, _grades, _subject, _about, copies, value, parts) in enumerate(lines):
        holding = _open(made[title], media, f"{media[0].upper()} {number + 101}", at)
        if parts:
            actions.set_parts(holding=holding, parts=_parts(parts), by=None, at=at)
        count += _add(holding, int(copies), Decimal(value), rooms, number, at)
    return count


def _drafts(lines: list[list[str]], labels: dict[str, str]) -> Iterator[ResourceDraft]:
    for number, (media, title, grades, subject, about, *_rest) in enumerate(lines):
        first, last = (int(grade) for grade in grades.split())
        draft, _problems = fitted(
            ResourceDraft(
                source=SOURCE, source_id=f"{number + 1:03d}", title=title, description=about,
                own_number=f"AV {number + 101}", publisher="Mediecentralen Kalmar län", year=2018 + number % 8,
                languages=("sv",), editions=(EditionDraft(media_type=media, languages=("sv",)),),
                subjects=(SubjectDraft("school", subject, labels[subject]),) if subject in labels else (),
                school_forms=("FSK",) if last < 0 else ("GR",), grade_from=first, grade_to=last,
                licence="AGREEMENT" if media == "film" else "TEACHING",
            )
        )  # fmt: skip
        yield draft


def _parts(text: str) -> list[PartFacts]:
    found = []
    for part in text.split("; "):
        first, _space, rest = part.partition(" ")
        found.append(PartFacts(rest, int(first)) if first.isdigit() else PartFacts(part, counted=False))
    return found


def _others(owner: Organisation, rooms: list[StockPlace], at: datetime) -> int:
    """Books, games and boxes that the catalogue has already."""
    editions = (
        Edition.objects.filter(resource__owner=owner, resource__status="published", media_type__in=PHYSICAL)
        .exclude(resource__source=SOURCE)
        .select_related("resource__owner")
        .order_by("resource", "position")
    )
    count, seen = 0, set()
    for number, edition in enumerate(editions[: MOST_OTHERS * 3 : 3]):
        if (edition.resource_id, edition.media_type) in seen:
            continue
        seen.add((edition.resource_id, edition.media_type))
        holding = _open(edition.resource, edition.media_type, edition.number or f"V {number + 1}", at)
        count += _add(holding, 1 + number * 7 % 9, Decimal(USUAL[edition.media_type]), rooms, number, at)
    return count


def _open(resource: Resource, media: str, number: str, at: datetime) -> Holding:
    return actions.open_holding(resource=resource, facts=HoldingFacts(media, number=number), by=None, at=at)


def _add(holding: Holding, copies: int, value: Decimal, rooms: list[StockPlace], number: int, at: datetime) -> int:
    room = rooms[1] if holding.kind == "equipment" else rooms[0]
    shelves = room.shelf_names()
    wear = (Condition.GOOD, Condition.GOOD, Condition.WORN, Condition.NEW)[number % 4]
    facts = ItemFacts(room, shelves[number % len(shelves)], wear, "", value)
    day = at - timedelta(days=40 + number * 11)
    return len(actions.add_items(holding=holding, count=copies, facts=facts, by=None, at=day))


def _life(owner: Organisation, at: datetime) -> None:
    """What happens to things that are lent: faults, service, something missing, something worn out, parts lost."""
    items = list(Item.objects.filter(owner=owner).select_related("holding").order_by("pk"))
    today = localdate(at)
    for number, item in enumerate(items[5::23][:6]):
        stops, bothers = FAULTS[item.holding.media_type]
        day, blocking = at - timedelta(days=1 + number * 3), number % 2 == 0
        actions.report_fault(item=item, text=stops if blocking else bothers, blocking=blocking, by=None, at=day)
    for number, item in enumerate(items[9::41][:4]):
        back = today + timedelta(days=9 + number * 6) if number % 3 else None
        where = ("Verkstaden", "Robot & Co, service", "", "Leverantören")[number]
        actions.send_to_service(item=item, where=where, back_date=back, by=None, at=at - timedelta(days=4 + number))
    for item in items[17::67][:2]:
        actions.report_missing(item=item, note="Inte på hyllan vid inventeringen.", by=None, at=at - timedelta(days=20))
    for number, reason in enumerate(REASONS):
        actions.retire(items=items[30 + number * 29 : 31 + number * 29], reason=reason, by=None, at=at)
    for number, item in enumerate([item for item in items if item.holding.kind == "kit"][3:30:7]):
        part = item.holding.parts.filter(counted=True).order_by("position").first()
        if part is not None:
            lost = {part.pk: min(part.quantity, 1 + number % 2)}
            actions.note_missing(item=item, missing=lost, by=None, at=at - timedelta(days=12))
