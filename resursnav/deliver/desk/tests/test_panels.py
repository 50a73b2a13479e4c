"""What the desk adds to pages further down."""

from .test_day import press, text
from .test_rounds import office

__all__ = ["office"]


def test_an_order_leads_to_its_delivery_note_once_something_is_packed(office, client, booked, world):
    row = booked(world.kit)
    page = row.order.get_absolute_url()
    note = f"/desk/notes/?order={row.order_id}"
    assert note not in text(office.get(page))
    press(office, "pack", row)
    assert note in text(office.get(page))
    assert f"Följesedel {row.order_id}" in text(office.get(note))
    client.force_login(row.order.person)
    assert note not in text(client.get(page))
