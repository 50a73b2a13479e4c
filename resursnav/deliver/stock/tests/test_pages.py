"""The pages: they work, refuse those who may not, and lose nothing that was typed."""

import io

import pytest
from django.urls import reverse

from resursnav.deliver.stock import actions
from resursnav.deliver.stock.facts import PartFacts
from resursnav.deliver.stock.models import BarcodeSeries, Fault, Holding, Item, MissingPart, StockPlace
from resursnav.deliver.stock.rules import SEE
from resursnav.foundation.access import Role
from tests import factories

from .conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(client, keeper):
    client.force_login(keeper)
    return client


def url(name, *args):
    return reverse(f"stock:{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("name", ["list", "holdings", "faults", "find", "labels", "inventory", "places", "import"])
def test_it_is_the_centres_own(client, centre, holding, name):
    assert client.get(url(name)).status_code == 302
    town = factories.organisation(centre)
    client.force_login(factories.person(Role.TEACHER, factories.organisation(town)))
    assert client.get(url(name)).status_code == 403


@pytest.mark.parametrize("name", ["item", "edit_item", "fault", "service", "back", "retire", "missing_parts"])
def test_it_shows_a_stranger_no_item(client, item, name):
    client.force_login(factories.person(Role.COORDINATOR, factories.organisation()))
    assert client.get(url(name, item.pk)).status_code == 404


def test_it_lists_items_by_what_is_asked_for(at_work, item, centre):
    kit = factories.holding(factories.resource(centre, "kit", title="Åskledaren"), kind="kit", number="K 7")
    factories.item(kit, barcode="K-1")
    factories.item(kit, barcode="K-2", state="retired", retired_at=NOW, retired_reason="Sliten")

    def listed(query):
        return [row[0].barcode for row in at_work.get(f"{url('list')}?{query}").context["rows"]]

    assert listed("") == ["D-001", "K-1"]
    assert listed("q=istid") == ["D-001"]
    assert listed("q=åskledaren") == ["K-1"]
    assert listed("q=k+7") == ["K-1"]
    assert listed("q=d-0") == ["D-001"]
    assert listed("state=retired") == ["K-2"]
    assert listed("state=all&sort=-barcode") == ["K-2", "K-1", "D-001"]
    assert listed("kind=kit") == ["K-1"]
    assert listed(f"place={item.place_id}") == ["D-001"]
    assert listed("place=x&state=hej&sort=y&kind=z") == ["D-001", "K-1"]
    assert "Inget exemplar passar" in text(at_work.get(f"{url('list')}?q=finnsinte"))
    assert "D-001;Istiden (film);D 1234" in at_work.get(f"{url('list')}?format=csv").content.decode("utf-8-sig")
    assert at_work.get(f"{url('list')}?format=xlsx").content.startswith(b"PK")


def test_it_opens_a_holding_adds_five_and_prints_labels(at_work, centre):
    resource = factories.resource(centre, "book", "guide", "stream", title="Rymden", own_number="R 5")
    assert "Lägg upp bestånd" in text(at_work.get(resource.get_absolute_url()))
    address = f"{url('open')}?resource={resource.pk}"
    assert 'value="stream"' not in text(at_work.get(address))
    assert at_work.post(address, {"number": "R 5"}).status_code == 422
    answer = at_work.post(address, {"media_type": "book", "number": "R 5", "bookable": "on"})
    holding = Holding.objects.get()
    assert answer["Location"] == url("add", holding.pk)
    wrong = at_work.post(answer["Location"], {"count": "0", "first_barcode": "R-098", "condition": "good"})
    assert wrong.status_code == 422
    assert "R-098" in text(wrong)
    answer = at_work.post(answer["Location"], {"count": "5", "first_barcode": "r+098", "condition": "new"})
    assert Item.objects.count() == 5
    assert "5 etiketter" in text(at_work.get(answer["Location"]))
    paper = at_work.get(f"{answer['Location']}&sheet=3x8&start=20")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert at_work.get(f"{answer['Location']}&sheet=3x8&start=25").status_code == 422
    assert "5 av 5 i bruk" in text(at_work.get(resource.get_absolute_url()))
    twice = at_work.post(url("add", holding.pk), {"count": "2", "first_barcode": "R-100", "condition": "new"})
    assert "R-100, R-101 används redan" in text(twice)


def test_it_opens_only_what_is_there_and_its_own(at_work, holding, centre):
    assert "Sök upp resursen" in text(at_work.get(url("open")))
    other = factories.resource(factories.organisation(), "book")
    assert at_work.get(f"{url('open')}?resource={other.pk}").status_code == 404
    assert "Inget att lägga upp" in text(at_work.get(f"{url('open')}?resource={holding.resource_id}"))


def test_it_changes_a_holding_and_writes_nobody_over(at_work, holding):
    seen = holding.updated_at.isoformat()
    said = {"media_type": "film", "number": "V 9", "kind": "media", "seen_at": seen}
    assert at_work.post(url("edit_holding", holding.pk), said).status_code == 302
    late = at_work.post(url("edit_holding", holding.pk), said | {"number": "V 10"})
    assert late.status_code == 422
    assert "Någon annan har ändrat" in text(late)
    assert 'value="V 10"' in text(late)
    assert at_work.post(url("edit_holding", holding.pk), said | {"seen_at": "igår"}).status_code == 422


def test_it_writes_a_parts_list_as_lines_and_counts_it(at_work, centre):
    kit = factories.holding(factories.resource(centre, "kit"))
    item = factories.item(kit)
    assert "ingen innehållslista" in text(at_work.get(url("missing_parts", item.pk)))
    wrong = at_work.post(url("parts", kit.pk), {"parts": "6 robotar\n0 kablar"})
    assert "Rad 2" in text(wrong)
    assert at_work.post(url("parts", kit.pk), {"parts": "x" * 200}).status_code == 422
    answer = at_work.post(url("parts", kit.pk), {"parts": "6 robotar\n\n2 st kablar\nPennor"})
    assert answer["Location"] == url("holding", kit.pk)
    assert [(p.name, p.quantity, p.counted) for p in kit.parts.all()] == [
        ("robotar", 6, True), ("kablar", 2, True), ("Pennor", 1, False),
    ]  # fmt: skip
    robot, cable, _pens = kit.parts.all()
    assert at_work.post(url("missing_parts", item.pk), {f"part_{robot.pk}": "7"}).status_code == 422
    at_work.post(url("missing_parts", item.pk), {f"part_{robot.pk}": "2", f"part_{cable.pk}": ""})
    assert MissingPart.objects.get().quantity == 2
    assert "2 robotar saknas" in text(at_work.get(url("item", item.pk)))


def test_of_two_who_write_the_parts_list_the_second_is_told_and_loses_nothing(at_work, centre):
    kit = factories.holding(factories.resource(centre, "kit"))
    page = url("parts", kit.pk)
    seen = at_work.get(page).context["form"]["seen_at"].value()
    assert f'value="{seen}"' in at_work.get(page).content.decode()
    assert at_work.post(page, {"parts": "6 robotar", "seen_at": seen}).status_code == 302
    late = at_work.post(page, {"parts": "4 kablar", "seen_at": seen})
    assert late.status_code == 422
    assert "Någon annan har ändrat" in text(late)
    assert "4 kablar" in text(late)
    assert [part.name for part in kit.parts.all()] == ["robotar"]
    # Having seen it, one saves again; and a holding's own form is overtaken by its parts list too.
    again = late.context["form"]["seen_at"].value()
    assert at_work.post(page, {"parts": "4 kablar", "seen_at": again}).status_code == 302
    said = {"media_type": "kit", "number": "V 9", "kind": "kit", "seen_at": seen}
    assert at_work.post(url("edit_holding", kit.pk), said).status_code == 422
    assert at_work.post(page, {"parts": "1 bok", "seen_at": "igår"}).status_code == 422


def test_it_shows_an_item_with_its_story(at_work, item):
    fault = actions.report_fault(item=item, text="Repig", blocking=True, by=None, at=NOW)
    shown = text(at_work.get(url("item", item.pk)))
    assert "Repig" in shown
    assert "Ur utlåningen sedan 23 november 2026. Ingen vet när det är tillbaka." in shown
    assert "anmälde ett fel" in shown
    assert "Repig" in text(at_work.get(url("faults")))
    assert "Ett fel hindrar utlåning" in text(at_work.get("/"))
    at_work.post(url("mend", fault.pk), {"note": "Polerad"})
    shown = text(at_work.get(url("item", item.pk)))
    assert "Polerad" in shown
    assert "I bruk" in shown
    assert "Inga fel väntar" in text(at_work.get(url("faults")))
    assert at_work.post(url("mend", fault.pk), {}).status_code == 422


STEPS = [
    ("fault", {"text": "Trasig", "blocking": "on"}, "service"),
    ("service", {"where": "Robot AB", "back_date": "2090-01-07"}, "service"),
    ("back", {"note": "Lagad"}, "in_use"),
    ("missing", {}, "missing"),
    ("found", {}, "in_use"),
    ("retire", {"reason": "Utslitet"}, "retired"),
    ("unretire", {}, "in_use"),
]


def test_it_takes_an_item_through_its_life(at_work, item):
    for name, said, state in STEPS:
        assert at_work.get(url(name, item.pk)).status_code == 200
        assert at_work.post(url(name, item.pk), said)["Location"] == url("item", item.pk), name
        assert Item.objects.get().state == state
        assert at_work.get(url("item", item.pk)).status_code == 200


@pytest.mark.parametrize(
    ("name", "said", "says"),
    [
        ("fault", {"text": " "}, "Skriv vad som är fel."),
        ("service", {"back_date": "2001-01-01", "where": "Robot AB"}, "efter i dag"),
        ("service", {"back_date": "31/2"}, "Skriv en dag som finns"),
        ("retire", {"reason": ""}, "Skriv varför"),
        ("back", {"note": "Lagad"}, "är i bruk"),
        ("edit_item", {"barcode": "", "condition": "good"}, "måste ha en streckkod"),
        ("edit_item", {"barcode": "X Å", "condition": "good", "note": "Kvar"}, "3-24 tecken"),
        ("edit_item", {"barcode": "X-1", "condition": "good", "value": "gratis"}, "Skriv ett belopp"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(at_work, item, name, said, says):
    answer = at_work.post(url(name, item.pk), said)
    assert answer.status_code == 422
    assert says in text(answer)
    for value in said.values():
        assert value in text(answer)
    assert Item.objects.get().state == "in_use"


def test_it_changes_an_item(at_work, item):
    said = {"barcode": "d-77", "condition": "worn", "value": "1 349,50 kr", "place": item.place_id, "shelf": "A2"}
    late = {"seen_at": item.updated_at.isoformat()}
    assert at_work.post(url("edit_item", item.pk), said | late).status_code == 302
    found = Item.objects.get()
    assert (found.barcode, found.shelf, str(found.value)) == ("D-77", "A2", "1349.50")
    assert "Någon annan" in text(at_work.post(url("edit_item", item.pk), said | late | {"shelf": "A3"}))


@pytest.mark.parametrize("code", ["d-001", "D+001", "{page}", "HTTPS://X.SE{page}", "httpsÖ--x.se{mangled}"])
def test_it_finds_an_item_by_its_code(at_work, item, code):
    page = url("item", item.pk)
    code = code.format(page=page, mangled=page.replace("/", "-"))
    assert at_work.get(url("find"), {"code": code})["Location"] == page


def test_it_says_when_nobody_knows_a_code(at_work, item):
    answer = at_work.get(url("find"), {"code": "9999"})
    assert answer.status_code == 404
    assert "Inget exemplar har den koden" in text(answer)
    assert at_work.get(url("find"), {"code": ""}).status_code == 422
    other = factories.item()
    assert at_work.get(url("find"), {"code": other.barcode}).status_code == 404


def test_it_finds_a_retired_item_and_says_so(at_work, item):
    actions.retire(items=[item], reason="Utslitet", by=None, at=NOW)
    assert "Gallrat" in text(at_work.get(url("find"), {"code": "D-001"}, follow=True))


def test_it_moves_and_retires_many_after_showing_what_happens(at_work, holding, item, centre):
    other, place = factories.item(holding), factories.stock_place(centre, name="Källaren")
    picked = {"item": [item.pk, other.pk], "back": "state=all&pick=all"}
    assert "Flytta 2 exemplar" in text(at_work.post(url("together"), picked | {"deed": "move"}))
    said = {"deed": "move", "sure": "yes", "place": place.pk, "shelf": "C1"}
    assert at_work.post(url("together"), picked | said)["Location"] == f"{url('list')}?state=all"
    assert set(Item.objects.values_list("place", "shelf")) == {(place.pk, "C1")}
    assert at_work.post(url("together"), picked | {"deed": "retire", "sure": "yes"}).status_code == 422
    at_work.post(url("together"), picked | {"deed": "retire", "sure": "yes", "reason": "Utslitna"})
    assert Item.objects.filter(state="retired").count() == 2
    again = at_work.post(url("together"), picked | {"deed": "retire", "sure": "yes", "reason": "Utslitna"})
    assert "är gallrat" in text(again)


def test_it_leads_the_ticked_to_their_labels(at_work, item):
    answer = at_work.post(url("together"), {"deed": "labels", "item": [item.pk]})
    assert answer["Location"] == f"{url('labels')}?item={item.pk}"
    assert "1 etikett" in text(at_work.get(answer["Location"]))
    assert "Inga exemplar valda" in text(at_work.get(url("labels")))


@pytest.mark.parametrize("said", [{}, {"deed": "move"}, {"deed": "burn", "item": "{item}"}, {"item": "x"}])
def test_it_does_nothing_with_nothing(at_work, item, said):
    said = {name: value.format(item=item.pk) for name, value in said.items()}
    assert at_work.post(url("together"), said)["Location"] == url("list")


def test_it_counts_a_shelf_and_mends_what_is_ticked(at_work, holding, item, centre):
    Item.objects.filter(pk=item.pk).update(shelf="A1")
    absent = factories.item(holding, barcode="D-002", place=item.place, shelf="A1")
    stray = factories.item(holding, barcode="D-003")
    lost = factories.item(holding, barcode="D-004", state="missing", out_from=NOW.date())
    away = factories.item(holding, barcode="D-005", state="service", out_from=NOW.date())
    gone = factories.item(holding, barcode="D-006", state="retired", retired_at=NOW, retired_reason="Utsliten")
    scanned = f"D-001\nd-001\nD-003\n\nD-004\nD-005\n{url('item', gone.pk)}\n99999"
    said = {"place": item.place_id, "shelf": "A1", "codes": scanned}
    shown = at_work.post(url("inventory"), said)
    result = shown.context["result"]
    assert [one.barcode for one in result.right] == ["D-001"]
    assert result.absent == [absent]
    assert result.elsewhere == [stray]
    assert result.missed == [lost, away]
    assert result.retired == [gone]
    assert (result.unknown, result.twice) == (["99999"], ["D-001"])
    assert Item.objects.get(pk=absent.pk).state == "in_use"
    ticked = {"mend": "yes", "absent": absent.pk, "elsewhere": stray.pk, "found": lost.pk}
    answer = at_work.post(url("inventory"), said | ticked)
    assert answer["Location"] == f"{url('inventory')}?place={item.place_id}"
    states = dict(Item.objects.values_list("barcode", "state"))
    assert (states["D-002"], states["D-004"]) == ("missing", "in_use")
    assert Item.objects.get(pk=stray.pk).shelf == "A1"
    again = at_work.post(url("inventory"), said | ticked)
    assert "är i bruk" in text(again)


def test_it_counts_a_whole_place_and_wants_one(at_work, item):
    assert "Allt stämmer" in text(at_work.post(url("inventory"), {"place": item.place_id, "codes": "D-001"}))
    assert at_work.post(url("inventory"), {"codes": "D-001"}).status_code == 422
    many = "\n".join(["1"] * 2001)
    assert "högst 2000" in text(at_work.post(url("inventory"), {"place": item.place_id, "codes": many}))


def test_it_keeps_places_and_numbers(at_work, centre):
    assert "Inga platser än" in text(at_work.get(url("places")))
    assert at_work.post(url("new_place"), {"code": "", "name": "Magasinet"}).status_code == 422
    at_work.post(url("new_place"), {"code": "m1", "name": "Magasinet", "shelves": "A1\nA2"})
    place = StockPlace.objects.get()
    assert "A1, A2" in text(at_work.get(url("places")))
    at_work.post(url("edit_place", place.pk), {"code": "m1", "name": "Källaren", "shelves": ""})
    assert StockPlace.objects.get().name == "Källaren"
    assert "Ta bort platsen" in text(at_work.get(url("edit_place", place.pk)))
    at_work.post(url("remove_place", place.pk))
    assert not StockPlace.objects.exists()
    said = {"letters": "k-", "digits": "4", "next_number": "12"}
    at_work.post(url("series", centre.pk), said)
    assert str(BarcodeSeries.objects.get()) == "K-0012"
    wrong = at_work.post(url("series", centre.pk), said | {"letters": "å"})
    assert wrong.status_code == 422
    assert "Det blir ingen streckkod" in text(wrong)


def test_it_keeps_a_place_where_something_stands(at_work, item):
    shown = at_work.post(url("remove_place", item.place_id), follow=True)
    assert "Flytta dem först" in text(shown)
    assert at_work.post(url("edit_place", item.place_id), {"code": "", "name": ""}).status_code == 422


def test_it_asks_for_whom_where_somebody_works_at_two_centres(at_work, keeper, centre):
    other = factories.organisation(name="Region Väst")
    factories.assignment(keeper, Role.COORDINATOR, other)
    said = {"code": "m1", "name": "Magasinet"}
    assert at_work.post(url("new_place"), said).status_code == 422
    at_work.post(url("new_place"), said | {"owner": other.pk})
    assert StockPlace.objects.get().owner == other
    mixed = [factories.item(factories.holding(factories.resource(owner))).pk for owner in (centre, other)]
    answer = at_work.post(url("together"), {"deed": "move", "item": mixed}, follow=True)
    assert "samma centrum" in text(answer)


def test_it_takes_in_a_table(at_work, centre, holding, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert at_work.post(url("import"), {}).status_code == 422
    file = io.BytesIO(b"Streckkod;Nummer\nN-1;D 1234\n")
    file.name = "exemplar.csv"
    answer = at_work.post(url("import"), {"file": file})
    assert "N-1" in text(at_work.get(answer["Location"]))
    empty = io.BytesIO(b"")
    empty.name = "exemplar.csv"
    assert at_work.post(url("import"), {"file": empty}).status_code == 422


def test_it_names_what_may_not_be_booked_and_what_lacks_a_list(at_work, holding):
    Holding.objects.update(bookable=False)
    shown = text(at_work.get(url("holding", holding.pk)))
    assert "Går inte att boka" in shown
    assert "Inga exemplar än" in shown
    actions.set_parts(holding=holding, parts=[PartFacts("Fodral")], by=None, at=NOW)
    assert "Fodral" in text(at_work.get(url("holding", holding.pk)))
    assert "Istiden" in text(at_work.get(f"{url('holdings')}?q=istid"))
    assert "Inget bestånd passar" in text(at_work.get(f"{url('holdings')}?q=finnsinte"))
    assert Fault.objects.count() == 0


def test_everyone_sees_what_can_be_booked_of_what_they_may_see(centre, holding):
    hidden = factories.holding(factories.resource(centre, visibility="branch"))
    factories.holding(factories.resource(centre, status="draft"))
    factories.holding(factories.resource(centre), bookable=False)
    teacher = factories.person(Role.TEACHER, factories.organisation(factories.organisation(centre)))
    assert list(Holding.objects.visible_to(None, SEE)) == [holding]
    assert set(Holding.objects.visible_to(teacher, SEE)) == {holding, hidden}
    assert Holding.objects.visible_to(factories.person(Role.EXPERT, centre), SEE).count() == 4
