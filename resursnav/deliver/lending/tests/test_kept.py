"""A centre's conditions are kept in the process, and are never out of date."""

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.counting import conditions_of, with_rules
from resursnav.deliver.lending.models import LoanRule
from resursnav.deliver.lending.models.conditions import NUMBERS
from resursnav.deliver.stock.models import Holding

from .conftest import AT


def test_conditions_are_kept_until_the_rules_change(county, django_assert_num_queries):
    def conditions():
        holdings = list(with_rules(Holding.objects.filter(owner=county.region)))
        return {one.longest_days for one in conditions_of(holdings).values()}

    said = {name: getattr(LoanRule(), name) for name in (*NUMBERS, "needs_approval")}
    at = {"by": county.coordinator, "at": AT}
    with django_assert_num_queries(2):
        assert conditions() == {28}
    with django_assert_num_queries(1):
        assert conditions() == {28}
    kinds = set(Holding.objects.filter(owner=county.region).values_list("kind", flat=True))
    made = [
        actions.set_rule(owner=county.region, kind=kind, prefix="", said=said | {"longest_days": 30}, **at)
        for kind in kinds
    ]
    assert conditions() == {30}
    actions.set_rule(owner=county.region, kind=made[0].kind, prefix="", said=said, rule=made[0], **at)
    assert 28 in conditions()
    for rule in made:
        actions.remove_rule(rule=rule, **at)
    assert conditions() == {28}
    with django_assert_num_queries(2):  # what was read without the stamp is read anew each time
        conditions_of(list(Holding.objects.filter(owner=county.region)))
