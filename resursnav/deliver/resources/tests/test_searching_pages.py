"""The search page: facets, ways out of nothing, absurd addresses, and what was looked for in vain."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from resursnav.foundation.search import failures
from resursnav.foundation.search.models import FailedSearch

MOST_SQL = 12


@pytest.fixture(autouse=True)
def _quiet(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    cache.clear()


def text(answer):
    return answer.content.decode()


def test_it_searches_with_facets_in_few_statements(client, county, indexed, django_assert_max_num_queries):
    client.force_login(county.teacher)
    client.get(reverse("resources:list"))
    with django_assert_max_num_queries(MOST_SQL):
        answer = client.get(
            reverse("resources:list"), {"q": "robotar", "subject": "school:TEK", "type": ["film", "web"]}
        )
    said = text(answer)
    assert answer.status_code == 200
    assert "<strong>21</strong> träffar" in said
    assert "Robotar i norr" in said
    assert "Hemlig robot" not in said
    assert "Film" in said
    assert 'name="type" value="film" checked' in said


def test_it_says_that_part_of_an_address_was_not_understood(client, shelf):
    assert "gick inte att förstå" in text(client.get(reverse("resources:list") + "?type=kaffe"))
    assert "gick inte att förstå" not in text(client.get(reverse("resources:list") + "?type=film"))


def test_it_helps_when_nothing_is_found(client, county, indexed, django_assert_max_num_queries):
    client.force_login(county.teacher)
    said = text(client.get(reverse("resources:list"), {"q": "robotar", "type": "game", "grade": "4"}))
    assert "Inga träffar" in said
    assert "Utan ”Typ: Spel”" in said
    assert "mailto:" in said
    with django_assert_max_num_queries(MOST_SQL):
        said = text(client.get(reverse("resources:list"), {"q": "kvantdatorer robotar"}))
    assert "Inga träffar" in said
    assert '<a href="?subject=school%3ATEK">Teknik</a>' in said
    assert "Närmast det du sökte" in said
    assert said.count('<li class="rs-row">') == 4
    assert "Hemlig robot" not in said


def test_it_counts_a_search_in_vain_once_and_the_words_only(client, county, indexed):
    address = reverse("resources:list")
    client.force_login(county.teacher)
    for _ in range(3):
        client.get(address, {"q": "Kvantdator"})
    client.get(address, {"q": "robotar"})
    client.get(address, {"q": "robotar", "type": "game"})  # the choice was in vain, not the words
    client.get(address, {"q": "rymdskepp"}, headers={"User-Agent": "Examplebot/1.0"})
    client.get(address, {"q": "rymdskepp"}, headers={"Sec-Purpose": "prefetch"})
    assert not FailedSearch.objects.exists()  # showing a page writes nothing to the database
    assert failures.collect() == 1
    kept = FailedSearch.objects.get()
    assert (kept.text, kept.municipality, kept.count) == ("kvantdator", county.town, 1)
    client.logout()
    client.get(address, {"q": "kvantdator"})
    client.get(address, {"q": "kvantdator", "page": "7"})
    assert failures.collect() == 1
    assert set(FailedSearch.objects.values_list("text", "municipality", "count")) == {
        ("kvantdator", county.town.pk, 1), ("kvantdator", None, 1),
    }  # fmt: skip


def test_it_does_not_call_a_search_vain_that_found_a_place(client, county, indexed):
    said = text(client.get(reverse("resources:list"), {"q": "björkskolan"}))
    assert "Inga resurser på det du sökte" in said
    assert county.school.name in said
    assert "Vi räknar" not in said
    assert failures.collect() == 0


def test_it_counts_nothing_in_vain_while_the_index_is_gone(client, shelf):
    client.get(reverse("resources:list"), {"q": "kvantdator"})
    assert failures.collect() == 0


def test_it_finds_what_is_tied_to_a_point(client, indexed):
    said = text(client.get(reverse("resources:list"), {"point": "TEK-0"}))
    assert "<strong>1</strong> träff" in said
    assert "Robotar i norr" in said
    assert "Teknik, årskurs 4–6: =Styra egna" in said
    assert re.search(r'name="point" value="TEK-0" checked.*?rn-facet__count">1<', said, re.S)
    both = text(client.get(reverse("resources:list"), {"point": ["TEK-0", "TEK-1"]}))
    assert re.search(r'name="point" value="TEK-1" checked.*?rn-facet__count"><', both, re.S)
    assert "Inga träffar" in text(client.get(reverse("resources:list"), {"point": "TEK-1"}))


def test_it_asks_whether_another_spelling_was_meant(client, indexed):
    assert "Menade du" in text(client.get(reverse("resources:list"), {"q": "robotarr"}))


def test_it_answers_from_the_database_when_the_index_is_gone(client, county, indexed, tmp_path, settings):
    settings.DATA_DIR = tmp_path / "elsewhere"
    said = text(client.get(reverse("resources:list"), {"q": "robotar"}))
    assert "långsammare än vanligt" in said
    assert "Robotar i norr" in said
    assert "Hemlig robot" not in said


def test_it_asks_strangers_to_slow_down_but_not_those_who_signed_in(client, county, shelf, monkeypatch):
    monkeypatch.setattr("resursnav.deliver.resources.views.searching.MOST_SEARCHES", 3)
    codes = [client.get(reverse("resources:list")).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    client.force_login(county.teacher)
    assert client.get(reverse("resources:list")).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "?page=0", "?page=-1", "?page=999999", "?page=abc", "?page=1e9", "?sort=pris", "?type=film&type=<script>",
        "?subject=x", "?subject=school:%00", "?grade=99", "?language=" + "a" * 300, "?year=99999999999999999999",
        "?owner=1%27--", "?q=%00%00", "?q=" + "å" * 5000, "?q=\"('", "?q=*:*",
        "?" + "&".join(f"type={n}" for n in range(300)),
        "?q=🤖", "?q=%E2%80%AEtobor", "?licence=&access=",
    ],
)  # fmt: skip
def test_it_answers_absurd_addresses(client, shelf, address):
    answer = client.get(reverse("resources:list") + address)
    assert answer.status_code == 200
    assert "<script>" not in text(answer).replace("<script src=", "")
