"""The counterpart, the agreement, who pays, what was before, and whom it has reminded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Role, Scoped
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.organisations.names import NameKeyField, name_key
from resursnav.foundation.threads.models import Node

from .. import notice
from ..shares import price_on
from .codes import PriceRule, Renewal, ShareKey
from .sets import OfAgreement


class CounterpartQuerySet(Scoped["Counterpart"]):
    """Counterparts as sets."""

    scope = "owner"

    def named(self, name: str) -> Self:
        """Those with the name, however it is written with capitals and spaces."""
        return self.filter(name_key=name_key(name))


class Counterpart(models.Model):
    """A supplier or another body that somebody has agreements with."""

    owner = models.ForeignKey(Organisation, verbose_name=_("hör till"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("namn"), max_length=200)
    name_key = NameKeyField("name")
    number = models.CharField(_("organisationsnummer"), max_length=10, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    website = models.URLField(_("webbplats"), blank=True)
    note = models.TextField(_("anteckning"), blank=True)

    objects = CounterpartQuerySet.as_manager()

    class Meta:
        verbose_name = _("motpart")
        verbose_name_plural = _("motparter")
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "name_key",
                name="counterpart_name_once",
                violation_error_message=_("Det finns redan en motpart med det namnet."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class AgreementQuerySet(OfAgreement["Agreement"]):
    """Agreements as sets."""

    def in_force(self, day: date) -> Self:
        """Those that hold on the day; one that extends itself holds until somebody ends it."""
        return self.filter(valid_from__lte=day).not_ended(day)

    def not_ended(self, day: date) -> Self:
        """Those that hold on the day or will later."""
        extends = Q(renewal=Renewal.EXTENDS, terminated_date__isnull=True)
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day) | extends)

    def ended(self, day: date) -> Self:
        """Those that hold no longer."""
        return self.filter(valid_to__lte=day).filter(Q(renewal=Renewal.ENDS) | Q(terminated_date__isnull=False))

    def to_extend(self, day: date) -> Self:
        """Those that have gone into a new period by themselves."""
        return self.filter(renewal=Renewal.EXTENDS, terminated_date__isnull=True, valid_to__lte=day)

    def noticed_between(self, first: date, last: date) -> Self:
        """Those whose last day for notice lies in the days, both counted, the nearest first."""
        return self.filter(notice_by__gte=first, notice_by__lte=last).order_by("notice_by", "title_key", "pk")

    def matching(self, words: str) -> Self:
        """Those whose title, number or counterpart has every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title_key__contains=name_key(word))
                | Q(number__icontains=word)
                | Q(counterpart__name_key__contains=name_key(word))
            )
        return found


class AgreementManager(models.Manager.from_queryset(AgreementQuerySet)):  # type: ignore[misc]  # made at run time
    """Reads an agreement with its two sides, which every page names."""

    def get_queryset(self) -> AgreementQuerySet:
        """All, with owner and counterpart in the same statement."""
        found: AgreementQuerySet = super().get_queryset()
        return found.select_related("owner", "counterpart")


class Agreement(models.Model):
    """What an owner has agreed with a counterpart: for how long, at what price, and who answers for it."""

    node = models.OneToOneField(Node, primary_key=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, verbose_name=_("avtalspart"), on_delete=models.PROTECT, related_name="+")
    counterpart = models.ForeignKey(
        Counterpart, verbose_name=_("motpart"), on_delete=models.PROTECT, related_name="agreements"
    )
    number = models.CharField(_("avtalsnummer"), max_length=60, blank=True)
    title = models.CharField(_("namn på avtalet"), max_length=200)
    title_key = NameKeyField("title")
    about = models.TextField(_("vad avtalet gäller"), blank=True)
    valid_from = models.DateField(_("gäller från och med"))
    valid_to = models.DateField(_("gäller till (dagen efter sista dagen)"), null=True, blank=True)
    renewal = models.CharField(_("om ingen gör något"), max_length=8, choices=Renewal, default=Renewal.ENDS)
    renewal_months = models.PositiveSmallIntegerField(_("förlängs med antal månader"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(_("uppsägningstid i månader"), default=0)
    notice_date = models.DateField(_("sista uppsägningsdag enligt avtalet"), null=True, blank=True)
    # Kept by the actions from the columns above, so that lists can be sorted and searched by it.
    notice_by = models.DateField(_("sista uppsägningsdag"), null=True, blank=True, editable=False)
    answers = models.CharField(_("svarar för avtalet"), max_length=24, choices=Role)
    price = models.DecimalField(_("pris per år"), max_digits=12, decimal_places=2, null=True, blank=True)
    price_rule = models.CharField(_("hur priset ändras"), max_length=8, choices=PriceRule, default=PriceRule.FIXED)
    price_percent = models.DecimalField(
        _("höjning i procent per år"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    price_index = models.CharField(_("index"), max_length=100, blank=True)
    price_date = models.DateField(_("priset gäller från"), null=True, blank=True)
    share_key = models.CharField(_("kostnadsnyckel"), max_length=12, choices=ShareKey, blank=True)
    note = models.TextField(_("anteckning"), blank=True)
    terminated_date = models.DateField(_("uppsagt"), null=True, blank=True)
    terminated_reason = models.TextField(_("skäl till uppsägningen"), blank=True)
    updated_at = models.DateTimeField(_("ändrat"))

    objects = AgreementManager()

    class Meta:
        verbose_name = _("avtal")
        verbose_name_plural = _("avtal")
        ordering = ["title_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "number",
                condition=~Q(number=""),
                name="agreement_number_once",
                violation_error_message=_("Avtalsnumret används redan av ett annat avtal."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="agreement_period_is_forward",
                violation_error_message=_("Sista dagen måste komma efter den första."),
            ),
            models.CheckConstraint(
                condition=~Q(renewal=Renewal.EXTENDS)
                | Q(valid_to__isnull=False, renewal_months__isnull=False, renewal_months__gte=1),
                name="agreement_extension_has_a_length",
                violation_error_message=_("Skriv hur många månader avtalet förlängs med, och till när det gäller nu."),
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0),
                name="agreement_price_is_not_negative",
                violation_error_message=_("Priset kan inte vara mindre än noll."),
            ),
            models.CheckConstraint(
                condition=~Q(price_rule=PriceRule.PERCENT) | Q(price_percent__isnull=False, price_date__isnull=False),
                name="agreement_percent_is_told",
                violation_error_message=_("Skriv hur många procent priset höjs med, och från vilken dag det gäller."),
            ),
            models.CheckConstraint(
                condition=~Q(price_rule=PriceRule.INDEX) | (~Q(price_index="") & Q(price_date__isnull=False)),
                name="agreement_index_is_told",
                violation_error_message=_("Skriv vilket index priset följer, och från vilken dag det gäller."),
            ),
            models.CheckConstraint(
                condition=Q(terminated_date__isnull=True) | (~Q(terminated_reason="") & Q(valid_to__isnull=False)),
                name="agreement_termination_has_a_reason",
                violation_error_message=_("Skriv varför avtalet sägs upp."),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "notice_by"], name="agreement_by_notice"),
            models.Index(fields=["owner", "title_key"], name="agreement_by_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The agreement's page."""
        return reverse("agreements:show", args=[self.pk])

    @property
    def known_above(self) -> frozenset[int]:
        """The owner and what stands over it, for `may`: a region stands on top, and a municipality below one."""
        return frozenset(filter(None, (self.owner_id, self.owner.parent_id)))

    @property
    def extends(self) -> bool:
        """Whether it goes on by itself unless somebody ends it."""
        return self.renewal == Renewal.EXTENDS and self.terminated_date is None

    def end_on(self, day: date) -> date | None:
        """The day after the last one of the period that counts on the day; None until further notice."""
        return notice.end_on(self.valid_to, self.renewal_months if self.extends else None, day)

    def deed(self) -> notice.Deed:
        """What it says of its time, for the arithmetic."""
        return notice.Deed(self.valid_to, notice.Renewal(self.renewal), self.renewal_months, self.notice_months)

    def price_on(self, day: date) -> Decimal | None:
        """The price of a year on the day, raised by the agreed percentage; an index is followed by hand."""
        if self.price is None or self.price_percent is None or self.price_date is None:
            return self.price
        return price_on(self.price, self.price_percent, self.price_date, day)


class PastPeriodQuerySet(OfAgreement["PastPeriod"]):
    """Earlier periods as sets."""

    scope = "agreement__owner"
    agreement = "agreement"


class PastPeriod(models.Model):
    """A period that an agreement had before it was extended, with the price that held then."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("avtal"), on_delete=models.CASCADE, related_name="past_periods"
    )
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till (dagen efter sista dagen)"))
    price = models.DecimalField(_("pris per år"), max_digits=12, decimal_places=2, null=True, blank=True)
    extended_at = models.DateTimeField(_("förlängt"))

    objects = PastPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("tidigare period")
        verbose_name_plural = _("tidigare perioder")
        ordering = ["valid_from", "pk"]
        constraints = [
            # Two who extend at once cannot both close the same period.
            models.UniqueConstraint("agreement", "valid_to", name="past_period_once")
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} – {self.valid_to}"


class CostShareQuerySet(Scoped["CostShare"]):
    """Cost shares as sets: each belongs to the one that pays."""


class CostShare(models.Model):
    """What one organisation pays of an agreement: by weight, or with the key "fixed" in kronor."""

    agreement = models.ForeignKey(Agreement, verbose_name=_("avtal"), on_delete=models.CASCADE, related_name="shares")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("betalas av"), on_delete=models.PROTECT, related_name="+"
    )
    weight = models.DecimalField(_("vikt eller belopp"), max_digits=14, decimal_places=2)

    objects = CostShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("kostnadsandel")
        verbose_name_plural = _("kostnadsandelar")
        ordering = ["organisation__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                "agreement",
                "organisation",
                name="cost_share_once",
                violation_error_message=_("Organisationen betalar redan en andel."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0),
                name="cost_share_is_not_negative",
                violation_error_message=_("En andel kan inte vara mindre än noll."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.organisation_id}"


class Reminder(models.Model):
    """A reminder that has gone out: once for each notice date and step, whoever sends it."""

    agreement = models.ForeignKey(Agreement, verbose_name=_("avtal"), on_delete=models.CASCADE, related_name="+")
    notice_by = models.DateField(_("sista uppsägningsdag"))
    days_before = models.PositiveSmallIntegerField(_("dagar före"))

    class Meta:
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")
        constraints = [models.UniqueConstraint("agreement", "notice_by", "days_before", name="agreement_reminder_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.notice_by} - {self.days_before}"
