"""Every page answers those it is for, in few statements, and nobody else."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.deliver.resources import actions
from resursnav.deliver.resources.models import Collection, Resource, Tip
from resursnav.deliver.resources.tests.test_pictures import file
from resursnav.deliver.resources.views import desk
from tests import factories

MOST_SQL = 12


@pytest.fixture(autouse=True)
def _quiet(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    cache.clear()


def text(answer):
    return answer.content.decode()


def test_it_shows_a_resource_in_few_statements(client, county, indexed, django_assert_max_num_queries):
    film, _draft = indexed
    for person in (None, county.teacher, county.coordinator):
        if person:
            client.force_login(person)
        client.get(film.get_absolute_url())
        with django_assert_max_num_queries(MOST_SQL):
            answer = client.get(film.get_absolute_url())
        said = text(answer)
        for words in (
            "Robotar i norr", "Om robotar.", "Årskurs 4–6", "Åsa Berg (regissör)", "https://example.org/handledning",
            "=Styra egna konstruktioner.", "Bygg i par", "Lärare, Björkskolan", "1 person har använt den",
            "Liknande resurser", "BibTeX",
        ):  # fmt: skip
            assert words in said, words
        assert ("Redigera" in said) is (person is county.coordinator)


def test_it_shows_what_is_alike_without_what_one_may_not_see(client, county, indexed, django_assert_max_num_queries):
    film, _draft = indexed
    address = reverse("resources:similar", args=[film.pk])
    with django_assert_max_num_queries(MOST_SQL):
        said = text(client.get(address))
    assert said.count("rs-card__title") == 6
    assert "Robot nummer" in said
    assert "Hemlig robot" not in said
    assert "<h1" in said
    assert "<h1" not in text(client.get(address, headers={"HX-Request": "true"}))
    client.force_login(county.expert)
    assert client.get(reverse("resources:similar", args=[999_999])).status_code == 404


def test_it_hides_a_draft_from_everyone_but_the_centre(client, county, shelf):
    _film, draft = shelf
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(county.teacher)
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(county.expert)
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_it_says_why_something_is_gone(client, county, shelf, at):
    film, draft = shelf
    actions.withdraw(resource=film, reason="Avtalet tog slut.", by=county.coordinator, at=at)
    answer = client.get(film.get_absolute_url())
    assert answer.status_code == 410
    assert "Avtalet tog slut." in text(answer)
    assert "Om robotar." not in text(answer)
    Resource.objects.filter(pk=draft.pk).update(status="withdrawn", withdrawn_reason="Aldrig visad")
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("person", [None, "teacher", "librarian", "expert", "coordinator"])
def test_it_lets_in_whom_it_should(client, county, shelf, person, at):
    film, draft = shelf
    tip = Tip.objects.get()
    own = actions.create_collection(
        owner=county.school, title="Vår", lead="x", text="", visibility="branch", by=county.librarian, at=at
    )
    if person:
        client.force_login(getattr(county, person))
    centre, tops = person in ("expert", "coordinator"), person == "coordinator"
    signed, curates = person is not None, person in ("librarian", "expert", "coordinator")
    # address, method, whether it is for this person
    asked = [
        ("list", (), "get", True), ("subjects", (), "get", True), ("gaps", (), "get", True),
        ("collections", (), "get", True),
        ("subject", ("GRGRTEK01",), "get", True), ("show", (film.pk,), "get", True), ("qr", (film.pk,), "get", True),
        ("bibtex", (film.pk,), "get", True), ("ris", (film.pk,), "get", True),
        ("work", (), "get", centre), ("tips", (), "get", centre), ("create", (), "get", centre),
        ("edit", (film.pk,), "get", centre), ("set_cover", (film.pk,), "get", centre),
        ("map", (film.pk,), "get", centre),
        ("withdraw", (film.pk,), "get", tops), ("review", (draft.pk,), "post", centre),
        ("tip", (film.pk,), "get", signed),
        ("use", (film.pk,), "post", signed), ("create_collection", (), "get", curates),
        ("collect", (film.pk,), "get", curates),
        ("items", (own.pk,), "get", curates), ("edit_collection", (own.pk,), "get", curates),
        ("decline_tip", (tip.pk,), "get", centre),
    ]  # fmt: skip
    for name, args, method, allowed in asked:
        answer = getattr(client, method)(reverse(f"resources:{name}", args=args))
        where = f"{name} for {person}: {answer.status_code}"
        if allowed:
            assert answer.status_code in (200, 302), where
            assert "/accounts/login/" not in answer.headers.get("Location", ""), where
        else:
            assert answer.status_code in (403, 404) or "/accounts/login/" in answer.headers.get("Location", ""), where


@pytest.mark.parametrize("name", ["review", "publish", "reopen", "use"])
def test_it_changes_nothing_on_get(client, county, shelf, name):
    client.force_login(county.coordinator)
    assert client.get(reverse(f"resources:{name}", args=[shelf[0].pk])).status_code == 405


@pytest.mark.parametrize("pk", ["0", "999999", "99999999999999999999999"])
def test_it_finds_nothing_where_nothing_is(client, shelf, pk):
    assert client.get(f"/resources/{pk}/").status_code == 404
    assert client.get(f"/collections/{pk}/").status_code == 404


def test_it_shows_the_curriculum_with_its_gaps(client, county, shelf, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_SQL):
        said = text(client.get(reverse("resources:subject", args=["GRGRTEK01"])))
    assert "1 av 2 punkter" in said
    assert "Robotar i norr" in said
    only = text(client.get(reverse("resources:subject", args=["GRGRTEK01"]), {"gaps": "1", "stage": "4-6"}))
    assert "Styra egna" not in only
    assert "Hur vanliga system" in only
    with django_assert_max_num_queries(MOST_SQL):
        listed = text(client.get(reverse("resources:gaps"), {"subject": "GRGRTEK01"}))
    assert "Hur vanliga system" in listed
    assert "Styra egna" not in listed
    actions.unmap(mapping=shelf[0].mappings.get(), by=county.expert, at=shelf[0].updated_at)
    table = client.get(reverse("resources:gaps"), {"format": "csv"})
    assert table["Content-Type"].startswith("text/csv")
    assert "'=Styra egna konstruktioner." in text(table)
    assert client.get(reverse("resources:subject", args=["XX"])).status_code == 404


def test_it_takes_a_tip_and_shows_it_when_it_is_read(client, county, shelf):
    film, _draft = shelf
    client.force_login(county.librarian)
    wrong = client.post(reverse("resources:tip", args=[film.pk]), {"headline": "Läs högt", "text": "kort"})
    assert wrong.status_code == 422
    assert "minst 20 tecken" in text(wrong)
    assert 'value="Läs högt"' in text(wrong)
    point = CentralContent.objects.get(key="TEK-0")
    answer = client.post(
        reverse("resources:tip", args=[film.pk]),
        {
            "headline": "Läs högt",
            "text": "Vi läste manuset högt tillsammans.",
            "grade_from": "5",
            "point": point.pk,
            "show_name": "on",
        },
    )
    assert answer.status_code == 302
    tip = Tip.objects.get(headline="Läs högt")
    assert (tip.grade_from, tip.grade_to, tip.point) == (5, 5, point)
    assert "Väntar på att centret läser det" in text(client.get(film.get_absolute_url()))
    client.logout()
    assert "Läs högt" not in text(client.get(film.get_absolute_url()))
    client.force_login(county.expert)
    assert "Läs högt" in text(client.get(reverse("resources:tips")))
    client.post(reverse("resources:approve_tip", args=[tip.pk]))
    client.logout()
    assert county.librarian.get_full_name() in text(client.get(film.get_absolute_url()))


def test_it_never_names_somebody_with_protected_identity(client, county, shelf, at):
    film, _draft = shelf
    hidden = factories.person("teacher", county.school, security_marking="protected", given_name="Hemlig")
    tip = actions.add_tip(
        resource=film, headline="Tyst", text="Ett tips som är långt nog.", show_name=True, by=hidden, at=at
    )
    actions.approve_tip(tip=tip, by=county.expert, at=at)
    said = text(client.get(film.get_absolute_url()))
    assert "Tyst" in said
    assert "Hemlig" not in said


def test_it_lets_a_librarian_make_a_collection_for_the_school(client, county, indexed):
    film, _draft = indexed
    client.force_login(county.librarian)
    answer = client.post(reverse("resources:create_collection"), {"title": "Robotveckan", "lead": "Vecka 48."})
    made = Collection.objects.get()
    assert answer.url == reverse("resources:items", args=[made.pk])
    assert (made.owner, made.visibility) == (county.school, "branch")
    assert "Robotar i norr" in text(client.get(answer.url, {"q": "robotar"}))
    client.post(answer.url, {"add": film.pk})
    client.post(answer.url, {"add": "99999999"})
    client.post(
        reverse("resources:collect", args=[Resource.objects.get(title="Robot nummer 3").pk]), {"collection": made.pk}
    )
    rows = {"items-TOTAL_FORMS": "2", "items-INITIAL_FORMS": "2", "save": "yes"}
    for place, item in enumerate(made.items.all()):
        rows |= {
            f"items-{place}-resource": item.resource_id,
            f"items-{place}-position": 5 - place,
            f"items-{place}-comment": "För att",
        }
    client.post(answer.url, rows)
    assert [item.resource.title for item in made.items.all()] == ["Robot nummer 3", "Robotar i norr"]
    client.post(reverse("resources:publish_collection", args=[made.pk]), {"show": "yes"})
    client.force_login(county.teacher)
    assert "För att" in text(client.get(made.get_absolute_url()))
    client.logout()
    assert client.get(made.get_absolute_url()).status_code == 404


def test_it_lists_the_centres_work(client, county, shelf, django_assert_max_num_queries):
    client.force_login(county.expert)
    with django_assert_max_num_queries(MOST_SQL):
        said = text(client.get(reverse("resources:work")))
    assert "Hemlig robot" in said
    drafts = text(client.get(reverse("resources:work"), {"status": "draft", "sort": "title"}))
    assert "Hemlig robot" in drafts
    assert "Robotar i norr" not in drafts
    assert "Robotar i norr" in text(client.get(reverse("resources:work"), {"q": "robotar", "sort": "x"}))


def test_it_asks_for_more_of_the_title_when_very_many_match(client, county, shelf, monkeypatch):
    client.force_login(county.expert)
    monkeypatch.setattr(desk, "MOST_FOUND", 1)
    assert "Fler än 1 passar" in text(client.get(reverse("resources:work"), {"q": "robot"}))
    assert "Fler än" not in text(client.get(reverse("resources:work"), {"q": "norr"}))


def test_it_gives_a_code_a_cover_and_a_reference(client, county, shelf, at):
    film, draft = shelf
    assert client.get(reverse("resources:qr", args=[film.pk])).content.startswith(b"<?xml")
    assert "@misc{resursnav" in text(client.get(reverse("resources:bibtex", args=[film.pk])))
    assert "TY  - MPCT" in text(client.get(reverse("resources:ris", args=[film.pk])))
    for thing in (film, draft):
        actions.set_cover(resource=thing, data=file(), alt="En robot", by=county.expert, at=at)
    address = reverse("resources:cover", args=[film.pk, 320, film.cover[:16]])
    answer = client.get(address)
    assert answer["Content-Type"] == "image/webp"
    assert b"".join(answer.streaming_content)[:4] == b"RIFF"
    assert "immutable" in answer["Cache-Control"]
    assert 'alt="En robot"' in text(client.get(film.get_absolute_url()))
    assert client.get(address.replace("320", "321")).status_code == 404
    assert client.get(reverse("resources:cover", args=[film.pk, 320, "0" * 16])).status_code == 404
    assert client.get(reverse("resources:cover", args=[draft.pk, 320, draft.cover[:16]])).status_code == 404


def test_it_takes_a_cover_from_the_page(client, county, shelf):
    film, _draft = shelf
    client.force_login(county.expert)
    address = reverse("resources:set_cover", args=[film.pk])
    wrong = client.post(address, {"picture": SimpleUploadedFile("x.jpg", b"nej"), "alt": "En robot"})
    assert wrong.status_code == 422
    assert "går inte att läsa som en bild" in text(wrong)
    assert client.post(address, {"picture": SimpleUploadedFile("x.jpg", file()), "alt": "En robot"}).status_code == 302
    film.refresh_from_db()
    assert film.cover
    client.post(address, {"remove": "yes"})
    film.refresh_from_db()
    assert not film.cover


def test_it_ties_and_unties_points(client, county, shelf):
    film, _draft = shelf
    client.force_login(county.expert)
    address = reverse("resources:map", args=[film.pk])
    said = text(client.get(address))
    assert "Hur vanliga system" in said
    client.post(address, {"point": "TEK-1", "note": "Prova"})
    assert film.mappings.get(point__key="TEK-1").note == "Prova"
    client.post(address, {"point": "TEK-1", "remove": "yes"})
    assert film.mappings.count() == 1
    assert client.post(address, {"point": "finns inte"}).status_code == 404
