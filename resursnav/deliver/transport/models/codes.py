"""The codes that transport's rows keep, with the words that people see."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import breaks, calendar


class RouteWay(TextChoices):
    """How it goes."""

    VAN = calendar.Way.VAN, _("bil")
    POST = calendar.Way.POST, _("post")
    PICK_UP = calendar.Way.PICK_UP, _("avhämtning")


class RouteWeeks(TextChoices):
    """Which weeks a route goes."""

    EVERY = calendar.Weeks.EVERY, _("varje vecka")
    ODD = calendar.Weeks.ODD, _("udda veckor")
    EVEN = calendar.Weeks.EVEN, _("jämna veckor")


class BreakKind(TextChoices):
    """Which break: a nearer place's own takes the place of the same one further up."""

    AUTUMN = breaks.Kind.AUTUMN, _("höstlov")
    CHRISTMAS = breaks.Kind.CHRISTMAS, _("jullov")
    WINTER = breaks.Kind.WINTER, _("sportlov")
    EASTER = breaks.Kind.EASTER, _("påsklov")
    SUMMER = breaks.Kind.SUMMER, _("sommarlov")
    OTHER = breaks.Kind.OTHER, _("annan ledig tid")


class Weekday(IntegerChoices):
    """The days of the week, Monday first."""

    MONDAY = 0, _("måndag")
    TUESDAY = 1, _("tisdag")
    WEDNESDAY = 2, _("onsdag")
    THURSDAY = 3, _("torsdag")
    FRIDAY = 4, _("fredag")
    SATURDAY = 5, _("lördag")
    SUNDAY = 6, _("söndag")


def known_weekdays(value: Any) -> None:
    """A list of weekdays, each once."""
    if not isinstance(value, list) or len({str(day) for day in value}) != len(value):
        raise ValidationError(gettext("Det ska vara en lista där ingen dag står två gånger."))
    if any(day not in Weekday.values or isinstance(day, bool) for day in value):
        raise ValidationError(gettext("Okänd veckodag."))
