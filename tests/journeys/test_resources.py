"""The catalogue in a real browser: a stranger, a teacher, a school librarian and a coordinator each do their errand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from resursnav.deliver.curriculum.models import CentralContent, Curriculum, Placement, Stage, Subject, Version
from resursnav.deliver.resources import actions
from resursnav.deliver.resources.models import Collection, Resource, SubjectTerm, Tip, Use
from resursnav.foundation.access import Role
from resursnav.foundation.search import index
from tests import factories

from .browser import Mode, runs_sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = Mode("phone", 390, 844)
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
Window = Callable[..., Any]


@pytest.fixture
def county(settings: Any, tmp_path: Any) -> dict[str, Any]:
    """A county with a shelf of robots and reindeer, found through an index of its own."""
    settings.DATA_DIR = settings.MEDIA_ROOT = tmp_path
    region = factories.organisation(name="Västerbottens län", code="24")
    school = factories.organisation(
        factories.organisation(region, name="Dorotea", code="2425"), name="Bergvattenskolan"
    )
    # A transactional test empties what the migrations planted.
    tech, _new = SubjectTerm.objects.get_or_create(scheme="school", code="TEK", defaults={"label": "Teknik"})
    social, _new = SubjectTerm.objects.get_or_create(scheme="school", code="SAM", defaults={"label": "Samhällskunskap"})
    subject = Subject.objects.create(code="GRGRTEK01", name="Teknik")
    version = Version.objects.create(
        subject=subject, number=1, read_at=AT, curriculum=Curriculum.objects.create(code="LGR22", name="Lgr22")
    )
    stage = Stage.objects.create(version=version, code="4-6", first_year=4, last_year=6, position=1)
    for number, text in enumerate(["Styra egna konstruktioner.", "Hur vanliga system fungerar."]):
        point = CentralContent.objects.create(key=f"TEK-{number}", subject=subject, stage_code="4-6", text=text)
        Placement.objects.create(stage=stage, content=point, position=number)
    kit = factories.resource(
        region, "kit", title="Robotlåda för mellanstadiet", description="Sex små robotar, kort och en handledning.",
        subjects=[tech], grade_from=4, grade_to=6, school_forms=["GR"],
    )  # fmt: skip
    film = factories.resource(
        region, "stream", title="Undervisningsfilm om robotar", description="Hur en robot tänker.", subjects=[tech],
        grade_from=4, grade_to=6, school_forms=["GR"],
    )  # fmt: skip
    film.editions.update(url="https://example.org/film", subtitles=["sv"])
    factories.resource(region, "book", title="Renar på fjället", subjects=[social], languages=["se"])
    index.rebuild()
    return {
        "region": region, "school": school, "kit": kit, "film": film,
        "teacher": factories.person(Role.TEACHER, school, given_name="Sara"),
        "librarian": factories.person(Role.SCHOOL_LIBRARIAN, school),
        "coordinator": factories.person(Role.COORDINATOR, region),
    }  # fmt: skip


def test_a_stranger_finds_a_film_on_the_phone(window: Window, county: dict[str, Any]):
    page = window(None, PHONE)
    page.goto("/resources/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("film")
    page.get_by_role("button", name="Sök", exact=True).first.click()
    page.get_by_role("link", name="Undervisningsfilm om robotar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Undervisningsfilm om robotar")
    opener = page.get_by_role("link", name="Öppna: strömmande media")
    assert opener.get_attribute("href") == "https://example.org/film"
    assert runs_sideways(page) <= 0
    page.locator("#similar").scroll_into_view_if_needed()
    page.get_by_role("heading", name="Robotlåda för mellanstadiet").wait_for()


def test_a_teacher_searches_filters_writes_a_tip_and_says_that_she_has_used_it(window: Window, county: dict[str, Any]):
    page = window(county["teacher"])
    page.goto("/resources/?q=robotar")
    assert "2 träffar" in page.locator("[data-say]").inner_text()
    page.get_by_role("checkbox", name="Låda eller set").check()
    page.get_by_role("link", name="Ta bort valet Låda eller set").wait_for()
    assert "1 träff" in page.locator("[data-say]").inner_text()
    assert "type=kit" in page.url
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/resources/*/")
    page.get_by_role("button", name="Jag har använt den här").click()
    page.get_by_text("1 person har använt den").wait_for()
    assert Use.objects.get().place == county["school"]
    page.get_by_role("link", name="Skriv ett tips").click()
    page.get_by_label("Rubrik").fill("Bygg i par")
    page.get_by_role("button", name="Lämna in tipset").click()
    expect(page.get_by_label("Rubrik")).to_have_value("Bygg i par")
    page.get_by_label("Så gjorde vi").fill("Vi byggde i par och bytte roll varje kvart.")
    page.get_by_role("button", name="Lämna in tipset").click()
    page.get_by_text("Centret läser tipset").wait_for()
    assert Tip.objects.get().status == "waiting"
    assert violations(page) == []


def test_a_teacher_gets_help_when_nothing_is_found(window: Window, county: dict[str, Any]):
    page = window(county["teacher"])
    page.goto("/resources/?q=robotar&type=game")
    page.get_by_role("link", name="Utan ”Typ: Spel”").click()
    page.get_by_role("link", name="Robotlåda för mellanstadiet").wait_for()
    page.goto("/resources/?q=robbotar")
    page.get_by_role("link", name="robotar", exact=True).first.click()
    page.get_by_role("link", name="Robotlåda för mellanstadiet").wait_for()


def test_a_school_librarian_makes_a_collection_for_the_school(window: Window, county: dict[str, Any]):
    page = window(county["librarian"])
    page.goto("/collections/")
    page.get_by_role("link", name="Gör en samling").click()
    page.get_by_label("Rubrik").fill("Robotveckan")
    page.get_by_label("En mening om samlingen").fill("Allt för vecka 48.")
    page.get_by_role("button", name="Spara och välj resurser").click()
    page.locator("#add-q").fill("robotar")
    page.locator("main").get_by_role("button", name="Sök").click()
    page.get_by_role("button", name="Lägg till").first.click()
    page.get_by_role("button", name="Lägg till").first.click()
    page.get_by_label("Varför den är med").first.fill("Börja här.")
    page.get_by_role("button", name="Spara ordning och ord").click()
    page.get_by_role("link", name="Klar").click()
    page.get_by_role("button", name="Visa samlingen").click()
    made = Collection.objects.get()
    assert (made.status, made.owner, made.items.count()) == ("published", county["school"], 2)
    page.get_by_text("Börja här.").wait_for()
    assert violations(page) == []


def test_a_coordinator_describes_publishes_ties_and_moderates(window: Window, county: dict[str, Any], tmp_path: Any):
    tip = actions.add_tip(
        resource=county["kit"], headline="Bygg i par", text="Byt roll varje kvart.", by=county["teacher"], at=AT
    )
    picture = tmp_path / "omslag.png"
    out = BytesIO()
    Image.new("RGB", (400, 500), "#1f5f8b").save(out, "PNG")
    picture.write_bytes(out.getvalue())
    page = window(county["coordinator"])
    page.goto("/resources/work/")
    page.get_by_role("link", name="Lägg till en resurs").first.click()
    page.get_by_role("button", name="Spara som utkast").click()
    expect(page.locator("[data-focus]")).to_contain_text("Skriv en titel.")
    page.get_by_label("Titel", exact=True).fill("Mikrodatorn i klassrummet")
    page.get_by_label("Beskrivning").fill("En låda med tio mikrodatorer och kablar.")
    page.get_by_label("Medietyp").first.select_option("kit")
    page.get_by_label("Från årskurs").select_option("4")
    page.get_by_label("Till och med årskurs").select_option("6")
    page.get_by_label("Teknik").check()
    page.locator("#id_languages").fill("svenska")
    page.get_by_role("button", name="Spara som utkast").click()
    made = Resource.objects.get(title="Mikrodatorn i klassrummet")
    page.get_by_role("link", name="Lägg till omslag").click()
    page.get_by_label("Bild", exact=True).set_input_files(str(picture))
    page.get_by_label("Vad visar bilden?").fill("En blå mikrodator")
    page.get_by_role("button", name="Använd bilden").click()
    page.get_by_role("img", name="En blå mikrodator").wait_for()
    page.get_by_role("button", name="Publicera").click()
    page.get_by_text("syns nu för alla").wait_for()
    made.refresh_from_db()
    assert made.status == "published"
    page.get_by_role("link", name="Ändra kopplingar till kursplanen").click()
    page.get_by_role("button", name="Koppla").first.click()
    page.get_by_text("Resursen är kopplad till punkten.").wait_for()
    assert violations(page) == []
    page.goto("/resources/tips/")
    page.get_by_role("button", name="Visa tipset").click()
    page.get_by_text("”Bygg i par” visas nu").wait_for()
    tip.refresh_from_db()
    assert tip.status == "shown"
    page.goto(made.get_absolute_url())
    page.get_by_role("link", name="Dra tillbaka").click()
    page.get_by_label("Varför?").fill("Lådan är trasig.")
    page.get_by_role("button", name="Dra tillbaka resursen").click()
    stranger = window()
    assert stranger.goto(made.get_absolute_url()).status == 410
    stranger.get_by_text("Lådan är trasig.").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_coordinator_publishes_many_at_once(window: Window, county: dict[str, Any], script: bool):
    tech = SubjectTerm.objects.filter(code="TEK")
    whole = {"description": "Vad det är.", "school_forms": ["GR"], "subjects": tech}
    factories.resource(county["region"], "book", title="Robotboken", status="draft", **whole)
    factories.resource(county["region"], "book", title="Robotfragmentet", status="draft")
    factories.resource(county["region"], "book", title="Annat", status="draft", **whole)
    page = window(county["coordinator"], java_script_enabled=script)
    page.goto("/resources/work/?status=draft&q=robot&sort=title")
    if script:
        expect(page.locator(".rn-keys")).to_be_visible()  # the script listens
        for key in "jxjx":
            page.keyboard.press(key)
        expect(page.locator("[data-picked]")).to_contain_text("(2)")
    else:
        page.get_by_role("link", name="Välj alla på sidan").click()
        expect(page.get_by_role("checkbox", name="Välj Robotboken")).to_be_checked()
    page.get_by_role("button", name="Publicera", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Publicera")
    expect(page.locator("main")).to_contain_text("Robotfragmentet: behöver en beskrivning")
    if script:
        assert violations(page) == []
    page.get_by_role("button", name="Publicera 1 resurs").click()
    expect(page.locator("main")).to_contain_text("1 publicerad, 1 kunde inte: ”Robotfragmentet”")
    assert "status=draft" in page.url and "q=robot" in page.url and "sort=title" in page.url
    assert set(Resource.objects.filter(status="draft").values_list("title", flat=True)) == {"Robotfragmentet", "Annat"}


@pytest.mark.parametrize("mode", [Mode("320 px", 320, 640), Mode("dark", 1280, 900, {"color_scheme": "dark"})], ids=str)
def test_every_page_is_whole_and_accessible(window: Window, county: dict[str, Any], mode: Mode):
    kit = county["kit"]
    collection = actions.create_collection(
        owner=county["region"], title="Robotar", lead="Att börja med.", text="Läs.", visibility="public", by=None, at=AT
    )
    actions.set_items(collection=collection, items=[(kit.pk, "Först")], by=None, at=AT)
    actions.add_tip(resource=kit, headline="Prova", text="Prova med hela klassen.", by=county["teacher"], at=AT)
    page = window(county["coordinator"], mode)
    for address in (
        "/resources/?q=robotar&type=kit", "/resources/?q=finnsinte", f"/resources/{kit.pk}/",
        f"/resources/{kit.pk}/edit/",
        f"/resources/{kit.pk}/withdraw/", f"/resources/{kit.pk}/points/", f"/resources/{kit.pk}/tip/",
        f"/resources/{kit.pk}/cover/", f"/resources/{kit.pk}/similar/", f"/resources/{kit.pk}/collect/",
        "/resources/work/",
        "/resources/tips/", "/resources/subjects/", "/resources/subjects/GRGRTEK01/", "/resources/subjects/?q=robot",
        "/resources/subjects/GRGRTEK01/?stage=4-6", "/resources/subjects/gaps/", "/resources/subjects/outdated/",
        "/collections/",
        f"/collections/{collection.pk}/", f"/collections/{collection.pk}/items/", "/collections/new/",
    ):  # fmt: skip
        assert page.goto(address).status == 200, address
        assert violations(page) == [], address
        assert runs_sideways(page) <= 0, address
