"""What ui.js adds, and that everything works without it, with the keyboard, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from resursnav.foundation.access import Role
from tests import factories

from .browser import Mode, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = Mode("phone", 390, 844)
Window = Callable[..., Any]


def focused(page: Any) -> str:
    """The text of what has the focus."""
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.id")).strip()


def coordinator() -> Any:
    return factories.person(Role.COORDINATOR, factories.organisation(name="Västerbottens län", code="24"))


def test_the_first_tab_skips_to_the_content(window: Window):
    page = window()
    page.goto("/accessibility/")
    page.keyboard.press("Tab")
    assert focused(page) == "Hoppa till innehållet"
    assert page.locator(".rn-skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_dialog_opens_holds_the_focus_and_gives_it_back(window: Window):
    page = window()
    page.goto("/ui/")
    page.get_by_role("link", name="Öppna dialogen").press("Enter")
    dialog = page.get_by_role("dialog", name="Ta bort boken?")
    dialog.wait_for()
    assert page.evaluate("!!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert focused(page) == "Öppna dialogen"


def test_without_javascript_the_dialog_is_a_page(window: Window):
    page = window(java_script_enabled=False)
    page.goto("/ui/")
    page.get_by_role("link", name="Öppna dialogen").click()
    page.wait_for_url("**/ui/#dialog")


def test_rows_are_walked_with_j_and_k(window: Window):
    page = window()
    page.goto("/ui/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("tr[data-now]").inner_text().startswith("Källkritik med film")
    page.keyboard.press("k")
    assert page.locator("tr[data-now]").count() == 1
    assert focused(page) == "Robotar i förskolan"
    page.keyboard.press("?")
    page.get_by_text("nästa rad").wait_for()
    page.keyboard.press("?")
    page.get_by_text("nästa rad").wait_for(state="hidden")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "filter-filter"
    page.keyboard.type("jk")
    assert page.locator("#filter-filter").input_value() == "jk"  # keys are letters again while one types
    assert focused(page) == "filter-filter"


def test_what_went_wrong_is_read_first(window: Window):
    page = window()
    page.goto("/accessibility/report/")
    page.get_by_role("button", name="Skicka rapporten").click()
    page.wait_for_selector(".rn-error-summary")
    assert page.title().startswith("Fel: ")
    assert page.evaluate("document.activeElement.className") == "rn-error-summary"
    page.get_by_role("link", name="Vad är det som inte fungerar?").click()
    expect(page.locator("#id_text")).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
def test_a_stranger_reports_a_flaw(window: Window, script: bool):
    page = window(mode=PHONE, java_script_enabled=script)
    page.goto("/accessibility/")
    page.get_by_role("link", name="Rapportera en brist", exact=True).click()
    page.get_by_label("Vad är det som inte fungerar?").fill("Bilden saknar text.")
    page.get_by_role("button", name="Skicka rapporten").click()
    page.get_by_text("Rapporten väntar").wait_for()
    assert "/accessibility/report/" in page.url


def test_a_coordinator_mends_it(window: Window):
    page = window()
    page.goto("/accessibility/report/?page=/ui/")
    page.get_by_label("Vad är det som inte fungerar?").fill("Bilden saknar text.")
    page.get_by_role("button", name="Skicka rapporten").click()
    page.get_by_text("Rapporten väntar").wait_for()
    own = page.url
    desk = window(coordinator())
    desk.goto("/")
    desk.get_by_role("link", name="En bristrapport väntar på svar").click()
    desk.wait_for_url("**/accessibility/flaws/**")  # which also waits for the script that listens for keys
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    desk.get_by_label("Åtgärdad: det fungerar nu").check()
    desk.get_by_label("Svar till den som rapporterade").fill("Bilden har en text nu.")
    desk.get_by_role("button", name="Spara svaret").click()
    desk.get_by_text("Svaret är sparat.").wait_for()
    page.goto(own)
    page.get_by_text("Bilden har en text nu.").wait_for()


@pytest.mark.parametrize("script", [True, False])
def test_the_phone_has_its_menu_behind_one_button(window: Window, script: bool):
    page = window(coordinator(), PHONE, java_script_enabled=script)
    page.goto("/")
    entry = page.get_by_role("link", name="Bristrapporter")
    assert not entry.is_visible()
    page.get_by_text("Meny", exact=True).click()
    entry.click()
    page.wait_for_url("**/accessibility/flaws/")


def test_the_menu_of_oneself_closes_with_escape_and_elsewhere(window: Window):
    page = window(coordinator())
    page.goto("/")
    summary = page.locator("details.rn-drop > summary").first
    leave = page.get_by_role("button", name="Logga ut")
    summary.press("Enter")
    leave.wait_for()
    page.keyboard.press("Escape")
    leave.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    summary.click()
    leave.wait_for()
    page.locator("h1").click()
    leave.wait_for(state="hidden")


FORM = """<!doctype html><html lang="sv"><head><title>Prov</title><script src="/static/ui/ui.js" defer></script></head>
<body><main><form action="/found/"><label for="q">Sök</label><input id="q" name="q" data-suggest="/suggest/"
data-suggest-found="förslag." data-suggest-label="Sökförslag"><button>Sök</button></form></main>
<div id="live" aria-live="polite"></div></body></html>"""


def searching(window: Window, answer: dict[str, Any], status: int = 200) -> Any:
    """A search field whose suggestions are this answer, with the house's own script."""
    page = window()
    page.route("**/trial/", lambda route: route.fulfill(body=FORM, content_type="text/html; charset=utf-8"))
    page.route("**/suggest/?q=*", lambda route: route.fulfill(json=answer, status=status))
    page.route("**/found/**", lambda route: route.fulfill(body="<title>Funnet</title>", content_type="text/html"))
    page.goto("/trial/")
    page.locator("#q").press_sequentially("robot")
    return page


ITEMS = {"items": [{"label": "Robotar", "kind": "låda", "url": "/found/12/"}, {"label": "robotik", "kind": "sökord"}]}


def test_suggestions_are_chosen_with_the_arrows(window: Window):
    page = searching(window, ITEMS)
    page.get_by_role("option").first.wait_for()
    field = page.get_by_role("combobox", name="Sök")
    assert field.get_attribute("aria-expanded") == "true"
    assert page.get_by_role("listbox", name="Sökförslag").get_by_role("option").count() == 2
    page.get_by_text("2 förslag.").wait_for()
    field.press("ArrowDown")
    assert page.get_by_role("option", name="Robotar").get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == page.get_by_role("option").first.get_attribute("id")
    field.press("ArrowUp")
    assert page.get_by_role("option", name="robotik").get_attribute("aria-selected") == "true"
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/found/12/")


def test_a_word_is_searched_for_and_escape_closes(window: Window):
    page = searching(window, ITEMS)
    page.get_by_role("option").first.wait_for()
    field = page.locator("#q")
    field.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert field.input_value() == "robot"
    field.press("s")
    page.get_by_role("option", name="robotik").click()
    page.wait_for_url("**/found/?q=robotik")


def test_enter_without_a_choice_searches_for_what_was_typed(window: Window):
    page = searching(window, ITEMS)
    page.get_by_role("option").first.wait_for()
    page.locator("#q").press("Enter")
    page.wait_for_url("**/found/?q=robot")


def test_suggestions_that_fail_are_in_nobodys_way(window: Window):
    page = searching(window, {"wrong": True}, status=500)
    page.wait_for_timeout(300)
    assert page.get_by_role("option").count() == 0
    page.locator("#q").press("Enter")
    page.wait_for_url("**/found/?q=robot")


def test_a_suggestion_is_text_and_never_markup(window: Window):
    page = searching(window, {"items": [{"label": "<img src=x onerror=alert(1)>", "kind": "<b>x</b>"}]})
    page.get_by_role("option").first.wait_for()
    assert page.locator("[role=option] img, [role=option] b").count() == 0


@pytest.mark.parametrize(
    "mode", [Mode("light"), Mode("phone, dark", 390, 844, {"color_scheme": "dark"})], ids=lambda m: m.name
)
def test_open_suggestions_can_be_read_by_all(window: Window, mode: Mode):
    page = window(mode=mode)
    page.route("**/search/suggest/?q=*", lambda route: route.fulfill(json=ITEMS))
    page.goto("/")
    page.locator("#q").press_sequentially("robot")
    page.get_by_role("option").first.wait_for()
    page.locator("#q").press("ArrowDown")
    assert violations(page) == []
    assert page.evaluate(
        "[...document.querySelectorAll('[role=option]')].every((row) => {"
        " const box = row.getBoundingClientRect();"
        " return row.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); })"
    )


NARROW = """<!doctype html><html lang="sv"><head><title>Prov</title>
<script src="/static/ui/ui.js" defer></script></head><body><main>
<form method="get" data-auto="results"><label><input type="checkbox" name="type" value="book" {ticked}>Bok</label>
<button>Visa</button></form><div id="results"><p data-say>{said}</p></div></main>
<div id="live" aria-live="polite"></div></body></html>"""


@pytest.mark.parametrize("script", [True, False])
def test_a_ticked_box_changes_the_results_in_place(window: Window, script: bool):
    def answer(route: Any) -> None:
        ticked = "type=book" in route.request.url
        said = "3 träffar" if ticked else "9 träffar"
        html = NARROW.replace("{said}", said).replace("{ticked}", "checked" if ticked else "")
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page = window(java_script_enabled=script)
    page.route("**/narrow/**", answer)
    page.goto("/narrow/")
    page.get_by_label("Bok").check()
    if not script:
        page.get_by_role("button", name="Visa").click()
    page.locator("#results").get_by_text("3 träffar").wait_for()
    assert page.url.endswith("/narrow/?type=book")
    assert page.get_by_label("Bok").is_checked()
    if script:
        assert page.evaluate("document.activeElement.value") == "book"
        page.locator("#live").get_by_text("3 träffar").wait_for()
        page.go_back()
        page.locator("#results").get_by_text("9 träffar").wait_for()


@pytest.mark.parametrize("script", [True, False])
def test_the_language_changes_on_the_page(window: Window, script: bool):
    page = window(java_script_enabled=script)
    page.goto("/accessibility/report/?page=/x/")
    page.get_by_role("button", name="English").first.click()
    page.get_by_role("heading", name="Report a flaw in accessibility").wait_for()
    assert page.url.endswith("?page=/x/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_reading_aloud_says_when_there_is_no_voice(window: Window):
    page = window()
    page.add_init_script("speechSynthesis.getVoices = () => [{localService: false, lang: 'sv-SE'}]")
    page.goto("/accessibility/")
    page.get_by_role("button", name="Lyssna").click()
    page.get_by_text("ingen röst för sidans språk").wait_for()


def test_reading_aloud_goes_sentence_by_sentence_and_stops(window: Window):
    page = window()
    page.add_init_script(
        "window.said = [];"
        "speechSynthesis.getVoices = () => [{localService: true, lang: 'sv-SE', name: 'Alva'}];"
        "window.SpeechSynthesisUtterance = function (text) { this.text = text; };"
        "speechSynthesis.speak = (one) => { window.said.push(one.text);"
        " if (window.said.length < 12) setTimeout(() => one.onend(), 1); };"
    )
    page.goto("/accessibility/")
    page.get_by_role("button", name="Lyssna").click()
    for _ in range(200):  # waiting in the page itself would need eval, which the policy forbids
        if page.evaluate("window.said.length") >= 12:
            break
        page.wait_for_timeout(25)
    said = page.evaluate("window.said")
    assert said[0].startswith("Tillgänglighetsredogörelse")
    assert max(map(len, said)) <= 200
    page.get_by_role("button", name="Sluta läsa").click()
    page.get_by_role("button", name="Lyssna").wait_for()
    assert page.locator(".rn-reading").count() == 0


def test_without_speech_there_is_no_button(window: Window):
    page = window(java_script_enabled=False)
    page.goto("/accessibility/")
    assert not page.get_by_role("button", name="Lyssna").is_visible()


def test_the_address_can_be_copied(window: Window):
    page = window(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/accessibility/")
    page.get_by_role("button", name="Kopiera länk").click()
    page.get_by_role("button", name="Adressen är kopierad.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_paper_shows_the_content_alone(window: Window):
    page = window(coordinator())
    page.goto("/ui/")
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".rn-header", ".rn-rail", ".rn-footer", ".rn-table-tools", ".rn-facets"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".rn-print-head").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).color") != "rgb(255, 255, 255)"


def test_nothing_is_kept_in_the_browser_but_session_and_csrf(window: Window):
    page = window()
    page.goto("/accessibility/")
    page.get_by_role("button", name="English").first.click()
    page.wait_for_load_state()
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"sessionid", "csrftoken"}
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
