"""Holdings: opened in a form that the resource has, and said something else about."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from resursnav.deliver.stock import actions
from resursnav.deliver.stock.facts import HoldingFacts
from resursnav.deliver.stock.models import Holding, LoanKind
from resursnav.foundation.threads.models import Record
from tests import factories

from .conftest import NOW

pytestmark = pytest.mark.django_db


def test_it_opens_a_holding_with_the_usual_loan_rule(centre, keeper):
    kit = factories.resource(centre, "kit", "guide", title="Bluebot")
    made = actions.open_holding(resource=kit, facts=HoldingFacts("kit", number=" D  7 ", name=" "), by=keeper, at=NOW)
    assert (made.owner, made.kind, made.number, made.title()) == (
        centre,
        LoanKind.KIT,
        "D 7",
        "Bluebot (låda eller set)",
    )
    assert str(made) == "D 7"
    guide = actions.open_holding(resource=kit, facts=HoldingFacts("guide", name="Häftet"), by=keeper, at=NOW)
    assert (guide.kind, guide.title()) == (LoanKind.MEDIA, "Häftet")
    assert Record.objects.filter(verb="stock.opened", kind="stock.holding", key=made.pk).count() == 1


@pytest.mark.parametrize(
    ("media_type", "says"),
    [("stream", "stå på en hylla"), ("book", "finns inte i den formen"), ("film", "redan ett bestånd"), ("", "hylla")],
)
def test_it_opens_no_holding_of_what_cannot_stand_there(holding, keeper, media_type, says):
    with pytest.raises(actions.UnableToStock, match=says):
        actions.open_holding(resource=holding.resource, facts=HoldingFacts(media_type), by=keeper, at=NOW)


def test_it_says_something_else_and_writes_nobody_over(holding, keeper):
    said = HoldingFacts("film", number="V 1", kind="equipment", bookable=False, note="Bara på plats")
    late = holding.updated_at
    changed = actions.edit_holding(holding=holding, facts=said, by=keeper, at=NOW, seen_at=late)
    assert (changed.number, changed.bookable, changed.kind) == ("V 1", False, "equipment")
    actions.edit_holding(holding=holding, facts=said, by=keeper, at=NOW + timedelta(hours=1))
    assert Record.objects.filter(verb="stock.edited").count() == 1  # the second changed nothing
    with pytest.raises(actions.Overtaken):
        actions.edit_holding(holding=holding, facts=said, by=keeper, at=NOW, seen_at=late)
    with pytest.raises(actions.UnableToStock, match="byter inte form"):
        actions.edit_holding(holding=holding, facts=replace(said, media_type="book"), by=keeper, at=NOW)


def test_it_locks_holdings_in_the_order_of_their_keys(holding, centre):
    other = factories.holding(factories.resource(centre))
    assert Holding.objects.locked([other.pk, holding.pk, other.pk]) == [holding, other]
    assert list(Holding.objects.bookable()) == [holding, other]


def test_a_lock_is_refused_outside_a_transaction(transactional_db):
    held = factories.holding()
    with pytest.raises(TransactionManagementError):
        Holding.objects.locked([held.pk])
    with transaction.atomic():
        assert Holding.objects.locked([held.pk]) == [held]
