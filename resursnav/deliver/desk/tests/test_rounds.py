"""The van: what leaves with it and what it fetches, stop by stop; ticked by the driver; and the papers."""

import pytest
from django.urls import reverse

from resursnav.deliver.desk import rounds
from resursnav.deliver.lending import actions as lending
from resursnav.deliver.lending.models import State
from resursnav.deliver.stock.models import Item, PartLine, StockPlace
from resursnav.deliver.transport.models import RoutePlace
from resursnav.deliver.transport.reading import PLANS
from resursnav.foundation.keeping.actions import restamp

from .test_day import press, state, text

TUESDAY = "2026-11-24"


@pytest.fixture
def office(client, world, now):
    now()
    client.force_login(world.coordinator)
    return client


@pytest.fixture
def loaded(office, booked, world):
    """Two bookings packed for the Tuesday, one for each school."""
    rows = [booked(), booked(world.kit, quantity=2, unit=world.other)]
    press(office, "pack", *rows)
    return rows


def round_page(world):
    return reverse("desk:round", args=[world.route.pk])


def test_the_round_stops_in_order_and_delivers_what_is_packed(office, loaded, world, now):
    now(4)
    found = rounds.round_of(world.route, loaded[0].leave_date, loaded[0].leave_date)
    assert [stop.unit.name for stop in found.stops] == ["Bjurbäcksskolan", "Torskolan"]
    assert (found.packages, found.to_fetch) == (3, 0)
    page = text(office.get(reverse("desk:van_list", args=[world.route.pk, TUESDAY])))
    for said in ("Södra turen", "Lastkajen", "2 × Robotlåda", "Storgatan 1", "Kvitteras av"):
        assert said in page
    assert "Åsa" not in page


def test_the_driver_ticks_what_is_left_and_what_is_fetched(client, loaded, world, now):
    now(4)
    client.force_login(world.driver)
    page = text(client.get(round_page(world)))
    assert "Lämna 3, hämta 0." in page
    assert "Åsa" not in page
    book, kit = loaded
    assert "Kvitterat." in text(client.post(round_page(world), {"deed": f"deliver:{book.pk}"}, follow=True))
    assert state(book) == State.OUT
    assert "redan kvitterat" in text(client.post(round_page(world), {"deed": f"deliver:{book.pk}"}, follow=True))
    assert "redan kvitterat" in text(client.post(round_page(world), {"deed": "fetch:x"}, follow=True))
    client.post(round_page(world), {"deed": f"stop:{world.other.pk}"})
    assert state(kit) == State.OUT
    assert "Klart" in text(client.get(round_page(world)))
    now(11)
    client.force_login(world.driver)
    page = text(client.get(round_page(world)))
    assert "Lämna 0, hämta 3." in page
    client.post(round_page(world), {"deed": f"fetch:{kit.pk}"})
    assert state(kit) == State.RETURNED
    assert "Hämtat" in text(client.get(round_page(world)))


def test_the_driver_undoes_a_tick_until_somebody_has_gone_on(client, loaded, world, now):
    now(4)
    client.force_login(world.driver)
    kit = loaded[1]

    def tick(deed):
        return text(client.post(round_page(world), {"deed": f"{deed}:{kit.pk}"}, follow=True))

    assert "går inte att ångra" in tick("undo")  # nothing has been ticked
    assert "Ångra" in tick("deliver")
    assert "Ångrat." in tick("undo")
    assert state(kit) == State.SENT
    tick("deliver")
    now(11)
    client.force_login(world.driver)
    assert "går inte att ångra" in tick("undo")  # it was another day
    assert "Ångra" in tick("fetch")
    assert "Ångrat." in tick("undo")
    assert state(kit) == State.OUT
    assert kit.copies.filter(open=True).count() == 2
    tick("fetch")
    for copy in kit.copies.filter(open=True):
        lending.check(item=copy.item, by=None, at=now(11))
    assert "går inte att ångra" in tick("undo")
    assert state(kit) == State.CHECKED


def test_what_is_late_stays_on_the_round_when_it_has_been_fetched(client, office, loaded, world, now):
    now(4)
    press(office, "send", *loaded)
    now(18)
    client.force_login(world.driver)
    book = loaded[0]
    page = text(client.post(round_page(world), {"deed": f"fetch:{book.pk}"}, follow=True))
    assert "Hämtat" in page
    assert "Ångra" in page


def test_what_is_late_is_fetched_the_next_time(client, office, loaded, world, now):
    now(4)
    press(office, "send", *loaded)
    now(18)
    client.force_login(world.driver)
    assert "hämta 3" in text(client.get(round_page(world)))


def test_the_driver_sees_the_rounds_and_nothing_more(client, loaded, world, now):
    client.force_login(world.driver)
    page = text(client.get(reverse("desk:rounds")))
    assert "Södra turen" in page
    for name in ("day", "scan", "picking", "notes"):
        assert client.get(reverse(f"desk:{name}")).status_code == 403
    assert client.get(loaded[0].order.get_absolute_url()).status_code in {403, 404}
    client.force_login(world.stranger)
    assert client.get(round_page(world)).status_code == 404
    assert "Inga rundor" in text(client.get(reverse("desk:rounds")))


def test_a_round_of_nothing_and_a_day_that_is_none(office, world, now):
    assert "Inget att köra" in text(office.get(round_page(world)))
    assert "Inget att köra" in text(office.get(reverse("desk:van_list", args=[world.route.pk, TUESDAY])))
    for day in ("x", "2026-02-30", "1999-01-01"):
        assert office.get(reverse("desk:van_list", args=[world.route.pk, day])).status_code == 404


def test_what_no_route_takes_stands_by_itself(office, booked, world):
    one = booked()
    RoutePlace.objects.all().delete()
    restamp(PLANS)
    [group] = office.get(reverse("desk:day")).context["day"].to_pack
    assert (group.route, group.rows) == (None, [one])
    assert "Utan tur" in text(office.get(reverse("desk:picking")))


def test_the_pick_list_and_the_notes(office, booked, world):
    assert "Inget att plocka" in text(office.get(reverse("desk:picking")))
    assert "Inga följesedlar" in text(office.get(reverse("desk:notes")))
    PartLine.objects.create(holding=world.kit, name="Robot", quantity=6)
    PartLine.objects.create(holding=world.kit, name="Sladd", counted=False, position=1)
    one = booked(world.kit)
    shelf = StockPlace.objects.create(owner=world.region, name="Magasinet", code="M1")
    Item.objects.filter(holding=world.kit).update(place=shelf)
    for number, item in enumerate(Item.objects.filter(holding=world.kit)):
        Item.objects.filter(pk=item.pk).update(shelf=f"A{number}")
    page = text(office.get(reverse("desk:picking")))
    assert "Robotlåda" in page and "Magasinet, A0" in page
    press(office, "pack", one)
    page = text(office.get(reverse("desk:notes")))
    for said in ("6 Robot, Sladd", "Torskolan", "Åsa", "Lämnas tillbaka senast", f"Från {world.region}"):
        assert said in page
    page = text(office.get(reverse("desk:notes"), {"order": one.order_id}))
    assert f"Beställning {one.order_id}" in page
    assert "Inga följesedlar" in text(office.get(reverse("desk:notes"), {"order": "x"}))


def test_the_papers_are_pdf(office, loaded, world):
    one = loaded[0]
    for page in (
        reverse("desk:picking"),
        reverse("desk:van_list", args=[world.route.pk, TUESDAY]),
        reverse("desk:notes"),
    ):
        answer = office.get(page, {"format": "pdf"})
        assert answer.content.startswith(b"%PDF-"), page
        assert answer["Content-Type"] == "application/pdf"
    assert office.get(reverse("desk:notes"), {"order": one.order_id, "format": "pdf"}).content.startswith(b"%PDF-")
