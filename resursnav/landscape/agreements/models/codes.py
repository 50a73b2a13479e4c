"""The codes that agreements' rows keep, with the words that people see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import notice, shares, terms

# The stamp of all rights and their agreements (foundation/keeping): whoever changes one draws it anew.
RIGHTS = "agreements.rights"


class Renewal(TextChoices):
    """What happens on the last day if nobody does anything."""

    ENDS = notice.Renewal.ENDS, _("upphör")
    EXTENDS = notice.Renewal.EXTENDS, _("förlängs om ingen säger upp det")


class PriceRule(TextChoices):
    """How the price changes from year to year."""

    FIXED = "fixed", _("fast")
    PERCENT = "percent", _("höjs med en procentsats varje år")
    INDEX = "index", _("följer ett index")


class ShareKey(TextChoices):
    """How the price is divided between those who pay."""

    EQUAL = shares.Key.EQUAL, _("lika")
    INHABITANTS = shares.Key.INHABITANTS, _("efter invånare")
    PUPILS = shares.Key.PUPILS, _("efter elever")
    USE = shares.Key.USE, _("efter användning")
    FIXED = shares.Key.FIXED, _("fasta belopp")


class WayOfUse(TextChoices):
    """What one may do with the thing."""

    LOAN = terms.Way.LOAN, _("låna ett exemplar")
    STREAM_CLASS = terms.Way.STREAM_CLASS, _("strömma i klassrummet")
    STREAM_HOME = terms.Way.STREAM_HOME, _("strömma hemma")
    INSTITUTION = terms.Way.INSTITUTION, _("visa i verksamheten")
    PUBLIC = terms.Way.PUBLIC, _("visa för allmänheten")
    COPY = terms.Way.COPY, _("kopiera")


class WhoUses(TextChoices):
    """For whom a right is."""

    PUPILS = terms.Audience.PUPILS, _("elever")
    STAFF = terms.Audience.STAFF, _("personal")
    PUBLIC = terms.Audience.PUBLIC, _("allmänheten")


@deconstructible
class KnownCodes:
    """Every entry of the list is one of these codes, and none stands twice."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = list(codes)

    def __call__(self, value: Any) -> None:
        if not isinstance(value, list) or len(set(map(str, value))) != len(value):
            raise ValidationError(gettext("Det ska vara en lista där inget står två gånger."))
        if unknown := [entry for entry in value if entry not in self.codes]:
            raise ValidationError(gettext("Okänd kod: %(code)s.") % {"code": ", ".join(map(str, unknown))})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KnownCodes) and other.codes == self.codes

    def __hash__(self) -> int:
        return hash(tuple(self.codes))
