"""The pages: lists and what is put in them, the answer, the forecast; and who gets in."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from resursnav.deliver.resources import actions as shelving
from resursnav.deliver.resources.models import Collection, Identifier
from resursnav.deliver.rights import actions
from resursnav.deliver.rights.models import CollectionTie, SupplierTie, TitleEntry
from resursnav.foundation.access import Role
from resursnav.foundation.search import index
from tests import factories

from .conftest import AT, titles_of


def text(answer):
    return html.unescape(answer.content.decode())


@pytest.fixture
def films(county):
    made = [
        factories.resource(county.region, "film", title=f"Skogsfilm {n}", own_number=f"D {n}", publisher="Norrfilm AB")
        for n in range(3)
    ]
    Identifier.objects.create(resource=made[2], owner=county.region, scheme="isbn", value="9789100123456")
    return made


@pytest.fixture
def agreement(agree, county):
    return agree("Skolfilm", ("stream_class", "Klassiker", {county.town: True}))


@pytest.fixture
def titles(agreement):
    return titles_of(agreement)


@pytest.fixture
def signed(client, county):
    client.force_login(county.coordinator)
    return client


def at(name, *args):
    return reverse(f"rights:{name}", args=args)


def test_the_agreements_page_shows_its_lists(signed, agreement, titles, films):
    page = text(signed.get(agreement.get_absolute_url()))
    assert "Inga titlar än, så ingen har nytta" in page and "Ny titellista" in page
    actions.add_titles(titles=titles, resources=films[:2], by=None, at=AT)
    actions.tie_supplier(titles=titles, name="Norrfilm AB", by=None, at=AT)
    page = text(signed.get(agreement.get_absolute_url()))
    assert "2 titlar, allt från Norrfilm AB" in page and at("without", agreement.pk) in page


def test_a_list_gets_a_name(signed, agreement):
    answer = signed.post(at("new_list", agreement.pk), {"name": " "})
    assert answer.status_code == 422 and "Ge listan ett namn" in text(answer)
    answer = signed.post(at("new_list", agreement.pk), {"name": "Nytt i höst"})
    assert answer.url == at("titles", agreement.title_lists.get(name="Nytt i höst").pk)
    assert signed.post(at("new_list", agreement.pk), {"name": "Nytt i höst"}).url == answer.url
    assert signed.post(at("new_list", agreement.pk), {"name": "…"}).status_code == 422
    assert "Listans namn" in text(signed.get(at("new_list", agreement.pk)))


def test_titles_are_searched_for_and_ticked(signed, titles, films):
    index.rebuild()
    assert "Sök på titel" in text(signed.get(at("add", titles.pk)))
    page = text(signed.get(at("add", titles.pk), {"q": "skogsfilm"}))
    assert "Skogsfilm 0" in page and "Kryssa för" in page
    assert "Inga träffar" in text(signed.get(at("add", titles.pk), {"q": "kvantmekanik"}))
    answer = signed.post(at("add", titles.pk), {"resource": [films[0].pk, "x", "9" * 30]})
    assert answer.url == at("titles", titles.pk)
    assert "Skogsfilm 0" in text(signed.get(answer.url)) and TitleEntry.objects.count() == 1
    assert "står redan i listan" in text(signed.get(at("add", titles.pk), {"q": "skogsfilm"}))
    assert "Kryssa för minst en" in text(signed.post(at("add", titles.pk), {}, follow=True))
    again = signed.post(at("add", titles.pk), {"resource": films[0].pk}, follow=True)
    assert "Alla stod redan" in text(again)


def test_numbers_are_looked_up_and_all_go_in_or_none(signed, titles, films):
    url = at("numbers", titles.pk)
    assert signed.get(url).status_code == 200
    answer = signed.post(url, {"numbers": "Nummer\nD 0\nD 99\n978-91-0012345-6"})
    assert answer.status_code == 422 and "Rad 3" in text(answer) and "D 99" in text(answer)
    assert not TitleEntry.objects.exists()
    answer = signed.post(url, {"numbers": "D 0\n978-91-0012345-6;Skogsfilm 2\nD 0"})
    assert answer.status_code == 200 and "Lägg till 2 titlar" in text(answer)
    assert not TitleEntry.objects.exists()
    answer = signed.post(url, {"numbers": "D 0\n9789100123456", "sure": "yes"}, follow=True)
    assert "2 titlar är tillagda" in text(answer) and TitleEntry.objects.count() == 2
    answer = signed.post(url, {"numbers": "D 0\nD 1"})
    assert "1 ny titel" in text(answer) and "En av dem står redan" in text(answer)


def test_numbers_come_in_a_file_too(signed, titles, films):
    url = at("numbers", titles.pk)
    sent = SimpleUploadedFile("lista.csv", "\ufeffisbn;titel\n9789100123456;Skog\n".encode())
    assert "Lägg till 1 titel" in text(signed.post(url, {"file": sent}))
    for wrong in (b"PK\x00\x03", b"a" * 1_000_001):
        answer = signed.post(url, {"file": SimpleUploadedFile("lista.xlsx", wrong)})
        assert answer.status_code == 422 and "går inte att läsa som text" in text(answer)
    assert "Lägg till 1 titel" in text(
        signed.post(url, {"file": SimpleUploadedFile("l.csv", "D 0;Å\n".encode("cp1252"))})
    )


def test_numbers_must_be_some_and_not_too_many_and_each_of_one_title(signed, titles, films, county):
    url = at("numbers", titles.pk)
    assert "Klistra in minst ett" in text(signed.post(url, {"numbers": " \n"}))
    assert "Högst 2000" in text(signed.post(url, {"numbers": "\n".join(map(str, range(2001)))}))
    Identifier.objects.create(resource=films[1], owner=county.region, scheme="ean", value="D 0")
    answer = signed.post(url, {"numbers": "D 0"})
    assert answer.status_code == 422 and "flera titlar" in text(answer) and "Skogsfilm 1" in text(answer)


def test_a_collection_and_a_supplier_are_put_in(signed, titles, films, county):
    url = at("collections", titles.pk)
    assert "Gör en samling" in text(signed.get(url))
    shelf = Collection.objects.create(owner=county.region, title="Skog", lead="Om skog", created_at=AT, updated_at=AT)
    shelving.set_items(collection=shelf, items=[(films[0].pk, "")], by=None, at=AT)
    assert "Om skog" in text(signed.get(url))
    assert "Ingen samling med det" in text(signed.get(url, {"q": "hav"}))
    assert "Välj en samling" in text(signed.post(url, {"collection": "x"}, follow=True))
    assert "Samlingen Skog står nu" in text(signed.post(url, {"collection": shelf.pk}, follow=True))
    url = at("suppliers", titles.pk)
    assert 'value="Norrfilm AB"' in text(signed.get(url))
    assert signed.post(url, {"name": ""}).status_code == 422
    assert signed.post(url, {"name": "\u200b\u202e"}).status_code == 422
    page = text(signed.post(url, {"name": "norrfilm ab"}, follow=True))
    assert "3 titlar under avtalet" in page and "Allt från norrfilm ab" in page


def test_the_list_is_filtered_and_taken_out(signed, titles, films):
    assert "Inga titlar i listan än" in text(signed.get(at("titles", titles.pk)))
    actions.add_titles(titles=titles, resources=films, by=None, at=AT)
    page = text(signed.get(at("titles", titles.pk), {"q": "D 1"}))
    assert "Skogsfilm 1" in page and "Skogsfilm 0" not in page
    assert "Ingen titel i listan passar" in text(signed.get(at("titles", titles.pk), {"q": "hav"}))
    assert "Skogsfilm 2;D 2;Norrfilm AB" in text(signed.get(at("titles", titles.pk), {"format": "csv"}))
    assert signed.get(at("titles", titles.pk), {"format": "xlsx"}).content[:2] == b"PK"


def test_removing_tells_what_disappears_for_whom_first(signed, titles, films):
    actions.add_titles(titles=titles, resources=films, by=None, at=AT)
    url = at("remove", titles.pk)
    page = text(signed.get(url, {"entry": [films[0].pk, films[1].pk, "x"]}))
    assert "2 titlar får då inte användas" in page and "Strömma i klassrummet: Dorotea" in page
    assert TitleEntry.objects.count() == 3
    page = text(signed.post(url, {"entry": [films[0].pk, films[1].pk]}, follow=True))
    assert "2 titlar är borttagna" in page and TitleEntry.objects.count() == 1
    assert "Välj minst en titel" in text(signed.post(url, {"entry": films[0].pk}, follow=True))


def test_a_collection_and_a_supplier_are_removed_too(signed, titles, films, county):
    shelf = Collection.objects.create(owner=county.region, title="Skog", lead="Om skog", created_at=AT, updated_at=AT)
    tied = actions.tie_collection(titles=titles, collection=shelf, by=None, at=AT)
    tie = actions.tie_supplier(titles=titles, name="Norrfilm AB", by=None, at=AT)
    url = at("remove", titles.pk)
    assert "Ingen mister någon rätt" in text(signed.get(url, {"collection": tied.pk}))
    assert "3 titlar får då inte" in text(signed.get(url, {"supplier": tie.pk}))
    signed.post(url, {"collection": tied.pk})
    signed.post(url, {"supplier": tie.pk})
    assert not CollectionTie.objects.exists() and not SupplierTie.objects.exists()


def test_the_resources_page_says_whether_we_may(client, county, titles, films):
    actions.add_titles(titles=titles, resources=films, by=None, at=AT)
    page = text(client.get(films[0].get_absolute_url()))
    assert "Det beror på vilken skola" in page and "Dorotea" not in page
    client.force_login(county.teacher)
    page = text(client.get(films[0].get_absolute_url()))
    assert "Får strömmas i klassrummet på Bergvattenskolan till och med 30 juni 2027." in page
    assert "/agreements/" not in page
    client.force_login(county.lead)
    page = text(client.get(films[0].get_absolute_url()))
    assert "Får strömmas i klassrummet i Dorotea" in page and titles.agreement.get_absolute_url() in page
    client.force_login(county.neighbour_teacher)
    assert "Avtalet gäller inte där" in text(client.get(films[0].get_absolute_url()))
    book = factories.resource(county.region, "book")
    client.logout()
    assert "Får lånas. Det behövs inget avtal" in text(client.get(book.get_absolute_url()))


def test_one_asks_for_another_place_and_another_day(client, county, titles, films):
    actions.add_titles(titles=titles, resources=films, by=None, at=AT)
    url = at("resource", films[0].pk)
    assert "Det beror på vilken skola" in text(client.get(url, {"place": county.town.pk}))
    client.force_login(county.lead)
    assert "Bergvattenskolan" in text(client.get(url, {"q": "bergvatten"}))
    assert "Ingen plats passar" in text(client.get(url, {"q": "ingenstans"}))
    page = text(client.get(url, {"place": county.town.pk}))
    assert "Får strömmas i klassrummet i Dorotea" in page and "Får inte kopieras i Dorotea" in page
    client.force_login(county.teacher)
    factories.assignment(county.teacher, Role.TEACHER, county.other_school)
    page = text(client.get(url))
    assert "Fredrikaskolan" in page and "på Bergvattenskolan" in page
    assert "gäller inte där" in text(client.get(url, {"place": county.other_school.pk}))
    assert "Rätten upphörde 30 juni 2027" in text(client.get(url, {"day": "2027-07-01"}))
    assert "Skriv en dag som finns" in text(client.get(url, {"day": "i morgon"}))
    hidden = factories.resource(county.region, status="draft")
    assert client.get(at("resource", hidden.pk)).status_code == 404


def test_rows_say_it_in_a_line_and_the_filter_narrows(client, county, titles, films):
    actions.add_titles(titles=titles, resources=films[:1], by=None, at=AT)
    index.rebuild()
    client.force_login(county.teacher)
    page = text(client.get(reverse("resources:list")))
    assert "Får strömmas i klassrummet i Dorotea till och med 30 juni 2027" in page and "Får användas i Dorotea" in page
    page = text(client.get(reverse("resources:list"), {"may": "stream_class"}))
    assert "<strong>1</strong> träff" in page and "Skogsfilm 0" in page and "Skogsfilm 1" not in page
    page = text(client.get(reverse("resources:list"), {"may": "teleport"}))
    assert "gick inte att förstå" in page and "<strong>3</strong>" in page
    sheet = b"".join(client.get(reverse("exchange:search_csv"), {"may": "stream_class"}).streaming_content).decode()
    assert "Skogsfilm 0" in sheet and "Skogsfilm 1" not in sheet
    client.logout()
    assert "Får användas" not in text(client.get(reverse("resources:list")))


def test_the_forecast_and_the_agreement_that_is_not_renewed(signed, agreement, titles, films, county, client):
    assert "Inget försvinner inom 6 månader" in text(signed.get(at("forecast")))
    assert "Inget försvinner" in text(signed.get(at("without", agreement.pk)))
    actions.add_titles(titles=titles, resources=films, by=None, at=AT)
    page = text(signed.get(at("forecast"), {"months": "12"}))
    assert "någon rätt till 3 titlar" in page and "Strömma i klassrummet" in page and "Dorotea" in page
    assert "Skolfilm;Norrfilm AB;3" in text(signed.get(at("forecast"), {"months": "12", "format": "csv"}))
    assert signed.get(at("forecast"), {"format": "xlsx"}).content[:2] == b"PK"
    page = text(signed.get(at("without", agreement.pk)))
    assert "3 titlar mister någon rätt på 1 plats" in page and "Sista dag är 30 juni 2027" in page
    assert "Skogsfilm 1;D 1;strömma i klassrummet: Dorotea" in text(
        signed.get(at("without", agreement.pk), {"format": "csv"})
    )
    assert signed.get(at("without", agreement.pk), {"format": "xlsx"}).content[:2] == b"PK"
    client.force_login(county.teacher)
    assert client.get(at("forecast")).status_code == 403


@pytest.mark.parametrize("name", ["add", "numbers", "collections", "suppliers", "remove"])
def test_who_only_sees_may_not_change_and_strangers_find_nothing(client, county, titles, name):
    url = at(name, titles.pk)
    client.force_login(county.lead)
    assert client.get(url).status_code == 403 and client.get(at("titles", titles.pk)).status_code == 200
    client.force_login(county.neighbour_teacher)
    assert client.get(url).status_code in (403, 404)
    abroad = factories.organisation(name="Region Söder")
    client.force_login(factories.person(Role.COORDINATOR, abroad))
    assert client.get(url).status_code == 404 and client.get(at("titles", titles.pk)).status_code == 404
