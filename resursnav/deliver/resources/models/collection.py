"""Collections: resources that an editor has put together, with a text that says why."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Scoped
from resursnav.foundation.organisations.models import Organisation

from ..vocabulary import CollectionStatus, Visibility
from .resource import Resource


class CollectionQuerySet(Scoped["Collection"]):
    """Collections as sets."""

    scope = "owner"

    def published(self) -> Self:
        """Those that are shown."""
        return self.filter(status=CollectionStatus.PUBLISHED)


class Collection(models.Model):
    """Resources in an order that an editor has chosen, with the editor's own words about them."""

    owner = models.ForeignKey(
        Organisation, verbose_name=_("samlingen hör till"), on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(_("status"), max_length=10, choices=CollectionStatus, default=CollectionStatus.DRAFT)
    visibility = models.CharField(_("visas för"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    title = models.CharField(_("rubrik"), max_length=200)
    lead = models.CharField(_("en mening om samlingen"), max_length=300)
    text = models.TextField(_("redaktörens text"), blank=True)
    resources: models.ManyToManyField[Resource, CollectionItem] = models.ManyToManyField(
        Resource, through="CollectionItem", verbose_name=_("resurser"), related_name="collections"
    )
    created_at = models.DateTimeField(_("skapad"))
    updated_at = models.DateTimeField(_("ändrad"))
    published_at = models.DateTimeField(_("publicerad"), null=True, blank=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("samling")
        verbose_name_plural = _("samlingar")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=CollectionStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="collection_published_has_a_day",
                violation_error_message=_("En publicerad samling måste ha en publiceringsdag."),
            ),
            models.UniqueConstraint(
                "owner",
                "title",
                name="collection_title_once",
                violation_error_message=_("Det finns redan en samling med den rubriken här."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The collection's page."""
        return reverse("resources:collection", args=[self.pk])


class CollectionItem(models.Model):
    """A resource's place in a collection, with a line on why it is there."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField(_("plats i ordningen"))
    comment = models.CharField(_("varför den är med"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("plats i samling")
        verbose_name_plural = _("platser i samling")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "collection",
                "resource",
                name="collection_item_once",
                violation_error_message=_("Resursen finns redan i samlingen."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.resource_id}"
