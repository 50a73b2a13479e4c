"""The centre's pages: bookings, rules, suspensions and what is to be invoiced."""

from resursnav.deliver.lending import actions
from resursnav.deliver.lending.models import InvoiceBasis, LoanRule, Order, State, Suspension
from resursnav.deliver.lending.waiting import to_approve
from resursnav.deliver.stock.models import Item
from resursnav.foundation.access import Role
from tests import factories

from .test_pages import booked, first, now, office, sent, text, url

__all__ = ["first", "now", "office"]


def test_the_centre_says_yes_and_no(office, county, first, now, client):
    LoanRule.objects.create(owner=county.region, kind="kit", needs_approval=True, updated_at=now)
    one, two = (booked(county, first, now, holding=county.kit) for _ in range(2))
    assert to_approve(county.coordinator).count() == 2
    assert "Väntar på ditt svar" in text(office.get(one.get_absolute_url()))
    assert office.post(url("approve", one.pk)).status_code == 302
    assert one.bookings.get().state == State.BOOKED
    assert office.get(url("refuse", two.pk)).status_code == 200
    assert "Skriv varför" in text(office.post(url("refuse", two.pk), {"reason": ""}))
    office.post(url("refuse", two.pk), {"reason": "På mässa."})
    assert two.bookings.get().state == State.REFUSED
    assert office.get(url("refuse", two.pk)).status_code == 302
    office.post(url("approve", two.pk))
    client.force_login(county.teacher)
    assert client.post(url("approve", one.pk)).status_code == 403


def test_an_order_leads_back_to_where_one_came_from(client, county, first, now):
    order = booked(county, first, now)
    for person, way_back in ((county.teacher, url("mine")), (county.coordinator, url("orders"))):
        client.force_login(person)
        assert f'<p class="rn-kicker"><a href="{way_back}">' in text(client.get(order.get_absolute_url()))


def test_the_list_of_bookings(office, county, first, now):
    booked(county, first, now)
    sent(county, first, now, holding=county.kit)
    page = text(office.get(url("orders")))
    assert "Istiden" in page
    assert "Robotlåda" in page
    for query, has in (
        ("which=away", False), ("which=coming", True), ("which=late", False), ("which=ended", False),
        ("q=ist tors", True),
        ("q=emma", False), ("q=d 12", True), ("which=nej", True), (f"q={Order.objects.last().pk}", True),
    ):  # fmt: skip
        assert ("Istiden" in text(office.get(f"{url('orders')}?{query}"))) == has, query
    table = office.get(f"{url('orders')}?format=csv").content.decode()
    assert "Istiden (bok);D 1234;1;Torskolan" in table
    assert county.teacher.family_name not in table
    assert office.get(f"{url('orders')}?format=xlsx").status_code == 200


def test_rules_are_kept_on_a_page(office, county):
    assert "Allt annat" in text(office.get(url("rules")))
    shown = office.get(url("new_rule"))
    said = {
        name: value for name, value in shown.context["form"].initial.items() if value is not None and value is not False
    }
    said |= {"kind": "media", "begins": "D", "longest_days": "7"}
    assert "kan inte vara kortare" in text(office.post(url("new_rule"), said))
    assert office.post(url("new_rule"), {**said, "default_days": "7"}).status_code == 302
    rule = LoanRule.objects.get()
    assert (rule.prefix, rule.longest_days, rule.owner) == ("D", 7, county.region)
    assert "Det finns redan villkor" in text(office.post(url("new_rule"), {**said, "default_days": "7"}))
    assert office.get(url("edit_rule", rule.pk)).status_code == 200
    office.post(url("edit_rule", rule.pk), {**said, "default_days": "5", "needs_approval": "on"})
    rule.refresh_from_db()
    assert (rule.default_days, rule.needs_approval) == (5, True)
    assert "Det som redan är bokat står kvar" in text(office.get(url("remove_rule", rule.pk)))
    office.post(url("remove_rule", rule.pk))
    assert not LoanRule.objects.exists()


def test_suspensions_on_a_page(office, county):
    assert "Ingen är spärrad" in text(office.get(url("suspensions")))
    assert office.get(url("suspend")).status_code == 200
    said = {"unit": county.school.pk, "reason": "Obetald faktura"}
    wrong = office.post(url("suspend"), {**said, "person": county.other_teacher.email})
    assert "Ingen med den adressen arbetar på Torskolan" in text(wrong)
    assert "inte har varit" in text(office.post(url("suspend"), {**said, "last_day": "2020-01-01"}))
    office.post(url("suspend"), {**said, "person": county.teacher.email, "last_day": "2090-01-01"})
    row = Suspension.objects.get()
    assert row.person == county.teacher
    assert "Obetald faktura" in text(office.get(url("suspensions")))
    office.post(url("lift", row.pk))
    assert "Ingen är spärrad" in text(office.get(url("suspensions")))


def test_invoices_on_a_page(office, county, first, now):
    Item.objects.update(value=450)
    order = sent(county, first, now, holding=county.kit)
    actions.report_lost(item=order.bookings.get().copies.get().item, reason="Borta", by=None, at=now)
    basis = InvoiceBasis.objects.get()
    assert "450" in text(office.get(url("invoices")))
    assert ";Torskolan;" in office.get(f"{url('invoices')}?format=csv").content.decode()
    assert office.get(f"{url('invoices')}?format=xlsx").status_code == 200
    assert office.get(url("drop", basis.pk)).status_code == 200
    assert "Skriv varför" in text(office.post(url("drop", basis.pk), {"reason": ""}))
    office.post(url("drop", basis.pk), {"reason": "Kom tillbaka."})
    assert "Inget att fakturera" in text(office.get(url("invoices")))
    InvoiceBasis.objects.update(settled_at=None, dropped_reason="")
    office.post(url("settle", basis.pk))
    assert InvoiceBasis.objects.get().settled_at


def test_who_keeps_a_unit_is_told_who_keeps_rules(client, county):
    client.force_login(factories.person(Role.COORDINATOR, county.school))
    for name in ("new_rule", "suspend"):
        answer = client.get(url(name))
        assert answer.status_code == 403
        assert "hör till den region eller kommun" in text(answer)


def test_an_order_says_whom_to_ask(office, county, first, now):
    made = booked(county, first, now)
    assert "post@mediecentralen.example.org" not in text(office.get(made.get_absolute_url()))
    county.region.email = "post@mediecentralen.example.org"
    county.region.save()
    assert "post@mediecentralen.example.org" in text(office.get(made.get_absolute_url()))
