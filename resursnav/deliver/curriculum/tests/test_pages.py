"""The text of the syllabuses: stage, point and what a version changed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from resursnav.deliver.curriculum import actions, demo
from resursnav.deliver.curriculum.likeness import most_like
from resursnav.deliver.curriculum.models import CentralContent, Placement, Stage, Version, years
from resursnav.deliver.curriculum.syllabus import read
from resursnav.foundation.access import Role
from tests import factories

from .test_actions import syllabus

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def examples():
    demo.load(by=None, at=AT)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_it_shows_the_points_with_their_own_addresses(client, django_assert_max_num_queries):
    one = syllabus(
        ("Tal", "Hela tal."), ("Form", "<b>Cirklar</b> & hörn."), ("", "Utan rubrik."),
        criteria=["<h4>Betyget E</h4><p>Kan.</p>", "<p>Kan mer.</p>"],
    )  # fmt: skip
    actions.take_in(syllabuses=[one], by=None, at=AT)
    with django_assert_max_num_queries(12):
        html = page(client, "/curriculum/GRGRMAT01/1/1-3/")
    for point in CentralContent.objects.all():
        assert f'id="{point.key}"' in html and f'href="#{point.key}"' in html
    assert html.index("<h2>Tal</h2>") < html.index("<h2>Form</h2>") and "Cirklar &amp; hörn." in html
    assert "Betyget E</summary>" in html and "<p>Kan.</p>" in html
    assert "gäller inte" not in html and "till punkten" in html


def test_it_leads_to_the_resources_of_a_point_where_there_are_such_pages(client):
    actions.take_in(syllabuses=[syllabus(("Tal", "Hela tal."))], by=None, at=AT)
    html = page(client, "/curriculum/GRGRMAT01/1/1-3/")
    key = CentralContent.objects.get().key
    assert ("Resurser<span" in html) == (f"?point={key}" in html)


def test_it_leads_from_a_point_to_where_it_stands_now(client):
    take = [
        syllabus(("Tal", "Hela tal.")),
        syllabus(("Tal", "Hela tal."), ("Tal", "Nytt."), number=2, starts="2099-07-01"),
    ]
    actions.take_in(syllabuses=take, by=None, at=AT)
    kept, coming = CentralContent.objects.order_by("pk")
    assert client.get(kept.get_absolute_url()).url == f"/resources/subjects/GRGRMAT01/?stage=1-3#{kept.key}"
    assert client.get(coming.get_absolute_url()).url == f"/curriculum/GRGRMAT01/2/1-3/#{coming.key}"


def test_it_tells_of_a_point_that_is_gone(client):
    actions.take_in(syllabuses=[syllabus(("Tal", "Hela tal."), ("Tal", "Borta."))], by=None, at=AT)
    actions.take_in(syllabuses=[syllabus(("Tal", "Hela tal."))], by=None, at=AT)
    gone, kept = CentralContent.objects.get(text="Borta."), CentralContent.objects.get(text="Hela tal.")
    assert "Den fortsätter i" not in page(client, gone.get_absolute_url())
    actions.say_continues(content=kept, older=gone, by=None, at=AT)
    html = page(client, gone.get_absolute_url())
    assert "finns inte i någon kursplan längre" in html and kept.get_absolute_url() in html
    assert "Fortsätter en äldre punkt: Borta." in page(client, "/curriculum/GRGRMAT01/1/1-3/")


@pytest.fixture
def two_versions():
    """One point kept, one rewritten, one new, one gone."""
    old = syllabus(("Tal", "Hela tal och bråk i vardagen."), ("Tal", "Kvar."), ("Form", "Borta helt och hållet."))
    new = syllabus(
        ("Tal", "Hela tal, bråk och procent i vardagen."),
        ("Tal", "Kvar."),
        ("Data", "Nytt."),
        number=2,
        starts="2026-07-01",
    )
    actions.take_in(syllabuses=[old, new], by=None, at=AT)
    return Version.objects.order_by("number")


def test_it_says_what_is_new_in_a_version(client, two_versions, django_assert_max_num_queries):
    first, second = two_versions
    address = f"/curriculum/versions/{second.pk}/changes/"
    with django_assert_max_num_queries(12):
        html = page(client, address)
    new, _, gone = html.partition("inte är med längre")
    assert "bråk och procent" in new and "Nytt." in new and "Borta helt" in gone and "Kvar." not in html
    assert "Version 2 jämförd med version 1" in html and "<select" not in html
    assert "ingen tidigare version" in page(client, f"/curriculum/versions/{first.pk}/changes/")
    page(client, "/curriculum/versions/999999/changes/", 404)


def test_it_lets_the_centre_say_what_a_point_carries_on(client, two_versions, django_assert_max_num_queries):
    second = two_versions[1]
    client.force_login(factories.person(Role.COORDINATOR, factories.organisation()))
    rewritten = CentralContent.objects.get(text__contains="procent")
    older = CentralContent.objects.get(text="Hela tal och bråk i vardagen.")
    with django_assert_max_num_queries(12):
        html = page(client, f"/curriculum/versions/{second.pk}/changes/")
    assert html.count("<select") == 2
    assert f'<option value="{older.key}" selected>' in html  # the likeliest is proposed, and nothing is decided
    assert rewritten.continues is None
    answer = client.post(f"/curriculum/versions/{second.pk}/changes/{rewritten.key}/", {"older": older.key})
    assert answer.url.endswith(f"/changes/#{rewritten.key}")
    rewritten.refresh_from_db()
    assert rewritten.continues == older
    client.post(f"/curriculum/versions/{second.pk}/changes/{rewritten.key}/", {"older": ""})
    rewritten.refresh_from_db()
    assert rewritten.continues is None


def test_it_says_what_is_wrong_with_what_a_point_would_carry_on(client, two_versions):
    second = two_versions[1]
    client.force_login(factories.person(Role.COORDINATOR, factories.organisation()))
    new, old = CentralContent.objects.get(text="Nytt."), CentralContent.objects.get(text__startswith="Borta")
    address = f"/curriculum/versions/{second.pk}/changes/{new.key}/"
    for wrong in ("nope", "\x00", CentralContent.objects.get(text="Kvar.").key):
        assert "ur listan" in client.post(address, {"older": wrong}, follow=True).content.decode()
    assert "Sparat." in client.post(address, {"older": old.key}, follow=True).content.decode()
    actions.say_continues(content=new, older=None, by=None, at=AT)
    actions.say_continues(content=old, older=new, by=None, at=AT)
    assert "fortsätta sig själv" in client.post(address, {"older": old.key}, follow=True).content.decode()
    new.refresh_from_db()
    assert new.continues is None
    assert client.post(f"/curriculum/versions/{second.pk}/changes/{old.key}/", {"older": ""}).status_code == 404


def test_it_lets_only_the_centre_do_that(client, two_versions):
    second, new = two_versions[1], CentralContent.objects.get(text="Nytt.")
    address = f"/curriculum/versions/{second.pk}/changes/{new.key}/"
    assert client.post(address, {"older": ""}).status_code == 302
    client.force_login(factories.person(Role.TEACHER, factories.organisation()))
    assert client.post(address, {"older": ""}).status_code == 403
    assert client.get(address).status_code == 405


def test_it_finds_the_text_that_is_most_alike():
    texts = {"a": "Tal i bråkform och decimalform.", "b": "Tal i bråkform.", "c": "Cirklar."}
    assert most_like("tal i BRÅKFORM och procentform", texts) == "a"
    assert most_like("Näringskedjor i skogen", texts) is None and most_like("x", {}) is None


@pytest.mark.parametrize(
    "address",
    [
        "/curriculum/NOPE/", "/curriculum/GRGRMAT01/9/4-6/", "/curriculum/GRGRMAT01/1/2-2/", "/curriculum/points/nope/",
        "/curriculum/GRGRMAT01/99999999999999999999/4-6/",
    ],
)  # fmt: skip
def test_it_does_not_find_what_is_not_there(client, examples, address):
    page(client, address, 404)


def test_it_leads_old_links_to_the_one_way_in(client, examples):
    for old, new in (
        ("/curriculum/", "/resources/subjects/"),
        ("/curriculum/?q=br%C3%A5k", "/resources/subjects/?q=br%C3%A5k"),
        ("/curriculum/GRGRMAT01/", "/resources/subjects/GRGRMAT01/"),
    ):
        answer = client.get(old)
        assert (answer.status_code, answer.url) == (301, new)
        assert client.get(new).status_code == 200


def test_it_says_on_an_old_version_what_carries_a_point_on(client, two_versions, django_assert_max_num_queries):
    rewritten = CentralContent.objects.get(text__contains="procent")
    older = CentralContent.objects.get(text="Hela tal och bråk i vardagen.")
    actions.say_continues(content=rewritten, older=older, by=None, at=AT)
    with django_assert_max_num_queries(12):
        html = page(client, "/curriculum/GRGRMAT01/1/1-3/")
    assert "Fortsätter i:" in html and rewritten.get_absolute_url() in html
    assert "Fortsätter i:" not in page(client, "/curriculum/GRGRMAT01/2/1-3/")


@pytest.mark.parametrize("address", ["/curriculum/", "/curriculum/GRGRMAT01/", "/curriculum/GRGRMAT01/1/4-6/"])
def test_it_only_answers_to_reading(client, examples, address):
    assert client.post(address).status_code == 405


def test_it_says_years_in_words():
    assert years("4-6") == "årskurs 4–6" and years("4-9b") == "årskurs 4–9 (del 2)"


def test_it_cuts_a_long_label(examples):
    point = CentralContent.objects.labelled().first()
    point.text = "x" * 200
    assert point.label.endswith("x…") and len(point.label) < 200 and str(point) == point.key


def test_it_names_its_rows(examples):
    placement, stage = Placement.objects.first(), Stage.objects.first()
    assert str(placement) == f"{placement.content_id} @ {placement.stage_id}" and str(stage).startswith("årskurs")
    version = Version.objects.select_related("subject", "curriculum").first()
    assert str(version) == f"{version.subject_id}:1" and "Lgr22" in str(version.curriculum)
    assert not version.is_valid(date(2022, 6, 30)) and version.is_valid(date(2022, 6, 30) + timedelta(days=1))
    made = read({"code": "GRGRBIL01", "name": "Bild", "centralContents": [{"year": "1-3", "text": "<p>Se.</p>"}]})
    assert made.points == 1
