"""Synonyms and failed searches: the verbs and the pages."""

from datetime import UTC, date, datetime

import pytest

from resursnav.foundation.access import Role
from resursnav.foundation.search import actions, failures, index, jobs, views
from resursnav.foundation.search.models import FailedSearch, SynonymGroup
from resursnav.foundation.search.privacy import without_persons
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # already the 23rd in Sweden


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def county():
    return factories.organisation()


@pytest.fixture
def coordinator(client, county):
    somebody = factories.person(Role.COORDINATOR, county)
    client.force_login(somebody)
    return somebody


def keep(*words, **fields):
    return actions.keep_synonyms(**{"words": words, "language": "sv", "by": None, "at": AT, **fields})


def test_it_keeps_a_group_once_and_trimmed():
    group = keep(" surfplatta ", "Surfplatta", "iPad", "", "digital  tavla")
    assert group.words == ["Surfplatta", "iPad", "digital tavla"]
    assert str(group) == "Surfplatta, iPad, digital tavla"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["ensam"], "minst två ord"),
        (["a", "A", " "], "minst två ord"),
        ([f"ord{n}" for n in range(21)], "högst 20 ord"),
        (["bra", "x" * 61], "högst 60 tecken"),
        (["bra", "!!!"], "högst 60 tecken"),
        (["padda", "ipad"], "finns redan"),
    ],
)
def test_it_refuses_what_is_no_group(words, says):
    keep("iPad", "surfplatta")
    with pytest.raises(actions.UnableToKeepSynonyms, match=says) as refusal:
        keep(*words)
    assert refusal.value.field == "words"
    assert SynonymGroup.objects.count() == 1


def test_it_lets_languages_have_the_same_word_and_a_group_change_itself():
    group = keep("film", "video")
    keep("film", "movie", language="en")
    assert keep("film", "rörlig bild", group=group).words == ["film", "rörlig bild"]
    assert SynonymGroup.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Robotar  för ÅK 3", "robotar för åk 3"),
        ("anna.berg@example.org film", "film"),
        ("19121212-1212 betyg", "betyg"),
        ("121212 1212", ""),
        ("ring 070-123 45 67 nu", "ring nu"),
        ("https://example.org/x?y=1 robot", "robot"),
        ("Gy 2011", "gy 2011"),
        ("a\x00b\u202e", "a b"),
        ("x" * 300, "x" * 100),
    ],
)
def test_it_cuts_out_what_points_at_a_person(typed, kept):
    assert without_persons(typed) == kept


def test_it_counts_a_failed_search_by_swedish_day_and_municipality(county):
    town = factories.organisation(county)
    for place in (town, town, None, None, None):
        actions.record_failed_search(text="Dinosaurier", municipality=place, at=AT)
    assert actions.record_failed_search(text="a@b.se", municipality=town, at=AT) is None
    rows = FailedSearch.objects.values_list("day", "text", "municipality", "count")
    assert sorted(rows, key=lambda row: row[3]) == [
        (date(2026, 11, 23), "dinosaurier", town.pk, 2),
        (date(2026, 11, 23), "dinosaurier", None, 3),
    ]
    assert str(FailedSearch.objects.first()) == "dinosaurier"


def test_it_notes_without_the_database_and_counts_later(county, django_assert_num_queries):
    town = factories.organisation(county)
    with django_assert_num_queries(0):
        assert failures.note(text="Dinosaurier", municipality_id=town.pk, at=AT)
        assert failures.note(text="dinosaurier ", municipality_id=town.pk, at=AT)
        assert failures.note(text="drake", municipality_id=999_999, at=AT)
        assert not failures.note(text="a@b.se", municipality_id=None, at=AT)
    assert "@" not in failures.notes().read_text()
    with failures.notes().open("a") as file:
        file.write("{broken\n[1]\n")
    assert jobs.count_failures() == 3
    assert jobs.count_failures() == 0
    rows = FailedSearch.objects.values_list("text", "municipality", "count")
    assert sorted(rows) == [("dinosaurier", town.pk, 2), ("drake", None, 1)]


def test_it_stops_noting_a_flood_and_survives_a_folder_it_cannot_write(monkeypatch, tmp_path):
    failures.note(text="en drake", municipality_id=None, at=AT)
    monkeypatch.setattr(failures, "LARGEST", 1)
    assert not failures.note(text="en drake", municipality_id=None, at=AT)
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(index, "folder", lambda: tmp_path / "file" / "search")
    assert not failures.note(text="en drake", municipality_id=None, at=AT)


def test_it_forgets_failed_searches_after_three_years():
    actions.record_failed_search(text="gammalt", municipality=None, at=datetime(2020, 1, 1, tzinfo=UTC))
    actions.record_failed_search(text="nytt", municipality=None, at=AT)
    actions.forget_old(at=AT)
    assert [row.text for row in FailedSearch.objects.all()] == ["nytt"]


# pages ----------------------------------------------------------------------------------------------------


def test_it_adds_changes_and_removes_synonyms(client, coordinator):
    assert "Inga synonymer" in client.get("/search/synonyms/").content.decode()
    answer = client.post("/search/synonyms/new/", {"words": "surfplatta\r\niPad\r\n", "language": "sv"}, follow=True)
    assert "surfplatta, iPad" in answer.content.decode()
    group = SynonymGroup.objects.get()
    assert "surfplatta\niPad" in client.get(f"/search/synonyms/{group.pk}/").content.decode()
    client.post(f"/search/synonyms/{group.pk}/", {"words": "surfplatta\nlärplatta", "language": "sv"})
    group.refresh_from_db()
    assert group.words == ["surfplatta", "lärplatta"]
    assert "lärplatta" in client.get("/search/synonyms/?q=LÄRP").content.decode()
    assert "lärplatta" not in client.get("/search/synonyms/?q=xyz").content.decode()
    assert client.get(f"/search/synonyms/{group.pk}/remove/").status_code == 200
    assert SynonymGroup.objects.exists()
    client.post(f"/search/synonyms/{group.pk}/remove/")
    assert not SynonymGroup.objects.exists()


def test_it_keeps_what_was_typed_when_the_words_cannot_be_a_group(client, coordinator):
    page = client.post("/search/synonyms/new/", {"words": "ensam😀", "language": "sv"}).content.decode()
    assert "minst två ord" in page
    assert "ensam😀" in page
    page = client.post("/search/synonyms/new/", {"words": "", "language": "xx"}).content.decode()
    assert "Skriv minst två ord" in page


def test_it_shows_failed_searches_and_gives_them_as_a_file(client, coordinator, county, django_assert_max_num_queries):
    towns = [factories.organisation(county, name=name) for name in ("Dorotea", "Åsele")]
    now = datetime.now(UTC)
    for town in towns:
        actions.record_failed_search(text="dinosaurier", municipality=town, at=now)
    actions.record_failed_search(text="=1+1", municipality=towns[1], at=now)
    with django_assert_max_num_queries(12):
        page = client.get("/search/failed/").content.decode()
    assert page.index("dinosaurier") < page.index("=1+1")
    assert "Åsele" in page
    assert "=1+1" not in client.get(f"/search/failed/?municipality={towns[0].pk}&days=30").content.decode()
    file = client.get("/search/failed/?format=csv").content.decode("utf-8-sig").splitlines()
    assert file[1].startswith("dinosaurier;2;2;")
    assert file[2].startswith("'=1+1;1;1;")
    assert client.get("/search/failed/?page=9999999999&days=x&municipality=%00").status_code == 200


def test_it_shows_a_municipality_lead_only_the_own_municipality(client, county):
    towns = [factories.organisation(county, name=name) for name in ("Dorotea", "Åsele")]
    client.force_login(factories.person(Role.MUNICIPALITY_LEAD, towns[0]))
    for town, text in ((towns[0], "egen"), (towns[1], "främmande"), (None, "okänd")):
        actions.record_failed_search(text=text, municipality=town, at=datetime.now(UTC))
    page = client.get("/search/failed/").content.decode()
    assert "egen" in page
    assert "främmande" not in page
    assert "okänd" not in page
    assert "Ge den en synonym" not in page
    assert client.get("/search/synonyms/").status_code == 403


def test_it_keeps_strangers_and_teachers_out(client, county):
    assert client.get("/search/failed/").status_code == 302
    client.force_login(factories.person(Role.TEACHER, county))
    assert client.get("/search/failed/").status_code == 403
    assert client.get("/search/synonyms/").status_code == 403
    group = keep("film", "video")
    assert client.get(f"/search/synonyms/{group.pk}/").status_code == 404
    assert client.delete("/search/synonyms/").status_code == 405


def test_it_suggests_as_json_to_anybody_and_never_fails(client):
    for typed in ("", "rob", "\x00", "😀" * 500, '"'):
        answer = client.get("/search/suggest/", {"q": typed})
        assert (answer.status_code, answer.json()) == (200, {"items": []})


@pytest.mark.parametrize(("blind", "counted"), [(1, 2), (2, 1)])
def test_it_adds_to_what_somebody_else_counted_at_the_same_moment(monkeypatch, blind, counted):
    actions.record_failed_search(text="norrsken", municipality=None, at=AT)
    rows = type(FailedSearch.objects.all())
    update, looks = rows.update, []

    def late(found, **fields):
        looks.append(fields)
        return 0 if len(looks) <= blind else update(found, **fields)

    monkeypatch.setattr(rows, "update", late)
    actions.record_failed_search(text="norrsken", municipality=None, at=AT)
    assert FailedSearch.objects.get().count == counted


def test_it_lets_a_stranger_type_but_not_harvest(client, monkeypatch):
    monkeypatch.setattr(views, "MOST_SUGGESTIONS", 2)
    answers = [client.get("/search/suggest/?q=vulkan", REMOTE_ADDR="9.8.7.6") for _n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json() == {"items": []}
