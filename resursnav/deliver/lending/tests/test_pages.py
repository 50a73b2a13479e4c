"""The pages: each works, a stranger is sent away, a reader is refused, and wrong input loses nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.models import (
    Booking,
    Order,
    QueueEntry,
    State,
)
from resursnav.deliver.lending.notes import free_from, out_now
from resursnav.deliver.lending.start import mine, waiting
from resursnav.deliver.stock.models import Item
from resursnav.deliver.transport.models import SchoolBreak
from resursnav.deliver.transport.reading import PLANS
from resursnav.foundation.access import Role
from resursnav.foundation.keeping.actions import restamp
from resursnav.foundation.ui.components.words import day as day_words
from tests import factories

from .conftest import book as book_by
from .conftest import wish

DAY = timedelta(days=1)
WEEK = 7 * DAY


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def first(county, now):
    """The first day that the van can be there."""
    from resursnav.deliver.transport.reading import plan_for  # noqa: PLC0415  # the tests' own clock is the real one

    today = timezone.localdate()
    return plan_for(county.school, start=today, end=today + 60 * DAY).first_use(now)


@pytest.fixture
def teacher(client, county):
    client.force_login(county.teacher)
    return client


@pytest.fixture
def office(client, county):
    client.force_login(county.coordinator)
    return client


def url(name, *args):
    return reverse(f"lending:{name}", args=args)


def text(answer):
    return " ".join(answer.content.decode().split())


def booked(county, first, now, **said):
    return book_by(county, wish(said.pop("holding", county.book), first), at=now, **said)


def sent(county, first, now, **said):
    order = booked(county, first, now, **said)
    for row in order.bookings.all():
        actions.pack(booking=row, by=None, at=now)
    actions.send(bookings=order.bookings.all(), by=None, at=now)
    return order


def form(holding, first, **said):
    return {
        "use_from": first.isoformat(), "use_to": (first + 6 * DAY).isoformat(), f"quantity_{holding.pk}": "1",
        "key": str(uuid4()), **said,
    }  # fmt: skip


def test_a_teacher_books_in_three_pages(teacher, county, first):
    shown = text(teacher.get(county.book.resource.get_absolute_url()))
    assert "Se när den är ledig" in shown
    assert teacher.post(url("add", county.book.pk))["Location"] == url("book")
    page = teacher.get(url("book"))
    assert page.context["form"]["use_from"].value() == first
    assert "Kan vara på Torskolan" in text(page)
    answer = teacher.post(url("book"), form(county.book, first, for_class="5B"))
    order = Order.objects.get()
    assert answer["Location"] == order.get_absolute_url()
    assert (order.person, order.unit, order.for_class) == (county.teacher, county.school, "5B")
    receipt = text(teacher.get(answer["Location"]))
    assert "Du kan ändra och avboka tills det har packats" in receipt
    assert "Inget valt än" in text(teacher.get(url("book")))


def test_several_things_are_booked_at_once_and_taken_away(teacher, county, first):
    teacher.post(url("add", county.book.pk))
    teacher.post(url("add", county.kit.pk))
    shown = text(teacher.get(url("book")))
    assert "Boka 2 saker" in shown
    assert 'Antal<span class="ds-sr-only">, Robotlåda (låda eller set)</span>' in shown
    teacher.post(url("remove", county.book.pk))
    assert "Boka Robotlåda" in text(teacher.get(url("book")))
    both = form(county.kit, first, **{f"quantity_{county.book.pk}": "1"})
    teacher.post(f"{url('book')}?h={county.book.pk}", both)
    assert Booking.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"use_from": ""}, "Välj en dag"),
        ({"use_from": "i morgon"}, "Skriv dagen som år-månad-dag"),
        ({"use_from": "1999-01-01"}, "Skriv ett år mellan"),
        ({"use_to": "2026-01-01"}, "kan inte komma före"),
        ({"times": "2"}, "Skriv hur många veckor"),
        ({"times": "0"}, "Skriv minst 1"),
        ({"colleague": "ingen@example.org"}, "Ingen med den adressen arbetar på Torskolan"),
        ({"colleague": "ingen"}, "Skriv en e-postadress"),
    ],
)
def test_wrong_input_loses_nothing(teacher, county, first, said, words):
    answer = teacher.post(
        f"{url('book')}?h={county.book.pk}", {**form(county.book, first), "purpose": "Det jag skrev", **said}
    )
    assert answer.status_code == 422
    assert words in text(answer)
    assert "Det jag skrev" in text(answer)
    assert not Order.objects.exists()


def test_numbers_that_cannot_be_are_told_at_the_thing(teacher, county, first):
    for number, words in (
        ("0", "Skriv minst 1"),
        ("99999999999", "Skriv högst 500"),
        ("x", "med siffror"),
        ("9", "finns inte"),
    ):
        answer = teacher.post(
            f"{url('book')}?h={county.book.pk}", form(county.book, first, **{f"quantity_{county.book.pk}": number})
        )
        assert words in text(answer)
        assert "Istiden (bok): " in text(answer)  # the summary says at which thing


def test_what_is_taken_can_be_had_other_days_with_one_press(teacher, county, first, now):
    book_by(county, wish(county.book, first, quantity=2), at=now)
    answer = teacher.post(f"{url('book')}?h={county.book.pk}", form(county.book, first))
    [(_holding, _box, _over, instead)] = answer.context["boxes"]
    assert "i stället" in text(answer)
    said = form(county.book, first, instead=f"{instead.use_from}/{instead.use_to}")
    assert teacher.post(f"{url('book')}?h={county.book.pk}", said).status_code == 302
    assert Booking.objects.filter(use_from=instead.use_from).exists()


def test_it_books_for_a_colleague_and_several_times(teacher, county, first):
    said = form(county.kit, first, colleague=county.colleague.email, times="2", weeks="4")
    teacher.post(f"{url('book')}?h={county.kit.pk}", said)
    order = Order.objects.get()
    assert (order.person, order.placed_by, order.bookings.count()) == (county.colleague, county.teacher, 2)
    again = form(county.kit, first, times="2", weeks="1", **{f"quantity_{county.kit.pk}": "3"})
    answer = teacher.post(f"{url('book')}?h={county.kit.pk}", again)
    assert answer.status_code == 422


def test_it_says_when_the_school_is_away_on_the_first_day(teacher, county, first):
    free = first + 4 * WEEK
    SchoolBreak.objects.create(organisation=county.school, kind="winter", valid_from=free, valid_to=free + WEEK)
    restamp(PLANS)
    page = f"{url('book')}?h={county.kit.pk}"
    made = teacher.post(page, form(county.kit, first, times="2", weeks="4"))
    shown = text(teacher.get(made["Location"]))
    assert f"Torskolan har ledigt {day_words(free)}. Stämmer inte dagen" in shown
    assert f"har ledigt {day_words(first)}" not in shown


def test_the_centre_books_for_anybody_below_it(office, county, first):
    page = office.get(f"{url('book')}?h={county.book.pk}&from={first}")
    assert page.context["form"].initial["use_from"] == first
    said = form(county.book, first)
    assert "Välj vart det ska" in text(office.post(f"{url('book')}?h={county.book.pk}", said))
    office.post(f"{url('book')}?h={county.book.pk}", {**said, "unit": county.other_school.pk})
    order = Order.objects.get()
    assert (order.person, order.unit) == (None, county.other_school)
    office.post(f"{url('book')}?h={county.book.pk}", {**said, "unit": county.abroad.pk, "key": str(uuid4())})
    assert Order.objects.count() == 1


def test_odd_addresses_show_a_page(teacher, county):
    for query in (
        "h=x",
        "h=99999999999999",
        "h=-1",
        f"h={county.book.pk}&from=x",
        f"h={county.book.pk}&from=0001-01-01",
    ):
        assert teacher.get(f"{url('book')}?{query}").status_code == 200


def test_closed_schools_are_told(teacher, county, first, now):
    county.school.valid_to = timezone.localdate() + DAY
    county.school.save()
    actions.suspend(owner=county.region, unit=county.school, person=None, reason="Paus.", by=None, at=now)
    assert "Paus." in text(teacher.post(f"{url('book')}?h={county.book.pk}", form(county.book, first)))


def test_when_it_is_free_as_a_part_and_as_a_page(teacher, county, client):
    part = teacher.get(url("when", county.book.pk), headers={"HX-Request": "true"})
    assert "<h1" not in part.content.decode()
    assert "Visa lediga dagar" in text(part)
    assert "När är Istiden (bok) ledig?" in text(teacher.get(url("when", county.book.pk)))
    client.force_login(county.coordinator)
    assert "Välj enhet när du bokar" in text(client.get(url("when", county.book.pk)))


def test_mine_and_ours(client, county, first, now):
    booked(county, first, now)
    sent(county, first, now, holding=county.kit, person=county.colleague)
    client.force_login(county.teacher)
    page = text(client.get(url("mine")))
    assert "Istiden" in page
    assert "Robotlåda" not in page
    assert client.get(url("unit")).status_code == 403
    client.force_login(county.principal)
    ours = text(client.get(url("unit")))
    assert "Istiden" in ours
    assert "Robotlåda" in ours
    assert "Maj" in ours
    assert "Inget lånat just nu" in text(client.get(url("mine")))
    client.force_login(county.other_teacher)
    order = Order.objects.first()
    assert client.get(url("order", order.pk)).status_code == 404
    assert client.post(url("cancel", order.pk)).status_code == 404
    client.logout()
    assert client.get(url("mine")).status_code == 302
    assert client.get(url("order", order.pk)).status_code == 302


def test_it_is_cancelled_and_that_shows(teacher, county, first, now):
    order = booked(county, first, now)
    assert "Det här avbokas" in text(teacher.get(url("cancel", order.pk)))
    assert teacher.post(url("cancel", order.pk), {"reason": "Sjuk"})["Location"] == order.get_absolute_url()
    assert "Avbokad. Sjuk" in text(teacher.get(order.get_absolute_url()))
    assert "Tidigare" in text(teacher.get(url("mine")))


def test_it_is_changed(teacher, county, first, now):
    order = booked(county, first, now)
    row = order.bookings.get()
    assert teacher.get(url("change", row.pk)).status_code == 200
    said = {"use_from": first.isoformat(), "use_to": (first + 2 * DAY).isoformat(), "quantity": "2"}
    assert teacher.post(url("change", row.pk), said).status_code == 302
    assert Booking.objects.get().quantity == 2
    assert "Så många finns inte" in text(teacher.post(url("change", row.pk), {**said, "quantity": "3"}))
    assert teacher.post(url("change", row.pk), {**said, "quantity": "x"}).status_code == 422
    actions.pack(booking=row, by=None, at=now)
    assert teacher.get(url("change", row.pk)).status_code == 302


def test_it_is_renewed_and_handed_over_by_the_school_contact(client, county, first, now):
    order = sent(county, first, now)
    row = order.bookings.get()
    client.force_login(county.principal)
    assert client.get(url("renew", row.pk)).status_code == 200
    assert "Välj en dag efter" in text(client.post(url("renew", row.pk), {"use_to": first.isoformat()}))
    assert client.post(url("renew", row.pk), {"use_to": (first + 13 * DAY).isoformat()}).status_code == 302
    assert Booking.objects.get().renewals == 1
    assert client.get(url("hand_over", order.pk)).status_code == 200
    wrong = client.post(url("hand_over", order.pk), {"to": county.other_teacher.email})
    assert "Ingen med den adressen arbetar på Torskolan" in text(wrong)
    assert "har redan lånet" in text(client.post(url("hand_over", order.pk), {"to": county.teacher.email}))
    assert client.post(url("hand_over", order.pk), {"to": county.colleague.email}).status_code == 302
    assert Order.objects.get().person == county.colleague
    other = booked(county, first, now, holding=county.kit)
    assert client.get(url("renew", other.bookings.get().pk))["Location"] == other.get_absolute_url()


def test_the_same_again(teacher, county, first, now):
    order = booked(county, first, now)
    assert teacher.get(url("again", order.pk))["Location"] == f"{url('book')}?h={county.book.pk}"


def test_the_queue_on_pages(client, county, first, now):
    book_by(county, wish(county.book, first, quantity=2), at=now)
    client.force_login(county.other_teacher)
    assert client.get(url("queue", county.book.pk)).status_code == 200
    today = timezone.localdate()
    said = {"earliest": today, "latest": first + 2 * DAY, "days": "3", "quantity": "1"}
    assert client.post(url("queue", county.book.pk), {**said, "days": "x"}).status_code == 422
    assert client.post(url("queue", county.book.pk), said).status_code == 302
    assert "Du är nummer 1 i kön" in text(client.get(url("mine")))
    entry = QueueEntry.objects.get()
    client.post(url("accept", entry.pk))
    assert "gäller inte längre" in text(client.get(url("mine")))
    actions.cancel(bookings=Booking.objects.all(), by=None, at=now)
    assert "Den är ledig för dig nu" in text(client.get(url("mine")))
    answer = client.post(url("accept", entry.pk))
    assert answer["Location"] == QueueEntry.objects.get().booking.order.get_absolute_url()
    client.post(url("leave", entry.pk))
    assert "inte i kön längre" in text(client.get(url("mine")))
    client.force_login(county.teacher)
    assert client.post(url("leave", entry.pk)).status_code == 404


def test_the_school_contact_leaves_a_queue(client, county, first, now):
    entry = actions.join_queue(
        holding=county.book, unit=county.school, person=county.teacher, quantity=1, days=3,
        earliest=timezone.localdate(), latest=first, by=county.teacher, at=now,
    )  # fmt: skip
    client.force_login(county.principal)
    assert client.post(url("leave", entry.pk)).status_code == 302
    assert not QueueEntry.objects.open().exists()


def test_who_works_at_two_places_chooses(client, county, first):
    factories.assignment(county.teacher, Role.TEACHER, county.other_school)
    client.force_login(county.teacher)
    page = client.get(f"{url('book')}?h={county.book.pk}")
    assert "unit" in page.context["form"].fields
    assert "unit" in client.get(url("queue", county.book.pk)).context["form"].fields
    said = form(county.book, first, unit=county.other_school.pk)
    client.post(f"{url('book')}?h={county.book.pk}", said)
    assert Order.objects.get().unit == county.other_school


def test_the_start_page_and_the_search_say_what_one_wants_to_know(county, first, now):
    booked(county, first, now)
    assert [line.title for line in mine(county.teacher)] == ["Istiden (bok)"]
    assert waiting(county.teacher) == []
    Booking.objects.update(state=State.OUT, use_from="2026-01-01", hand_over_date="2026-01-08", leave_date="2026-01-01")
    assert "Skulle ha lämnats" in waiting(county.teacher)[0].about
    things = [county.book.resource, county.kit.resource]
    notes = free_from(things, county.teacher)
    assert {note.text.split()[0] for note in notes.values()} == {"Ledig"}
    assert free_from(things, county.coordinator) == {}
    assert free_from(things, None) == {}
    assert free_from([], county.teacher) == {}
    Item.objects.update(state="missing", out_from="2026-01-01")
    assert "Ingen ledig" in free_from(things, county.teacher)[things[0].pk].text


def test_strangers_are_asked_to_sign_in(client, county):
    assert "Logga in för att boka" in text(client.get(county.book.resource.get_absolute_url()))
    client.force_login(factories.person(Role.POLITICIAN, county.region))
    assert "Din roll ger inte rätt att låna" in text(client.get(county.book.resource.get_absolute_url()))


def test_the_search_fetches_by_itself_when_things_are_free(teacher, county, django_assert_max_num_queries):
    things = [county.book.resource.pk, county.kit.resource.pk]
    listed = text(teacher.get("/resources/"))
    address = f"/resources/notes/?id={things[0]}&id={things[1]}"
    assert "Se när de är lediga" in listed and "Ledig från" not in listed
    assert all(f"id={key}" in listed and f'id="notes-{key}"' in listed for key in things)
    teacher.get(address)  # the way there and the conditions are kept from now on
    with django_assert_max_num_queries(12):
        whole = text(teacher.get(address))
    assert "<h1" in whole and whole.count("Ledig från") == 2
    part = text(teacher.get(address, headers={"HX-Request": "true"}))
    assert "<h1" not in part and part.count("Ledig från") == 2
    assert f'hx-swap-oob="beforeend:#notes-{things[0]}"' in part


@pytest.mark.parametrize("asked", ["", "?id=x", "?id=0", "?id=99999999999999999999", "?id=%00"])
def test_there_is_nothing_more_to_say_of_what_is_not_there(teacher, county, asked):
    assert teacher.get(f"/resources/notes/{asked}").status_code == 404


def test_strangers_and_those_who_cannot_borrow_are_offered_nothing_later(client, county):
    address = f"/resources/notes/?id={county.book.resource.pk}"
    assert "Se när de är lediga" not in text(client.get("/resources/")) and client.get(address).status_code == 404
    client.force_login(factories.person(Role.POLITICIAN, county.region))
    assert "Se när de är lediga" not in text(client.get("/resources/")) and client.get(address).status_code == 404


def test_the_centre_sees_on_each_item_where_it_is(office, county, first, now, django_assert_num_queries):
    booking = booked(county, first, now).bookings.get()
    actions.pack(booking=booking, by=county.coordinator, at=now)
    [copy] = booking.copies.select_related("item")
    assert f"Packad till {county.school.name}" in text(office.get("/stock/"))
    Booking.objects.update(state=State.OUT)
    with django_assert_num_queries(1):
        assert out_now([copy.item], county.coordinator)[copy.item.pk].text.startswith(f"Hos {county.school.name} till ")
    Booking.objects.update(hand_over_date=timezone.localdate() - DAY, leave_date=timezone.localdate() - 9 * DAY)
    assert ", skulle ha lämnats " in out_now([copy.item], county.coordinator)[copy.item.pk].text
    Booking.objects.update(state=State.RETURNED)
    assert "inte kontrollerad" in out_now([copy.item], county.coordinator)[copy.item.pk].text
    copy.open = False
    copy.save()
    assert out_now([copy.item], county.coordinator) == {}
