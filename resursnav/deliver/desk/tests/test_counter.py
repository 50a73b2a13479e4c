"""A loan over the desk to somebody who has booked nothing: by scanning, and with wrong input said at its field."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from resursnav.deliver.lending import actions as lending
from resursnav.deliver.lending.models import Allocation, LoanRule, Order, State
from resursnav.deliver.rights.models import TitleEntry
from resursnav.deliver.stock.models import Item
from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Assignment, Person
from resursnav.landscape.agreements import actions as agreeing
from resursnav.landscape.agreements.facts import AgreementFacts, RightFacts
from tests import factories

from .conftest import FRIDAY
from .test_day import text

LEND, UNDO = reverse("desk:lend"), reverse("desk:lend_undo")


@pytest.fixture
def desk(client, world, now):
    now()
    client.force_login(world.coordinator)
    return client


def copies(holding):
    return list(Item.objects.filter(holding=holding).order_by("pk"))


def code(holding, number=0):
    return copies(holding)[number].barcode


def typed(**said):
    return {"codes": "", "unit": "Torskolan", "borrower": "", "use_to": "", "key": str(uuid4())} | said


def lend(client, **said):
    return client.post(LEND, typed(deed="lend", **said))


def look(client, **said):
    return client.post(LEND, typed(**said))


def wrong(answer):
    """The fields with something wrong, and what."""
    assert answer.status_code == 422
    assert not Order.objects.filter(bookings__state=State.OUT).exists()
    return {name: " ".join(said) for name, said in answer.context["form"].errors.items()}


def test_two_things_are_lent_to_a_teacher(desk, world):
    codes = f"{code(world.book)}\n{code(world.kit)}\n"
    answer = lend(desk, codes=codes, borrower="åsa", use_to="2026-11-27", for_class="5B")
    assert answer["Location"] == LEND
    order = Order.objects.get()
    assert order.for_class == "5B"
    assert (order.unit, order.person, order.placed_by) == (world.school, world.teacher, world.coordinator)
    assert {one.state for one in order.bookings.all()} == {State.OUT}
    assert {str(one.use_to) for one in order.bookings.all()} == {"2026-11-27"}
    page = text(desk.get(LEND))
    assert "2 saker utlånade till Torskolan. Lämnas tillbaka senast" in page
    assert f"Beställning {order.pk}" in page
    assert "Åsa" not in page


def test_what_is_known_is_shown_before_it_is_lent(desk, world):
    answer = look(desk, codes=f"{code(world.book)}\nfinns-inte", borrower="åsa")
    assert answer.status_code == 200
    page = text(answer)
    for said in ("Istiden", "längst till", "Ingen här har den koden.", "Torskolan", "Åsa"):
        assert said in page
    assert "Fel:" not in page  # nothing is wrong with what is not yet sent
    assert code(world.book) in desk.get(LEND, {"codes": code(world.book)}).content.decode()
    assert not Order.objects.exists()


def test_without_a_last_day_it_is_lent_for_the_usual_time_or_until_others_have_booked_it(desk, world, booked):
    LoanRule.objects.create(owner=world.region, kind="media", default_days=10, longest_days=60, updated_at=FRIDAY)
    lend(desk, codes=code(world.book))
    assert str(Order.objects.get().bookings.get().use_to) == "2026-11-29"
    booked(world.kit, quantity=3, first=11)  # leaves on Tuesday 1 December; a loan must be back before
    lend(desk, codes=code(world.kit))
    [kit] = Order.objects.latest("pk").bookings.all()
    assert kit.state == State.OUT
    assert kit.blocked_to <= date(2026, 12, 1)
    assert str(kit.use_to) == "2026-11-23"


def test_the_unit_alone_may_answer_for_the_loan(desk, world):
    lend(desk, codes=code(world.book))
    assert Order.objects.get().person is None


def test_who_borrows_says_for_which_unit(desk, world):
    lend(desk, codes=code(world.book), unit="", borrower=world.teacher.email)
    assert Order.objects.get().unit == world.school


def test_the_same_form_sent_twice_is_one_loan(desk, world):
    said = typed(deed="lend", codes=code(world.book))
    desk.post(LEND, said)
    desk.post(LEND, said)
    assert Order.objects.count() == 1


def test_scanning_the_same_copy_twice_lends_it_once(desk, world):
    one = copies(world.book)[0]
    address = "http://testserver" + one.get_absolute_url()
    lend(desk, codes=f"{one.barcode}\n{one.barcode.lower()}\n{address}\n\n")
    assert Order.objects.get().bookings.get().quantity == 1


def test_a_unit_that_can_be_several_is_chosen_and_nothing_typed_is_lost(desk, world):
    twin = factories.organisation(world.school.parent, name="Torskolan norra")
    answer = lend(desk, codes=code(world.book), unit="torsk", use_to="2026-11-27")
    assert "Flera passar." in wrong(answer)["unit"]
    page = text(answer)
    for said in (code(world.book), 'value="torsk"', 'value="2026-11-27"', f'value="{twin.pk}"'):
        assert said in page
    lend(desk, codes=code(world.book), unit="torsk", unit_key=twin.pk)
    assert Order.objects.get().unit == twin
    # A name that is somebody's own is that one, however many others contain it.
    lend(desk, codes=code(world.kit), unit="Torskolan")
    assert Order.objects.latest("pk").unit == world.school


def test_a_name_that_many_contain_is_found_far_down(desk, world):
    for number in range(12):
        factories.organisation(world.school.parent, name=f"A Torskolan {number:02}")
    assert "Fler passar." in text(look(desk, unit="torskol"))
    lend(desk, codes=code(world.book), unit="Torskolan")
    assert Order.objects.get().unit == world.school


def test_a_borrower_who_can_be_several_is_chosen(desk, world):
    other = factories.person(Role.TEACHER, world.school, given_name="Åsa-Lena")
    answer = lend(desk, codes=code(world.book), borrower="åsa")
    assert "Flera passar." in wrong(answer)["borrower"]
    post = Assignment.objects.get(person=other)
    lend(desk, codes=code(world.book), borrower="åsa", post=post.pk)
    assert Order.objects.get().person == other
    answer = lend(desk, codes=code(world.kit), unit="", borrower="åsa")
    assert set(answer.context["form"].errors) == {"borrower"}  # whoever is chosen says for which unit


def test_whoever_is_protected_is_found_by_the_whole_address_only_and_not_named(desk, world):
    Person.objects.filter(pk=world.teacher.pk).update(security_marking="protected")
    assert "Ingen som heter så" in wrong(lend(desk, codes=code(world.book), borrower="åsa"))["borrower"]
    page = text(look(desk, codes=code(world.book), borrower=world.teacher.email))
    assert "Skyddad person" in page
    assert "Åsa" not in page


def test_codes_that_cannot_be_lent_are_said_at_their_field(desk, world, booked):
    assert "Skanna eller skriv" in wrong(lend(desk))["codes"]
    gone, service = copies(world.book)
    Item.objects.filter(pk=gone.pk).update(state="retired", retired_at=FRIDAY, retired_reason="Sliten.")
    Item.objects.filter(pk=service.pk).update(state="service", out_from="2026-11-01")
    out = lending.pack(booking=booked(world.kit), by=None, at=FRIDAY).copies.get().item
    answer = lend(desk, codes=f"finns-inte\n{gone.barcode}\n{service.barcode}\n{out.barcode}")
    said = wrong(answer)["codes"]
    for reason in (
        "finns-inte: Ingen här har den koden.",
        f"{gone.barcode}: Den är gallrad.",
        f"{service.barcode}: Den är på service.",
        f"{out.barcode}: Den är packad för eller utlånad till Torskolan.",
    ):
        assert reason in said
    assert "finns-inte" in text(answer)
    many = "\n".join(f"B{number}" for number in range(70))
    assert "högst 60" in wrong(lend(desk, codes=many))["codes"]


def test_what_somebody_else_has_booked_is_lent_no_longer_than_till_then(desk, world, booked):
    booked(world.book, quantity=2, first=11)
    answer = lend(desk, codes=code(world.book), use_to="2026-12-02")
    said = "Istiden (bok) ska till andra sedan. Den kan lånas till och med måndag 23 november."
    assert said in wrong(answer)["use_to"]
    lend(desk, codes=code(world.book), use_to="2026-11-23")
    assert Order.objects.latest("pk").bookings.get().state == State.OUT


def test_what_somebody_else_has_booked_for_tomorrow_is_not_lent(desk, world, booked):
    booked(world.book, quantity=2)
    assert "hinner inte tillbaka innan andra ska ha den" in wrong(lend(desk, codes=code(world.book)))["codes"]


def test_wrong_days_are_said_at_the_day(desk, world):
    assert "redan varit" in wrong(lend(desk, codes=code(world.book), use_to="2026-11-01"))["use_to"]
    assert "till exempel" in wrong(lend(desk, codes=code(world.book), use_to="i morgon"))["use_to"]
    assert "högst 28 dagar" in wrong(lend(desk, codes=code(world.book), use_to="2027-02-01"))["use_to"]
    assert not Order.objects.exists()


def test_wrong_units_and_borrowers_are_said_at_their_fields(desk, world):
    assert "Skriv för vilken enhet." in wrong(lend(desk, codes=code(world.book), unit=""))["unit"]
    assert "Ingen enhet heter så." in wrong(lend(desk, codes=code(world.book), unit="Hogwarts"))["unit"]
    assert "Ingen enhet heter så." in wrong(lend(desk, codes=code(world.book), unit="Region Söder"))["unit"]
    assert "arbetar på Torskolan" in wrong(lend(desk, codes=code(world.book), borrower="Merlin"))["borrower"]
    assert "arbetar här" in wrong(lend(desk, codes=code(world.book), unit="", borrower="Merlin"))["borrower"]
    Organisation.objects.filter(pk=world.school.pk).update(valid_to="2026-07-01")
    assert "Torskolan är stängd" in wrong(lend(desk, codes=code(world.book)))["unit"]


def test_a_suspended_unit_and_one_without_the_right_are_refused(desk, world):
    lending.suspend(
        owner=world.region, unit=world.school, person=None, until=None, reason="Böcker saknas.", by=None, at=FRIDAY
    )
    assert "spärrade: Böcker saknas." in wrong(lend(desk, codes=code(world.book)))["unit"]
    factories.holding(factories.resource(world.region, "film", title="Varg"), items=1, number="F 1")
    film = Item.objects.get(holding__number="F 1")
    assert f"{film.barcode}: " in wrong(lend(desk, codes=film.barcode))["codes"]


def test_an_agreement_that_ends_meanwhile_is_the_last_day(desk, world):
    film = factories.resource(world.region, "film", title="Varg", licence="AGREEMENT")
    item = factories.item(factories.holding(film))
    facts = AgreementFacts(
        counterpart="Norrfilm AB", title="Skolfilm", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 1),
        answers="coordinator",
    )  # fmt: skip
    agreement = agreeing.register(owner=world.region, facts=facts, by=None, at=FRIDAY)
    right = agreeing.add_right(agreement=agreement, facts=RightFacts(way="loan", titles="Film"), by=None, at=FRIDAY)
    agreeing.mark_place(right=right, organisation=world.region, included=True, by=None, at=FRIDAY)
    titles = agreement.title_lists.get(code="film")
    TitleEntry.objects.create(titles=titles, resource=film, added_at=FRIDAY)
    said = "Rätten att låna Varg (film) upphör efter måndag 30 november."
    assert said in wrong(lend(desk, codes=item.barcode, use_to="2026-12-03"))["use_to"]
    lend(desk, codes=item.barcode)
    assert str(Order.objects.get().bookings.get().use_to) == "2026-11-30"


def test_the_last_loan_is_undone_once(desk, world):
    lend(desk, codes=code(world.book))
    assert "Ångrat." in text(desk.post(UNDO, follow=True))
    assert Order.objects.get().bookings.get().state == State.CANCELLED
    assert not Allocation.objects.exists()
    assert "inget att ångra" in text(desk.post(UNDO, follow=True))


def test_a_loan_that_has_gone_on_is_not_undone(desk, world, now):
    lend(desk, codes=f"{code(world.book)}\n{code(world.kit)}")
    lending.take_back(items=[copies(world.book)[0]], by=None, at=now())
    assert "mer har hänt med lånet" in text(desk.post(UNDO, follow=True))


def test_others_are_kept_out(client, world, now):
    now()
    assert client.get(LEND).status_code == 302
    for person in (world.teacher, world.driver):
        client.force_login(person)
        assert client.get(LEND).status_code == 403
        assert client.post(UNDO).status_code == 403
    client.force_login(factories.person(Role.COORDINATOR, world.school))
    assert client.get(LEND).status_code == 403
    client.force_login(world.stranger)
    said = wrong(client.post(LEND, typed(deed="lend", codes=code(world.book))))
    assert "Ingen här har den koden." in said["codes"]
    assert "Ingen enhet heter så." in said["unit"]


def test_it_asks_no_more_for_much(desk, world, django_assert_max_num_queries):
    everything = "\n".join(item.barcode for item in Item.objects.all())
    with django_assert_max_num_queries(26):
        look(desk, codes=everything, borrower="åsa")
