"""What can no longer be cancelled, changed, renewed or handed over says what is true of it."""

import pytest

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.models import Order

from .test_pages import booked, first, now, sent, teacher, text, url

__all__ = ["first", "now", "teacher"]


@pytest.mark.parametrize("by", ["get", "post"])
def test_what_cannot_be_cancelled_or_changed_any_longer_says_what_is_true(teacher, county, first, now, by):
    def refused(name, thing):
        back = thing if isinstance(thing, Order) else thing.order
        answer = getattr(teacher, by)(url(name, thing.pk))
        assert answer["Location"] == back.get_absolute_url()
        return text(teacher.get(answer["Location"]))

    order = booked(county, first, now)
    actions.cancel(bookings=order.bookings.all(), by=None, at=now)
    assert "Beställningen är redan avbokad." in refused("cancel", order)
    assert "Det går inte att ändra: bokningen är avbokad." in refused("change", order.bookings.get())
    assert "Bara det som är utlånat går att låna om." in refused("renew", order.bookings.get())
    assert "så det finns inget att lämna över" in refused("hand_over", order)
    kept = sent(county, first, now, holding=county.kit)
    assert "Det är redan packat eller utlånat" in refused("cancel", kept)
    assert "bokningen är på väg" in refused("change", kept.bookings.get())
    item = kept.bookings.get().copies.get().item
    actions.take_back(items=[item], by=None, at=now)
    actions.check(item=item, by=None, at=now)
    assert "Beställningen är avslutad, så det finns inget att avboka." in refused("cancel", kept)
    page = text(teacher.get(kept.get_absolute_url()))
    assert "Avboka" not in page
    assert "Lämna över" not in page
