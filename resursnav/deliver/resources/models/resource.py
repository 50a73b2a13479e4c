"""The resource and what describes it."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped
from resursnav.foundation.organisations.models import Organisation

from ..vocabulary import (
    Accessibility,
    CreatorRole,
    Grade,
    Licence,
    LinkKind,
    Scheme,
    SchoolForm,
    Status,
    SubjectScheme,
    Visibility,
)
from .codes import codes, texts


class SubjectTermQuerySet(models.QuerySet["SubjectTerm"]):
    """Subject terms as sets."""

    def school(self) -> Self:
        """The subjects of the school's timetable."""
        return self.filter(scheme=SubjectScheme.SCHOOL)


class SubjectTerm(models.Model):
    """A word for what a resource is about, shared by all resources that are about the same."""

    scheme = models.CharField(_("vokabulär"), max_length=20, choices=SubjectScheme)
    code = models.CharField(_("kod"), max_length=400)
    label = models.CharField(_("ämne"), max_length=400)

    objects = SubjectTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("ämne")
        verbose_name_plural = _("ämnen")
        ordering = ["label", "pk"]
        constraints = [
            models.UniqueConstraint(
                "scheme",
                "code",
                name="subject_code_once",
                violation_error_message=_("Koden finns redan i vokabulären."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class ResourceQuerySet(Scoped["Resource"]):
    """Resources as sets."""

    scope = "owner"

    def published(self) -> Self:
        """Those that stand on the shelf."""
        return self.filter(status=Status.PUBLISHED)

    def matching(self, text: str) -> Self:
        """Those with the text in title or number: for work lists, where one knows what one looks for."""
        return self.filter(
            Q(title__icontains=text)
            | Q(title__contains=text.capitalize())
            | Q(own_number__istartswith=text)
            | Q(pk__in=Identifier.objects.filter(value=text).values("resource"))
        )

    def for_rows(self) -> Self:
        """With everything that a row in a list shows, in three statements however many the rows are."""
        return self.select_related("owner").prefetch_related("editions", "subjects")

    def for_index(self) -> Self:
        """With everything that the search index and the exports read."""
        return self.for_rows().prefetch_related("creators", "identifiers", "links")


class Resource(models.Model):
    """A work that helps somebody learn: a film, a book, a game, a kit, an app, whatever form its editions have."""

    owner = models.ForeignKey(
        Organisation, verbose_name=_("centrum som ansvarar"), on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    visibility = models.CharField(_("visas för"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    withdrawn_reason = models.CharField(_("skäl till att den dragits tillbaka"), max_length=500, blank=True)

    title = models.CharField(_("titel"), max_length=1000)
    subtitle = models.CharField(_("undertitel"), max_length=1000, blank=True)
    other_titles = models.JSONField(_("andra titlar"), default=list, blank=True, validators=[texts])
    description = models.TextField(_("beskrivning"), blank=True)
    own_number = models.CharField(_("eget nummer"), max_length=40, blank=True)
    publisher = models.CharField(_("utgivare"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(
        _("utgivningsår"), null=True, blank=True, validators=[MinValueValidator(1000), MaxValueValidator(2100)]
    )
    languages = codes(_("språk"))
    subjects = models.ManyToManyField(SubjectTerm, verbose_name=_("ämnen"), blank=True, related_name="resources")
    school_forms = codes(_("skolformer"), SchoolForm)
    grade_from = models.SmallIntegerField(_("från årskurs"), choices=Grade, null=True, blank=True)
    grade_to = models.SmallIntegerField(_("till årskurs"), choices=Grade, null=True, blank=True)
    age_from = models.PositiveSmallIntegerField(
        _("från ålder"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("till ålder"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    licence = models.CharField(_("licens"), max_length=12, choices=Licence, blank=True)
    licence_url = models.URLField(_("licensens adress"), max_length=500, blank=True)
    accessibility = codes(_("tillgänglighet"), Accessibility)
    # The fingerprint of the picture's content: it names the files and never repeats for another picture.
    cover = models.CharField(_("omslag"), max_length=64, blank=True)
    cover_alt = models.CharField(_("bildens beskrivning"), max_length=300, blank=True)

    source = models.CharField(_("källa"), max_length=60, blank=True)
    source_id = models.CharField(_("nummer hos källan"), max_length=400, blank=True)
    # What the source said when it was last taken in, as a fingerprint: the same again changes nothing here.
    source_print = models.CharField(_("källans fingeravtryck"), max_length=300, blank=True, editable=False)
    # What an imported record says that we have no field for; given back when the record is exported.
    extra = models.JSONField(_("övriga uppgifter från källan"), default=dict, blank=True)

    created_at = models.DateTimeField(_("skapad"))
    updated_at = models.DateTimeField(_("ändrad"))
    published_at = models.DateTimeField(_("publicerad"), null=True, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resurs")
        verbose_name_plural = _("resurser")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | ~Q(withdrawn_reason=""),
                name="resource_withdrawn_with_reason",
                violation_error_message=_("Skriv varför resursen dras tillbaka."),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="resource_published_has_a_day",
                violation_error_message=_("En publicerad resurs måste ha en publiceringsdag."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="resource_has_a_title",
                violation_error_message=_("Skriv en titel."),
            ),
            models.CheckConstraint(
                condition=Q(cover="") | ~Q(cover_alt=""),
                name="resource_cover_is_described",
                violation_error_message=_("Beskriv vad bilden visar, för den som inte ser den."),
            ),
            models.CheckConstraint(
                condition=Q(grade_from__isnull=True, grade_to__isnull=True)
                | Q(grade_from__isnull=False, grade_to__isnull=False, grade_from__lte=F("grade_to")),
                name="resource_grades_forward",
                violation_error_message=_("Ange både första och sista årskursen, den lägsta först."),
            ),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_from__lte=F("age_to")),
                name="resource_ages_forward",
                violation_error_message=_("Den lägsta åldern ska stå först."),
            ),
            models.CheckConstraint(
                condition=Q(source="", source_id="") | (~Q(source="") & ~Q(source_id="")),
                name="resource_source_is_whole",
                violation_error_message=_("Källa och nummer hos källan hör ihop."),
            ),
            models.UniqueConstraint(
                "owner",
                "source",
                "source_id",
                condition=~Q(source=""),
                name="resource_source_once",
                violation_error_message=_("Posten från källan finns redan i katalogen."),
            ),
            models.UniqueConstraint(
                "owner",
                "own_number",
                condition=~Q(own_number=""),
                name="resource_own_number_once",
                violation_error_message=_("Numret används redan av en annan resurs på centret."),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "status", "-updated_at"], name="resource_work_list"),
            models.Index(fields=["status", "visibility", "-published_at"], name="resource_newest"),
            models.Index(fields=["updated_at", "id"], name="resource_changes"),
            models.Index(fields=["publisher"], name="resource_by_publisher"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The resource's page."""
        return reverse("resources:show", args=[self.pk])

    @property
    def is_published(self) -> bool:
        """Whether it stands on the shelf now."""
        return self.status == Status.PUBLISHED


class Creator(models.Model):
    """Somebody who made a resource, and what the person or body did."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="creators")
    name = models.CharField(_("namn"), max_length=300)
    role = models.CharField(_("roll"), max_length=12, choices=CreatorRole, default=CreatorRole.AUTHOR)
    position = models.PositiveSmallIntegerField(_("plats i ordningen"), default=0)

    class Meta:
        verbose_name = _("upphov")
        verbose_name_plural = _("upphov")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "resource",
                "name",
                "role",
                name="resource_creator_once",
                violation_error_message=_("Samma person står två gånger med samma roll."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """A number that others know the resource by; within one centre's catalogue it names one resource only."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="identifiers")
    # Kept beside the resource's own owner, so that the database itself can see that a number is used once:
    # two centres may well hold the same book.
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    scheme = models.CharField(_("slag"), max_length=8, choices=Scheme)
    value = models.CharField(_("nummer"), max_length=400)

    class Meta:
        verbose_name = _("nummer")
        verbose_name_plural = _("nummer")
        ordering = ["scheme", "value", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "scheme",
                "value",
                name="resource_identifier_once",
                violation_error_message=_("Numret används redan av en annan resurs på centret."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


class Link(models.Model):
    """A way to something on the web that belongs with the resource."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(_("slag"), max_length=10, choices=LinkKind, default=LinkKind.MORE)
    url = models.URLField(_("adress"), max_length=1000)
    label = models.CharField(_("länktext"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("plats i ordningen"), default=0)

    class Meta:
        verbose_name = _("länk")
        verbose_name_plural = _("länkar")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "resource", "url", name="resource_link_once", violation_error_message=_("Adressen står två gånger.")
            )
        ]

    def __str__(self) -> str:
        return self.label or self.url
