"""The tree: organisations, the branches between them, and what they were called and where they lay before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped
from resursnav.foundation.access.reach import Row

from .names import NameKeyField, name_key


class Kind(models.TextChoices):
    """The level of an organisation in the tree."""

    REGION = "region", _("region")
    MUNICIPALITY = "municipality", _("kommun")
    DEPARTMENT = "department", _("förvaltning")
    UNIT = "unit", _("enhet")


class UnitType(models.TextChoices):
    """What a unit is; empty for the levels above."""

    SCHOOL = "school", _("skola")
    PRESCHOOL = "preschool", _("förskola")
    LIBRARY = "library", _("bibliotek")
    SCHOOL_LIBRARY = "school_library", _("skolbibliotek")
    SERVICE_CENTRE = "service_centre", _("servicecenter")
    OFFICE = "office", _("kontor")


class OrganiserKind(models.TextChoices):
    """Who answers for a school: the municipality, an independent organiser, a region or the state."""

    MUNICIPAL = "municipal", _("kommunal")
    INDEPENDENT = "independent", _("fristående")
    REGIONAL = "regional", _("region")
    STATE = "state", _("statlig")


# What may lie directly below what. Departments and units may nest: a municipality has areas inside its
# departments, a school has its library.
MAY_LIE_BELOW: dict[str, frozenset[str]] = {
    Kind.REGION: frozenset(),
    Kind.MUNICIPALITY: frozenset({Kind.REGION}),
    Kind.DEPARTMENT: frozenset({Kind.REGION, Kind.MUNICIPALITY, Kind.DEPARTMENT}),
    Kind.UNIT: frozenset({Kind.REGION, Kind.MUNICIPALITY, Kind.DEPARTMENT, Kind.UNIT}),
}


class OrganisationQuerySet(Scoped["Organisation"]):
    """Organisations as sets: branches of the tree, and those that are open on a day."""

    scope = ""

    def at_or_below(self, nodes: Iterable[int]) -> Self:
        """The nodes themselves and everything below them, to any depth."""
        found = Branch.objects.filter(ancestor__in=list(nodes)).values("descendant")
        return self.filter(pk__in=found)

    def at_or_above(self, nodes: Iterable[int]) -> Self:
        """The nodes themselves and everything above them, up to the region."""
        found = Branch.objects.filter(descendant__in=list(nodes)).values("ancestor")
        return self.filter(pk__in=found)

    def open_on(self, day: date) -> Self:
        """Those that exist on the day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )

    def not_closed_on(self, day: date) -> Self:
        """Those that exist on the day or will later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def path_to(self, node: int) -> Self:
        """The way down to the node: the region first, the node itself last."""
        return self.filter(branches_below__descendant=node).order_by("-branches_below__depth")

    def with_head_counts(self) -> Self:
        """Each with its latest head counts: `latest_inhabitants`, `latest_inhabitants_date` and so on."""
        latest = {}
        for what in Counted.values:
            counts = HeadCount.objects.filter(organisation=OuterRef("pk"), what=what).order_by("-counted_date")
            latest[f"latest_{what}"] = Subquery(counts.values("number")[:1])
            latest[f"latest_{what}_date"] = Subquery(counts.values("counted_date")[:1])
        return self.annotate(**latest)

    def with_total(self) -> Self:
        """Each with `total`: how many there are in all, so that a page of them needs no question of its own."""
        return self.annotate(total=Window(Count("pk")))

    def with_units(self, day: date) -> Self:
        """Each with `units`: how many open units lie below it, to any depth."""
        below = (
            Branch.objects.filter(ancestor=OuterRef("pk"), depth__gt=0, descendant__kind=Kind.UNIT)
            .filter(Q(descendant__valid_to__isnull=True) | Q(descendant__valid_to__gt=day))
            .order_by()
            .values("ancestor")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return self.annotate(units=Coalesce(Subquery(below), 0))

    def matching(self, words: str) -> Self:
        """Those whose name contains every word, or whose code or sigel begins with the text."""
        found = self
        for word in words.split():
            found = found.filter(name_key__contains=name_key(word))
        return self.filter(Q(pk__in=found.values("pk")) | Q(code__startswith=words) | Q(sigel__iexact=words))


class Organisation(models.Model):
    """A region, municipality, department or unit: one node of the tree."""

    kind = models.CharField(_("nivå"), max_length=16, choices=Kind)
    unit_type = models.CharField(_("typ av enhet"), max_length=16, choices=UnitType, blank=True)
    name = models.CharField(_("namn"), max_length=200)
    name_key = NameKeyField("name")
    parent = models.ForeignKey(
        "self", verbose_name=_("ligger under"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    # Codes are text: a leading zero is part of them.
    code = models.CharField(_("kod"), max_length=8, blank=True)
    sigel = models.CharField(_("sigel"), max_length=12, blank=True)
    organiser_kind = models.CharField(_("typ av huvudman"), max_length=12, choices=OrganiserKind, blank=True)
    organiser = models.CharField(_("huvudman"), max_length=200, blank=True)
    organiser_number = models.CharField(_("huvudmannens organisationsnummer"), max_length=10, blank=True)
    street = models.CharField(_("gatuadress"), max_length=200, blank=True)
    postcode = models.CharField(_("postnummer"), max_length=6, blank=True)
    town = models.CharField(_("postort"), max_length=100, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    website = models.URLField(_("webbplats"), blank=True)
    latitude = models.DecimalField(_("latitud"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitud"), max_digits=8, decimal_places=5, null=True, blank=True)
    valid_from = models.DateField(_("finns från och med"), null=True, blank=True)
    valid_to = models.DateField(_("fanns till (dagen efter sista dagen)"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name=_("gick upp i"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OrganisationQuerySet.as_manager()

    # The keys of the node and all above it, where somebody has read them: `may` then needs no question of its own.
    known_above: frozenset[int] | None = None

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                "kind",
                "code",
                condition=~Q(code=""),
                name="organisation_code_once",
                violation_error_message=_("Koden används redan av en annan organisation."),
            ),
            models.UniqueConstraint(
                "sigel",
                condition=~Q(sigel=""),
                name="organisation_sigel_once",
                violation_error_message=_("Sigeln används redan av ett annat bibliotek."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.REGION, parent__isnull=True) | (~Q(kind=Kind.REGION) & Q(parent__isnull=False)),
                name="organisation_only_regions_are_roots",
                violation_error_message=_("Bara en region står överst i trädet. Välj vad enheten ligger under."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.UNIT) ^ Q(unit_type=""),
                name="organisation_units_have_a_type",
                violation_error_message=_("En enhet måste ha en typ, och bara enheter har det."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="organisation_period_is_forward",
                violation_error_message=_("Slutdagen måste komma efter startdagen."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "name_key"], name="organisation_by_kind")]

    def __str__(self) -> str:
        return self.name

    def is_open(self, day: date) -> bool:
        """Whether it exists on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class Branch(models.Model):
    """One line of the closure table: the ancestor stands `depth` levels above the descendant (0 = itself)."""

    ancestor = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="branches_below")
    descendant = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="branches_above")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("ancestor", "descendant", name="branch_once")]
        indexes = [models.Index(fields=["descendant", "ancestor"], name="branch_upwards")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id} ({self.depth})"


class PeriodQuerySet(Scoped[Row]):
    """Names or places as sets: those that held on a day."""

    def on(self, day: date) -> Self:
        """Those that held on the day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )


class NamePeriod(models.Model):
    """What an organisation was called, from a day to a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("namn"), max_length=200)
    valid_from = models.DateField(_("från och med"), null=True)
    valid_to = models.DateField(_("till (dagen efter sista dagen)"), null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = [F("valid_from").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint("organisation", condition=Q(valid_to__isnull=True), name="name_period_open_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="name_period_is_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlacePeriod(models.Model):
    """What an organisation lay directly below, from a day to a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="places")
    parent = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("från och med"), null=True)
    valid_to = models.DateField(_("till (dagen efter sista dagen)"), null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = [F("valid_from").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint("organisation", condition=Q(valid_to__isnull=True), name="place_period_open_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="place_period_is_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} < {self.parent_id}"


class Verb(models.TextChoices):
    """What can happen to an organisation."""

    OPENED = "opened", _("öppnades")
    RENAMED = "renamed", _("bytte namn")
    MOVED = "moved", _("flyttades")
    MERGED = "merged", _("gick upp i en annan")
    RECEIVED = "received", _("tog över en annan")
    CLOSED = "closed", _("stängdes")
    REOPENED = "reopened", _("öppnades igen")


class HistoryEntry(models.Model):
    """One line of an organisation's story: what happened, from which day, and why."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="history")
    verb = models.CharField(_("vad som hände"), max_length=12, choices=Verb)
    happened_date = models.DateField(_("gäller från"))
    recorded_at = models.DateTimeField(_("registrerat"))
    before = models.CharField(_("före"), max_length=200, blank=True)
    after = models.CharField(_("efter"), max_length=200, blank=True)
    other = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("skäl"), max_length=300, blank=True)

    class Meta:
        ordering = ["-happened_date", "-pk"]
        indexes = [models.Index(fields=["organisation", "-happened_date"], name="history_by_day")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.happened_date}"


class TreeSnapshotQuerySet(Scoped["TreeSnapshot"]):
    """Lines of kept years as sets."""


class TreeSnapshot(models.Model):
    """How one organisation was called and where it lay at the end of a year: what yearly statistics stand on."""

    year = models.PositiveSmallIntegerField(_("år"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("nivå"), max_length=16, choices=Kind)
    unit_type = models.CharField(_("typ av enhet"), max_length=16, choices=UnitType, blank=True)
    name = models.CharField(_("namn"), max_length=200)
    parent = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taget"))

    objects = TreeSnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["year", "name"]
        constraints = [models.UniqueConstraint("year", "organisation", name="snapshot_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.name}"


class Counted(models.TextChoices):
    """What a head count counts."""

    INHABITANTS = "inhabitants", _("invånare")
    PUPILS_YEAR_9 = "pupils_year_9", _("elever i årskurs 9")


class HeadCount(models.Model):
    """How many inhabitants or pupils an organisation had on a day: the denominator of shares and comparisons."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="head_counts")
    what = models.CharField(_("vad"), max_length=16, choices=Counted)
    counted_date = models.DateField(_("räknat"))
    number = models.PositiveIntegerField(_("antal"))

    class Meta:
        ordering = ["what", "-counted_date"]
        constraints = [models.UniqueConstraint("organisation", "what", "counted_date", name="head_count_once_a_day")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_what_display()} {self.counted_date}"
