"""The pages: sending a file in, matching columns, seeing what would happen, taking in; tables of what was found."""

import csv
import gzip
import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from resursnav.deliver.exchange.formats import table
from resursnav.deliver.exchange.forms import BY_LINK, NOT_TAKEN
from resursnav.deliver.exchange.models import ColumnMatching
from resursnav.deliver.exchange.saying import COLUMNS, header
from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import Licence
from resursnav.foundation.access import Role
from resursnav.foundation.imports import jobs
from resursnav.foundation.imports.models import ImportBatch, Status
from resursnav.foundation.search import index
from tests import factories

from .test_bad_input import AUTHORS, TOPICS, WORKS

TABLE = """Filmen;Nr;Regi;Åk;Ämne;Speltid;Länk
Vargen;D 101;Ek, Bo;4-6;Biologi;45 min;https://film.example.org/vargen
Älgen;D 102;Lind, Eva;F-3;Biologi;1 tim 5 min;https://film.example.org/algen
"""


@pytest.fixture
def place(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.BASE_URL = "https://katalog.example.org"
    return factories.organisation()


@pytest.fixture
def coordinator(place, client):
    somebody = factories.person(Role.COORDINATOR, place)
    client.force_login(somebody)
    return somebody


def send(client, place, data=TABLE, name="filmer.csv", **fields):
    content = data.encode() if isinstance(data, str) else data
    said = {"owner": place.pk, "source": "Filmcentrum", "status": "published", "visibility": "public", "format": ""}
    said["file"] = SimpleUploadedFile(name, content)
    return client.post(reverse("exchange:upload"), said | fields)


def chosen(client, batch, **more):
    page = client.get(reverse("exchange:columns", args=[batch.pk]))
    form = page.context["form"]
    said = {name: form[name].initial or "" for name in form.fields}
    return client.post(reverse("exchange:columns", args=[batch.pk]), said | more)


def test_it_takes_a_table_in_from_upload_to_catalogue(client, place, coordinator):
    answer = send(client, place)
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("exchange:columns", args=[batch.pk])
    page = client.get(answer.url)
    assert page.status_code == 200
    guessed = {
        field.label: field.initial
        for field in page.context["form"].fields.values()
        if field.initial not in {NOT_TAKEN, BY_LINK}
    }
    assert guessed == {
        "Nr": "source_id", "Regi": "directors", "Åk": "grades", "Ämne": "subjects", "Speltid": "duration",
        "Länk": "url",
    }  # fmt: skip
    assert "https://film.example.org/vargen" in page.content.decode()
    refused = chosen(client, batch)
    assert refused.status_code == 422
    assert "Ingen kolumn är titeln än" in str(refused.context["form"].errors["column_0"])
    answer = chosen(client, batch, column_0="title", media_type="film")
    assert answer.url == reverse("imports:show", args=[batch.pk])
    text = client.get(answer.url).content.decode()
    assert "Ta in 2 resurser" in text
    assert "Älgen" in text
    assert not Resource.objects.exists()
    answer = client.post(reverse("imports:confirm", args=[batch.pk]))
    assert client.get(answer.url).status_code == 200
    batch.refresh_from_db()
    assert (batch.status, batch.new) == (Status.APPLIED, 2)
    elk = Resource.objects.for_index().get(title="Älgen")
    assert (elk.grade_from, elk.grade_to, elk.source, elk.source_id) == (0, 3, "Filmcentrum", "D 102")
    assert elk.editions.all()[0].duration_s == 3900
    assert [(one.name, one.role) for one in elk.creators.all()] == [("Lind, Eva", "director")]
    assert ColumnMatching.objects.get().columns["Filmen"] == "title"
    send(client, place)
    again = ImportBatch.objects.latest("pk")
    answer = chosen(client, again, media_type="film")
    assert answer.status_code == 302  # the columns were remembered
    again.refresh_from_db()
    assert (again.status, again.new, again.changed, again.same) == (Status.CHECKED, 0, 0, 2)
    assert "Det finns inget att ta in" in client.get(reverse("imports:show", args=[again.pk])).content.decode()


def test_it_shows_what_changes_before_it_changes(client, place, coordinator):
    send(client, place)
    batch = ImportBatch.objects.get()
    chosen(client, batch, column_0="title", media_type="film")
    client.post(reverse("imports:confirm", args=[batch.pk]))
    send(client, place, TABLE.replace("Vargen;", "Vargen i Sverige;").replace("Älgen;D 102", "Björnen;D 103"))
    batch = ImportBatch.objects.latest("pk")
    chosen(client, batch, media_type="film")
    text = client.get(reverse("imports:show", args=[batch.pk])).content.decode()
    assert "<del>Vargen</del> <ins>Vargen i Sverige</ins>" in text
    batch.refresh_from_db()
    assert (batch.new, batch.changed) == (1, 1)


def test_it_withdraws_what_is_missing_only_when_the_file_is_the_whole_source(client, place, coordinator):
    send(client, place)
    batch = ImportBatch.objects.get()
    chosen(client, batch, column_0="title")
    client.post(reverse("imports:confirm", args=[batch.pk]))
    send(client, place, "\n".join(TABLE.splitlines()[:2]), whole="on")
    batch = ImportBatch.objects.latest("pk")
    chosen(client, batch)
    batch.refresh_from_db()
    assert (batch.same, batch.missing) == (1, 1)
    offered = client.get(reverse("imports:show", args=[batch.pk])).content.decode()
    assert "Dra tillbaka 1 resurs som saknas" in offered
    assert "Ta in 0" not in offered
    client.post(reverse("imports:confirm", args=[batch.pk]))
    gone = Resource.objects.get(title="Älgen")
    assert (gone.status, gone.withdrawn_reason) == ("withdrawn", "Posten finns inte längre hos källan.")
    assert Resource.objects.get(title="Vargen").status == "published"


def test_it_recognises_other_formats_and_checks_at_once(client, place, coordinator):
    record = {
        "@context": ["https://w3id.org/kim/amb/context.jsonld", {"@language": "de"}],
        "id": "https://example.org/oer",
        "name": "Beispiel",
        "type": ["LearningResource"],
    }
    answer = send(client, place, json.dumps(record), "amb.json")
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("imports:show", args=[batch.pk])
    assert (batch.status, batch.new, batch.options["format"]) == (Status.CHECKED, 1, "amb")


def test_it_keeps_what_was_typed_when_something_is_wrong(client, place, coordinator, settings):
    answer = client.post(reverse("exchange:upload"), {"source": "Filmcentrum", "owner": place.pk})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Välj en fil" in text
    assert 'value="Filmcentrum"' in text
    assert "Filen är tom" in send(client, place, b"").content.decode()
    assert "känns inte igen" in send(client, place, "<html></html>", "x.html").content.decode()
    settings.UPLOAD_LIMIT = 1024 * 1024
    text = send(client, place, b"x" * 3_000_000).content.decode()
    assert "större än 1 MB" in text
    assert 'value="Filmcentrum"' in text
    assert not ImportBatch.objects.exclude(status=Status.REFUSED).exists()


def test_it_keeps_in_the_list_why_a_file_was_refused(client, place, coordinator):
    send(client, place, "<html></html>", "sida.html")
    batch = ImportBatch.objects.get()
    assert (batch.status, batch.stored, batch.wrong) == (Status.REFUSED, "", 1)
    assert "Gick inte att läsa" in client.get(reverse("imports:index")).content.decode()
    text = client.get(reverse("imports:show", args=[batch.pk])).content.decode()
    assert "Formatet känns inte igen" in text
    assert "Kontrollera igen" not in text
    assert "släng filen" not in text
    assert not list(batch.path.parent.glob("*.html"))


def test_it_says_at_the_field_why_a_table_cannot_be_opened(client, place, coordinator):
    answer = send(client, place, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "gammal.xls")
    assert answer.status_code == 422
    assert ".xlsx" in str(answer.context["form"].errors["file"])
    assert 'value="Filmcentrum"' in answer.content.decode()
    send(client, place)
    batch = ImportBatch.objects.latest("pk")
    batch.path.write_bytes(b"")  # what was readable once need not be so when the columns are looked at again
    page = client.get(reverse("exchange:columns", args=[batch.pk]))
    assert page.status_code == 422
    assert "tom" in page.content.decode()


def test_it_refuses_two_columns_for_one_field(client, place, coordinator):
    send(client, place)
    batch = ImportBatch.objects.get()
    answer = chosen(client, batch, column_0="title", column_1="title")
    assert answer.status_code == 422
    assert "är redan parad med samma fält" in answer.content.decode()


def test_it_lets_the_worker_do_large_files_and_shows_how_far_it_has_come(client, place, coordinator, monkeypatch):
    monkeypatch.setattr("resursnav.foundation.imports.models.SMALL_BYTES", 10)
    send(client, place)
    batch = ImportBatch.objects.get()
    chosen(client, batch, column_0="title")
    batch.refresh_from_db()
    assert batch.status == Status.UPLOADED
    batch.progress_path.write_text("40 0")
    page = client.get(reverse("imports:show", args=[batch.pk])).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "40 poster lästa" in page
    part = client.get(reverse("imports:progress", args=[batch.pk]), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert client.get(reverse("imports:progress", args=[batch.pk])).status_code == 302
    assert jobs.run_waiting() == 1
    client.post(reverse("imports:confirm", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.status == Status.CONFIRMED
    assert "meta http-equiv" in client.get(reverse("imports:show", args=[batch.pk])).content.decode()
    assert jobs.run_waiting() == 1
    assert Resource.objects.count() == 2


def test_it_gives_the_log_as_a_table_and_can_be_stopped(client, place, coordinator):
    send(client, place, TABLE + "=HYPERLINK(1);D 104;;;;;\n;D 105;;;;;\n")
    batch = ImportBatch.objects.get()
    chosen(client, batch, column_0="title")
    batch.refresh_from_db()
    assert (batch.new, batch.wrong) == (2, 2)
    answer = client.get(reverse("imports:problems", args=[batch.pk]))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert [row[:3] for row in rows[1:]] == [["4", "Filmen", "'=HYPERLINK(1)"], ["5", "Filmen", ""]]
    client.post(reverse("imports:discard", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.status == Status.DISCARDED
    text = client.post(reverse("imports:discard", args=[batch.pk]), follow=True).content.decode()
    assert "går inte att avbryta" in text
    assert client.get(reverse("exchange:columns", args=[batch.pk])).status_code == 302


def test_it_can_be_checked_again_after_a_refusal(client, place, coordinator):
    send(client, place)
    batch = ImportBatch.objects.get()
    ImportBatch.objects.filter(pk=batch.pk).update(status=Status.FAILED)
    client.post(reverse("imports:check", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.status == Status.CHECKED


def test_it_lists_the_imports_one_may_see(client, place, coordinator, django_assert_max_num_queries):
    for n in range(5):
        send(client, place, name=f"fil{n}.csv")
    with django_assert_max_num_queries(12):
        text = client.get(reverse("imports:index")).content.decode()
    assert "fil4.csv" in text
    batch = ImportBatch.objects.latest("pk")
    with django_assert_max_num_queries(12):
        client.get(reverse("imports:show", args=[batch.pk]))
    stranger = factories.person(Role.COORDINATOR, factories.organisation())
    client.force_login(stranger)
    assert "fil4.csv" not in client.get(reverse("imports:index")).content.decode()
    assert client.get(reverse("imports:show", args=[batch.pk])).status_code == 404
    expert = factories.person(Role.EXPERT, place)
    client.force_login(expert)
    assert client.get(reverse("imports:show", args=[batch.pk])).status_code == 200
    assert client.post(reverse("imports:discard", args=[batch.pk])).status_code == 403
    assert client.get(reverse("imports:discard", args=[batch.pk])).status_code == 405
    client.force_login(factories.person(Role.TEACHER, place))
    assert client.get(reverse("imports:index")).status_code == 403
    assert client.get(reverse("exchange:upload")).status_code == 403
    client.logout()
    assert client.get(reverse("exchange:upload")).status_code == 302


def test_it_gives_what_was_found_as_a_table_without_formulas(client, place, coordinator):
    rows = "Titel;Nr;Beskrivning\n" + "".join(f"Film {n};{n};Om vargar\n" for n in range(30))
    send(client, place, rows + '\'=1+1;x;"\'=HYPERLINK(""http://x.example"")"\n')
    batch = ImportBatch.objects.get()
    chosen(client, batch)
    client.post(reverse("imports:confirm", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.new == 31
    index.rebuild()
    client.logout()
    answer = client.get(reverse("exchange:search_csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert found[0][:2] == ["Nummer hos källan", "Titel"]
    assert len(found) == 32
    assert not [cell for row in found for cell in row if cell.startswith("=")]
    answer = client.get(reverse("exchange:search_csv"), {"q": "vargar"})
    assert len(b"".join(answer.streaming_content).decode().splitlines()) >= 31
    answer = client.get(reverse("exchange:search_xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 32
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert cells["=1+1"] == "s"


def test_it_reads_its_own_table_back_as_the_same_resources(client, place, coordinator, tmp_path):
    send(client, place)
    batch = ImportBatch.objects.get()
    chosen(client, batch, column_0="title", media_type="film")
    client.post(reverse("imports:confirm", args=[batch.pk]))
    index.rebuild()
    data = b"".join(client.get(reverse("exchange:search_csv")).streaming_content)
    send(client, place, data, source="Annan")
    batch = ImportBatch.objects.latest("pk")
    assert chosen(client, batch).status_code == 302
    client.post(reverse("imports:confirm", args=[batch.pk]))
    for title in ("Vargen", "Älgen"):
        first, second = Resource.objects.for_index().filter(title=title).order_by("pk")
        for name in ("grade_from", "grade_to", "school_forms", "year", "licence", "languages"):
            assert getattr(first, name) == getattr(second, name), name
        assert [str(one) for one in first.subjects.all()] == [str(one) for one in second.subjects.all()]
        assert first.editions.all()[0].duration_s == second.editions.all()[0].duration_s
        assert first.editions.all()[0].media_type == second.editions.all()[0].media_type


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_knows_its_own_columns_in_both_languages(language):
    with translation.override(language):
        columns = header()
    assert set(table.guess(columns).values()) == set(COLUMNS) - {"page"}
    assert [our for column in columns if (our := table.guess(columns).get(column))] == list(COLUMNS[:-1])


def test_it_names_what_changes_in_words(client, place, coordinator):
    head = "Nr;Titel;Licens;Språk;Ämne;ISBN;Medietyp\n"
    for row in ("1;Vargen;;svenska;Biologi;9789127108509;bok", "1;Vargen;CC BY;engelska;Kemi;;film"):
        send(client, place, head + row + "\n")
        batch = ImportBatch.objects.latest("pk")
        chosen(client, batch)
        client.post(reverse("imports:confirm", args=[batch.pk]))
    assert batch.changes.get().fields == {
        "languages": ["svenska", "engelska"], "licence": ["", str(Licence("CC-BY").label)],
        "identifiers": ["isbn 9789127108509", ""], "media_type": ["bok", "film"], "subjects": ["Biologi", "Kemi"],
    }  # fmt: skip
    text = client.get(reverse("imports:show", args=[batch.pk])).content.decode()
    assert "Medietyp: <del>bok</del> <ins>film</ins>" in text
    assert "Nummer (ISBN med flera): <del>isbn 9789127108509</del> tas bort" in text


def test_it_takes_several_files_that_belong_together(client, place, coordinator):
    files = [
        SimpleUploadedFile("tabell.csv", WORKS.encode()),
        SimpleUploadedFile("tabell.csv", AUTHORS.encode()),
        SimpleUploadedFile("subjects.csv.gz", gzip.compress(TOPICS.encode())),
    ]
    answer = send(client, place, file=files)
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("imports:show", args=[batch.pk])
    assert (batch.status, batch.new, batch.source) == (Status.CHECKED, 1, "gutenberg")
    assert batch.name == "tabell.csv, tabell.csv, subjects.csv.gz"
    client.post(reverse("imports:confirm", args=[batch.pk]))
    assert Resource.objects.get().licence == "PD"
    answer = send(client, place, file=[SimpleUploadedFile("a.csv", TABLE.encode()), SimpleUploadedFile("b.txt", b"x")])
    assert answer.status_code == 422
    assert "hör inte ihop" in answer.content.decode()
    answer = send(client, place, file=[SimpleUploadedFile("a.csv", b""), SimpleUploadedFile("b.txt", b"x")])
    assert "Filen är tom" in answer.content.decode()
