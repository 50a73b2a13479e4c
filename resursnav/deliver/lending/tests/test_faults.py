"""A borrower says what is wrong with something while it is on loan."""

import pytest

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.audit import faults
from resursnav.deliver.lending.models import Happened, OrderEvent, State
from resursnav.deliver.stock import actions as stock
from resursnav.deliver.stock.models import Fault, Item, MissingPart, PartLine
from resursnav.foundation.access import Role
from resursnav.foundation.notices.models import Notice
from resursnav.foundation.threads.models import Record
from tests import factories

from .conftest import book, line, wish
from .test_flow import copies, fresh, on, sent_out
from .test_pages import first, now, sent, teacher, text, url

__all__ = ["first", "now", "teacher"]


@pytest.fixture
def robot(county):
    return PartLine.objects.create(holding=county.kit, name="Robot", quantity=6)


def told(county, **said):
    return Notice.objects.filter(kind="lending.fault", **said)


def report(booking, item=None, **said):
    said = {"text": "Sprucken skärm.", "missing": {}, "by": booking.order.person, "at": on(5), **said}
    return actions.report_fault(booking=booking, item=item or copies(booking)[0], **said)


def test_it_opens_a_fault_in_stock_and_the_loan_goes_on(county, robot):
    expert = factories.person(Role.EXPERT, county.region)
    [booking] = sent_out(county, wish(county.kit))
    [item] = copies(booking)
    fault = report(booking, text="  Sprucken\nskärm. ", missing={robot.pk: 2})
    assert (fault.item, fault.text, fault.blocking) == (item, "Sprucken skärm. Saknas: 2 Robot.", False)
    item.refresh_from_db()
    assert (fresh(booking).state, item.state) == (State.SENT, "in_use")
    assert not MissingPart.objects.exists()  # whoever checks it counts
    assert set(told(county).values_list("person", flat=True)) == {county.coordinator.pk, expert.pk}
    notice = told(county, person=expert).get()
    assert notice.title == "Fel anmält: Robotlåda (låda eller set)"
    assert notice.body == f"Torskolan, {item.barcode}: Sprucken skärm. Saknas: 2 Robot."
    assert notice.url == booking.order.get_absolute_url()
    assert faults(on(5).date()) == []


def test_stock_does_not_keep_who_said_it(county):
    [booking] = sent_out(county)
    fault = report(booking)
    assert fault.reported_by is None
    [record] = Record.objects.filter(verb="stock.fault")
    assert (record.by, record.about) == (None, None)
    [event] = OrderEvent.objects.filter(what=Happened.FAULT)
    assert (event.by, event.said) == (county.teacher, {"fault": fault.pk})


def test_the_same_words_about_the_same_copy_are_one_fault(county):
    [booking] = sent_out(county, wish(county.kit, quantity=2))
    one, two = copies(booking)
    known = report(booking, one)
    assert report(booking, one, text="Sprucken  skärm.") == known
    assert (Fault.objects.count(), told(county).count()) == (1, 1)
    report(booking, two)
    stock.mend(fault=known, by=None, at=on(5))
    report(booking, one)
    assert Fault.objects.count() == 3


def test_whoever_works_at_the_centre_is_not_told_what_they_said_themselves(county):
    [booking] = sent_out(county)
    report(booking, by=county.coordinator)
    assert not told(county).exists()


def test_it_answers_at_the_right_field_and_keeps_nothing(county, robot):
    [booking] = sent_out(county, wish(county.kit))
    elsewhere = Item.objects.filter(holding=county.kit).exclude(pk=copies(booking)[0].pk).first()
    loose = PartLine.objects.create(holding=county.kit, name="Sladd", counted=False, position=1)
    for said, field in (
        ({"text": " "}, "text"),
        ({"text": "", "missing": {robot.pk: 0}}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"missing": {robot.pk: 7}}, f"part_{robot.pk}"),
        ({"missing": {robot.pk: -1}}, f"part_{robot.pk}"),
        ({"missing": {loose.pk: 1}}, f"part_{loose.pk}"),
        ({"item": elsewhere}, "item"),
    ):
        with pytest.raises(actions.UnableToLend) as refused:
            report(booking, **said)
        assert refused.value.field == field
    assert not Fault.objects.exists()
    assert not told(county).exists()


def test_what_is_not_out_has_no_such_fault(county):
    booking = line(book(county))
    item = Item.objects.filter(holding=county.book).first()
    with pytest.raises(actions.UnableToLend, match="bokningen är bokad"):
        report(booking, item)
    [back] = sent_out(county, wish(county.kit))
    [item] = copies(back)
    actions.take_back(items=[item], by=None, at=on(6))
    with pytest.raises(actions.UnableToLend, match="bokningen är återlämnad"):
        report(back, item)


def test_a_teacher_reports_on_one_page_and_sees_it_in_the_story(teacher, county, first, now, robot):
    order = sent(county, first, now, holding=county.kit)
    row = order.bookings.get()
    for page in (order.get_absolute_url(), url("mine")):
        assert url("fault", row.pk) in text(teacher.get(page))
    shown = teacher.get(url("fault", row.pk))
    assert list(shown.context["form"].fields) == ["text", f"part_{robot.pk}"]
    assert "Robot, av 6" in text(shown)
    wrong = teacher.post(url("fault", row.pk), {"text": "", f"part_{robot.pk}": "0"})
    assert (wrong.status_code, "Skriv vad som är fel, eller" in text(wrong)) == (422, True)
    wrong = teacher.post(url("fault", row.pk), {"text": "Det jag skrev", f"part_{robot.pk}": "7"})
    assert "Skriv högst 6" in text(wrong)
    assert "Det jag skrev" in text(wrong)
    answer = teacher.post(url("fault", row.pk), {"text": "En robot låter.", f"part_{robot.pk}": "1"})
    assert answer["Location"] == order.get_absolute_url()
    fault = Fault.objects.get()
    story = text(teacher.get(order.get_absolute_url()))
    assert "Fel anmäldes" in story
    assert f"{fault.item.barcode}: En robot låter. Saknas: 1 Robot." in story
    assert fault.item.get_absolute_url() not in story
    stock.mend(fault=fault, by=None, at=now)
    assert "Åtgärdat" in text(teacher.get(order.get_absolute_url()))
    teacher.force_login(county.coordinator)
    assert fault.item.get_absolute_url() in text(teacher.get(order.get_absolute_url()))
    fault.delete()
    assert "Fel anmäldes" in text(teacher.get(order.get_absolute_url()))


def test_the_order_asks_few_questions_whoever_looks(client, county, first, now, django_assert_max_num_queries):
    order = sent(county, first, now, holding=county.kit)
    row = order.bookings.get()
    report(row, by=county.teacher, at=now)
    for person in (county.teacher, county.principal, county.coordinator):
        client.force_login(person)
        for page in (order.get_absolute_url(), url("fault", row.pk)):
            client.get(page)  # what is kept from one request to the next is in place from now on
            with django_assert_max_num_queries(12):
                assert client.get(page).status_code == 200


def test_of_several_copies_one_is_chosen(teacher, county, first, now):
    order = book(county, wish(county.kit, first, quantity=2), at=now)
    [row] = order.bookings.all()
    actions.pack(booking=row, by=None, at=now)
    assert "medan något är utlånat" in text(teacher.get(url("fault", row.pk), follow=True))
    actions.send(bookings=[row], by=None, at=now)
    _one, two = copies(row)
    assert "Välj vilket exemplar" in text(teacher.post(url("fault", row.pk), {"text": "Trasig"}))
    assert teacher.post(url("fault", row.pk), {"text": "Trasig", "item": "x"}).status_code == 422
    assert teacher.post(url("fault", row.pk), {"text": "Trasig", "item": str(two.pk)}).status_code == 302
    assert Fault.objects.get().item == two


def test_others_report_nothing(client, county, first, now):
    row = sent(county, first, now).bookings.get()
    assert client.get(url("fault", row.pk)).status_code == 302
    client.force_login(county.other_teacher)
    assert client.post(url("fault", row.pk), {"text": "Trasig"}).status_code == 404
    client.force_login(county.principal)
    assert client.post(url("fault", row.pk), {"text": "Trasig"})["Location"] == f"/lending/orders/{row.order_id}/"
    client.force_login(factories.person(Role.POLITICIAN, county.region))
    assert client.get(url("fault", row.pk)).status_code == 404
