"""Curricula, subjects, their versions, and the points that teaching shall cover."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped

from .lineage import Lineage

LONGEST_LABEL = 120


class Curriculum(models.Model):
    """A curriculum for a school form, such as Lgr22."""

    code = models.CharField(_("kod"), max_length=20, unique=True)
    name = models.CharField(_("namn"), max_length=200)

    class Meta:
        verbose_name = _("läroplan")
        verbose_name_plural = _("läroplaner")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class SubjectQuerySet(Scoped["Subject"]):
    """Subjects as sets."""


class Subject(models.Model):
    """A school subject by its national code, whatever version its syllabus has."""

    code = models.CharField(_("ämneskod"), max_length=20, unique=True)
    name = models.CharField(_("ämne"), max_length=120)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("ämne")
        verbose_name_plural = _("ämnen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the subject as it holds now, with what helps to teach it: it stands above, so by name."""
        return reverse("resources:subject", args=[self.code])


class VersionQuerySet(Scoped["Version"]):
    """Versions of syllabuses as sets."""

    def valid_on(self, day: date) -> Self:
        """Those that hold on the day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )


class Version(models.Model):
    """A subject's syllabus as it reads from one day to another."""

    subject = models.ForeignKey(Subject, verbose_name=_("ämne"), on_delete=models.CASCADE, related_name="versions")
    curriculum = models.ForeignKey(
        Curriculum, verbose_name=_("läroplan"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("gäller från"), null=True, blank=True)
    valid_to = models.DateField(_("gäller till (dagen efter sista dagen)"), null=True, blank=True)
    purpose = models.TextField(_("syfte"), blank=True)
    source = models.CharField(_("hämtad från"), max_length=300, blank=True)
    read_at = models.DateTimeField(_("hämtad"))
    # True for the examples that come with the demo: they are ours and not the authority's text.
    is_example = models.BooleanField(_("exempel"), default=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kursplan")
        verbose_name_plural = _("kursplaner")
        ordering = ["subject", "-number"]
        constraints = [
            models.UniqueConstraint(
                "subject",
                "number",
                name="curriculum_version_once",
                violation_error_message=_("Den versionen finns redan."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="curriculum_version_is_forward",
                violation_error_message=_("Slutdagen måste komma efter startdagen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id}:{self.number}"

    def is_valid(self, day: date) -> bool:
        """Whether it holds on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class Stage(models.Model):
    """A stretch of school years in one version, such as years 4-6."""

    version = models.ForeignKey(Version, verbose_name=_("kursplan"), on_delete=models.CASCADE, related_name="stages")
    # "4-6", or "4-6b" where a version has several for the same years (modern languages).
    code = models.CharField(_("kod"), max_length=12)
    first_year = models.PositiveSmallIntegerField(_("från årskurs"))
    last_year = models.PositiveSmallIntegerField(_("till och med årskurs"))
    position = models.PositiveSmallIntegerField(_("ordning"))

    class Meta:
        verbose_name = _("stadium")
        verbose_name_plural = _("stadier")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint("version", "code", name="curriculum_stage_once"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="curriculum_stage_is_forward",
                violation_error_message=_("Den sista årskursen måste komma efter den första."),
            ),
        ]

    def __str__(self) -> str:
        return years(self.code)

    @property
    def span(self) -> str:
        """The years alone, where the heading says that they are years."""
        return years(self.code).partition(" ")[2]


class ContentQuerySet(Scoped["CentralContent"]):
    """Points of central content as sets."""

    def labelled(self) -> Self:
        """With what `label` needs, in the same query."""
        return self.select_related("subject")

    def mentioning(self, words: Iterable[Iterable[str]]) -> Self:
        """Those that have every word, each given as the terms that the analyser reads it as (search.swedish)."""
        found = self
        for terms in words:
            anyhow = Q()
            for term in terms:
                anyhow |= Q(terms__contains=f" {term} ")
            found = found.filter(anyhow)
        return found

    def placed_in(self, version: Version) -> Self:
        """The points that the version contains."""
        return self.filter(pk__in=Placement.objects.filter(stage__version=version).values("content"))

    def valid_on(self, day: date) -> Self:
        """The points that some version holding on the day contains."""
        placed = Placement.objects.filter(stage__version__in=Version.objects.valid_on(day)).values("content")
        return self.filter(pk__in=placed)

    def lineage(self) -> Lineage:
        """How these points continue older ones, in one statement."""
        tied = self.filter(continues__isnull=False).order_by().values_list("pk", "continues")
        return Lineage({point: older for point, older in tied if older is not None})

    def keys_with_older(self, keys: Iterable[str]) -> list[str]:
        """The keys with those of the points that they continue, all the way back, in one statement.

        A key that names no point stays as it is, so that whoever filters by it finds nothing rather than everything.
        """
        asked = list(dict.fromkeys(keys))
        kin = self.filter(subject__in=CentralContent.objects.filter(key__in=asked).values("subject"))
        rows = list(kin.order_by().values_list("pk", "key", "continues"))
        named = {point: key for point, key, _older in rows}
        lineage = Lineage({point: older for point, _key, older in rows if older is not None})
        found = dict.fromkeys(asked)
        for point, key in named.items():
            if key in found:
                found.update((named[older], None) for older in lineage.older(point) if older in named)
        return list(found)


class CentralContent(models.Model):
    """A point that teaching shall cover; the same row in every version that says the same."""

    key = models.CharField(_("nummer"), max_length=60, unique=True)
    subject = models.ForeignKey(Subject, verbose_name=_("ämne"), on_delete=models.CASCADE, related_name="contents")
    stage_code = models.CharField(_("årskurser"), max_length=12)
    heading = models.CharField(_("rubrik"), max_length=300, blank=True)
    text = models.TextField(_("text"))
    # The words of subject, heading and text as the analyser reads them, with a space around each.
    terms = models.TextField(_("sökord"), blank=True, editable=False)
    continues = models.ForeignKey(
        "self",
        verbose_name=_("fortsätter"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="continued_by",
    )

    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("centralt innehåll")
        verbose_name_plural = _("centralt innehåll")
        ordering = ["subject", "stage_code", "pk"]
        indexes = [models.Index(fields=["subject", "stage_code"], name="content_by_stage")]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """Where the point stands in its subject, as it holds now."""
        return reverse("curriculum:point", args=[self.key])

    @property
    def years(self) -> str:
        """The school years in words."""
        return years(self.stage_code)

    @property
    def label(self) -> str:
        """A line that tells which point it is, in a list of points of many subjects (see `labelled`)."""
        short = self.text if len(self.text) <= LONGEST_LABEL else f"{self.text[: LONGEST_LABEL - 1].rstrip()}…"
        return f"{self.subject.name}, {years(self.stage_code)}: {short}"


class Placement(models.Model):
    """Where a point stands in one version's stage."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="placements")
    content = models.ForeignKey(CentralContent, on_delete=models.CASCADE, related_name="placements")
    position = models.PositiveSmallIntegerField(_("ordning"))

    class Meta:
        verbose_name = _("plats")
        verbose_name_plural = _("platser")
        ordering = ["stage", "position"]
        constraints = [models.UniqueConstraint("stage", "content", name="curriculum_placement_once")]

    def __str__(self) -> str:
        return f"{self.content_id} @ {self.stage_id}"


class Criterion(models.Model):
    """What a pupil's knowledge is judged by at the end of a stage, for one grade."""

    stage = models.ForeignKey(Stage, verbose_name=_("stadium"), on_delete=models.CASCADE, related_name="criteria")
    # "E", "C", "A" (and "D", "B" between them); empty for acceptable knowledge in the early years.
    grade_step = models.CharField(_("betyg"), max_length=2, blank=True)
    heading = models.CharField(_("rubrik"), max_length=300, blank=True)
    text = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(_("ordning"))

    class Meta:
        verbose_name = _("kriterium")
        verbose_name_plural = _("kriterier")
        ordering = ["stage", "position"]
        constraints = [models.UniqueConstraint("stage", "position", name="curriculum_criterion_once")]

    def __str__(self) -> str:
        return f"{self.grade_step or '–'}: {self.text[:40]}"


def years(stage_code: str) -> str:
    """ "4-6b" as "årskurs 4–6 (del 2)"."""
    span = stage_code.rstrip("bcdefgh")
    part = stage_code[len(span) :]
    said = gettext("årskurs %(span)s") % {"span": span.replace("-", "–")}
    return said if not part else gettext("%(said)s (del %(part)s)") % {"said": said, "part": ord(part) - ord("a") + 1}
