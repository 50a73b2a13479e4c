"""What an agreement gives the right to, where, and the papers."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.organisations.school_forms import SchoolForm

from .agreement import Agreement
from .codes import KnownCodes, WayOfUse, WhoUses
from .sets import OfAgreement


class TitleListQuerySet(OfAgreement["TitleList"]):
    """Title lists as sets."""

    scope = "agreement__owner"
    agreement = "agreement"


class TitleListManager(models.Manager.from_queryset(TitleListQuerySet)):  # type: ignore[misc]  # made at run time
    """Reads a list with its agreement, which every page about it names."""

    def get_queryset(self) -> TitleListQuerySet:
        """All, with the agreement and its two sides in the same statement."""
        found: TitleListQuerySet = super().get_queryset()
        return found.select_related("agreement__owner", "agreement__counterpart")


class TitleList(models.Model):
    """A named part of what an agreement is about; which titles stand in it is decided where the titles are."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("avtal"), on_delete=models.CASCADE, related_name="title_lists"
    )
    code = models.SlugField(_("kod"), max_length=40)
    name = models.CharField(_("namn"), max_length=120)

    objects = TitleListManager()

    class Meta:
        verbose_name = _("titellista")
        verbose_name_plural = _("titellistor")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "agreement", "code", name="title_list_once", violation_error_message=_("Koden används redan.")
            )
        ]

    def __str__(self) -> str:
        return self.name


class UsageRightQuerySet(OfAgreement["UsageRight"]):
    """Usage rights as sets."""

    scope = "agreement__owner"
    agreement = "agreement"


class UsageRightManager(models.Manager.from_queryset(UsageRightQuerySet)):  # type: ignore[misc]  # made at run time
    """Reads a right with its agreement, without which it says nothing of its time."""

    def get_queryset(self) -> UsageRightQuerySet:
        """All, with the agreement, its two sides and the title list in the same statement."""
        found: UsageRightQuerySet = super().get_queryset()
        return found.select_related("agreement__owner", "agreement__counterpart", "titles")


class UsageRight(models.Model):
    """One way of use that an agreement allows: for whom, for how long and how much."""

    agreement = models.ForeignKey(Agreement, verbose_name=_("avtal"), on_delete=models.CASCADE, related_name="rights")
    way = models.CharField(_("användningssätt"), max_length=16, choices=WayOfUse)
    titles = models.ForeignKey(
        TitleList,
        verbose_name=_("titellista"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rights",
    )
    school_forms = models.JSONField(
        _("skolformer"), default=list, blank=True, validators=[KnownCodes(SchoolForm.values)]
    )
    audience = models.JSONField(_("för vem"), default=list, blank=True, validators=[KnownCodes(WhoUses.values)])
    valid_from = models.DateField(_("från och med"), null=True, blank=True)
    valid_to = models.DateField(_("till (dagen efter sista dagen)"), null=True, blank=True)
    most_users = models.PositiveIntegerField(_("samtidiga användare, högst"), null=True, blank=True)
    most_uses = models.PositiveIntegerField(_("användningar under perioden, högst"), null=True, blank=True)
    note = models.TextField(_("anteckning"), blank=True)
    ended_reason = models.TextField(_("skäl till att rättigheten avslutades"), blank=True)
    updated_at = models.DateTimeField(_("ändrad"))

    objects = UsageRightManager()

    class Meta:
        verbose_name = _("rättighet")
        verbose_name_plural = _("rättigheter")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                # The same day: ended before it had begun, it never counted.
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="usage_right_period_is_forward",
                violation_error_message=_("Sista dagen måste komma efter den första."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.get_way_display()}"

    def period(self, day: date) -> tuple[date, date | None]:
        """From when, and the day after the last: its own time cut to the agreement's, which must be fetched along."""
        starts = max(filter(None, (self.valid_from, self.agreement.valid_from)))
        ends = [end for end in (self.valid_to, self.agreement.end_on(day)) if end is not None]
        return starts, min(ends) if ends else None


class RightPlaceQuerySet(OfAgreement["RightPlace"]):
    """Places as sets."""

    scope = "right__agreement__owner"
    agreement = "right__agreement"


class RightPlace(models.Model):
    """A mark in the tree: a right holds here and below, or it does not."""

    right = models.ForeignKey(UsageRight, verbose_name=_("rättighet"), on_delete=models.CASCADE, related_name="places")
    organisation = models.ForeignKey(Organisation, verbose_name=_("plats"), on_delete=models.PROTECT, related_name="+")
    included = models.BooleanField(_("gäller här"))

    objects = RightPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("plats för en rättighet")
        verbose_name_plural = _("platser för rättigheter")
        ordering = ["-included", "organisation__name_key"]
        constraints = [
            models.UniqueConstraint(
                "right",
                "organisation",
                name="right_place_once",
                violation_error_message=_("Platsen finns redan med i rättigheten."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.right_id}: {'+' if self.included else '-'}{self.organisation_id}"


class AgreementDocumentQuerySet(OfAgreement["AgreementDocument"]):
    """Documents as sets; they tell prices, so from below only those who pay read them."""

    scope = "agreement__owner"
    agreement = "agreement"
    paying = True


class AgreementDocument(models.Model):
    """A paper of an agreement: the contract, an appendix, a letter."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("avtal"), on_delete=models.CASCADE, related_name="documents"
    )
    title = models.CharField(_("rubrik"), max_length=200)
    name = models.CharField(_("filnamn"), max_length=200)
    sha256 = models.CharField(_("fingeravtryck"), max_length=64)
    size = models.PositiveIntegerField(_("storlek i byte"))
    content_type = models.CharField(_("format"), max_length=100)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uppladdat av"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uppladdat"))

    objects = AgreementDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("avtalshandling")
        verbose_name_plural = _("avtalshandlingar")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "agreement",
                "sha256",
                name="agreement_document_once",
                violation_error_message=_("Samma fil finns redan bland avtalets handlingar."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Where the file is kept: a name made from its content, so that nothing of the sender's name is trusted."""
        return f"agreements/{self.sha256[:2]}/{self.sha256}"
