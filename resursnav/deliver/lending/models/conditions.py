"""Under which conditions a centre lends, and who may not borrow for the time being."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from resursnav.deliver.stock.models import LoanKind
from resursnav.foundation.access import Scoped
from resursnav.foundation.organisations.models import Organisation

from ..conditions import Conditions

MOST_DAYS = 400
NUMBERS = (
    "lead_days", "trail_days", "check_days", "notice_days", "default_days", "longest_days", "renewals", "quota_unit",
    "quota_person", "remind_days", "invoice_days", "suspend_days",
)  # fmt: skip


def _days(label: Any, default: int | None = 0, *, least: int = 0, most: int = MOST_DAYS) -> Any:
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    if default is None:
        return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=limits)
    return models.PositiveSmallIntegerField(label, default=default, validators=limits)


class LoanRuleQuerySet(Scoped["LoanRule"]):
    """Loan rules as sets."""

    scope = "owner"


class LoanRule(models.Model):
    """The conditions for one kind of thing at one centre, or for those whose number begins in a certain way."""

    owner = models.ForeignKey(Organisation, verbose_name=_("hör till"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(pgettext_lazy("rule", "gäller"), max_length=10, choices=LoanKind)
    prefix = models.CharField(_("nummer som börjar med"), max_length=12, blank=True)
    lead_days = _days(_("dagar att göra i ordning innan det skickas"), most=30)
    trail_days = _days(_("marginal efter planerad återkomst, dagar"), most=60)
    check_days = _days(_("dagar att kontrollera efter återkomst"), 1, most=30)
    notice_days = _days(_("bokas minst så många dagar före"), most=90)
    default_days = _days(_("vanlig lånetid i dagar"), 14, least=1)
    longest_days = _days(_("längsta lånetid i dagar"), 28, least=1)
    renewals = _days(_("antal omlån"), 1, most=20)
    quota_unit = _days(_("högst så många samtidigt per enhet"), None, least=1, most=10_000)
    quota_person = _days(_("högst så många samtidigt per person"), None, least=1, most=10_000)
    needs_approval = models.BooleanField(_("centret godkänner varje bokning"), default=False)
    remind_days = _days(_("påminn så många dagar innan det ska lämnas tillbaka"), 2, most=30)
    invoice_days = _days(_("underlag för faktura efter så många dagars försening"), None, least=1)
    suspend_days = _days(_("spärr efter så många dagars försening"), None, least=1)
    updated_at = models.DateTimeField(_("ändrat"))

    objects = LoanRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("lånevillkor")
        verbose_name_plural = _("lånevillkor")
        ordering = ["kind", "prefix", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "kind",
                "prefix",
                name="loan_rule_once",
                violation_error_message=_("Det finns redan villkor för dem."),
            ),
            models.CheckConstraint(
                condition=Q(default_days__gte=1) & Q(longest_days__gte=models.F("default_days")),
                name="loan_rule_lengths",
                violation_error_message=_("Den längsta lånetiden kan inte vara kortare än den vanliga."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.prefix}".strip()

    def conditions(self) -> Conditions:
        """The same as plain numbers, for the arithmetic."""
        said = {name: getattr(self, name) for name in NUMBERS}
        return Conditions(**said, needs_approval=self.needs_approval)


class SuspensionQuerySet(Scoped["Suspension"]):
    """Suspensions as sets: the centre's own, and the person's own."""

    scope = "owner"
    own = "person"

    def standing(self, day: date) -> Self:
        """Those that count on the day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), lifted_at__isnull=True, since__lte=day)


class Suspension(models.Model):
    """A person, or a whole unit, that may not book for the time being, and why."""

    owner = models.ForeignKey(Organisation, verbose_name=_("hör till"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    since = models.DateField(_("från och med"))
    until = models.DateField(_("till (dagen efter sista dagen)"), null=True, blank=True)
    reason = models.CharField(_("skäl"), max_length=300)
    automatic = models.BooleanField(_("av sig själv, för sena lån"), default=False)
    made_at = models.DateTimeField(_("gjord"))
    lifted_at = models.DateTimeField(_("hävd"), null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("spärr")
        verbose_name_plural = _("spärrar")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
                name="suspension_is_forward",
                violation_error_message=_("Sista dagen kan inte komma före den första."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="suspension_has_a_reason",
                violation_error_message=_("Skriv varför."),
            ),
            models.UniqueConstraint(
                "owner",
                "unit",
                "person",
                condition=Q(lifted_at__isnull=True, automatic=True),
                name="suspension_automatic_once",
            ),
        ]
        indexes = [models.Index(fields=["unit"], condition=Q(lifted_at__isnull=True), name="suspension_standing")]

    def __str__(self) -> str:
        return self.reason
