"""Reminders before the notice date: once each, to those who answer, also when two workers come at once."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from resursnav.foundation.access import Role
from resursnav.foundation.notices.models import Notice
from resursnav.landscape.agreements import actions, jobs, start
from resursnav.landscape.agreements.actions.reminding import due_step
from resursnav.landscape.agreements.models import Agreement, Reminder
from tests import factories

from .conftest import AT, facts

BY = date(2027, 2, 28)


@pytest.mark.parametrize(
    ("days", "wanted"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_it_knows_which_reminder_is_due(days, wanted):
    assert due_step(BY, BY - timedelta(days=days)) == wanted
    assert due_step(None, BY) is None


def test_it_reminds_those_who_hold_the_role_once_for_each_step(county, agreement, at):
    other = factories.person(Role.EXPERT, county.region)
    for days in (90, 89, 30, 7, 6, 0):
        actions.remind(agreement=agreement, day=BY - timedelta(days=days), at=at)
    assert [notice.person for notice in Notice.objects.all()] == [county.coordinator] * 3
    assert not Notice.objects.filter(person=other).exists()
    assert Notice.objects.order_by("pk").first().title == "Skolfilm: 90 dagar kvar"
    assert "28 februari 2027" in Notice.objects.order_by("pk").first().body
    assert Notice.objects.order_by("pk").first().url == agreement.get_absolute_url()


def test_it_says_one_day_and_that_the_agreement_goes_on(made, county, at):
    one = made(renewal="extends", renewal_months=12)
    assert actions.remind(agreement=one, day=BY - timedelta(days=1), at=at) == 1
    notice = Notice.objects.get()
    assert (notice.title, "förlängs det" in notice.body) == ("Skolfilm: en dag kvar", True)


def test_it_tells_the_coordinators_where_nobody_holds_the_role(made, county, at):
    one = made(answers="maintenance_manager")
    assert actions.remind(agreement=one, day=BY, at=at) == 1
    assert Notice.objects.get().person == county.coordinator


def test_it_waits_where_nobody_can_be_told(county, at):
    one = actions.register(owner=county.town, facts=facts(), by=None, at=at)
    assert actions.remind(agreement=one, day=BY, at=at) == 0
    assert not Reminder.objects.exists()
    somebody = factories.person(Role.COORDINATOR, county.town)
    assert actions.remind(agreement=one, day=BY, at=at) == 1
    assert Notice.objects.get().person == somebody


def test_it_does_not_remind_of_what_has_been_ended(agreement, at):
    before = Agreement.objects.get()
    before.terminated_date = date(2026, 11, 1)
    assert actions.remind(agreement=before, day=BY, at=at) == 0


def test_the_worker_extends_and_reminds(made, county, monkeypatch):
    made(renewal="extends", renewal_months=12, valid_to=date(2026, 11, 1), notice_months=10)
    monkeypatch.setattr(jobs.timezone, "now", lambda: AT)
    assert jobs.keep_time() == 2  # extended to 1 November 2027, whose notice date is 31 December 2026
    assert Agreement.objects.get().valid_to == date(2027, 11, 1)
    assert Notice.objects.get().person == county.coordinator
    assert jobs.keep_time() == 0


def test_the_start_page_says_what_waits(made, county):
    made(valid_to=timezone.localdate() + timedelta(days=61), notice_months=0)
    made(number="2", valid_to=timezone.localdate() + timedelta(days=95), notice_months=0)
    lines = start.notices(county.coordinator)
    assert [line.title for line in lines] == ["Bestäm om förnyelse: Skolfilm"]
    assert start.notices(county.lead) == start.notices(None) == []


def at_once(count, do):
    wrong = []

    def run():
        try:
            do()
        except Exception as problem:
            wrong.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return wrong


def region_with_agreement():
    region = factories.organisation()
    factories.person(Role.COORDINATOR, region)
    return actions.register(owner=region, facts=facts(), by=None, at=AT)


@pytest.mark.django_db(transaction=True)
def test_it_reminds_once_when_many_workers_come_at_once():
    one = region_with_agreement()
    assert at_once(6, lambda: actions.remind(agreement=one, day=BY, at=AT)) == []
    assert (Reminder.objects.count(), Notice.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_test_above_can_see_the_fault():
    """Without the constraint, looking first and then writing reminds several times."""
    one = region_with_agreement()
    looked = threading.Barrier(3)

    def naive():
        there = Reminder.objects.filter(agreement=one).exists()
        looked.wait(10)
        if not there:
            Reminder.objects.create(agreement=one, notice_by=BY, days_before=7)

    constraint = next(c for c in Reminder._meta.constraints if c.name == "agreement_reminder_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Reminder, constraint)
    try:
        at_once(3, naive)
        assert Reminder.objects.count() > 1
    finally:
        Reminder.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Reminder, constraint)
