"""The pages of transport: what the centre keeps, what a school reads, and who sees nothing."""

from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from resursnav.deliver.transport.models import (
    Carrier,
    ClosedDays,
    Handling,
    OpeningHours,
    Route,
    RoutePlace,
    SchoolBreak,
)
from resursnav.deliver.transport.reading import PLANS
from resursnav.foundation.access import Role
from resursnav.foundation.imports import actions as imports
from resursnav.foundation.imports.models import ImportBatch
from resursnav.foundation.keeping.actions import restamp
from tests import factories

from .conftest import van

WHOLE_WEEK = [0, 1, 2, 3, 4]


def url(name, *args):
    return reverse(f"transport:{name}", args=args)


def text(answer):
    return " ".join(answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ").split())


@pytest.fixture
def office(client, county):
    client.force_login(county.coordinator)
    return client


@pytest.fixture
def staff(client, county):
    client.force_login(county.teacher)
    return client


def route_form(carrier, **said):
    return {
        "carrier": carrier.pk, "name": "Norra turen", "weekdays": [1, 3], "weeks": "every", "cut_off_days": 1,
        "cut_off_time": "12:00", "transit_days": 0, "collects": "on", **said,
    }  # fmt: skip


def test_from_nothing_to_a_route_with_places(office, county):
    assert "Lägg först till vem som kör" in text(office.get(url("list")))
    assert "Vem kör?" in text(office.get(url("new_route")))
    assert "Inga transportörer än" in text(office.get(url("carriers")))
    assert "Ge transportören ett namn." in text(office.post(url("new_carrier"), {}))
    assert office.post(url("new_carrier"), {"name": "Centrets bil", "way": "van"}).status_code == 302
    carrier = Carrier.objects.get()
    assert "Lägg upp den första" in text(office.get(url("list")))
    wrong = office.post(url("new_route"), route_form(carrier, weekdays=[]))
    assert (wrong.status_code, "Välj minst en veckodag." in text(wrong)) == (422, True)
    assert "Norra turen" in text(wrong)
    late = office.post(url("new_route"), route_form(carrier, valid_from="2027-02-01", last_day="2027-01-01"))
    assert "Sista dagen kan inte komma före den första." in text(late)
    made = office.post(url("new_route"), route_form(carrier))
    route = Route.objects.get()
    assert made["Location"] == url("places", route.pk)
    for deed, place in (("include", county.town), ("include", county.neighbour), ("up", county.neighbour),
                        ("except", county.school), ("include", county.abroad), ("down", county.library)):  # fmt: skip
        office.post(url("places", route.pk), {"deed": deed, "place": place.pk, "q": "gran"})
    office.post(url("places", route.pk), {"deed": "note", "place": county.town.pk, "note": "Lastkajen"})
    stops = [mark.organisation for mark in route.places.filter(included=True)]
    assert stops == [county.neighbour, county.town]
    page = text(office.get(url("route", route.pk)))
    assert "Bilen går tisdagar och torsdagar och är framme samma dag." in page
    assert "Lastkajen" in page
    assert "Björkskolan" in page
    assert "Björkby" in text(office.get(url("places", route.pk), {"q": "björkby"}))
    assert "Ingen plats passar" in text(office.get(url("places", route.pk), {"q": "finns inte"}))
    office.post(url("places", route.pk), {"deed": "remove", "place": county.school.pk})
    office.post(url("places", route.pk), {"deed": "remove", "place": "x"})
    assert not route.places.filter(included=False).exists()
    index = office.get(url("list"))
    assert "Norra turen" in text(index)
    assert [row.places for row in index.context["rows"]] == [2]
    assert len(index.context["coming"]) == 7


def test_a_route_is_changed_and_nobodys_version_is_lost(office, county, route):
    page = url("edit_route", route.pk)
    seen = office.get(page).context["form"].initial["seen_at"]
    assert office.post(page, route_form(route.carrier, name="Ny", seen_at=seen)).status_code == 302
    old = office.post(page, route_form(route.carrier, name="Gammal", seen_at=seen))
    assert "Någon annan har ändrat turen" in text(old)
    again = office.post(page, route_form(route.carrier, name="Gammal", seen_at=old.context["form"]["seen_at"].value()))
    assert again.status_code == 302
    assert office.post(page, route_form(route.carrier, seen_at="x")).status_code == 302


def test_what_is_hit_is_shown_before_a_change(office, county, route, monkeypatch):
    def hit(request, page, thing):
        gone = Route.objects.get().valid_to is not None
        return [f"Turen slutar: {gone}, {thing.name}"] if page == "transport:change" else []

    monkeypatch.setattr("resursnav.deliver.transport.views._asked.panels", hit)
    form = {"last_day": "2027-06-30", "reason": "Ny upphandling"}
    asked = text(office.post(url("end_route", route.pk), form))
    assert "Turen slutar: True, Region Norr" in asked
    assert "Inget är ändrat än" in asked
    assert Route.objects.get().valid_to is None
    assert office.post(url("end_route", route.pk), {**form, "confirmed": "1"}).status_code == 302
    assert Route.objects.get().valid_to == date(2027, 7, 1)
    for page, data in (
        (url("edit_route", route.pk), route_form(route.carrier)),
        (url("hours"), {"processing_days": 1, "opens_0": "08:00", "closes_0": "16:00"}),
        (url("new_closed"), {"valid_from": "2026-12-03", "reason": "Flytt"}),
    ):
        assert "Inget är ändrat än" in text(office.post(page, data))
        assert office.post(page, {**data, "confirmed": "1"}).status_code == 302
    closed = ClosedDays.objects.get()
    page = url("edit_closed", closed.pk)
    assert "i stället?" in text(office.post(page, {"valid_from": "2026-12-04", "reason": "Flytt"}))
    refused = office.post(url("end_route", route.pk), {"last_day": "3000-01-01", "reason": "x"})
    assert "Skriv ett år mellan" in text(refused)


def test_what_is_hit_is_shown_before_a_stop_or_a_break_is_kept(office, county, route, monkeypatch):
    monkeypatch.setattr(
        "resursnav.deliver.transport.views._asked.panels",
        lambda _request, _page, thing: [f"Hos {thing.name}: {RoutePlace.objects.count()}"],
    )
    stops = url("places", route.pk)
    asked = text(office.post(stops, {"deed": "remove", "place": county.town.pk, "q": "gran"}))
    assert "Ta bort Björkby från turen?" in asked and "Hos Region Norr: 0" in asked
    assert f"{stops}?q=gran" in asked and RoutePlace.objects.count() == 1
    assert "Ska turen inte gå till Björkby?" in text(office.post(stops, {"deed": "except", "place": county.town.pk}))
    assert office.post(stops, {"deed": "note", "place": county.town.pk, "note": "Lasta här"}).status_code == 302
    office.post(stops, {"deed": "remove", "place": county.town.pk, "confirmed": "1"})
    assert not RoutePlace.objects.exists()

    said = {"organisation": county.town.pk, "kind": "winter", "valid_from": "2027-02-22", "last_day": "2027-02-26"}
    asked = text(office.post(url("new_break"), said))
    assert "Lägga in lovet för Björkby?" in asked and "Hos Björkby" in asked and not SchoolBreak.objects.exists()
    office.post(url("new_break"), {**said, "confirmed": "1"})
    free = SchoolBreak.objects.get()
    moved = {"kind": "winter", "valid_from": "2027-03-01", "last_day": "2027-03-05"}
    assert "Ändra lovet för Björkby?" in text(office.post(url("edit_break", free.pk), moved))
    office.post(url("edit_break", free.pk), {**moved, "confirmed": "1"})
    boxes = {f"take_{free.pk}": "on", f"first_{free.pk}": "2028-02-21", f"last_{free.pk}": "2028-02-25"}
    copies = url("copy_breaks") + "?year=2026"
    assert "Lägga in loven?" in text(office.post(copies, boxes)) and SchoolBreak.objects.count() == 1
    office.post(copies, {**boxes, "confirmed": "1"})
    assert SchoolBreak.objects.count() == 2


def test_a_route_that_has_ended_stays_in_its_list(office, county, route):
    assert "En plats får inget" in text(office.get(url("end_route", route.pk)))
    assert "Skriv varför" in text(office.post(url("end_route", route.pk), {"last_day": "2026-01-01"}))
    office.post(url("end_route", route.pk), {"last_day": "2026-01-01", "reason": "Slut"})
    assert "har slutat" in text(office.get(url("route", route.pk))).lower()
    assert office.get(url("list")).context["rows"] == []
    assert [row.route for row in office.get(url("list"), {"show": "ended"}).context["rows"]] == [route]
    Route.objects.update(valid_to=None)
    assert "Ingen tur har slutat" in text(office.get(url("list"), {"show": "ended"}))


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ({"valid_from": date(2090, 1, 1)}, "Börjar 1 januari 2090"),
        ({"valid_to": date(2090, 1, 1)}, "Går till och med 31 december 2089"),
        ({"weeks": "odd", "weekdays": WHOLE_WEEK}, "alla vardagar, udda veckor"),
        ({"transit_days": 1, "cut_off_days": 0}, "framme nästa arbetsdag. Beställ senast klockan 12.00 samma dag."),
        ({"transit_days": 2, "cut_off_days": 3}, "framme efter 2 arbetsdagar. Beställ senast klockan 12.00 3 vardagar"),
        ({"collects": False}, "hämtas inte"),
        ({"way": "post"}, "lämnar ni till posten"),
        ({"way": "pick_up", "weekdays": ()}, "Ni hämtar på centret när centret är öppet."),
    ],
)
def test_a_route_is_told_in_words(office, county, said, label):
    made = van(county.region, county.town, **{"name": "T", **said})
    assert label in text(office.get(url("route", made.pk)))


def test_carriers_are_changed_and_removed(office, county, route):
    page = url("edit_carrier", route.carrier_id)
    assert "Ta bort transportören" not in text(office.get(page))
    office.post(page, {"deed": "remove"})
    assert Carrier.objects.exists()
    assert "Det finns turer" in text(office.post(page, {"name": "Bil", "way": "post"}))
    office.post(page, {"name": "Bil", "way": "van", "phone": "0480-1", "email": "a@example.org", "note": "Ring"})
    assert "0480-1" in text(office.get(url("carriers")))
    assert "a@example.org" in text(office.get(url("route", route.pk)))
    Route.objects.all().delete()
    assert "Ta bort transportören" in text(office.get(page))
    office.post(page, {"deed": "remove"})
    assert not Carrier.objects.exists()


def test_the_centres_days(office, county):
    page = text(office.get(url("days")))
    assert "måndag till fredag" in page
    assert "Inget stängt" in page
    half = office.post(url("hours"), {"processing_days": 1, "opens_0": "08:00"})
    assert "Skriv både när" in text(half)
    wrong = office.post(url("hours"), {"processing_days": 1, "opens_0": "08:00", "closes_0": "07:00"})
    assert "Stängningstiden måste komma efter" in text(wrong)
    assert "minst en dag" in text(office.post(url("hours"), {"processing_days": 1}))
    office.post(url("hours"), {"processing_days": 1, "opens_0": "08:00", "closes_0": "16:00"})
    assert (OpeningHours.objects.count(), Handling.objects.get().processing_days) == (1, 1)
    assert "08.00–16.00" in text(office.get(url("days")))
    assert office.get(url("hours")).context["form"].rows()[0][1].value() == time(8)
    assert "Skriv varför" in text(office.post(url("new_closed"), {"valid_from": "2090-01-01"}))
    backwards = {"valid_from": "2090-01-02", "last_day": "2090-01-01", "reason": "x"}
    assert "före den första" in text(office.post(url("new_closed"), backwards))
    office.post(url("new_closed"), {"valid_from": "2090-01-02", "reason": "Inventering"})
    closed = ClosedDays.objects.get()
    assert closed.valid_to == date(2090, 1, 3)
    assert "2 januari 2090" in text(office.get(url("days")))
    office.post(url("edit_closed", closed.pk), {"valid_from": "2020-01-02", "last_day": "2020-01-04", "reason": "Då"})
    assert "2 januari 2020 – 4 januari 2020" in text(office.get(url("days"), {"show": "past"}))
    office.post(url("edit_closed", closed.pk), {"deed": "remove"})
    assert not ClosedDays.objects.exists()


def test_breaks_through_a_school_year(office, county):
    year = {"year": "2026"}
    assert "Inga lov inlagda" in text(office.get(url("breaks"), year))
    assert "Skriv vad den lediga tiden kallas" in text(
        office.post(url("new_break"), {"organisation": county.town.pk, "kind": "other", "valid_from": "2027-04-09"})
    )
    said = {"organisation": county.town.pk, "kind": "winter", "valid_from": "2027-02-22", "last_day": "2027-02-26"}
    assert office.post(url("new_break"), said)["Location"].endswith("?year=2026")
    assert "finns redan" in text(office.post(url("new_break"), said))
    free = SchoolBreak.objects.get()
    page = text(office.get(url("breaks"), year))
    assert "22 februari 2027 – 26 februari 2027" in page
    assert "Sportlov" in text(office.get(url("breaks"), {**year, "q": "björkby sport"}))
    assert "Inget lov passar" in text(office.get(url("breaks"), {**year, "q": "granby"}))
    assert office.get(url("breaks"), {"year": "99999999999"}).status_code == 200
    copied = office.get(url("copy_breaks"), year)
    assert "Lov till 2027/28" in text(copied)
    boxes = {f"take_{free.pk}": "on", f"first_{free.pk}": "2028-02-21", f"last_{free.pk}": "x"}
    assert "Skriv en dag som finns" in text(office.post(url("copy_breaks") + "?year=2026", boxes))
    office.post(url("copy_breaks") + "?year=2026", {**boxes, f"last_{free.pk}": "2028-02-25"})
    assert SchoolBreak.objects.filter(valid_from=date(2028, 2, 21), valid_to=date(2028, 2, 26)).exists()
    assert "Inget att kopiera" in text(office.get(url("copy_breaks"), year))
    office.post(url("edit_break", free.pk), {"kind": "winter", "valid_from": "2027-03-01", "last_day": "2027-03-05"})
    free.refresh_from_db()
    assert free.valid_to == date(2027, 3, 6)
    assert "Sportlov, Björkby" in text(office.get(url("edit_break", free.pk)))
    office.post(url("edit_break", free.pk), {"deed": "remove"})
    assert SchoolBreak.objects.count() == 1


def test_breaks_come_from_a_file(office, county, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert "Välj en fil." in text(office.post(url("import_breaks"), {}))
    assert "tom" in text(office.post(url("import_breaks"), {"file": SimpleUploadedFile("a.csv", b"")}))
    rows = (
        "Kommun;Lov;Från;Till\nBjörkby;Sportlov;2027-02-22;2027-02-26\n2402;Studiedag;2027-04-09;2027-04-09\n"
        "Björkby;sportlov;2027-03-01;2027-03-05\nIngenstans;Sportlov;2027-02-22;2027-02-26\n"
        "Granby;Påsklov;2027-04-02;2027-03-29\nGranby;;2027-04-02;2027-04-03\nGranby;Höstlov;i höst;2027-04-03\n"
    )
    sent = office.post(url("import_breaks"), {"file": SimpleUploadedFile("lov.csv", rows.encode())})
    batch = ImportBatch.objects.get()
    assert sent["Location"] == reverse("imports:show", args=[batch.pk])
    assert batch.new == 2
    page = text(office.get(sent["Location"]))
    for said in ("redan det lovet", "Det finns ingen kommun", "slutar innan", "Fältet är tomt", "Datumet går inte"):
        assert said in page
    office.post(reverse("imports:confirm", args=[batch.pk]))
    batch.refresh_from_db()
    imports.apply(batch=batch, at=timezone.now())
    assert sorted(SchoolBreak.objects.values_list("kind", "name")) == [("other", "Studiedag"), ("winter", "")]


def test_a_municipality_keeps_its_own_breaks_and_nothing_else(client, county, route):
    client.force_login(county.lead)
    SchoolBreak.objects.create(
        organisation=county.neighbour, kind="winter", valid_from=date(2027, 2, 22), valid_to=date(2027, 2, 27)
    )
    assert "Granby" not in text(client.get(url("breaks"), {"year": "2026"}))
    said = {"organisation": county.town.pk, "kind": "winter", "valid_from": "2027-02-22"}
    assert client.post(url("new_break"), said).status_code == 302
    said["organisation"] = county.neighbour.pk
    assert "Välj var det gäller." in text(client.post(url("new_break"), said))
    for name in ("list", "carriers", "days", "hours", "new_closed", "new_route"):
        assert client.get(url(name)).status_code == 403
    assert client.get(url("route", route.pk)).status_code == 404
    assert client.get(url("edit_break", SchoolBreak.objects.get(organisation=county.neighbour).pk)).status_code == 404


def test_whoever_keeps_no_centre_is_told_so(client, county):
    client.force_login(factories.person(Role.COORDINATOR, county.town))
    for name in ("new_carrier", "hours", "new_closed"):
        assert client.get(url(name)).status_code == 403
    assert "Du svarar inte för något centrum" in text(client.get(url("new_route")))


def test_a_school_reads_when_things_come(staff, county):
    assert staff.get(url("when"))["Location"] == url("when_at", county.school.pk)
    page = text(staff.get(url("when_at", county.school.pk)))
    assert "Ingen tur går hit" in page
    assert "Ingen tur hit än" in page
    made = van(county.region, county.town, weekdays=WHOLE_WEEK)
    made.carrier.phone = "0480-1"
    made.carrier.save()
    today = timezone.localdate()
    soon = {"valid_from": today + timedelta(days=20), "valid_to": today + timedelta(days=25)}
    SchoolBreak.objects.create(organisation=county.town, kind="winter", **soon)
    ClosedDays.objects.create(owner=county.region, reason="Inventering", **soon)
    restamp(PLANS)
    page = text(staff.get(url("when_at", county.school.pk)))
    for said in ("Det ni beställer nu kan vara hos er", "Bilen går alla vardagar", "Sportlov", "Inventering", "0480-1"):
        assert said in page
    here = text(staff.get(reverse("organisations:show", args=[county.school.pk])))
    assert "När kommer det ni lånar?" in here
    assert staff.get(url("when_at", county.neighbour.pk)).status_code == 404


def test_a_library_that_fetches_reads_the_hours_and_no_breaks(client, county):
    client.force_login(factories.person(Role.LIBRARIAN, county.library))
    van(county.region, county.town, way="pick_up", weekdays=())
    today = timezone.localdate()
    SchoolBreak.objects.create(
        organisation=county.town, kind="winter", valid_from=today, valid_to=today + timedelta(days=9)
    )
    OpeningHours.objects.create(owner=county.region, weekday=0, opens=time(8), closes=time(16))
    page = text(client.get(url("when_at", county.library.pk)))
    assert "08.00–16.00" in page
    assert "Sportlov" not in page


def test_a_route_that_will_come_is_told_of(staff, county):
    van(county.region, county.town, valid_from=timezone.localdate() + timedelta(days=400))
    page = text(staff.get(url("when_at", county.school.pk)))
    assert "har inte börjat gå än" in page
    assert "Bilen går tisdagar" in page


def test_whoever_has_several_places_chooses(client, county):
    client.force_login(county.lead)
    assert "Björkby" in text(client.get(url("when")))
    assert "Björkskolan" in text(client.get(url("when"), {"q": "björksk"}))
    assert "Ingen plats passar" in text(client.get(url("when"), {"q": "granby"}))


def test_strangers_see_nothing(client, county, route):
    here = reverse("organisations:show", args=[county.school.pk])
    assert "När kommer det ni lånar?" not in text(client.get(here))
    client.force_login(county.stranger)
    assert client.get(url("route", route.pk)).status_code == 404
    assert client.get(url("when_at", county.school.pk)).status_code == 404
    assert client.get(url("list")).context["rows"] == []
    assert "När kommer det ni lånar?" not in text(client.get(here))
    assert RoutePlace.objects.exists()
