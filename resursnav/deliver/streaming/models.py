"""Class codes, places that are taken for a while, the meter of a right, and the counts that stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import MediaType
from resursnav.foundation.access import Role, Scoped
from resursnav.foundation.access.roles import STAFF
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Assignment
from resursnav.landscape.agreements.models import UsageRight
from resursnav.landscape.agreements.models.sets import OfAgreement

from . import digits, leases

# Those who meet pupils, or help those who do.
TEACHERS = STAFF - {Role.IT_CONTACT}


class CodeWay(models.TextChoices):
    """Where pupils use what a code opens; the values are ways of use."""

    STREAM_CLASS = "stream_class", _("i klassrummet")
    STREAM_HOME = "stream_home", _("hemma")


class ClassCodeQuerySet(Scoped["ClassCode"]):
    """Class codes as sets."""

    scope = "place"
    own = "made_by"

    def open_at(self, at: datetime) -> Self:
        """Those that open something at the moment."""
        return self.filter(ended_at__isnull=True, ends_at__gt=at)

    def open_now(self) -> Self:
        """Those that open something by the database's clock."""
        return self.filter(ended_at__isnull=True, ends_at__gt=Now())

    def vouched(self, day: date) -> Self:
        """Those made by somebody who works with pupils at their unit on the day."""
        return self.filter(_vouched(day))

    def working_at(self, at: datetime) -> Self:
        """Those that are open and whose teacher is still there: what a pupil can use."""
        return self.open_at(at).vouched(timezone.localdate(at))

    def noting_stop(self, day: date) -> Self:
        """Each with `stopped`: whether the assignment of whoever made it has ended or moved."""
        return self.annotate(stopped=~_vouched(day))

    def over_before(self, at: datetime) -> Self:
        """Those that ended, by time or by a press, before the moment."""
        return self.filter(Q(ends_at__lt=at) | Q(ended_at__lt=at))


def _vouched(day: date) -> Exists:
    """Whether whoever made a code has an assignment with pupils at its unit on the day."""
    posts = Assignment.objects.current(day).filter(role__in=TEACHERS)
    return Exists(posts.filter(person=OuterRef("made_by"), node=OuterRef("place")))


class ClassCode(models.Model):
    """Eight digits from a teacher that open some resources for pupils for a while, without an account."""

    digits = models.CharField(_("kod"), max_length=digits.LENGTH)
    place = models.ForeignKey(Organisation, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("gjord av"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("för vem eller vad"), max_length=80, blank=True)
    way = models.CharField(_("var den används"), max_length=16, choices=CodeWay)
    resources: models.ManyToManyField[Resource, Opened] = models.ManyToManyField(
        Resource, through="Opened", verbose_name=_("resurser"), related_name="+"
    )
    made_at = models.DateTimeField(_("gjord"))
    ends_at = models.DateTimeField(_("gäller till"))
    ended_at = models.DateTimeField(_("avslutad"), null=True, blank=True)
    most_pupils = models.PositiveSmallIntegerField(_("elever, högst"))
    # How many browsers have been let in. Nothing tells whose they were.
    pupils = models.PositiveSmallIntegerField(_("elever som har kommit in"), default=0)

    objects = ClassCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("klasskod")
        verbose_name_plural = _("klasskoder")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint("digits", name="class_code_once", violation_error_message=_("Koden finns redan.")),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")),
                name="class_code_ends_later",
                violation_error_message=_("Koden måste gälla en stund."),
            ),
            models.CheckConstraint(
                condition=Q(most_pupils__gte=1),
                name="class_code_lets_somebody_in",
                violation_error_message=_("Minst en elev ska kunna använda koden."),
            ),
            models.CheckConstraint(
                condition=Q(pupils__lte=F("most_pupils")),
                name="class_code_is_not_overfull",
                violation_error_message=_("Så många elever har redan kommit in med koden."),
            ),
        ]
        indexes = [models.Index(fields=["made_by", "-made_at"], name="class_code_by_teacher")]

    def __str__(self) -> str:
        return self.name or self.spoken

    def get_absolute_url(self) -> str:
        """The code's page for the teacher."""
        return reverse("streaming:code", args=[self.pk])

    @property
    def spoken(self) -> str:
        """The digits as one says them."""
        return digits.spoken(self.digits)

    def is_open(self, at: datetime) -> bool:
        """Whether it opens something at the moment."""
        return self.ended_at is None and at < self.ends_at

    def is_working(self, at: datetime) -> bool:
        """Whether a pupil can use it at the moment, by one statement: open, and its teacher still at the unit."""
        return ClassCode.objects.working_at(at).filter(pk=self.pk).exists()

    def is_closed_at(self, at: datetime) -> bool:
        """Whether it is for the classroom, and school is over."""
        if self.way != CodeWay.STREAM_CLASS:
            return False
        return not leases.in_school_time(timezone.localtime(at), self.made_at, self.ends_at, settings.SCHOOL_HOURS)

    @property
    def is_full(self) -> bool:
        """Whether no more pupils are let in."""
        return self.pupils >= self.most_pupils


class Opened(models.Model):
    """A resource that a class code opens, and its place in the list."""

    code = models.ForeignKey(ClassCode, on_delete=models.CASCADE, related_name="opened")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(_("plats i ordningen"))

    class Meta:
        verbose_name = _("resurs i en klasskod")
        verbose_name_plural = _("resurser i klasskoder")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("code", "resource", name="class_code_resource_once")]

    def __str__(self) -> str:
        return f"{self.position}. {self.resource_id}"


class MeterQuerySet(OfAgreement["Meter"]):
    """Meters as sets; they belong to their agreements."""

    scope = "right__agreement__owner"
    agreement = "right__agreement"

    def reached(self, percent: int) -> Self:
        """Those of rights with so many uses that this much of them is gone."""
        return self.filter(right__most_uses__isnull=False, uses__gte=F("right__most_uses") * percent / 100.0)


class Meter(models.Model):
    """How much of a right has been used in its period, and the row at which whoever takes a place waits in line."""

    right = models.OneToOneField(UsageRight, primary_key=True, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(_("räknat från och med"))
    uses = models.PositiveIntegerField(_("användningar"), default=0)
    told_percent = models.PositiveSmallIntegerField(_("sagt till vid procent"), default=0)

    objects = MeterQuerySet.as_manager()

    class Meta:
        verbose_name = _("mätare")
        verbose_name_plural = _("mätare")

    def __str__(self) -> str:
        return f"{self.right_id}: {self.uses}"


class SeatQuerySet(OfAgreement["Seat"]):
    """Places as sets."""

    scope = "right__agreement__owner"
    agreement = "right__agreement"

    def held_at(self, at: datetime) -> Self:
        """Those that somebody has at the moment."""
        return self.filter(live=True, until__gt=at)


class Seat(models.Model):
    """One of the places that a right has at the same time, taken for a while. Nothing tells by whom."""

    right = models.ForeignKey(UsageRight, verbose_name=_("rättighet"), on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("plats"))
    taken_at = models.DateTimeField(_("tagen"))
    until = models.DateTimeField(_("till"))
    live = models.BooleanField(_("upptagen"), default=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("plats samtidigt")
        verbose_name_plural = _("platser samtidigt")
        ordering = ["pk"]
        constraints = [
            # The net under the line at the meter: a number is never given twice, whatever an action forgets.
            models.UniqueConstraint("right", "number", condition=Q(live=True), name="seat_taken_once")
        ]
        indexes = [models.Index(fields=["until"], name="seat_by_end")]

    def __str__(self) -> str:
        return f"{self.right_id}: {self.number}"


class StreamUseQuerySet(Scoped["StreamUse"]):
    """Counts as sets; they belong to the municipality that the unit lay in on the day."""

    scope = "municipality"

    def between(self, first: date, last: date) -> Self:
        """Those of the days, both counted."""
        return self.filter(day__gte=first, day__lte=last)

    def of_rights(self, rights: Iterable[int]) -> Self:
        """Those under the rights."""
        return self.filter(right__in=list(rights))

    def totals(self) -> dict[str, Any]:
        """The uses and those who were turned away, in all."""
        return self.aggregate(uses=Sum("number", default=0), away=Sum("turned_away", default=0))


class StreamUse(models.Model):
    """How often something was opened in a day at a unit, in one way and under one right. Nobody is in it."""

    day = models.DateField(_("dag"))
    unit = models.ForeignKey(Organisation, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="+")
    # Where the unit lay that day, so that a municipality keeps its numbers when a school moves.
    municipality = models.ForeignKey(Organisation, verbose_name=_("kommun"), on_delete=models.PROTECT, related_name="+")
    resource = models.ForeignKey(Resource, verbose_name=_("resurs"), on_delete=models.PROTECT, related_name="+")
    # Subject and form as they were then.
    subject = models.CharField(_("ämne"), max_length=400, blank=True)
    media_type = models.CharField(_("medietyp"), max_length=10, choices=MediaType)
    way = models.CharField(_("användningssätt"), max_length=16, choices=CodeWay)
    by_code = models.BooleanField(_("med klasskod"))
    right = models.ForeignKey(
        UsageRight, verbose_name=_("rättighet"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField(_("visningar"), default=0)
    turned_away = models.PositiveIntegerField(_("avvisade för att det var fullt"), default=0)

    objects = StreamUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("visningar en dag")
        verbose_name_plural = _("visningar per dag")
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(
                "day", "unit", "resource", "media_type", "way", "by_code", "right",
                condition=Q(right__isnull=False), name="stream_use_once_a_day",
            ),
            models.UniqueConstraint(
                "day", "unit", "resource", "media_type", "way", "by_code",
                condition=Q(right__isnull=True), name="stream_use_once_without_right",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["municipality", "day"], name="stream_use_by_place"),
            models.Index(fields=["right", "day"], name="stream_use_by_right"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.resource_id} {self.number}"
