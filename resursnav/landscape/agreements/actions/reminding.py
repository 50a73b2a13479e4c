"""Remind those who answer for an agreement before its last day for notice."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from resursnav.foundation.access import Role
from resursnav.foundation.notices.actions import notify
from resursnav.foundation.notices.kinds import NoticeKind, declare
from resursnav.foundation.people.models import Assignment, Person
from resursnav.foundation.ui.components.words import day_year

from ..models import Agreement, Reminder

STEPS = (7, 30, 90)  # days before; the nearest first
NOTICE = declare(
    NoticeKind(
        "agreements.notice_date",
        _("Avtal att säga upp eller förnya"),
        _("Du får det här för att du svarar för avtalet."),
    )
)


_day = lazy(day_year, str)  # each reads the day in their own language


def due_step(notice_by: date | None, day: date) -> int | None:
    """Which reminder is due on the day: the nearest one that has come; none when the day has passed."""
    if notice_by is None or day > notice_by:
        return None
    left = (notice_by - day).days
    return next((step for step in STEPS if left <= step), None)


def remind(*, agreement: Agreement, day: date, by: Person | None = None, at: datetime) -> int:
    """Tell those who hold the role at the owner, or its coordinators where nobody does; returns how many were told.

    Once for each notice date and step: the row is written before anybody is told, in the same transaction, so of two
    workers one writes it and the other finds that it is there. Where nobody can be told, nothing is written, and
    whoever gets the role is told then.
    """
    notice_by = agreement.notice_by
    step = due_step(notice_by, day)
    if notice_by is None or step is None or agreement.terminated_date is not None:
        return 0
    told = holders(agreement, day)
    if not told:
        return 0
    try:
        with transaction.atomic():
            Reminder.objects.create(agreement=agreement, notice_by=notice_by, days_before=step)
            _tell(agreement, told, notice_by, day, by, at)
    except IntegrityError:
        return 0
    return len(told)


def holders(agreement: Agreement, day: date) -> list[Person]:
    """Those who answer for the agreement: in its role at its owner, else the coordinators there."""
    here = Assignment.objects.current(day).filter(node=agreement.owner_id).select_related("person")
    for role in dict.fromkeys((agreement.answers, Role.COORDINATOR.value)):
        if found := list({post.person_id: post.person for post in here.filter(role=role)}.values()):
            return found
    return []


def _tell(
    agreement: Agreement, told: list[Person], notice_by: date, day: date, by: Person | None, at: datetime
) -> None:
    left = (notice_by - day).days
    what = (
        _("Sista dag att säga upp avtalet är {day}. Gör ingen något förlängs det.")
        if agreement.extends
        else _("Sista dag att bestämma om avtalet ska förnyas är {day}. Gör ingen något upphör det.")
    )
    notify(
        persons=told,
        kind=NOTICE.code,
        title=format_lazy(
            ngettext_lazy("{title}: en dag kvar", "{title}: {left} dagar kvar", left), title=agreement.title, left=left
        ),
        body=format_lazy(what, day=_day(notice_by)),
        url=agreement.get_absolute_url(),
        by=by,
        at=at,
    )
