"""The desk's day: each thing stands where its next press is, and the press does it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from resursnav.deliver.lending.models import Allocation, State
from resursnav.deliver.stock.models import Fault, Item, PartLine


def text(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


@pytest.fixture
def office(client, world, now):
    now()
    client.force_login(world.coordinator)
    return client


DAY, DO = reverse("desk:day"), reverse("desk:do")


def press(client, deed, *bookings):
    return client.post(DO, {"deed": deed, "booking": [one.pk for one in bookings]}, follow=True)


def state(booking):
    booking.refresh_from_db()
    return booking.state


def test_nothing_waits(office):
    assert "Inget väntar" in text(office.get(DAY))


def test_a_booking_goes_through_the_desk_press_by_press(office, booked, world, now):
    one = booked()
    page = office.get(DAY)
    [group] = page.context["day"].to_pack
    assert (group.route.name, group.rows, group.places) == ("Södra turen", [one], 1)
    assert "Tisdag 24 november" in text(page)
    assert "En bokning packad." in text(press(office, f"pack:{one.pk}"))
    assert office.get(DAY).context["day"].to_send[0].rows == [one]
    press(office, f"unpack:{one.pk}")
    press(office, "pack", one)
    now(4)
    assert "I dag" in text(office.get(DAY))
    assert "En bokning skickad." in text(press(office, "send", one))
    assert office.get(DAY).context["day"].on_the_way == [one]
    press(office, f"receive:{one.pk}")
    assert state(one) == State.OUT
    now(10)
    assert office.get(DAY).context["day"].expected == [one]
    now(20)
    office.force_login(world.coordinator)
    page = office.get(DAY)
    assert page.context["day"].late == [one]
    press(office, f"take_back:{one.pk}")
    assert office.get(DAY).context["day"].to_check == [one]
    press(office, f"check:{one.pk}")
    assert state(one) == State.CHECKED
    assert office.get(DAY).context["day"].empty


def test_many_at_once_and_a_refusal_stops_nobody_else(office, booked, world):
    rows = [booked(), booked(world.kit, quantity=2, unit=world.other)]
    assert "2 bokningar packade." in text(press(office, "pack", *rows))
    refused = text(press(office, "pack", *rows))
    assert "Istiden (bok) till Torskolan: Det går inte: bokningen är packad." in refused
    assert "2 bokningar skickade." in text(press(office, "send", *rows))
    twice = text(press(office, "send", *rows))
    assert "Det går inte: bokningen är på väg." in twice


def test_many_refusals_are_counted(office, booked, world):
    rows = [booked(world.kit, first=4 + 14 * number, days=2) for number in range(7)]
    said = text(press(office, "unpack", *rows))
    assert "Och 2 till gick inte." in said


def test_over_the_desk(office, booked):
    one = booked()
    press(office, f"pack:{one.pk}")
    assert "En bokning utlämnad." in text(press(office, f"hand_out:{one.pk}"))
    assert state(one) == State.OUT


def test_what_was_sent_today_can_be_unsent(office, booked, world, now):
    one = booked()
    press(office, "pack", one)
    press(office, "send", one)
    assert "Inte skickad" in text(office.get(DAY))
    assert "En bokning ångrad." in text(press(office, f"undo:{one.pk}"))
    assert state(one) == State.PACKED
    press(office, "send", one)
    now(1)
    office.force_login(world.coordinator)
    assert "Inte skickad" not in text(office.get(DAY))
    assert "mer har hänt med lånet" in text(press(office, f"undo:{one.pk}"))
    assert state(one) == State.SENT


def test_what_is_not_said_rightly_does_nothing(office, booked):
    one = booked()
    assert "Kryssa först" in text(press(office, "pack"))
    press(office, "steal", one)
    press(office, "pack:x", one)
    assert state(one) == State.BOOKED


def test_trouble_is_shown(office, booked, world):
    one, asked = booked(), booked(world.kit)
    type(one).objects.filter(pk=one.pk).update(state=State.BUMPED)
    type(one).objects.filter(pk=asked.pk).update(state=State.ASKED)
    Fault.objects.create(item=Item.objects.first(), text="Trasig", reported_at="2026-11-20T09:00Z")
    page = text(office.get(DAY))
    for said in ("Får inte plats", "1 bokning väntar på godkännande", "1 anmält fel"):
        assert said in page


def test_too_much_is_said(office, booked, monkeypatch):
    for _ in range(2):
        booked(days=2)
    monkeypatch.setattr("resursnav.deliver.desk.day.MOST", 1)
    assert "Allt syns inte" in text(office.get(DAY))


def test_a_copy_is_checked_with_what_lacks_and_what_is_broken(office, booked, world, now):
    part = PartLine.objects.create(holding=world.kit, name="Robot", quantity=6)
    one = booked(world.kit)
    press(office, "pack", one)
    press(office, "send", one)
    press(office, "take_back", one)
    item = Allocation.objects.get(open=True).item
    page = reverse("desk:check", args=[item.pk])
    assert "Hur många saknas?" in text(office.get(page)) and "Anmält fel" not in text(office.get(page))
    Fault.objects.create(item=item, text="Skärmen flimrar.", reported_at=timezone.now(), mended_at=timezone.now())
    Fault.objects.create(item=item, text="En rem är av.", reported_at=timezone.now())
    shown = text(office.get(page))
    assert "Anmält fel" in shown and "En rem är av." in shown and "flimrar" not in shown
    assert office.post(page, {"condition": "good", f"part_{part.pk}": 9}).status_code == 422
    said = {"condition": "worn", f"part_{part.pk}": 2, "fault": "Glapp", "blocking": "on"}
    assert office.post(page + "?scan", said)["Location"] == reverse("desk:scan")
    assert item.missing_parts.get().quantity == 2
    assert item.faults.earliest("-pk").text == "Glapp"
    assert "väntar inte på kontroll" in text(office.get(page))
    again = office.post(page, said)
    assert again.status_code == 422


def test_others_centres_are_unseen(client, world, booked, now):
    one = booked()
    client.force_login(world.stranger)
    assert client.get(DAY).context["day"].empty
    assert "Kryssa först" in text(press(client, "pack", one))
    client.force_login(world.teacher)
    assert client.get(DAY).status_code == 403
    assert client.post(DO).status_code == 403
    client.force_login(world.driver)
    assert client.get(DAY).status_code == 403


def test_it_asks_no_more_for_much(office, booked, world, django_assert_max_num_queries):
    for unit in (world.school, world.other):
        press(office, "pack", booked(world.kit, unit=unit))
    booked()
    with django_assert_max_num_queries(16):
        office.get(DAY)
