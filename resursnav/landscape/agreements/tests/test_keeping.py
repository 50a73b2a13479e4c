"""Register, change, extend, end: what the actions keep and what they refuse."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from resursnav.foundation.search.models import Change
from resursnav.foundation.threads.models import Record
from resursnav.kernel.errors import Unable
from resursnav.landscape.agreements import actions
from resursnav.landscape.agreements.facts import CounterpartFacts
from resursnav.landscape.agreements.models import Agreement, Counterpart

from .conftest import facts

LATER = timedelta(hours=1)


def test_it_registers_an_agreement_with_its_notice_date_story_and_log(county, at):
    made = actions.register(owner=county.region, facts=facts(title="  Skolfilm \u202e "), by=county.coordinator, at=at)
    made = Agreement.objects.get(pk=made.pk)
    assert (made.title, made.notice_by, made.node.title) == ("Skolfilm", date(2027, 2, 28), "Skolfilm")
    assert made.counterpart.name == "Norrfilm AB"
    assert Record.objects.of(made).get().verb == "agreements.registered"
    assert Change.objects.filter(kind="agreement", key=made.pk).exists()


def test_it_uses_a_counterpart_that_is_there(county, at, agreement):
    actions.register(owner=county.region, facts=facts(counterpart=agreement.counterpart, number="2"), by=None, at=at)
    assert Counterpart.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"valid_to": date(2025, 1, 1)}, None),
        ({"valid_from": date(1900, 1, 1)}, "valid_from"),
        ({"notice_months": 241}, "notice_months"),
        ({"renewal": "extends"}, None),
        ({"renewal": "extends", "renewal_months": 12, "valid_to": None}, None),
        ({"price": Decimal(-1)}, None),
        ({"price_rule": "percent"}, None),
        ({"price_rule": "index", "price_date": date(2026, 1, 1)}, None),
        ({"answers": "king"}, "answers"),
    ],
)
def test_it_refuses_what_cannot_be(county, at, said, field):
    with pytest.raises(Unable) as refused:
        actions.register(owner=county.region, facts=facts(**said), by=None, at=at)
    assert refused.value.field == field
    assert not Agreement.objects.exists()
    assert not Counterpart.objects.exists()


def test_it_refuses_a_number_that_is_taken_and_a_school_as_owner(county, at, agreement):
    with pytest.raises(actions.UnableToAgree, match="redan"):
        actions.register(owner=county.region, facts=facts(counterpart=agreement.counterpart), by=None, at=at)
    with pytest.raises(actions.UnableToAgree) as refused:
        actions.register(owner=county.school, facts=facts(), by=None, at=at)
    assert refused.value.field == "owner"


def test_it_refuses_somebody_elses_counterpart(county, at, agreement):
    with pytest.raises(actions.UnableToAgree) as refused:
        actions.register(owner=county.town, facts=facts(counterpart=agreement.counterpart), by=None, at=at)
    assert refused.value.field == "counterpart"


def test_it_changes_what_is_said_and_logs_only_that(county, at, agreement):
    said = facts(title="Film i skolan", counterpart=agreement.counterpart, notice_date=date(2027, 1, 15))
    actions.edit(agreement=agreement, facts=said, by=county.coordinator, at=at + LATER)
    kept = Agreement.objects.get()
    assert (kept.title, kept.node.title, kept.notice_by) == ("Film i skolan", "Film i skolan", date(2027, 1, 15))
    last = Record.objects.of(kept).first()
    assert set(last.after) == {"title", "notice_date"}
    actions.edit(agreement=kept, facts=said, by=county.coordinator, at=at + LATER)
    assert Record.objects.of(kept).count() == 2


def test_it_never_writes_over_anybodys_work_unseen(county, at, agreement):
    said = facts(counterpart=agreement.counterpart, title="Min version")
    actions.edit(agreement=agreement, facts=replace(said, title="Din version"), by=None, at=at + LATER)
    with pytest.raises(actions.Overtaken):
        actions.edit(agreement=agreement, facts=said, seen_at=at, by=None, at=at + LATER * 2)
    assert Agreement.objects.get().title == "Din version"


def test_it_drops_what_the_choices_make_meaningless(made):
    kept = made(renewal_months=12, price_percent=Decimal(2), price_index="KPI", price_date=date(2026, 1, 1))
    assert (kept.renewal_months, kept.price_percent, kept.price_index, kept.price_date) == (None, None, "", None)


def test_it_extends_and_keeps_the_period_that_was(county, at, agreement):
    actions.extend(agreement=agreement, valid_to=date(2028, 9, 1), price=Decimal(1200), by=county.coordinator, at=at)
    kept = Agreement.objects.get()
    past = kept.past_periods.get()
    assert (past.valid_from, past.valid_to, past.price) == (date(2026, 1, 1), date(2027, 9, 1), Decimal(1000))
    assert (kept.valid_to, kept.price, kept.notice_by) == (date(2028, 9, 1), Decimal(1200), date(2028, 2, 29))
    actions.extend(agreement=kept, valid_to=None, by=None, at=at)
    kept = Agreement.objects.get()
    assert (kept.valid_to, kept.notice_by) == (None, None)
    assert [p.valid_from for p in kept.past_periods.all()] == [date(2026, 1, 1), date(2027, 9, 1)]


def test_it_forgets_a_notice_date_that_was_agreed_for_the_old_period(made, at):
    kept = actions.extend(agreement=made(notice_date=date(2027, 1, 15)), valid_to=date(2028, 9, 1), by=None, at=at)
    assert (kept.notice_date, kept.notice_by) == (None, date(2028, 2, 29))


def test_it_refuses_to_extend_what_cannot_be_extended(made, at, agreement):
    with pytest.raises(actions.UnableToAgree) as refused:
        actions.extend(agreement=agreement, valid_to=date(2027, 9, 1), by=None, at=at)
    assert refused.value.field == "valid_to"
    with pytest.raises(actions.UnableToAgree, match="tills vidare"):
        actions.extend(agreement=made(number="2", valid_to=None), valid_to=date(2030, 1, 1), by=None, at=at)
    actions.terminate(agreement=agreement, reason="För dyrt", by=None, at=at)
    with pytest.raises(actions.UnableToAgree, match="uppsagt"):
        actions.extend(agreement=agreement, valid_to=date(2030, 1, 1), by=None, at=at)


def test_it_rolls_an_agreement_that_extends_itself_into_its_period(made, at):
    one = made(
        valid_from=date(2023, 7, 1), valid_to=date(2024, 7, 1), renewal="extends", renewal_months=12, notice_months=3,
        notice_date=date(2024, 3, 15), price_rule="percent", price_percent=Decimal(10), price_date=date(2023, 7, 1),
    )  # fmt: skip
    kept = actions.roll_over(agreement=one, day=date(2026, 11, 20), by=None, at=at)
    assert (kept.valid_to, kept.notice_by) == (date(2027, 7, 1), date(2027, 3, 15))
    assert [period.price for period in kept.past_periods.all()] == [Decimal(1000), Decimal(1100), Decimal(1210)]
    assert actions.roll_over(agreement=one, day=date(2026, 11, 20), by=None, at=at).past_periods.count() == 3


def test_it_gives_notice_with_a_reason_and_reckons_the_end(made, county, at):
    one = made(renewal="extends", renewal_months=12)
    kept = actions.terminate(agreement=one, reason=" För dyrt ", by=county.coordinator, at=at)
    assert (kept.terminated_date, kept.valid_to, kept.notice_by) == (date(2026, 11, 20), date(2027, 9, 1), None)
    assert not kept.extends
    assert Record.objects.of(kept).first().said == "För dyrt"


def test_it_gives_notice_too_late_and_until_further_notice(made, at):
    late = made(renewal="extends", renewal_months=12, valid_to=date(2027, 1, 1))
    assert actions.terminate(agreement=late, reason="x", by=None, at=at).valid_to == date(2028, 1, 1)
    open_ = made(number="2", valid_to=None, notice_months=3)
    assert actions.terminate(agreement=open_, reason="x", by=None, at=at).valid_to == date(2027, 2, 21)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x", "given": date(2026, 11, 21)}, "given"),
        ({"reason": "x", "ends": date(2026, 1, 1)}, "ends"),
    ],
)
def test_it_refuses_a_notice_that_cannot_be(agreement, at, said, field):
    with pytest.raises(actions.UnableToAgree) as refused:
        actions.terminate(agreement=agreement, by=None, at=at, **said)
    assert refused.value.field == field


def test_it_takes_a_notice_back(agreement, county, at):
    with pytest.raises(actions.UnableToAgree, match="inte uppsagt"):
        actions.resume(agreement=agreement, reason="x", by=None, at=at)
    actions.terminate(agreement=agreement, reason="För dyrt", by=None, at=at)
    with pytest.raises(actions.UnableToAgree, match="redan"):
        actions.terminate(agreement=agreement, reason="För dyrt", by=None, at=at)
    with pytest.raises(actions.UnableToAgree) as refused:
        actions.resume(agreement=agreement, reason="", by=None, at=at)
    assert refused.value.field == "reason"
    kept = actions.resume(agreement=agreement, reason="Nytt pris", valid_to=date(2028, 1, 1), by=None, at=at)
    assert (kept.terminated_date, kept.terminated_reason, kept.notice_by) == (None, "", date(2027, 6, 30))


def test_an_agreement_that_was_ended_keeps_its_last_day(agreement, at):
    actions.terminate(agreement=agreement, reason="För dyrt", by=None, at=at)
    with pytest.raises(actions.UnableToAgree) as refused:
        actions.edit(agreement=agreement, facts=facts(counterpart=agreement.counterpart, valid_to=None), by=None, at=at)
    assert refused.value.field == "valid_to"


def test_it_keeps_counterparts(county, at, agreement):
    other = actions.add_counterpart(
        owner=county.region, facts=CounterpartFacts("Björkfilm", "555555-5555"), by=county.coordinator, at=at
    )
    assert other.number == "5555555555"
    kept = actions.edit_counterpart(
        counterpart=other, facts=CounterpartFacts("Björkfilm AB", email="a@example.org"), by=None, at=at
    )
    assert Record.objects.of(kept).first().after["name"] == "Björkfilm AB"
    actions.edit_counterpart(
        counterpart=kept, facts=CounterpartFacts("Björkfilm AB", email="a@example.org"), by=None, at=at
    )
    assert Record.objects.of(kept).count() == 2
    for said, field in (
        (CounterpartFacts("NORRFILM ab"), "name"),
        (CounterpartFacts("Ny", "555555-5556"), "number"),
        (CounterpartFacts("Ny", email="nej"), "email"),
        (CounterpartFacts(" "), "name"),
    ):
        with pytest.raises(actions.UnableToAgree) as refused:
            actions.add_counterpart(owner=county.region, facts=said, by=None, at=at)
        assert refused.value.field == field
    with pytest.raises(actions.UnableToAgree):
        actions.add_counterpart(owner=county.school, facts=CounterpartFacts("Ny"), by=None, at=at)
