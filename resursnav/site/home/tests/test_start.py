"""The start page, for a stranger and for each who has signed in; and the frame around it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory
from django.urls import reverse

from resursnav.foundation.access import Role
from resursnav.foundation.notices.models import Notice
from resursnav.foundation.ui.actions import report_flaw
from resursnav.kernel.manifest import Manifest, MenuEntry, Stage, StartItem, StartLine, StartPart
from resursnav.site import frame
from resursnav.site.home import parts
from tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def told(person: object) -> list[StartLine]:
    return [StartLine(f"Rad {number}", "/x/") for number in range(9)]


def old_and_new(person: object) -> list[StartLine]:
    return [
        StartLine("gammal", "/x/", at=NOON),
        StartLine("utan dag", "/x/"),
        StartLine("ny", "/x/", at=datetime.now(NOON.tzinfo)),
    ]


def only(monkeypatch, manifest: Manifest) -> None:
    """Only this manifest counts."""
    for module in (frame, parts):
        monkeypatch.setattr(module, "manifests", lambda: (("one", manifest),))


def county():
    region = factories.organisation(name="Västerbottens län", code="24")
    dorotea = factories.organisation(region, name="Dorotea", code="2425")
    factories.organisation(region, name="Umeå", code="2480")
    return region, dorotea


def page(client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_is_told_what_this_is(client, settings):
    settings.CENTRE_NAME = "Resurscentrum Norrland"
    county()
    html = page(client)
    assert "Läromedel, kunskap och hjälp" in html
    assert "Resurscentrum Norrland" in html
    assert settings.CENTRE_EMAIL in html
    assert "Västerbottens län" in html
    assert html.count("<circle cx") >= 2
    assert "Dorotea" in html
    assert "Logga in" in html
    assert html.count('role="search"') == (
        1 if frame.address("search:results") or frame.address("resources:list") else 0
    )


def test_an_empty_house_has_no_map_but_opens(client):
    html = page(client)
    assert "rn-map" not in html
    assert "Inget nytt just nu" in html


def test_the_county_can_be_named_in_the_settings(client, settings):
    county()
    kalmar = factories.organisation(name="Kalmar län", code="08")
    factories.organisation(kalmar, name="Torsås", code="0834")
    assert "Västerbottens län" in page(client)
    settings.COUNTY = "08"
    assert "Torsås" in page(client)
    settings.COUNTY = "99"
    assert "rn-map" not in page(client)


def test_a_place_in_the_tree_wins_over_the_table(settings):
    region, _ = county()
    factories.organisation(region, name="Nykommun", code="2499", latitude="64.10000", longitude="18.20000")
    factories.organisation(region, name="Okänd", code="2498")
    spots = {spot.name: spot for spot in parts.municipalities(region, NOON.date(), mine=set())}
    assert (spots["Nykommun"].latitude, spots["Nykommun"].longitude) == (64.1, 18.2)
    assert "Okänd" not in spots
    assert (
        spots["Dorotea"].url.endswith(f"/{spots['Dorotea'].url.strip('/').split('/')[-1]}/") or not spots["Dorotea"].url
    )


def test_doors_lead_only_to_what_exists_and_may_be_used(client, monkeypatch):
    entries = (
        MenuEntry("Rapportera", "ui:report_flaw", Stage.LISTEN, about="Berätta vad som inte fungerar."),
        MenuEntry("Utan rad", "ui:gallery", Stage.HOUSE),
        MenuEntry("Finns inte", "nowhere:list", Stage.HOUSE, about="Leder ingenstans."),
        MenuEntry("Bara centret", "ui:flaws", Stage.HOUSE, rule="ui.see", about="För centret."),
    )
    only(monkeypatch, Manifest(menu=entries))
    html = page(client)
    assert "Berätta vad som inte fungerar." in html
    assert "Leder ingenstans" not in html
    assert "För centret." not in html
    client.force_login(factories.person(Role.TEACHER, factories.organisation()))
    assert "Berätta vad som inte fungerar." in page(client)
    coordinator = factories.person(Role.COORDINATOR, factories.organisation())
    assert [about for _, about in parts.doors(coordinator)] == ["För centret.", "Berätta vad som inte fungerar."]
    client.force_login(coordinator)
    assert "För centret." not in page(client)  # the rail beside says it already


def test_news_come_latest_first(monkeypatch):
    item = StartItem("one", f"{__name__}:old_and_new", part=StartPart.NEW)
    only(monkeypatch, Manifest(start=(item,)))
    assert [line.title for line in parts.lines(None, StartPart.NEW, most=2)] == ["ny", "gammal"]


def test_at_most_five_things_wait(client, monkeypatch):
    item = StartItem("one", f"{__name__}:told", part=StartPart.WAITING)
    never = StartItem("two", "nowhere:never", order=200, part=StartPart.WAITING)  # not asked: five were found before
    only(monkeypatch, Manifest(start=(item, never)))
    client.force_login(factories.person(Role.TEACHER, factories.organisation()))
    html = page(client)
    assert "Rad 4" in html
    assert "Rad 5" not in html


@pytest.mark.parametrize(
    ("hour", "said"),
    [(5, "God morgon, Åsa"), (9, "God morgon, Åsa"), (10, "Hej, Åsa"), (18, "God kväll, Åsa"), (2, "Hej, Åsa")],
)
def test_the_greeting_follows_the_clock(hour: int, said: str):
    assert parts.greeting("Åsa", NOON.replace(hour=hour)) == said


def test_a_teacher_sees_the_own_place_and_what_waits(client):
    _, dorotea = county()
    school = factories.organisation(dorotea, name="Bergvattenskolan")
    teacher = factories.person(Role.TEACHER, school, given_name="Åsa")
    Notice.objects.create(person=teacher, kind="x", title="Din bok är här", created_at=NOON)
    client.force_login(teacher)
    html = page(client)
    assert ", Åsa</h1>" in html
    assert "Bergvattenskolan" in html
    assert "skola" in html.partition("<aside")[2]
    assert "Din bok är här" in html
    crumbs = html.partition('aria-label="Platsen du ser"')[2].partition("</nav>")[0]
    assert crumbs.index("Västerbottens län") < crumbs.index("Dorotea") < crumbs.index("Bergvattenskolan")
    assert "rn-body--rail" not in html


def test_a_coordinator_has_the_rail_with_true_numbers(client):
    region, _ = county()
    report_flaw(text="Fel", by=None, at=NOON)
    client.force_login(factories.person(Role.COORDINATOR, region))
    html = page(client)
    assert "rn-body--rail" in html
    assert "En bristrapport väntar på svar" in html
    rail = html.partition('class="rn-rail"')[2].partition("</nav>")[0]
    assert "Sköta" in rail
    assert '<span class="rn-count">1</span>' in rail


def test_two_hats_can_be_changed(client):
    region, dorotea = county()
    person = factories.person(Role.LIBRARIAN, dorotea)
    post = factories.assignment(person, Role.TEACHER, region)
    client.force_login(person)
    html = page(client)
    assert "Byt plats" in html
    assert "alla uppdrag på en gång" in html
    client.post(reverse("people:act"), {"assignment": str(post.pk), "next": "/"})
    assert f'value="{post.pk}" aria-current="true"' in page(client)


def test_without_an_assignment_one_is_told_what_to_do(client):
    client.force_login(factories.person())
    assert "Du har inget uppdrag just nu" in page(client)


@pytest.mark.parametrize("role", [None, Role.TEACHER, Role.COORDINATOR])
def test_it_asks_the_database_little(client, django_assert_max_num_queries, role: Role | None):
    region, dorotea = county()
    for number in range(30):
        factories.organisation(region, name=f"Kommun {number:02}")
    if role:
        client.force_login(factories.person(role, dorotea))
    with django_assert_max_num_queries(12):
        page(client)


def test_a_page_that_failed_early_has_no_frame():
    assert frame.frame(RequestFactory().get("/")) == {}


def test_the_page_about_names_every_cookie(client):
    client.post("/language/", {"language": "en"})
    client.post("/language/", {"language": "sv"})
    html = client.get("/about/").content.decode()
    assert all(name in html for name in client.cookies)
    assert 'href="/about/"' in page(client)


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.TEACHER, []),
        (Role.SCHOOL_LIBRARIAN, ["Gör en samling"]),
        (Role.MUNICIPALITY_LEAD, ["Bjud in någon", "Se vilka som arbetar hos er"]),
        (Role.COORDINATOR, ["Lägg till en resurs", "Gör en samling", "Bjud in någon", "Läs in resurser"]),
    ],
)
def test_it_offers_the_errands_that_one_may_do(client, role: Role, offered: list[str]):
    region, _ = county()
    client.force_login(factories.person(role, region))
    shown = page(client).partition("rn-errands")[2].partition("</ul>")[0]
    every = ["Lägg till en resurs", "Gör en samling", "Bjud in någon", "Se vilka som arbetar hos er", "Läs in resurser"]
    assert [words for words in every if words in shown] == offered


def test_a_principal_is_led_to_the_details_of_the_own_school(client):
    _, dorotea = county()
    school = factories.organisation(dorotea, name="Bergvattenskolan")
    client.force_login(factories.person(Role.PRINCIPAL, school))
    html = page(client)
    assert "Rätta uppgifter om Bergvattenskolan" in html
    assert f'href="/organisations/{school.pk}/edit/"' in html
    client.force_login(factories.person(Role.TEACHER, school))
    assert "Rätta uppgifter" not in page(client)


def test_signing_in_is_a_door_for_strangers_alone(client, settings):
    assert "skriv tips och följ det som är ditt" in page(client)
    assert "vikingar" not in page(client)
    settings.DEMO = True
    html = page(client)
    assert "Välj en påhittad person" in html
    assert "?q=vikingar" in html
    client.force_login(factories.person(Role.TEACHER, factories.organisation()))
    assert "Välj en påhittad person" not in page(client)


def test_the_centre_is_not_told_to_ask_itself(client):
    region, dorotea = county()
    client.force_login(factories.person(Role.COORDINATOR, region))
    assert "Fråga centret" not in page(client)
    client.force_login(factories.person(Role.TEACHER, dorotea))
    assert "Fråga centret" in page(client)
