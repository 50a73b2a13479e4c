"""What lending tells somebody about oneself: one's own, and nothing of others."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from resursnav.deliver.lending import actions, export

from .conftest import AT, TODAY, book, day, wish


def test_it_tells_of_loans_until_the_borrower_is_forgotten(county):
    order = book(county, wish(county.book), about=actions.About("5B", "Rymden"))
    book(county, wish(county.kit), person=county.colleague, by=county.colleague)
    [told] = export.loans(county.teacher)
    assert (told["unit"], told["class"], told["purpose"]) == ("Torskolan", "5B", "Rymden")
    assert (told["for_me"], told["ordered_by_me"]) == (True, True)
    assert told["lines"][0]["what"] == "Istiden (bok)"
    assert "Maj" not in json.dumps(export.loans(county.teacher), cls=DjangoJSONEncoder)
    type(order).objects.filter(pk=order.pk).update(person=None, placed_by=None)
    assert export.loans(county.teacher) == []


def test_it_tells_what_one_booked_for_a_colleague_without_saying_for_whom(county):
    book(county, person=county.colleague, by=county.teacher)
    [told] = export.loans(county.teacher)
    assert (told["for_me"], told["ordered_by_me"]) == (False, True)
    assert [one["what"] for one in export.steps(county.teacher)] == ["ordered"]
    assert export.steps(county.principal) == []


def test_it_tells_of_queues_and_suspensions(county):
    book(county, wish(county.book, quantity=2), person=county.colleague, by=None)
    actions.join_queue(
        holding=county.book, unit=county.school, person=county.teacher, quantity=1, days=7, earliest=TODAY,
        latest=day(20), by=county.teacher, at=AT, for_class="5B",
    )  # fmt: skip
    [place] = export.queue(county.teacher)
    assert (place["what"], place["unit"], place["class"]) == ("Istiden (bok)", "Torskolan", "5B")
    actions.suspend(
        owner=county.region, unit=county.school, person=county.teacher, until=None, reason="Sent.", by=None, at=AT
    )
    [one] = export.suspensions(county.teacher)
    assert (one["unit__name"], one["reason"]) == ("Torskolan", "Sent.")
    assert export.queue(county.colleague) == export.suspensions(county.colleague) == []
