"""Lists as files: Excel shows every cell as it was written, and calculates none."""

import csv
import io

import pytest
from openpyxl import load_workbook

from resursnav.foundation.imports import sheets

HEADS = ("Namn", "Antal")
ROWS = [["Åsa; Öberg", "3"], ["=1+1", "-2"], ['"citat"', "rad\nbrytning"]]


def test_csv_opens_rightly_in_swedish_excel():
    answer = sheets.as_csv("lista", HEADS, ROWS)
    assert answer["Content-Disposition"] == 'attachment; filename="lista.csv"'
    written = answer.content.decode()
    assert written.startswith("\ufeffNamn;Antal")
    read = list(csv.reader(io.StringIO(written.removeprefix("\ufeff")), delimiter=";"))
    assert read[1] == ["Åsa; Öberg", "3"]
    assert read[2][0] != "=1+1"
    assert read[2][0].endswith("=1+1")


def test_a_workbook_calculates_nothing():
    answer = sheets.as_xlsx("x" * 40, HEADS, ROWS)
    assert answer["Content-Type"] == sheets.XLSX
    book = load_workbook(io.BytesIO(answer.content))
    [sheet] = book.worksheets
    assert sheet.title == "x" * 31
    assert [cell.value for cell in sheet[1]] == list(HEADS)
    assert sheet["A1"].font.bold
    formula = sheet["A3"]
    assert (formula.value, formula.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("make", [sheets.as_csv, sheets.as_xlsx])
def test_an_empty_list_has_its_heads(make):
    assert make("tom", HEADS, []).status_code == 200


def test_a_cell_too_long_for_excel_is_cut_and_null_signs_are_gone():
    [sheet] = load_workbook(
        io.BytesIO(sheets.as_xlsx("lista", HEADS, [["a\0b" + "x" * 40_000, "1"]]).content)
    ).worksheets
    assert len(sheet["A2"].value) == 32_000
    assert sheet["A2"].value.startswith("abx")
