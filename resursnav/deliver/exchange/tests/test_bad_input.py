"""What people send by mistake or on purpose: each gets a clear answer, and nothing is lost or half done."""

import gzip
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

import resursnav
from resursnav.deliver.exchange import cli
from resursnav.deliver.exchange.formats import marcfiles
from resursnav.deliver.resources.models import Resource
from resursnav.foundation.imports import actions, words
from resursnav.foundation.imports.models import ImportBatch, Status
from resursnav.foundation.imports.reasons import Unreadable
from tests import factories

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def take(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    owner = factories.organisation()

    def took(data, name="file", **options):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        options.setdefault("source", "test")
        return cli.import_file(paths=[path], owner=owner, by=None, at=AT, **options)

    return took


def reasons(batch):
    return list(batch.problems.values_list("reason", flat=True))


def test_it_reads_a_wrong_encoding_as_it_is(take):
    batch = take("Titel;År\nFörskolan på Åland;1996\nKärlek och öl;2004\n".encode("mac_roman"), "a.csv")
    assert (batch.status, batch.new) == (Status.APPLIED, 2)
    assert Resource.objects.filter(title="Förskolan på Åland").exists()


def test_it_names_missing_columns(take):
    batch = take("Språk;År\nsvenska;1996\n", "a.csv", format="table")
    assert batch.new == 0
    assert "Ingen kolumn är parad med Titel. Filen har: Språk, År." in str(batch.problems.get())
    batch = take("URL;EGEN\nhttps://x.example;1\n", "b.csv", format="oer-commons")
    assert (batch.status, reasons(batch)) == (Status.REFUSED, ["table.missing_columns"])
    assert not Resource.objects.exists()


def test_it_takes_the_first_of_two_records_with_one_number(take):
    batch = take("Id;Titel\n1;Vargen\n1;Älgen\n1;Vargen\n2;Björnen\n", "a.csv")
    assert (batch.new, batch.wrong, batch.noted) == (2, 1, 1)
    assert [str(one) for one in batch.problems.wrong()] == [
        "Samma post finns tidigare i filen (rad 2). Den första används."
    ]
    assert Resource.objects.get(source_id="1").title == "Vargen"


def test_it_streams_a_large_file_and_refuses_a_larger(take, settings):
    settings.UPLOAD_LIMIT = 3 * 1024 * 1024
    row = f"{'x' * 200};Beskrivning {'y' * 800}\n"
    with pytest.raises(actions.UnableToReceive, match="3 MB"):
        take("Titel;Beskrivning\n" + row * 4000, "a.csv")
    assert not ImportBatch.objects.exists()
    batch = take("Titel;Beskrivning\n" + "".join(f"T{n};{'y' * 900}\n" for n in range(2000)), "b.csv")
    assert batch.new == 2000


@pytest.mark.parametrize("pack", ["gzip", "zip"])
def test_it_refuses_a_bomb(take, tmp_path, pack):
    data = b"Titel;Text\n" + b"a;" + b" " * 60_000_000
    if pack == "gzip":
        packed = gzip.compress(data)
    else:
        with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.csv", data)
        packed = (tmp_path / "x.zip").read_bytes()
    batch = take(packed, f"a.{pack}", format="table")
    assert (batch.status, reasons(batch)) == (Status.REFUSED, ["archive.bomb"])


def test_it_refuses_xml_entities(take):
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><collection>&b;</collection>'
    )
    for name in ("marc", "oai"):
        batch = take(bomb, "a.xml", format=name)
        assert (batch.status, reasons(batch)) == (Status.REFUSED, ["xml.forbidden"])


def test_it_refuses_formulas_and_takes_the_other_rows(take):
    batch = take("Titel;Nr\n=HYPERLINK(\"http://x.example\");1\n+cmd|'/C calc'!A0;2\n- och sedan;3\n@home;4\n", "a.csv")
    assert (batch.new, reasons(batch)) == (2, ["cell.formula", "cell.formula"])
    assert sorted(Resource.objects.values_list("title", flat=True)) == ["- och sedan", "@home"]


def test_it_reports_dates_that_never_were(take):
    head = "URL;NAME;TEACHER_OVERVIEW;CREATE_DATE\n"
    batch = take(f"{head}https://x.example/a;Vargen;;2025-02-30\nhttps://x.example/b;Älgen;;2025-02-03\n", "a.csv")
    assert (batch.new, reasons(batch)) == (1, ["date.impossible"])
    assert batch.problems.get().line == 2


def test_it_puts_back_a_lost_nought_only_where_the_check_digit_proves_it(take):
    batch = take("Titel;ISBN\nHamlet;140621059\nKung Lear;140621058\nOthello;9,78E+12\n", "a.csv")
    assert batch.new == 3
    assert reasons(batch) == ["code.lost_zero", "isbn.wrong", "code.scientific"]
    assert Resource.objects.get(title="Hamlet").identifiers.get().value == "9780140621051"


def test_it_takes_scripts_out_of_descriptions(take):
    evil = "<p>Om sol</p><script>alert(1)</script><img src=x onerror=alert(1)>&lt;script&gt;x&lt;/script&gt;"
    batch = take(f'Titel;Beskrivning;Länk\nSolen;"{evil}";javascript:alert(1)\n', "a.csv")
    one = Resource.objects.get()
    assert one.description == "Om sol"
    assert one.editions.get().url == ""
    assert reasons(batch) == ["url.wrong"]


def test_it_keeps_emoji_and_other_scripts_and_drops_nulls(take):
    take("Titel;Upphov\n😀 مرحبا \x00värld;Ek\u202e, Bo\n", "a.csv")
    one = Resource.objects.get()
    assert one.title == "😀 مرحبا värld"
    assert one.creators.get().name == "Ek, Bo"


def test_it_reports_each_broken_line_of_json_and_goes_on(take):
    lines = ['{"id": "a", "name": {"swe": "A"}, "short_description": {}}', "{broken", "[1]", '{"id": NaN}']
    lines.append('{"id": "b", "name": {"swe": "B"}, "short_description": {}}')
    batch = take("\n".join(lines), "a.jsonl", format="sprakbanken")
    assert (batch.new, batch.wrong) == (2, 3)
    assert list(batch.problems.values_list("line", flat=True)) == [2, 3, 4]
    batch = take("{" + '"a":{' * 100_000, "b.json", format="amb")
    assert batch.status in {Status.REFUSED, Status.APPLIED}
    assert batch.new == 0


def iso2709(fields, leader9="a"):
    bodies = [body + marcfiles.END_OF_FIELD for _tag, body in fields]
    directory, at = b"", 0
    for (tag, _body), body in zip(fields, bodies, strict=True):
        directory += f"{tag}{len(body):04}{at:05}".encode()
        at += len(body)
    start = 24 + len(directory) + 1
    leader = f"{start + at + 1:05}cam {leader9}22{start:05}   4500".encode()
    return leader + directory + marcfiles.END_OF_FIELD + b"".join(bodies) + marcfiles.END_OF_RECORD


@pytest.mark.parametrize(
    ("title", "says", "notes"),
    [
        ("Sm\u00e5l\u00e4ndsk \u00f6l".encode(), "a", []),
        ("Sm\u00e5l\u00e4ndsk \u00f6l".encode(), " ", ["marc.encoding"]),
        ("Sm\u00e5l\u00e4ndsk \u00f6l".encode("latin-1"), "a", ["marc.encoding"]),
        (b"Sm\xeaal\xe8andsk \xe8ol", " ", []),
        (b"Sm\xeaal\xe8andsk \xe8ol", "a", ["marc.encoding"]),
    ],
)
def test_it_reads_marc_by_its_bytes_whatever_it_says(take, title, says, notes):
    batch = take(iso2709([("001", b"1"), ("245", b"00\x1fa" + title)], says), "a.mrc")
    assert Resource.objects.get().title == "Småländsk öl"
    assert reasons(batch) == notes


def test_it_goes_on_after_a_broken_marc_record(take):
    good = iso2709([("001", b"2"), ("245", b"00\x1faBj\xc3\xb6rnen")])
    wrong = iso2709([("001", b"1"), ("245", b"00\x1faVargen")]).replace(b"\x1f", b"\x1e")
    other = good.replace(b"2\x1e", b"3\x1e")
    batch = take(good + b"skr\xe4p\x1d" + wrong + b"\n" + other + good[:30], "a.mrc", format="marc")
    assert batch.new == 2
    assert set(reasons(batch)) == {"marc.no_leader", "marc.directory", "marc.cut_off"}


SAID = re.compile(r'(?:Unreadable|wrong|noted|Cell|_fault|note|Problem)\(\s*(?:None, )?"([a-z_]+\.[a-z_0-9]+)"')


def test_it_has_a_sentence_for_every_reason_it_gives():
    folder = Path(resursnav.__file__).parent
    said = set()
    for name in ("foundation/imports", "deliver/exchange"):
        for path in (folder / name).rglob("*.py"):
            if "tests" not in path.parts:
                said |= set(SAID.findall(path.read_text()))
    assert len(said) > 50
    assert said <= words.known()


def test_it_refuses_an_unknown_format(take):
    with pytest.raises(Unreadable):
        take(json.dumps({"what": "is this"}), "a.json")


WORKS = "gutenberg_id,title,author,gutenberg_author_id,language,gutenberg_bookshelf,rights,has_text\n" + (
    '1,Fritiofs saga,"Tegnér, Esaias",7,sv,Poetry,Public domain in the USA.,True\n'
)
TOPICS = "gutenberg_id,subject_type,subject\n1,lcc,PT\n1,lcsh,Sagas\n"
AUTHORS = 'gutenberg_author_id,author,alias,birthdate,deathdate,wikipedia,aliases\n7,"Tegnér, Esaias",,1782,1846,,\n'


def zipped(path, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path.read_bytes()


def test_it_reads_a_catalogue_whose_tables_came_together(take, tmp_path):
    packed = gzip.compress(WORKS.encode())
    batch = take(zipped(tmp_path / "x.zip", authors=AUTHORS, works=packed, subjects=TOPICS), "gutenberg.zip")
    assert (batch.status, batch.new, batch.source) == (Status.APPLIED, 1, "gutenberg")
    one = Resource.objects.get()
    assert one.licence == "PD"  # known only from the authors
    assert one.subjects.filter(label="Sagas").exists()  # known only from the subjects
    assert take(zipped(tmp_path / "x.zip", works=packed, subjects=TOPICS, authors=AUTHORS), "b.zip").same == 1
    assert not list((tmp_path / "data" / "imports").glob("unpacked-*"))


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a": "Titel;År\nx;1\n", "b": "Titel;År\ny;2\n"}, "files.not_together"),
        (dict.fromkeys("abcd", WORKS), "files.not_together"),
        ({"a": WORKS, "b": WORKS}, "gutenberg.twice"),
        ({"a": TOPICS, "b": AUTHORS}, "gutenberg.no_works"),
        ({"a": WORKS, "b": "Titel;År\nx;1\n"}, "gutenberg.no_part"),
        ({"a": WORKS, "b": b"\x00\x01" * 500}, "gutenberg.no_part"),
        ({"a": WORKS, "b": b"gutenberg_id\n" + b" " * 40_000_000}, "archive.bomb"),
        ({"a": WORKS, "b": gzip.compress(TOPICS.encode() + b"1,,\n" * 9_000_000)}, "archive.bomb"),
    ],
)  # fmt: skip
def test_it_refuses_files_that_do_not_belong_together(take, tmp_path, files, reason):
    packed = zipped(tmp_path / "x.zip", **files)
    try:
        batch = take(packed, "a.zip")
    except Unreadable as refused:
        assert refused.reason == reason
    else:
        assert (batch.status, reasons(batch)) == (Status.REFUSED, [reason])
    assert not Resource.objects.exists()


def test_it_refuses_formulas_in_a_workbook_and_loses_none_in_silence(take, tmp_path):
    book = openpyxl.Workbook()
    for row in (["Titel", "Beskrivning"], ["Ett", "=1+1"], ["=SUM(1)", ""], ["Tre", "<p>Fin <script>x()</script></p>"]):
        book.active.append(row)
    book.save(tmp_path / "bok.xlsx")
    batch = take((tmp_path / "bok.xlsx").read_bytes(), "bok.xlsx")
    assert (batch.new, batch.wrong) == (1, 2)
    assert [(one.line, one.reason) for one in batch.problems.all()] == [(2, "cell.formula"), (3, "cell.formula")]
    assert Resource.objects.get().description == "Fin"


def test_it_does_nothing_when_the_ground_has_moved_since_the_check(take, tmp_path):
    owner = factories.organisation()

    def received():
        content = [b"Id;Titel\n1;Vargen\n2;Bj\xc3\xb6rnen\n"]
        options = {"format": "table"}
        batch = actions.receive(
            kind="resources", name="a.csv", content=content, organisation=owner, by=None, at=AT, source="x",
            options=options,
        )  # fmt: skip
        return actions.check(batch=batch, at=AT)

    first, second = received(), received()
    for batch in (first, second):
        actions.confirm(batch=batch, by=None, at=AT)
        actions.apply(batch=batch, at=AT)
    second.refresh_from_db()
    assert (first.status, second.status, reasons(second)) == (Status.APPLIED, Status.FAILED, ["import.moved_on"])
    assert Resource.objects.filter(owner=owner).count() == 2
    actions.match(batch=second, options={}, by=None, at=AT)
    assert actions.check(batch=second, at=AT).same == 2


def test_it_asks_whether_it_is_the_right_file_when_most_would_be_withdrawn(take):
    take("Id;Titel\n" + "".join(f"{n};T{n}\n" for n in range(5)), "a.csv")
    batch = take("Id;Titel\n0;T0\n1;T1\n", "a.csv", whole=True, dry_run=True)
    assert batch.sentences() == [
        "Filen saknar de flesta av källans resurser: 3 av 5 dras tillbaka. Är det rätt fil, och hela katalogen?"
    ]
    batch = take("Id;Titel\n0;T0\n1;T1\n2;T2\n", "a.csv", whole=True, dry_run=True)
    assert batch.sentences() == []


@pytest.mark.parametrize("reader", ["table", "amb", "marc", "kbv", "oai", "gutenberg", "oer-commons", "sprakbanken"])
@pytest.mark.parametrize(
    "data",
    [
        b"\x00\xff" * 2000,
        b"<html><p>hej</p></html>",
        b'{"a": [1, {}]}',
        b"a;b;c\n1;2;3\n",
        b"%PDF-1.7\n%\xe2\xe3",
        b"   \n\n",
    ],
)
def test_it_survives_the_wrong_file_for_every_format(take, reader, data):
    batch = take(data, "fel.bin", format=reader)
    assert batch.status in {Status.REFUSED, Status.APPLIED}
    assert not Resource.objects.exists()
    assert not batch.problems.filter(reason="import.broke").exists()
