"""Taking catalogues in, in a real browser: the coordinator's errand, on a phone without script, and a harvest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from playwright.sync_api import expect

from resursnav.deliver.exchange import jobs
from resursnav.deliver.exchange.models import Harvest
from resursnav.deliver.resources.models import Resource
from resursnav.foundation.access import Role
from resursnav.foundation.imports.models import ImportBatch, Status
from tests import factories

from .browser import Mode, runs_sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = Mode("phone", 390, 844)
Window = Callable[..., Any]
TABLE = """Filmen;Nr;Regi;Åk;Speltid;Hylla
Vargen i skogen;D 101;Ek, Bo;4-6;45 min;A1
Älgen;D 102;Lind, Eva;F-3;1 tim 5 min;A2
;D 103;Ek, Bo;7-9;30 min;A3
"=HYPERLINK(""http://x.example"")";D 104;;;;A4
Björnen;D 105;Å, Bo;tredje klass;20 min;A5
"""
RECORD = (
    '<record><header><identifier>oai:x:{0}</identifier><datestamp>2026-01-01</datestamp></header><metadata>'
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>Film {0}</dc:title><dc:language>swe</dc:language></oai_dc:dc></metadata></record>"
)  # fmt: skip


@pytest.fixture
def region(settings: Any, tmp_path: Any) -> Any:
    """A region with its coordinator's own catalogue, in a folder of its own."""
    settings.DATA_DIR = tmp_path
    settings.HARVEST_PRIVATE = True
    region = factories.organisation(name="Västerbottens län", code="24")
    factories.organisation(factories.organisation(region, name="Dorotea", code="2425"), name="Bergvattenskolan")
    return region


@pytest.fixture
def coordinator(region: Any) -> Any:
    """Somebody who may take in."""
    return factories.person(Role.COORDINATOR, region, given_name="Biljana")


def send(page: Any, tmp_path: Any, data: str, name: str = "filmer.csv", source: str = "Filmcentrum") -> None:
    """Choose the file, say where it comes from, and send it."""
    path = tmp_path / name
    path.write_text(data, "utf-8")
    page.goto("/resources/import/")
    page.get_by_label("Fil", exact=True).set_input_files(str(path))
    page.get_by_label("Källa", exact=True).fill(source)
    page.get_by_role("button", name="Läs filen").click()


def test_a_coordinator_takes_a_table_in_and_again(window: Window, region: Any, coordinator: Any, tmp_path: Any):
    page = window(coordinator)
    page.goto("/imports/")
    page.get_by_role("link", name="Läs in resurser").last.click()
    page.wait_for_url("**/resources/import/")
    page.get_by_role("button", name="Läs filen").click()
    expect(page.locator("[data-focus]")).to_contain_text("Välj en fil.")
    expect(page.get_by_label("Vilket centrum hör resurserna till?")).to_have_value(str(region.pk))
    send(page, tmp_path, TABLE)
    page.wait_for_url("**/columns/")
    page.get_by_role("button", name="Kontrollera filen").click()
    expect(page.locator("[data-focus]")).to_contain_text("Ingen kolumn är titeln än")
    page.get_by_label("Filmen").select_option(label="Titel")
    page.get_by_label("Vad är det på rader").select_option("film")
    assert violations(page) == []
    page.get_by_role("button", name="Kontrollera filen").click()
    page.wait_for_url("**/imports/*/")
    main = page.locator("main")
    expect(main).to_contain_text("Cellen innehåller en formel")
    expect(main).to_contain_text("tredje klass")
    expect(main).to_contain_text("Vargen i skogen")
    assert violations(page) == []
    assert not Resource.objects.exists()
    with page.expect_download() as sent:
        page.get_by_role("link", name="Hela listan som CSV").click()
    rows = sent.value.path().read_text("utf-8-sig").splitlines()
    assert [row.split(";")[0] for row in rows[1:]] == ["4", "5", "6"]
    page.get_by_role("button", name="Ta in 3 resurser").click()
    page.get_by_role("heading", name="Så blev det").wait_for()
    assert sorted(Resource.objects.values_list("title", flat=True)) == ["Björnen", "Vargen i skogen", "Älgen"]
    assert set(Resource.objects.values_list("owner", flat=True)) == {region.pk}
    page.get_by_role("link", name="Läs in en fil till").click()
    page.wait_for_url("**/resources/import/")
    assert page.locator("datalist option").get_attribute("value") == "Filmcentrum"


def test_the_same_file_again_changes_nothing_and_a_new_one_shows_what_it_would(
    window: Window, region: Any, coordinator: Any, tmp_path: Any
):
    page = window(coordinator)
    send(page, tmp_path, TABLE)
    page.wait_for_url("**/columns/")
    page.get_by_label("Filmen").select_option(label="Titel")
    page.get_by_label("Vad är det på rader").select_option("film")
    page.get_by_role("button", name="Kontrollera filen").click()
    page.get_by_role("button", name="Ta in 3 resurser").click()
    page.get_by_role("heading", name="Så blev det").wait_for()

    send(page, tmp_path, TABLE.replace("45 min", "52 min"), source="filmcentrum")
    page.wait_for_url("**/columns/")
    expect(page.get_by_label("Filmen")).to_have_value("title")  # remembered
    page.get_by_label("Vad är det på rader").select_option("film")
    page.get_by_role("button", name="Kontrollera filen").click()
    page.get_by_role("button", name="Ta in 1 resurs", exact=True).wait_for()
    expect(page.locator("main del")).to_have_text("45 min")
    expect(page.locator("main ins")).to_have_text("52 min")
    page.get_by_role("button", name="Avbryt och släng filen").click()
    page.get_by_text("Filen slängdes. Inget har ändrats.").wait_for()

    send(page, tmp_path, TABLE)
    page.wait_for_url("**/columns/")
    page.get_by_label("Vad är det på rader").select_option("film")
    page.get_by_role("button", name="Kontrollera filen").click()
    page.get_by_text("Det finns inget att ta in").wait_for()
    assert page.get_by_role("button", name="Ta in").count() == 0
    assert Resource.objects.count() == 3


def test_it_can_be_done_on_a_phone_without_script(window: Window, region: Any, coordinator: Any, tmp_path: Any):
    page = window(coordinator, PHONE, java_script_enabled=False)
    send(page, tmp_path, TABLE.replace("Filmen;", "Titel;"))
    page.wait_for_url("**/columns/")
    page.get_by_role("button", name="Kontrollera filen").click()
    page.wait_for_url("**/imports/*/")
    page.get_by_role("button", name="Ta in 3 resurser").click()
    page.get_by_role("heading", name="Så blev det").wait_for()
    assert Resource.objects.count() == 3
    assert ImportBatch.objects.get().status == Status.APPLIED


def test_its_pages_are_whole_on_a_narrow_screen(window: Window, coordinator: Any, tmp_path: Any):
    page = window(coordinator, Mode("320 px, dark", 320, 640, {"color_scheme": "dark"}))
    send(page, tmp_path, TABLE.replace("Filmen;", "Titel;"))
    page.wait_for_url("**/columns/")
    assert violations(page) == []
    assert runs_sideways(page) <= 0
    page.get_by_role("button", name="Kontrollera filen").click()
    page.get_by_role("button", name="Ta in 3 resurser").wait_for()
    assert violations(page) == []
    assert runs_sideways(page) <= 0
    send(page, tmp_path, "<html><p>hej</p></html>", "sida.html")
    expect(page.locator("[data-focus]")).to_contain_text("Formatet känns inte igen")
    expect(page.get_by_label("Källa", exact=True)).to_have_value("Filmcentrum")
    assert violations(page) == []
    page.goto("/imports/")
    assert violations(page) == []
    assert runs_sideways(page) <= 0


class Catalogue(BaseHTTPRequestHandler):
    """Another catalogue, which answers by OAI-PMH."""

    def do_GET(self) -> None:
        """Two records, or a page for people."""
        records = RECORD.format(1) + RECORD.format(2)
        body = (
            '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-21T03:00:00Z</responseDate>'
            f"<ListRecords>{records}</ListRecords></OAI-PMH>"
        )
        body = body if self.path.startswith("/oai") else "<!doctype html><html><p>Hej</p></html>"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def catalogue() -> Iterator[str]:
    """Where the other catalogue is."""
    server = HTTPServer(("127.0.0.1", 0), Catalogue)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_coordinator_lets_another_catalogue_be_fetched(window: Window, coordinator: Any, catalogue: str):
    page = window(coordinator)
    page.goto("/resources/import/")
    page.get_by_role("link", name="Kataloger som hämtas").click()
    page.get_by_text("Ingen katalog hämtas än").wait_for()
    page.get_by_role("button", name="Lägg till katalogen").click()
    expect(page.locator("[data-focus]")).to_contain_text("Ge källan ett namn")
    for source, path in (("Filmkatalogen", "/oai"), ("Felkatalogen", "/start")):
        page.get_by_label("Källans namn").fill(source)
        page.get_by_label("Adress för OAI-PMH").fill(catalogue + path)
        page.get_by_role("button", name="Lägg till katalogen").click()
        page.get_by_role("rowheader", name=source).wait_for()
    for source in ("Filmkatalogen", "Felkatalogen"):
        page.get_by_role("row", name=source).get_by_role("button", name="Hämta nu").click()
        expect(page.get_by_role("row", name=source)).to_contain_text("Börjar strax")
        assert violations(page) == []
        assert jobs.harvest_wanted() == 1
    # The page asks by itself how it went.
    expect(page.get_by_role("row", name="Filmkatalogen")).to_contain_text("2 nya, 0 ändrade")
    expect(page.get_by_role("row", name="Felkatalogen")).to_contain_text("en vanlig webbsida")
    assert violations(page) == []
    page.get_by_role("link", name="2 nya, 0 ändrade").click()
    page.get_by_role("heading", name="Så blev det").wait_for()
    assert Resource.objects.filter(source="Filmkatalogen").count() == 2
    page.goto("/resources/import/harvests/")
    page.get_by_role("row", name="Felkatalogen").get_by_role("button", name="Sluta hämta").click()
    page.get_by_text("Katalogen hämtas inte längre").wait_for()
    assert list(Harvest.objects.values_list("source", flat=True)) == ["Filmkatalogen"]
