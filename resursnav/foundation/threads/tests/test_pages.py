"""Stories and the log as people read them."""

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from resursnav.foundation.access import Role
from resursnav.foundation.people.models import SecurityMarking
from resursnav.foundation.threads import actions, kinds, panels, telling, verbs
from resursnav.foundation.threads.actions import Thing
from resursnav.foundation.threads.apps import ThreadsConfig
from resursnav.foundation.threads.export import harmless
from resursnav.foundation.threads.models import Record
from resursnav.kernel.manifest import Stage, ThreadKind
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
OPEN: set[int] = set()


def sees(person, ids):
    """Stands for a context's own rule: these nodes, and one that was not even asked about."""
    return OPEN | {10**9}


@pytest.fixture(autouse=True)
def some_kinds(monkeypatch):
    OPEN.clear()
    made = (
        ThreadKind("need", "behov", "threads:story", stage=Stage.LISTEN, sees=f"{__name__}:sees"),
        ThreadKind("decision", "beslut", "threads:story", stage=Stage.STEER),
    )
    monkeypatch.setattr(ThreadsConfig, "manifest", replace(ThreadsConfig.manifest, thread_kinds=made))
    monkeypatch.setitem(verbs._verbs, "test.lent", verbs.Verb("test.lent", "{who} lånade ut {what}"))
    monkeypatch.setitem(verbs._verbs, "test.lost", verbs.Verb("test.lost", "{who} tappade bort {what}"))


@pytest.fixture
def tree():
    region = factories.organisation(name="Västerbotten")
    town = factories.organisation(region, name="Dorotea")
    return {"region": region, "town": town, "school": factories.organisation(town, name="Bergvattenskolan"),
            "other": factories.organisation(region, name="Åsele")}  # fmt: skip


@pytest.fixture
def coordinator(tree):
    return factories.person(Role.COORDINATOR, tree["region"], given_name="Biljana", family_name="Ek")


def plant(title, place, kind="decision", days=0):
    return actions.plant(kind=kind, title=title, organisation=place, by=None, at=AT + timedelta(days=days))


def link(*nodes):
    for cause, effect in pairwise(nodes):
        actions.link(cause=cause, effect=effect, by=None, at=AT)


# Stories


def test_it_tells_a_story_as_far_as_one_may_see(client, tree, django_assert_max_num_queries):
    need = plant("Surfplattor till förskolan", tree["town"], kind="need")
    secret, secret2 = plant("Hemligt beslut", tree["other"], days=1), plant("Hemlig plan", tree["other"], days=2)
    done = plant("Utlåningen började", tree["town"], days=3)
    link(need, secret, secret2, done)
    OPEN.add(need.pk)
    client.force_login(factories.person(Role.MUNICIPALITY_LEAD, tree["town"]))
    with django_assert_max_num_queries(12):
        html = client.get(f"/story/{done.pk}/").content.decode()
    assert "Surfplattor till förskolan" in html and f'href="/story/{need.pk}/"' in html
    assert "Hemlig" not in html and "Åsele" not in html and f"/story/{secret.pk}/" not in html
    assert html.count("Här finns något som du inte har tillgång till") == 1
    assert "Du är här" in html and f'href="/story/{done.pk}/"' not in html


def test_it_opens_a_story_to_whoever_its_kind_lets_in(client, tree):
    need = plant("Surfplattor", tree["town"], kind="need")
    assert client.get(f"/story/{need.pk}/").status_code == 404
    OPEN.add(need.pk)
    html = client.get(f"/story/{need.pk}/").content.decode()
    assert "Ännu har ingenting kopplats" in html and "Behov" in html
    assert client.post(f"/story/{need.pk}/").status_code == 405


def test_it_hides_kinds_without_a_rule_of_their_own(client, tree):
    odd = plant("Okänt slag", tree["town"], kind="unheard")
    client.force_login(factories.person(Role.TEACHER, tree["school"]))
    assert client.get(f"/story/{odd.pk}/").status_code == 404
    assert client.get("/story/999999/").status_code == 404
    client.force_login(factories.person(Role.MUNICIPALITY_LEAD, tree["town"]))
    assert client.get(f"/story/{odd.pk}/").status_code == 200
    client.force_login(factories.person(Role.MUNICIPALITY_LEAD, tree["other"]))
    assert client.get(f"/story/{odd.pk}/").status_code == 404


def test_it_asks_once_for_each_kind(tree, coordinator, django_assert_num_queries):
    nodes = [plant(f"Nummer {number}", tree["town"]) for number in range(20)]
    coordinator.standing()
    with django_assert_num_queries(1):
        seen = kinds.visible(coordinator, [(node.pk, node.kind) for node in nodes])
    assert seen == {node.pk for node in nodes}


# The log


def record(place, by=None, verb="test.lent", **fields):
    fields = {"thing": place or Thing("test.thing", "Sak"), "at": AT, **fields}
    return actions.record(verb=verb, organisation=place, by=by, **fields)


def test_it_shows_the_log_of_a_place_and_below(client, tree, coordinator, django_assert_max_num_queries):
    for number in range(60):
        record(tree["school"], coordinator, before={"name": f"Före {number}"}, after={"name": f"Efter {number}"},
               at=AT + timedelta(minutes=number), said="Bättre så")  # fmt: skip
    record(tree["other"], coordinator)
    client.force_login(coordinator)
    with django_assert_max_num_queries(12):
        html = client.get(f"/audit/{tree['town'].pk}/").content.decode()
    assert "60 rader" in html and "Biljana Ek lånade ut Bergvattenskolan" in html
    assert "<del>Före 59</del>" in html and "<ins>Efter 59</ins>" in html and "Namn" in html and "Bättre så" in html
    assert "samordnare på centret" in html and "Åsele" not in html
    assert "Före 9<" in client.get(f"/audit/{tree['town'].pk}/?page=2").content.decode()
    assert "61 rader" in client.get("/audit/").content.decode()


def test_it_keeps_the_log_of_others_branches(client, tree, coordinator):
    record(tree["school"], coordinator)
    record(tree["other"], coordinator)
    record(None, coordinator)
    client.force_login(factories.person(Role.MUNICIPALITY_LEAD, tree["town"]))
    assert client.get(f"/audit/{tree['town'].pk}/").status_code == 200
    assert client.get(f"/audit/{tree['other'].pk}/").status_code == 403
    assert client.get("/audit/999999/").status_code == 404
    html = client.get("/audit/").content.decode()
    assert "1 rad" in html and "Åsele" not in html
    exported = b"".join(client.get("/audit/?format=csv").streaming_content).decode()
    assert "Bergvattenskolan" in exported and "Åsele" not in exported and "Sak" not in exported


def test_it_keeps_the_log_from_those_who_do_not_answer_for_it(client, tree):
    assert client.get("/audit/").status_code == 302
    client.force_login(factories.person(Role.TEACHER, tree["school"]))
    assert client.get("/audit/").status_code == 403
    assert client.get(f"/audit/{tree['school'].pk}/").status_code == 403


def test_it_shows_what_belongs_nowhere_to_the_administrator(client, tree):
    record(None)
    client.force_login(factories.person(Role.ADMINISTRATOR, tree["town"]))
    assert "Systemet lånade ut Sak" in client.get("/audit/").content.decode()


def test_it_filters_by_verb_person_and_period(client, tree, coordinator):
    other = factories.person(given_name="Carl", family_name="Dahl")
    record(tree["town"], coordinator, thing=Thing("t", "Robot"))
    record(tree["town"], other, thing=Thing("t", "Kamera"), verb="test.lost")
    record(tree["town"], coordinator, thing=Thing("t", "Lampa"), at=datetime(2026, 11, 5, 22, 59, tzinfo=UTC))
    client.force_login(coordinator)

    def found(**wanted):
        html = client.get("/audit/", wanted).content.decode()
        return {name for name in ("Robot", "Kamera", "Lampa") if name in html}

    assert found(verb="test.lost") == {"Kamera"}
    assert found(person=coordinator.pk) == {"Robot", "Lampa"}
    assert found(start="2026-11-03") == {"Lampa"}
    assert found(end="2026-11-05", start="2026-11-05") == {"Lampa"}  # until midnight in Sweden
    assert found(end="2026-11-04") == {"Robot", "Kamera"}
    assert found(start="2027-01-01") == set()
    assert "passar filtret" in client.get("/audit/", {"start": "2027-01-01"}).content.decode()


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"verb": "test.unheard"}, "Välj ur listan"),
        ({"verb": "\x00"}, "Välj ur listan"),
        ({"person": "999999"}, "Välj ur listan"),
        ({"person": "🦊" * 200}, "Välj ur listan"),
        ({"start": "2025-02-30"}, "Skriv dagen som"),
        ({"start": "2026-11-05", "end": "2026-11-01"}, "Slutdagen måste"),
    ],
)
def test_it_says_what_is_wrong_with_a_filter_and_shows_everything(client, tree, coordinator, wanted, said):
    record(tree["town"], coordinator)
    client.force_login(coordinator)
    html = client.get("/audit/", wanted).content.decode()
    assert said in html and "1 rad" in html


def test_it_says_why_the_log_is_empty(client, coordinator):
    client.force_login(coordinator)
    assert "Loggen är tom" in client.get("/audit/").content.decode()


def test_it_never_names_people_with_protected_identity(client, tree, coordinator):
    hidden = factories.person(
        Role.TEACHER, tree["town"], given_name="Hanna", family_name="Gömd", email="gomd@example.org",
        security_marking=SecurityMarking.PROTECTED,
    )  # fmt: skip
    record(tree["town"], hidden)
    record(tree["town"], coordinator, thing=hidden, about=hidden, verb="test.lost", said="Hannas nya skola",
           before={"given_name": "Hanna"}, after={"given_name": "Johanna"})  # fmt: skip
    client.force_login(coordinator)
    for address in ("/audit/", f"/audit/?person={hidden.pk}"):
        html = client.get(address).content.decode()
        assert "Gömd" not in html and "Hanna" not in html and "gomd" not in html
    assert "Någon (lärare) lånade ut" in html and "en person med skyddad identitet" in html
    assert "av hänsyn till skyddet" in html and "Välj ur listan" in html
    exported = b"".join(client.get("/audit/?format=csv").streaming_content).decode()
    assert "Gömd" not in exported and "anna" not in exported and "Någon" in exported


def test_it_tells_of_people_who_are_forgotten_or_without_a_role(tree, coordinator):
    asa = factories.person(given_name="Åsa", family_name="Berg")
    one = record(tree["town"], asa)
    two = record(tree["town"], coordinator, thing=asa, about=asa)
    assert [line.sentence for line in telling.lines([one, two])] == [
        "Åsa Berg lånade ut Dorotea", "Biljana Ek lånade ut Åsa Berg",
    ]  # fmt: skip
    actions.forget_identities(older_than=AT + timedelta(days=1), by=None, at=AT)
    assert [line.sentence for line in telling.lines(Record.objects.order_by("pk"))] == [
        "Någon lånade ut Dorotea", "Någon (samordnare på centret) lånade ut en person",
    ]  # fmt: skip


def test_it_says_changes_in_words(tree, monkeypatch):
    row = record(
        tree["town"],
        before={"kind": "unit", "postcode": "", "shifted": [], "flag": True, "role": "teacher", "name": "A"},
        after={"kind": "municipality", "postcode": "912 32", "shifted": ["X", "Y"], "flag": False, "odd_one": 3},
    )
    named = verbs.Verb("test.lent", "{who} lånade ut {what}", {"odd_one": "sak"})
    monkeypatch.setitem(verbs._verbs, "test.lent", named)
    (line,) = telling.lines([row])
    assert [(change.label, change.before, change.after) for change in line.changes] == [
        ("Nivå", "enhet", "kommun"), ("Postnummer", "–", "912 32"), ("Shifted", "–", "X, Y"),
        ("Flag", "ja", "nej"), ("Roll", "lärare", ""), ("Namn", "A", ""), ("Sak", "", "3"),
    ]  # fmt: skip


def test_it_reads_a_verb_that_nobody_knows_any_more(tree):
    row = record(tree["town"])
    row.verb = "gone.away"
    assert telling.lines([row])[0].sentence == "Systemet: gone.away"


def test_it_exports_a_row_for_each_change_without_formulas(client, tree, coordinator):
    record(tree["town"], coordinator, said="=1+1", before={"name": "A", "town": "B"}, after={"name": "@C", "town": "D"})
    record(tree["town"], coordinator, at=AT - timedelta(days=1))
    client.force_login(coordinator)
    answer = client.get("/audit/?format=csv&verb=test.lent")
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff") and "logg.csv" in answer.headers["Content-Disposition"]
    head, *rows = csv.reader(StringIO(text[1:]), delimiter=";")
    assert head[0] == "När" and len(rows) == 3
    assert rows[0][:2] == ["2026-11-02 10:00:00", "Biljana Ek"] and rows[0][5:] == ["'=1+1", "Namn", "A", "'@C"]
    assert rows[2][6:] == ["", "", ""]


def test_it_shows_the_latest_of_the_log_on_the_page_of_a_place(client, tree, coordinator, django_assert_num_queries):
    assert panels.recent(tree["town"], coordinator) is None
    for number in range(7):
        record(tree["school"], coordinator, thing=Thing("t", f"Robot {number}"), at=AT + timedelta(minutes=number))
    record(tree["other"], coordinator, thing=Thing("t", "Främmande"))
    coordinator.standing()
    with django_assert_num_queries(2):
        found = panels.recent(tree["town"], coordinator)
    assert [line.sentence for line in found["lines"]] == [f"Biljana Ek lånade ut Robot {n}" for n in (6, 5, 4, 3, 2)]
    assert panels.recent(tree["school"], factories.person(Role.TEACHER, tree["school"])) is None
    assert panels.recent(tree["school"], AnonymousUser()) is None
    client.force_login(coordinator)
    html = client.get(f"/organisations/{tree['town'].pk}/").content.decode()
    assert "Robot 6" in html and f'href="/audit/{tree["town"].pk}/"' in html and "Främmande" not in html


@given(st.text())
def test_it_makes_every_cell_harmless(cell):
    made = harmless(cell)
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert made.removeprefix("'") == cell or made == cell
