import gzip
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resursnav.foundation.imports import encodings, spreadsheets, tabular
from resursnav.foundation.imports.limits import Limits
from resursnav.foundation.imports.reasons import Problem, Unreadable
from resursnav.foundation.imports.tabular import Row, open_table

TEXT = """Titel;Språk;År
Förskolans böcker på Åland;svenska;1996
Kärlek och öl;svenska;2004
Öra för äventyr;svenska;2020
"""


def table_of(tmp_path, data, **options):
    path = tmp_path / "file.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_table(path, **options)


def split(table):
    found = list(table.rows())
    return [one for one in found if isinstance(one, Row)], [one for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "cp850"]
)
def test_it_finds_the_encoding(tmp_path, codec):
    table = table_of(tmp_path, TEXT.encode(codec))
    rows, problems = split(table)
    assert table.columns == ["Titel", "Språk", "År"]
    assert [row["Titel"] for row in rows] == ["Förskolans böcker på Åland", "Kärlek och öl", "Öra för äventyr"]
    assert problems == []


def test_it_finds_legacy_encoding_though_the_first_megabytes_are_ascii(tmp_path):
    data = b"Titel;Nummer\n" + b"vanlig rad;1\n" * 200_000 + "sl\u00e5tter\u00e4ng;2\n".encode("cp1252")
    rows, _ = split(table_of(tmp_path, data))
    assert rows[-1]["Titel"] == "slåtteräng"
    assert len(rows) == 200_001


def test_it_repairs_and_reports_a_foreign_row_in_a_utf8_file(tmp_path):
    data = (TEXT * 20).encode() + "Sm\u00e5l\u00e4nning;svenska;1999\n".encode("cp1252")
    rows, problems = split(table_of(tmp_path, data))
    assert rows[-1]["Titel"] == "Smålänning"
    assert [(one.reason, one.line, one.note) for one in problems] == [("row.foreign_bytes", rows[-1].line, True)]


def test_it_notes_a_file_that_was_encoded_twice(tmp_path):
    table = table_of(tmp_path, TEXT.encode().decode("cp1252", errors="ignore"))
    assert [one.reason for one in table.problems] == ["table.twice_encoded"]
    assert encodings.untwice("fÃ¶rskola") == "förskola"
    assert encodings.untwice("förskola") == "förskola"


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_it_finds_the_separator(tmp_path, mark):
    table = table_of(tmp_path, TEXT.replace(";", mark))
    assert table.delimiter == mark
    assert len(split(table)[0]) == 3


def test_it_finds_the_separator_though_commas_stand_in_the_text(tmp_path):
    table = table_of(tmp_path, 'Namn;Plats\n"Lind, Eva";Umeå, Vännäs\n"Ek, Bo";Åsele, Dorotea\n')
    assert table.delimiter == ";"


def test_it_skips_title_lines_and_notes_after_the_data(tmp_path):
    data = "Sveriges officiella statistik\n\nValda kommuner\n\n" + TEXT + "\nUppgifterna avser läsåret\n;Se även;\n"
    table = table_of(tmp_path, data)
    rows, problems = split(table)
    assert table.header_line == 5
    assert [row.line for row in rows] == [6, 7, 8]
    assert [(one.reason, one.note, one.details["count"]) for one in problems] == [("table.notes_skipped", True, 2)]
    assert table.notes_skipped == 2


def test_it_does_not_take_a_sparse_row_in_the_middle_for_a_note(tmp_path):
    rows, problems = split(table_of(tmp_path, "a;b;c\n1;2;3\nbara en;;\n4;5;6\n"))
    assert [row["a"] for row in rows] == ["1", "bara en", "4"]
    assert problems == []


def test_it_does_not_take_sparse_last_rows_for_notes_without_a_gap(tmp_path):
    data = "a;b;c;d;e;f;g;h\n1;2;3;4;5;6;7;8\nx;y;;;;;;\nbara titel;;;;;;;\n"
    rows, problems = split(table_of(tmp_path, data))
    assert [row["a"] for row in rows] == ["1", "x", "bara titel"]
    assert problems == []


def test_it_uses_expected_names_to_find_the_header(tmp_path):
    data = "Rapport;från;oss\nx;y;z\nKommun-kod;Namn;Antal\n0880;Kalmar;3\n"
    table = table_of(tmp_path, data, expects=["kommunkod", "NAMN"])
    assert table.columns == ["Kommun-kod", "Namn", "Antal"]
    assert split(table)[0][0].values == {"Kommun-kod": "0880", "Namn": "Kalmar", "Antal": "3"}


def test_it_names_missing_columns_and_those_found(tmp_path):
    with pytest.raises(Unreadable) as caught:
        table_of(tmp_path, TEXT, requires=["titel", "ISBN", "Ämne"])
    assert caught.value.reason == "table.missing_columns"
    assert caught.value.details == {"missing": "ISBN, Ämne", "found": "Titel, Språk, År"}
    assert caught.value.problem().line == 1


def test_it_numbers_doubled_columns_and_letters_unnamed_ones(tmp_path):
    table = table_of(tmp_path, "Titel;;titel;Titel (2);År;\na;b;c;d;e;\n")
    assert table.columns == ["Titel", "B", "titel (2)", "Titel (2) (2)", "År"]
    assert [one.reason for one in table.problems] == ["table.double_column", "table.double_column"]


def test_it_reports_rows_with_too_many_cells_and_fills_short_ones(tmp_path):
    rows, problems = split(table_of(tmp_path, "a;b;c\n1;2;3;4\n1;2\n1;2;3;;\n"))
    assert [row.values for row in rows] == [{"a": "1", "b": "2", "c": ""}, {"a": "1", "b": "2", "c": "3"}]
    assert [(one.reason, one.line, one.note) for one in problems] == [("row.too_many_cells", 2, False)]


def test_it_hands_over_the_cells_beyond_the_last_column_when_asked(tmp_path):
    rows, problems = split(table_of(tmp_path, "a;b\n1;2;3;4\n5;6\n", keep_more=True))
    assert [row.more for row in rows] == [["3", "4"], []]
    assert problems == []


def test_it_removes_nul_bytes(tmp_path):
    rows, _ = split(table_of(tmp_path, TEXT.replace("Kärlek", "Kär\0lek")))
    assert rows[1]["Titel"] == "Kärlek och öl"


def test_it_keeps_line_ends_inside_quotes_and_counts_lines_of_the_file(tmp_path):
    rows, _ = split(table_of(tmp_path, 'a;b\n"ett\nvärde";2\n3;4\n'))
    assert rows[0]["a"] == "ett\nvärde"
    assert [row.line for row in rows] == [2, 4]


def test_it_joins_the_line_that_the_sample_cut(tmp_path):
    data = "nummer;text\n" + "".join(f"{n};{'å' * 90} slut\n" for n in range(3000))
    rows, problems = split(table_of(tmp_path, data))
    assert [int(row["nummer"]) for row in rows] == list(range(3000))
    assert all(row["text"].endswith(" slut") for row in rows)
    assert problems == []


def test_it_reads_windows_and_old_mac_line_ends(tmp_path):
    for end in ("\r\n", "\r"):
        rows, _ = split(table_of(tmp_path, TEXT.replace("\n", end)))
        assert len(rows) == 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "file.empty"),
        (b"\n\n ; \n", "file.empty"),
        (bytes(range(1, 32)) * 40, "file.not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "file.old_excel"),
        (b'a;b\n"1;2\n' + b"x" * 17_000_000, "table.quote"),
        (b";".join(b"k%d" % n for n in range(600)) + b"\n", "table.too_many_columns"),
    ],
)
def test_it_refuses_what_is_no_table(tmp_path, data, reason):
    with pytest.raises(Unreadable) as caught:
        list(table_of(tmp_path, data).rows())
    assert caught.value.reason == reason


def test_it_reports_a_cell_that_is_far_too_long(tmp_path):
    rows, problems = split(table_of(tmp_path, "a;b\n" + "x" * 200 + ";1\n2;3\n", limits=Limits(cell_chars=100)))
    assert [one.reason for one in problems] == ["cell.too_long"]
    assert len(problems[0].value) <= 200
    assert len(rows) == 1


def test_it_reads_a_packed_table(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert len(split(open_table(path))[0]) == 3
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("__MACOSX/._a.csv", "x")
        archive.writestr("a.csv", TEXT)
    assert len(split(open_table(path))[0]) == 3


def workbook(tmp_path, rows, hidden=()):
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for row in rows:
        book.active.append(row)
    for name in hidden:
        book.create_sheet(name).sheet_state = "hidden"
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def test_it_reads_excel(tmp_path):
    path = workbook(
        tmp_path,
        [
            ["Rapport"],
            ["Kod", "Namn", "Öppnar", "Andel", "Klart"],
            [880, "Kalmar", date(2025, 1, 2), 12.5, True],
            ["0880", None, datetime(2025, 1, 2, 3, 4), 12.0, False],
        ],
        hidden=["Gömd"],
    )
    table = open_table(path)
    rows, problems = split(table)
    assert table.columns == ["Kod", "Namn", "Öppnar", "Andel", "Klart"]
    assert (table.sheet, table.encoding, table.problems, problems) == ("Data", "", [], [])
    assert list(rows[0].values.values()) == ["880", "Kalmar", "2025-01-02", "12.5", "ja"]
    assert list(rows[1].values.values()) == ["0880", "", "2025-01-02 03:04:00", "12", "nej"]
    assert [row.line for row in rows] == [3, 4]


def test_it_takes_the_sheet_that_is_asked_for_and_says_what_else_there_is(tmp_path):
    path = workbook(tmp_path, [])
    book = openpyxl.load_workbook(path)
    book.create_sheet("Fler").append(["a", "b"])
    book["Fler"].append(["1", "2"])
    book.save(path)
    table = open_table(path)
    assert table.sheet == "Fler"
    assert [one.reason for one in table.problems] == ["table.other_sheets"]
    assert len(split(open_table(path, sheet="Fler"))[0]) == 1
    with pytest.raises(Unreadable, match=r"table\.no_such_sheet"):
        open_table(path, sheet="Saknas")


def test_it_refuses_a_workbook_with_too_many_columns(tmp_path):
    path = workbook(tmp_path, [["a"] * 30, ["b"] * 30])
    with pytest.raises(Unreadable, match=r"table\.too_many_columns"):
        list(open_table(path, limits=Limits(columns=10)).rows())


def test_it_refuses_a_broken_workbook(tmp_path):
    path = workbook(tmp_path, [["a", "b"], [1, 2]])
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            data = whole.read(name)
            archive.writestr(name, data[:200] if "sheet1" in name else data)
    with pytest.raises(Unreadable, match=r"file\.broken_excel"):
        list(open_table(broken).rows())


def test_it_refuses_entities_in_a_workbook(tmp_path):
    path = workbook(tmp_path, [["a", "b"], [1, 2]])
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(bomb, "w") as archive:
        for name in whole.namelist():
            data = whole.read(name)
            if "sheet1" in name:
                data = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + data
            archive.writestr(name, data)
    with pytest.raises(Unreadable, match=r"xml\.forbidden"):
        open_table(bomb)


def test_it_writes_cells_as_a_csv_would():
    assert spreadsheets.as_text(None) == ""
    assert spreadsheets.as_text(9789127108509) == "9789127108509"
    assert spreadsheets.as_text(9789127108509.0) == "9789127108509"
    assert spreadsheets.as_text(1e300) == "1e+300"


def test_it_letters_columns_as_excel():
    assert [tabular.letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=400))
def test_it_answers_any_bytes_with_rows_or_a_reason(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(data)
    try:
        for row in open_table(path).rows():
            assert isinstance(row, Row | Problem)
    except Unreadable as refused:
        assert "." in refused.reason
