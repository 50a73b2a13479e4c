"""The way in to the curriculum: subjects, points with their resources, and what earlier syllabuses still give."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from resursnav.deliver.curriculum import actions as curriculum_actions
from resursnav.deliver.curriculum import demo
from resursnav.deliver.curriculum.lineage import Lineage
from resursnav.deliver.curriculum.models import CentralContent, Version
from resursnav.deliver.curriculum.tests.test_actions import syllabus
from resursnav.deliver.resources import actions
from resursnav.deliver.resources.models import Mapping, SubjectTerm
from resursnav.foundation.access import Role
from resursnav.foundation.search import index
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def examples():
    demo.load(by=None, at=AT)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_it_lists_the_subjects_to_anybody(client, examples, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        html = page(client, "/resources/subjects/")
    assert html.index("Biologi") < html.index("Matematik") < html.index("Teknik")
    assert 'href="/resources/subjects/GRGRMAT01/"' in html
    assert 'href="/resources/subjects/GRGRMAT01/?stage=4-6"' in html
    assert "Det här är exempel" in html and "Det här är exempel" in page(client, "/resources/subjects/GRGRMAT01/")


def test_it_says_when_nothing_has_been_read(client):
    assert "Ingen läroplan är inläst" in page(client, "/resources/subjects/")


def test_it_shows_a_subject_with_stages_and_purpose(client, django_assert_max_num_queries):
    curriculum_actions.take_in(syllabuses=[syllabus(("Tal", "Hela tal."))], by=None, at=AT)
    with django_assert_max_num_queries(12):
        html = page(client, "/resources/subjects/GRGRMAT01/")
    assert "Årskurs 1–3" in html and "0 av 1 punkter" in html and "Syfte." in html and "gäller från 1 juli 2022" in html
    assert "Det här är exempel" not in html and "api.skolverket.se" in html


def test_it_keeps_old_versions_within_reach(client):
    curriculum_actions.take_in(
        syllabuses=[
            syllabus(("Tal", "Hela tal."), starts="2011-07-01"),
            syllabus(("Tal", "Hela tal."), ("Tal", "Bråk."), number=2),
            syllabus(("Tal", "Procent."), number=3, starts="2099-07-01"),
        ],
        by=None, at=AT,
    )  # fmt: skip
    html = page(client, "/resources/subjects/GRGRMAT01/")
    assert "1 juli 2022" in html.partition("<h2>")[0] and "Bråk." in html and "Procent." not in html
    for number in (1, 2, 3):
        assert f'href="/curriculum/GRGRMAT01/{number}/1-3/"' in html
    assert "gäller inte längre" in page(client, "/curriculum/GRGRMAT01/1/1-3/")
    assert "gäller inte än" in page(client, "/curriculum/GRGRMAT01/3/1-3/")
    assert "gäller inte" not in page(client, "/curriculum/GRGRMAT01/2/1-3/")


def test_it_shows_the_newest_version_when_none_holds(client):
    curriculum_actions.take_in(syllabuses=[syllabus(("Tal", "Hela tal."), endDate="2023-01-01")], by=None, at=AT)
    html = page(client, "/resources/subjects/GRGRMAT01/")
    assert "upphör 1 januari 2023" in html and "gäller inte i dag" in html and "Hela tal." in html
    assert "GRGRMAT01" not in page(client, "/resources/subjects/")
    Version.objects.update(valid_from=None, valid_to=None)
    assert "utan angiven startdag" in page(client, "/resources/subjects/GRGRMAT01/")
    Version.objects.all().delete()
    page(client, "/resources/subjects/GRGRMAT01/", 404)


def test_it_searches_as_people_write(client, examples, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        html = page(client, "/resources/subjects/?q=Robotar")
    assert "En punkt som gäller nu" in html and "robot" in html and "Matematik" in html
    assert "Styra en egen konstruktion" in page(client, "/resources/subjects/?q=konstruktioner+programmet")


def test_it_finds_only_what_holds(client):
    curriculum_actions.take_in(syllabuses=[syllabus(("Tal", "Hela tal."), endDate="2023-01-01")], by=None, at=AT)
    assert "Ingen punkt har alla de orden" in page(client, "/resources/subjects/?q=tal")


def test_it_shows_at_most_a_hundred_hits(client):
    many = syllabus(*((f"Rubrik {number}", f"Robotar nummer {number}.") for number in range(101)))
    curriculum_actions.take_in(syllabuses=[many], by=None, at=AT)
    html = page(client, "/resources/subjects/?q=robotar")
    assert "Fler än 100 punkter" in html and html.count('<a href="/curriculum/points/') == 100


@pytest.mark.parametrize(
    "question", ["", " ", "\x00", "%00", "'\"><script>alert(1)</script>", "🦊" * 500, "a" * 5000, "\u202e"]
)
def test_it_takes_any_question(client, examples, question):
    html = client.get("/resources/subjects/", {"q": question}).content.decode()
    assert "<script>alert" not in html and "<h1>" in html


def test_it_shows_the_criteria_of_a_chosen_stage(client):
    one = syllabus(("Tal", "Hela tal."), criteria=["<h4>Betyget E</h4><p>Kan.</p>"])
    curriculum_actions.take_in(syllabuses=[one], by=None, at=AT)
    assert "<p>Kan.</p>" in page(client, "/resources/subjects/GRGRMAT01/?stage=1-3")
    assert "<p>Kan.</p>" not in page(client, "/resources/subjects/GRGRMAT01/")


# What was tied before a reform ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "point", "older", "newer"),
    [
        ({}, 1, (), ()),
        ({2: 1, 3: 2}, 3, (2, 1), ()),
        ({2: 1, 3: 2}, 1, (), (2, 3)),
        ({2: 1, 3: 1, 4: 3}, 1, (), (2, 3, 4)),
        ({1: 2, 2: 1}, 1, (2,), (2,)),
        ({1: 2, 2: 3, 3: 2}, 1, (2, 3), ()),
    ],
)
def test_it_walks_a_line_of_points_both_ways(steps, point, older, newer):
    lineage = Lineage(steps)
    assert (lineage.older(point), lineage.newer(point)) == (older, newer)
    assert lineage.whole([point]) == {point, *older}


FIRST, SECOND, THIRD = "Räkna med bråk.", "Räkna med bråk och procent.", "Räkna med bråk, procent och promille."


@pytest.fixture
def chain(county):
    """Three versions: a point that is rewritten twice, one that is dropped after the first, one that is new last."""
    versions = (
        syllabus(("Tal", FIRST), ("Tal", "Räkna i huvudet."), starts="2011-07-01"),
        syllabus(("Tal", SECOND), number=2),
        syllabus(("Tal", THIRD), ("Tal", "Räkna med maskin."), number=3, starts="2026-07-01"),
    )
    curriculum_actions.take_in(syllabuses=versions, by=None, at=AT)
    first, second, third = (CentralContent.objects.get(text=text) for text in (FIRST, SECOND, THIRD))
    curriculum_actions.say_continues(content=second, older=first, by=None, at=AT)
    curriculum_actions.say_continues(content=third, older=second, by=None, at=AT)
    return first, second, third


def tied(county, title, *points, **said):
    maths = SubjectTerm.objects.filter(scheme="school", code="MAT")
    made = factories.resource(county.region, "book", title=title, subjects=maths, **said)
    for point in points:
        actions.map_to_point(resource=made, point=point, by=county.expert, at=AT)
    return made


def test_it_counts_what_was_tied_to_an_earlier_syllabus(client, county, chain, django_assert_max_num_queries):
    first, second, third = chain
    tied(county, "Bråkboken", first)
    tied(county, "Procentboken", second, third)
    tied(county, "Bara utkast", first, status="draft")
    client.force_login(county.coordinator)
    for address in ("/resources/subjects/GRGRMAT01/?stage=1-3", "/resources/subjects/GRGRMAT01/"):
        with django_assert_max_num_queries(12):
            html = page(client, address)
        assert "1 av 2 punkter" in html and "2 resurser" in html and "varav 1 från tidigare läroplan" in html
        assert html.index("Procentboken") < html.index("Bråkboken") < html.index("(kopplad till tidigare läroplan)")
        assert html.count("kopplad till tidigare läroplan") == 1 and "Bara utkast" not in html
        assert f'id="{first.key}"' in html  # an old link leads to what stands there now
    assert "Räkna med bråk" not in page(client, "/resources/subjects/GRGRMAT01/?gaps=1").partition("Om kursplanen")[0]
    listed = page(client, "/resources/subjects/")
    assert '<td class="rn-num" data-label="Med resurs">1</td>' in listed


def test_a_gap_is_no_gap_while_something_earlier_helps(client, county, chain, django_assert_max_num_queries):
    first, _second, third = chain
    assert THIRD in page(client, "/resources/subjects/gaps/")
    book = tied(county, "Bråkboken", first)
    with django_assert_max_num_queries(12):
        html = page(client, "/resources/subjects/gaps/")
    assert THIRD not in html and "Räkna med maskin." in html
    assert THIRD not in client.get("/resources/subjects/gaps/", {"format": "csv"}).content.decode()
    assert "Räkna med maskin." in page(client, "/resources/subjects/gaps/?subject=GRGRMAT01&stage=1-3")
    assert "Räkna med maskin." not in page(client, "/resources/subjects/gaps/?stage=4-6")
    curriculum_actions.say_continues(content=third, older=None, by=None, at=AT)
    assert THIRD in page(client, "/resources/subjects/gaps/")
    assert book.mappings.count() == 1


def test_the_old_address_of_the_gaps_leads_to_the_new(client):
    answer = client.get("/resources/gaps/?subject=GRGRMAT01&format=csv")
    assert (answer.status_code, answer.url) == (301, "/resources/subjects/gaps/?subject=GRGRMAT01&format=csv")


def test_the_search_carries_over(client, county, chain, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    first, second, third = chain
    tied(county, "Bråkboken", first)
    tied(county, "Promilleboken", third)
    index.rebuild()
    for point, titles in ((third, {"Bråkboken", "Promilleboken"}), (second, {"Bråkboken"}), (first, {"Bråkboken"})):
        html = page(client, f"/resources/?point={point.key}")
        assert {title for title in ("Bråkboken", "Promilleboken") if title in html} == titles
        answer = client.get(f"/api/v1/resources?point={point.key}").json()
        assert {row["title"] for row in answer["items"]} == titles
    assert "Bråkboken" not in page(client, "/resources/?point=nowhere")


def test_the_resource_says_where_its_old_point_goes_on(client, county, chain, django_assert_max_num_queries):
    first, second, third = chain
    book = tied(county, "Bråkboken", first)
    for person in (None, county.coordinator):
        if person:
            client.force_login(person)
        with django_assert_max_num_queries(12):
            html = page(client, book.get_absolute_url())
        assert "Kopplad till tidigare läroplan" in html and FIRST in html
        assert third.get_absolute_url() in html and second.get_absolute_url() not in html
    actions.map_to_point(resource=book, point=third, by=county.expert, at=AT)
    html = page(client, book.get_absolute_url())
    assert html.index(THIRD) < html.index("Kopplad till tidigare läroplan")  # what holds comes first


def test_the_centre_sees_what_is_only_tied_to_the_past_and_ties_it_anew(
    client, county, chain, django_assert_max_num_queries
):
    first, _second, third = chain
    book = tied(county, "Bråkboken", first)
    lost = tied(county, "Huvudräkning", CentralContent.objects.get(text="Räkna i huvudet."))
    tied(county, "Aktuell", third, first)
    tied(county, "Lös")
    address = reverse("resources:outdated")
    assert "/accounts/login/" in client.get(address).url
    assert address not in page(client, "/resources/subjects/gaps/")
    client.force_login(county.teacher)
    assert client.get(address).status_code == 403
    client.force_login(county.coordinator)
    assert address in page(client, "/resources/subjects/gaps/")
    with django_assert_max_num_queries(12):
        html = page(client, address)
    assert "Bråkboken" in html and "Huvudräkning" in html and "Aktuell" not in html and "Lös" not in html
    assert third.get_absolute_url() in html and "ingen punkt" in html
    with django_assert_max_num_queries(12):
        html = page(client, reverse("resources:map", args=[book.pk]))
    assert "Koppla till den" in html and "Kopplad till tidigare läroplan" in html
    client.post(reverse("resources:map", args=[book.pk]), {"point": third.key})
    assert "Koppla till den" not in page(client, reverse("resources:map", args=[book.pk]))
    html = page(client, address)
    assert "Bråkboken" not in html and "Huvudräkning" in html
    assert Mapping.objects.filter(resource=lost).count() == 1


def test_it_shows_no_centre_the_other_ones_old_ties(client, county, chain):
    tied(county, "Bråkboken", chain[0])
    client.force_login(factories.person(Role.COORDINATOR, factories.organisation()))
    assert "Bråkboken" not in page(client, reverse("resources:outdated"))
