"""What people contribute to the start page: offers that run out, assignments that end, places where nobody is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.foundation.access import may
from resursnav.kernel.manifest import StartLine

from .models import Assignment, AssignmentQuerySet, Invitation, Person, SecurityMarking
from .places import without_people
from .rules import INVITE, MANAGE

SOON = timedelta(days=3)
ENDING = timedelta(days=30)


def _soon() -> datetime:
    """The end of the third day from today."""
    last = timezone.localdate() + SOON
    return timezone.make_aware(datetime.combine(last, time.max))


def ending_soon(person: Any, day: date) -> AssignmentQuerySet:
    """Assignments of my branch, not my own, that end within thirty days; nobody whose identity is protected."""
    rows: AssignmentQuerySet = Assignment.objects.visible_to(person, MANAGE)
    return (
        rows.current(day)
        .filter(valid_to__lte=day + ENDING, person__security_marking=SecurityMarking.NONE)
        .exclude(person=person.pk)
    )


def waiting(person: Any) -> list[StartLine]:
    """What those who answer for people should look at; all of it is counted in one statement."""
    if not may(person, INVITE):
        return []
    today = timezone.localdate()
    found = Person.objects.filter(pk=person.pk).values_list(
        _count(Invitation.objects.visible_to(person, INVITE).unanswered().filter(expires_at__lt=_soon())),
        _count(ending_soon(person, today)),
        _count(without_people(person, today)),
    )
    offers, endings, empty = found[0]
    lines = []
    if offers:
        title = ngettext(
            "En inbjudan går ut inom tre dagar eller har gått ut",
            "%(count)s inbjudningar går ut inom tre dagar eller har gått ut",
            offers,
        )
        about = _("Skicka igen, eller ta tillbaka.")
        lines.append(StartLine(title % {"count": offers}, reverse("people:invitations"), about=about, icon="mail"))
    if endings:
        title = ngettext("Ett uppdrag slutar inom 30 dagar", "%(count)s uppdrag slutar inom 30 dagar", endings)
        about = _("Ge ett nytt om personen ska fortsätta.")
        url = f"{reverse('people:list')}?ending=1"
        lines.append(StartLine(title % {"count": endings}, url, about=about, icon="id-card"))
    if empty:
        title = ngettext(
            "En enhet har ingen som använder Resursnav", "%(count)s enheter har ingen som använder Resursnav", empty
        )
        about = _("Bjud in någon som kan svara för dem.")
        url = f"{reverse('people:invite_where')}?empty=1"
        lines.append(StartLine(title % {"count": empty}, url, about=about, icon="user-plus"))
    return lines


def _count(rows: QuerySet[Any]) -> Subquery:
    """How many rows there are, as a part of another statement. (An aggregate of Django's would group them by key.)"""
    counted = rows.order_by().annotate(counted=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    return Subquery(counted.values("counted"))


def my_ending(person: Any) -> list[StartLine]:
    """My own assignments that end within thirty days."""
    if not getattr(person, "is_authenticated", False):
        return []
    limit = timezone.localdate() + ENDING
    return [
        StartLine(
            _("Ditt uppdrag slutar %(day)s") % {"day": date_format(post.valid_to - timedelta(days=1), "j F")},
            reverse("people:me"),
            about=f"{str(post.get_role_display()).capitalize()}, {post.node.name}",
            icon="id-card",
        )
        for post in person.every_standing()
        if post.valid_to is not None and post.valid_to <= limit
    ]
