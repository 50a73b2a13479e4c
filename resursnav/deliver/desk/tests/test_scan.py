"""The scanner: what a code is, what to do with it, and nothing wrong whoever scans what, and how often."""

import pytest
from django.urls import reverse

from resursnav.deliver.lending import actions as lending
from resursnav.deliver.lending.models import Allocation, State
from resursnav.deliver.stock.models import Item
from resursnav.foundation.access import Role
from tests import factories

from .test_day import press, state, text

SCAN, UNDO = reverse("desk:scan"), reverse("desk:undo")


@pytest.fixture
def desk(client, world, now):
    now()
    client.force_login(world.coordinator)
    return client


def scan(client, code, **said):
    return text(client.post(SCAN, {"code": code, **said}))


def copies(holding):
    return list(Item.objects.filter(holding=holding).order_by("pk"))


def test_the_page_may_use_the_camera_and_no_other_may(desk):
    page = desk.get(SCAN)
    assert "camera=(self)" in page["Permissions-Policy"]
    assert "camera=()" in desk.get(reverse("desk:day"))["Permissions-Policy"]
    assert "kan inte läsa streckkoder med kameran" in text(page)


def test_an_order_is_packed_and_sent_by_scanning(desk, booked, world):
    one = booked(world.kit, quantity=2)
    first, second, third = copies(world.kit)
    assert "Packa för Torskolan" in scan(desk, first.barcode)
    assert "Packad för Torskolan." in scan(desk, first.barcode, deed=f"pack:{one.pk}")
    rest = type(one).objects.get(state=State.BOOKED)
    assert rest.quantity == 1
    assert "Packad för Torskolan." in scan(desk, second.barcode, deed=f"pack:{rest.pk}")
    assert "Inte utlånad och inte bokad." in scan(desk, third.barcode)
    packed = Allocation.objects.get(item=first).booking
    assert "Skickad till Torskolan." in scan(desk, first.barcode, deed=f"send:{packed.pk}")
    other = Allocation.objects.get(item=second).booking
    assert "Uppackad." in scan(desk, second.barcode, deed=f"unpack:{other.pk}")
    assert "Packad" in scan(desk, second.barcode, deed=f"pack:{other.pk}")
    assert "Utlämnad till" in scan(desk, second.barcode, deed=f"hand_out:{other.pk}")


def test_in_the_mode_back_one_scan_takes_back_and_the_next_says_so(desk, booked, world, now):
    one = booked()
    press(desk, "pack", one)
    item = Allocation.objects.get().item
    assert "Packad för Torskolan. Lämnar centret" in scan(desk, item.barcode, mode="back")
    assert state(one) == State.PACKED
    press(desk, "send", one)
    assert "Utlånad till Torskolan, ska lämnas" in scan(desk, item.barcode)
    assert state(one) == State.SENT
    assert "Tillbaka från Torskolan. Kontrollera den." in scan(desk, item.barcode, mode="back")
    assert state(one) == State.RETURNED
    again = scan(desk, item.barcode, mode="back")
    assert "väntar på kontroll" in again
    assert "Hel och komplett" in again
    assert "Kontrollerad. Ställ den på plats." in scan(desk, item.barcode, deed="check:")
    assert state(one) == State.CHECKED
    assert "Inte utlånad och inte bokad" in scan(desk, item.barcode, mode="back")


def test_what_is_late_is_said(desk, booked, world, now):
    one = booked()
    press(desk, "pack", one)
    press(desk, "send", one)
    now(30)
    desk.force_login(world.coordinator)
    item = Allocation.objects.get().item
    assert "skulle ha lämnats" in scan(desk, item.barcode)


def test_what_is_unknown_retired_or_away_is_told_and_nothing_happens(desk, booked, world):
    booked()
    first, second = copies(world.book)
    unknown = scan(desk, " finns-inte ")
    assert "Ingen här har den koden." in unknown
    assert "finns-inte" in unknown
    assert "Skanna eller skriv en streckkod." in scan(desk, " \0 ")
    Item.objects.filter(pk=first.pk).update(state="retired", retired_at="2026-11-01T09:00Z", retired_reason="Sliten.")
    assert "Gallrad: Sliten. Den ska inte lånas ut." in scan(desk, first.barcode)
    assert "gallrad" in scan(desk, first.barcode, deed="take_back:")
    Item.objects.filter(pk=second.pk).update(state="service", out_from="2026-11-01")
    assert "Den är på service." in scan(desk, second.barcode)
    assert not Allocation.objects.exists()


def test_two_desks_at_once_change_nothing_wrong(desk, booked, world):
    one = booked()
    item = copies(world.book)[0]
    scan(desk, item.barcode)
    lending.pack(booking=one, items=[item], by=None, at=one.booked_at)  # the other desk was faster
    said = scan(desk, item.barcode, deed=f"pack:{one.pk}")
    assert "Det går inte: bokningen är packad." in said
    assert Allocation.objects.count() == 1
    assert "Bokningen finns inte längre." in scan(desk, item.barcode, deed="send:999999")
    assert "Det går inte att göra." in scan(desk, item.barcode, deed=f"burn:{one.pk}")
    other = copies(world.kit)[0]
    assert "något annat än det som är bokat" in scan(desk, other.barcode, deed=f"pack:{booked().pk}")


def test_the_last_scan_is_undone(desk, booked, world, now):
    one = booked()
    item = copies(world.book)[0]
    scan(desk, item.barcode, deed=f"pack:{one.pk}")
    assert "är inte packad" in text(desk.post(UNDO, follow=True))
    assert state(one) == State.BOOKED
    assert "inget att ångra" in text(desk.post(UNDO, follow=True))
    scan(desk, item.barcode, deed=f"pack:{one.pk}")
    lending.send(bookings=[one], by=None, at=now())
    scan(desk, item.barcode, mode="back")
    answer = desk.post(UNDO, {"mode": "back"}, follow=True)
    assert "är utlånad igen" in text(answer)
    assert answer.redirect_chain[0][0].endswith("?mode=back")
    assert state(one) == State.OUT
    scan(desk, item.barcode, mode="back")
    lending.check(item=item, by=None, at=now())
    assert "väntar inte på kontroll" in text(desk.post(UNDO, follow=True))
    assert state(one) == State.CHECKED


def test_what_was_sent_or_handed_out_last_is_undone(desk, booked, world, now):
    one = booked()
    item = copies(world.book)[0]
    for deed, undoes in (("send", State.SENT), ("hand_out", State.OUT)):
        if state(one) == State.BOOKED:
            scan(desk, item.barcode, deed=f"pack:{one.pk}")
        scan(desk, item.barcode, deed=f"{deed}:{one.pk}")
        assert state(one) == undoes
        assert "är packad men inte skickad" in text(desk.post(UNDO, follow=True))
        assert state(one) == State.PACKED


def test_what_the_driver_has_left_meanwhile_is_not_undone_by_the_last_scan(desk, booked, world, now):
    one = booked()
    item = copies(world.book)[0]
    scan(desk, item.barcode, deed=f"pack:{one.pk}")
    scan(desk, item.barcode, deed=f"send:{one.pk}")
    lending.receive(bookings=[one], by=None, at=now())
    assert "Någon annan har redan ändrat den." in text(desk.post(UNDO, follow=True))
    assert state(one) == State.OUT


def test_a_step_of_today_is_undone_from_the_copy_itself(desk, booked, world, now):
    one = booked()
    press(desk, "pack", one)
    press(desk, "send", one)
    item = Allocation.objects.get().item
    assert "Den är inte skickad" in scan(desk, item.barcode)
    assert "Ångrat. Den står som förut." in scan(desk, item.barcode, deed=f"undo:{one.pk}")
    assert state(one) == State.PACKED
    press(desk, "send", one)
    now(1)
    desk.force_login(world.coordinator)
    assert "Den är inte skickad" not in scan(desk, item.barcode)
    assert "mer har hänt med lånet" in scan(desk, item.barcode, deed=f"undo:{one.pk}")
    assert state(one) == State.SENT


def test_what_is_free_leads_to_a_loan_over_the_desk(desk, world):
    item = copies(world.book)[0]
    assert reverse("desk:lend") + f"?codes={item.barcode}" in scan(desk, item.barcode)


def test_what_somebody_else_has_changed_is_not_undone(desk, booked, world, now):
    one = booked()
    item = copies(world.book)[0]
    scan(desk, item.barcode, deed=f"pack:{one.pk}")
    lending.unpack(booking=one, by=None, at=now())
    assert "Någon annan har redan ändrat den." in text(desk.post(UNDO, follow=True))


def test_the_last_scans_are_listed_and_forgotten(desk, world):
    for number in range(12):
        page = scan(desk, f"X{number}")
    assert "X11" in page
    assert "X3 " not in page


def test_whoever_has_no_centre_scans_nothing(client, world, now):
    client.force_login(factories.person(Role.COORDINATOR, world.school))
    assert client.get(SCAN).status_code == 403
    client.force_login(world.stranger)
    assert "Ingen här har den koden." in scan(client, copies(world.book)[0].barcode)
    client.force_login(world.driver)
    assert client.get(SCAN).status_code == 403
