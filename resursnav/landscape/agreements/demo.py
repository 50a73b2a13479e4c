"""The agreements of the demo's regions: invented counterparts, some days that come soon, one notice, exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from resursnav.foundation.organisations.models import Counted, Kind, Organisation, UnitType

from . import actions, notice
from .facts import AgreementFacts, CounterpartFacts, RightFacts
from .models import Agreement, Counterpart

COUNTERPARTS = {
    "Norrfilm AB": ("5592000011", "skola@norrfilm.example.org", "090-555 10 20"),
    "Björkfilm Utbildning": ("5592000029", "avtal@bjorkfilm.example.org", "08-555 20 30"),
    "Tallkotten Förlag": ("5592000037", "order@tallkotten.example.org", ""),
    "Fjällstaden Programvara AB": ("5592000045", "kund@fjallstaden.example.org", "063-555 30 40"),
    "Skärgårdens Ljudböcker": ("5592000052", "", "0480-555 40 50"),
    "Kopieringsrätt Nord": ("8024000013", "licens@kopiera.example.org", ""),
}


@dataclass(frozen=True)
class Plan:
    """An agreement to be: days are counted in months from the first of this month."""

    county: str
    counterpart: str
    title: str
    number: str
    about: str
    starts: int
    ends: int | None
    notice_months: int
    price: int
    extends: int | None = None
    ways: tuple[str, ...] = ("loan",)
    titles: str = ""
    forms: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    shared: bool = False
    percent: str = ""
    answers: str = "coordinator"
    most_users: int | None = None
    most_uses: int | None = None


PLANS = (
    Plan(
        "24",
        "Norrfilm AB",
        "Skolfilm för hela länet",
        "VB 2024-011",
        "Omkring 4 000 filmer att strömma i klassrummet och hemma.",
        -22,
        7,
        6,
        486_000,
        ways=("stream_class", "stream_home"),
        audience=("pupils", "staff"),
        forms=("FKLASS", "GR", "GY"),
        shared=True,
        percent="2.5",
    ),
    Plan(
        "24",
        "Björkfilm Utbildning",
        "Dokumentär i skolan",
        "VB 2025-004",
        "Dokumentärer för högstadiet och gymnasiet.",
        -13,
        11,
        3,
        92_500,
        12,
        ("stream_class", "loan"),
        forms=("GR", "GY"),
    ),
    Plan(
        "24",
        "Björkfilm Utbildning",
        "Visning på bibliotek",
        "VB 2025-017",
        "Offentliga visningar på bibliotek och servicecenter.",
        -9,
        4,
        3,
        38_000,
        12,
        ("public",),
        titles="Visningsrätt 2026",
        shared=True,
    ),
    Plan(
        "24",
        "Tallkotten Förlag",
        "Lässtart förskola",
        "VB 2023-030",
        "Boklådor och ljud till förskolor.",
        -35,
        1,
        1,
        24_800,
        ways=("loan", "stream_class"),
        forms=("FSK",),
    ),
    Plan(
        "24",
        "Skärgårdens Ljudböcker",
        "Ljudböcker på modersmål",
        "VB 2026-002",
        "Ljudböcker på tolv språk.",
        -8,
        None,
        3,
        61_000,
        ways=("loan", "stream_home"),
        audience=("pupils", "public"),
    ),
    Plan(
        "24",
        "Fjällstaden Programvara AB",
        "Programmera i molnet",
        "VB 2022-008",
        "Programmeringsmiljö för årskurs 4–9.",
        -47,
        1,
        0,
        118_000,
        12,
        ("institution",),
        forms=("GR",),
        shared=True,
    ),
    Plan(
        "24",
        "Kopieringsrätt Nord",
        "Kopiering i länets skolor",
        "VB 2021-001",
        "Kopiering ur böcker och tidningar för undervisning.",
        -58,
        14,
        12,
        212_000,
        ways=("copy",),
        audience=("staff",),
        shared=True,
    ),
    Plan(
        "24",
        "Norrfilm AB",
        "Kortfilm på samiska",
        "VB 2026-009",
        "Börjar gälla vid nyår.",
        2,
        38,
        6,
        33_000,
        ways=("stream_class", "loan"),
    ),
    Plan(
        "08",
        "Björkfilm Utbildning",
        "Skolfilm Kalmar län",
        "KL 2025/12",
        "Film att strömma i alla skolformer.",
        -10,
        2,
        3,
        264_000,
        12,
        ("stream_class",),
        shared=True,
        most_users=25,
        most_uses=100,
    ),
    Plan(
        "08",
        "Skärgårdens Ljudböcker",
        "Ljudböcker Kalmar län",
        "KL 2024/31",
        "Ljudböcker för elever.",
        -20,
        6,
        3,
        47_500,
        ways=("stream_home", "loan"),
        audience=("pupils",),
    ),
    Plan(
        "08",
        "Tallkotten Förlag",
        "Lärarhandledningar",
        "KL 2023/07",
        "Handledningar att kopiera.",
        -30,
        16,
        6,
        18_000,
        ways=("copy",),
        audience=("staff",),
    ),
    Plan(
        "18",
        "Fjällstaden Programvara AB",
        "Lärplattform i förskolan",
        "ÖR 2025-2",
        "Dokumentation i förskolan.",
        -11,
        8,
        6,
        395_000,
        24,
        ("institution",),
        forms=("FSK",),
        answers="maintenance_manager",
    ),
)
TERMINATED = ("Programmera i molnet", "Används av för få. Skolorna vill ha ett verktyg som fungerar på lärplatta.")


@transaction.atomic
def plant(*, at: datetime) -> int:
    """The agreements of those counties that are there; nothing where they stand already."""
    if Agreement.objects.exists():
        return 0
    owners = {node.code: node for node in Organisation.objects.filter(kind=Kind.REGION)}
    if "18" in owners:  # in Örebro the municipality has its own
        owners["18"] = owners["18"].children.filter(kind=Kind.MUNICIPALITY).first() or owners["18"]
    known: dict[tuple[int, str], Counterpart] = {}
    made = 0
    for plan in PLANS:
        owner = owners.get(plan.county)
        if owner is not None:
            _plant(plan, owner, known, at)
            made += 1
    return made


def _plant(plan: Plan, owner: Organisation, known: dict[tuple[int, str], Counterpart], at: datetime) -> None:
    key = (owner.pk, plan.counterpart)
    if key not in known:
        number, email, phone = COUNTERPARTS[plan.counterpart]
        known[key] = actions.add_counterpart(
            owner=owner, facts=CounterpartFacts(plan.counterpart, number, email, phone), by=None, at=at
        )
    first = localdate(at).replace(day=1)
    starts = notice.add_months(first, plan.starts)
    facts = AgreementFacts(
        counterpart=known[key],
        title=plan.title,
        number=plan.number,
        about=plan.about,
        valid_from=starts,
        valid_to=None if plan.ends is None else notice.add_months(first, plan.ends),
        renewal="ends" if plan.extends is None else "extends",
        renewal_months=plan.extends,
        notice_months=plan.notice_months,
        answers=plan.answers,
        price=Decimal(plan.price),
        price_rule="percent" if plan.percent else "fixed",
        price_percent=Decimal(plan.percent) if plan.percent else None,
        price_date=starts if plan.percent else None,
    )
    agreement = actions.register(owner=owner, facts=facts, by=None, at=at)
    _give(plan, agreement, at)
    if plan.shared:
        towns = owner.children.filter(kind=Kind.MUNICIPALITY).with_head_counts()
        # Where the registers have not been read in, a believable number stands for the inhabitants.
        counted = {town: getattr(town, f"latest_{Counted.INHABITANTS}") or 2_400 + town.pk % 17 * 811 for town in towns}
        weights = {town: Decimal(number) for town, number in counted.items()}
        actions.set_shares(agreement=agreement, key="inhabitants", weights=weights, by=None, at=at)
    if plan.title == TERMINATED[0]:
        actions.terminate(agreement=agreement, reason=TERMINATED[1], by=None, at=at)


def _give(plan: Plan, agreement: Agreement, at: datetime) -> None:
    """The rights, at the whole owner; streaming at home with exceptions, and one school inside them."""
    for way in plan.ways:
        said = RightFacts(
            way=way, titles=plan.titles, school_forms=plan.forms, audience=plan.audience,
            most_users=plan.most_users, most_uses=plan.most_uses,
        )  # fmt: skip
        right = actions.add_right(agreement=agreement, facts=said, by=None, at=at)
        actions.mark_place(right=right, organisation=agreement.owner, included=True, by=None, at=at)
        if way == "stream_home" and agreement.owner.kind == Kind.REGION:
            towns = list(agreement.owner.children.filter(kind=Kind.MUNICIPALITY).order_by("code")[3:5])
            for town in towns:
                actions.mark_place(right=right, organisation=town, included=False, by=None, at=at)
            below = Organisation.objects.at_or_below([town.pk for town in towns[:1]])
            school = below.filter(unit_type=UnitType.SCHOOL).first()
            if school is not None:
                actions.mark_place(right=right, organisation=school, included=True, by=None, at=at)
