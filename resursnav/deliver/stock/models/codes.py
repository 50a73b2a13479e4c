"""The codes that stock keeps, with the words that people see."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from resursnav.deliver.resources.vocabulary import MediaType

# What can stand on a shelf and be sent to a school.
PHYSICAL = (
    MediaType.FILM,
    MediaType.BOOK,
    MediaType.GAME,
    MediaType.KIT,
    MediaType.EQUIPMENT,
    MediaType.GUIDE,
)


class LoanKind(TextChoices):
    """What kind of thing it is to lend: it decides the loan rule."""

    MEDIA = "media", _("medier")
    EQUIPMENT = "equipment", _("utrustning")
    KIT = "kit", _("låda eller set")


# The kind that a media type usually is.
USUAL_KIND = {MediaType.EQUIPMENT: LoanKind.EQUIPMENT, MediaType.KIT: LoanKind.KIT}


class ItemState(TextChoices):
    """Whether an item can be lent at all; whether it is on loan is for lending to know."""

    IN_USE = "in_use", _("i bruk")
    SERVICE = "service", _("på service")
    MISSING = "missing", _("saknas")
    RETIRED = "retired", _("gallrad")


class Condition(TextChoices):
    """How worn an item is."""

    NEW = "new", _("som ny")
    GOOD = "good", _("bra")
    WORN = "worn", _("sliten")
    POOR = "poor", _("dålig")
