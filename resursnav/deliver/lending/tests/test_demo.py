"""The demo's loans stand as they would if people had made them, and the doctor finds nothing wrong."""

from django.utils import timezone

from resursnav.deliver.lending import checks, demo
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import Booking, LoanFact, LoanRule, OrderEvent, State
from resursnav.deliver.stock.models import Fault
from tests import factories

from .conftest import AT, TODAY


def test_it_plants_loans_in_all_states_once(county):
    for number in range(8):
        factories.holding(factories.resource(county.region, "book"), items=2, number=f"D {number}")
    assert demo.plant(at=AT) > 20
    found = set(Booking.objects.values_list("state", flat=True))
    assert found >= {State.CHECKED, State.BOOKED, State.PACKED}
    assert LoanFact.objects.filter(what="loan").exists()
    assert LoanRule.objects.count() == 4
    assert OrderEvent.objects.get(what="fault").said == {"fault": Fault.objects.get().pk}
    assert faults(TODAY) == []
    assert demo.plant(at=AT) == 0


def test_on_a_day_with_a_van_something_is_left_and_something_fetched(county):
    thursday = AT - demo.DAY
    for number in range(15):
        factories.holding(factories.resource(county.region, "book"), items=4, number=f"B {number}")
    demo.plant(at=thursday)
    today = thursday.date()
    assert Booking.objects.filter(state=State.PACKED, leave_date=today).exists()
    assert Booking.objects.filter(state=State.OUT, hand_over_date=today).exists()
    assert not Booking.objects.filter(state=State.BOOKED, leave_date__lte=today).exists()
    assert faults(today) == []


def test_a_region_without_anything_to_lend_gets_nothing(db):
    factories.organisation()
    assert demo.plant(at=AT) == 0


def test_the_doctor_says_how_it_stands(county):
    assert [finding.ok for finding in checks.lending()] == [True]
    booking = Booking(
        order=demo.Order.objects.create(
            owner=county.region, unit=county.school, placed_at=AT, key="0" * 32, closed_at=None
        ),
        holding=county.book, quantity=9, state=State.BOOKED, booked_at=AT, changed_at=AT,
        **dict.fromkeys(("use_from", "use_to", "leave_date", "hand_over_date", "back_date", "blocked_from"),
                        timezone.localdate()),
        blocked_to=timezone.localdate() + demo.DAY,
    )  # fmt: skip
    booking.save()
    [finding] = checks.lending()
    assert not finding.ok
    assert "more_booked_than_there_is: 1" in str(finding.title)
