"""What stands in a title list: titles one by one, whole collections, and all from a supplier."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.resources.models import Collection, Resource
from resursnav.foundation.organisations.names import NameKeyField
from resursnav.landscape.agreements.models import TitleList
from resursnav.landscape.agreements.models.sets import OfAgreement


class TitleEntryQuerySet(OfAgreement["TitleEntry"]):
    """Titles in lists as sets: they belong to the agreement's owner."""

    scope = "titles__agreement__owner"
    agreement = "titles__agreement"


class TitleEntry(models.Model):
    """A title that stands in a title list by its own name."""

    titles = models.ForeignKey(TitleList, verbose_name=_("titellista"), on_delete=models.CASCADE, related_name="+")
    resource = models.ForeignKey(Resource, verbose_name=_("resurs"), on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(_("tillagd"))

    objects = TitleEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("titel i en lista")
        verbose_name_plural = _("titlar i listor")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "titles",
                "resource",
                name="title_entry_once",
                violation_error_message=_("Titeln står redan i listan."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.titles_id}: {self.resource_id}"


class CollectionTieQuerySet(OfAgreement["CollectionTie"]):
    """Collections in lists as sets."""

    scope = "titles__agreement__owner"
    agreement = "titles__agreement"


class CollectionTie(models.Model):
    """Everything in a collection stands in a title list, as long as it stands in the collection."""

    titles = models.ForeignKey(TitleList, verbose_name=_("titellista"), on_delete=models.CASCADE, related_name="+")
    collection = models.ForeignKey(Collection, verbose_name=_("samling"), on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("tillagd"))

    objects = CollectionTieQuerySet.as_manager()

    class Meta:
        verbose_name = _("samling i en titellista")
        verbose_name_plural = _("samlingar i titellistor")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "titles",
                "collection",
                name="collection_tie_once",
                violation_error_message=_("Samlingen står redan i listan."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.titles_id}: {self.collection_id}"


class SupplierTieQuerySet(OfAgreement["SupplierTie"]):
    """Suppliers in lists as sets."""

    scope = "titles__agreement__owner"
    agreement = "titles__agreement"


class SupplierTie(models.Model):
    """Everything from a publisher stands in a title list, also what comes later."""

    titles = models.ForeignKey(TitleList, verbose_name=_("titellista"), on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("leverantör"), max_length=300)
    name_key = NameKeyField("name", db_index=True)
    added_at = models.DateTimeField(_("tillagd"))

    objects = SupplierTieQuerySet.as_manager()

    class Meta:
        verbose_name = _("leverantör i en titellista")
        verbose_name_plural = _("leverantörer i titellistor")
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                "titles",
                "name_key",
                name="supplier_tie_once",
                violation_error_message=_("Leverantören står redan i listan."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.titles_id}: {self.name}"
