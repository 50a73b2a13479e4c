import gzip
import io
import zipfile

import pytest

from resursnav.foundation.imports import archives, safe_xml
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Unreadable, shorten, wrong

SMALL = Limits(file_bytes=100_000, unpacked_bytes=1_000_000, ratio=50, ratio_free_bytes=100_000, archive_members=5)


def refused(path, limits=SMALL):
    with pytest.raises(Unreadable) as caught, archives.open_bytes(path, limits) as file:
        while file.read(1 << 16):
            pass
    return caught.value


def zipped(tmp_path, members, **options):
    path = tmp_path / "file.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_it_reads_plain_gzip_and_zip(tmp_path):
    plain = tmp_path / "a.csv"
    plain.write_bytes(b"hej")
    packed = tmp_path / "a.gz"
    packed.write_bytes(gzip.compress(b"hej"))
    for path in (plain, packed, zipped(tmp_path, {"a.csv": b"hej", ".DS_Store": b"x", "d/": b""})):
        with archives.open_bytes(path) as file:
            assert file.read() == b"hej"


def test_it_refuses_a_gzip_bomb_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"\0" * 50_000_000))
    assert path.stat().st_size < SMALL.file_bytes
    assert refused(path).reason == "archive.bomb"


def test_it_refuses_a_zip_bomb_by_what_it_says_and_by_what_it_holds(tmp_path):
    path = zipped(tmp_path, {"a.csv": b"\0" * 900_000})
    assert refused(path).reason == "archive.bomb"
    assert refused(zipped(tmp_path, {"a.csv": b"\0" * 2_000_000})).reason == "archive.too_large"
    # A zip that lies about its size is cut at what it says, or is broken; never unpacked further.
    data = bytearray(zipped(tmp_path, {"a.csv": b"\0" * 900_000}).read_bytes())
    size = (900_000).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(bytes(data).replace(size, (10).to_bytes(4, "little")))
    assert refused(path).reason == "archive.broken"


def test_it_refuses_more_unpacked_bytes_than_allowed(tmp_path):
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"a" * 90_000))
    assert refused(path, Limits(unpacked_bytes=50_000)).reason == "archive.too_large"


def test_it_refuses_too_large_and_empty_files(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 100_001)
    assert refused(path).reason == "file.too_large"
    path.write_bytes(b"")
    assert refused(path).reason == "file.empty"
    assert archives.kind(path) == "empty"


def test_it_refuses_several_files_none_and_too_many(tmp_path):
    several = refused(zipped(tmp_path, {"a.csv": b"1", "b.csv": b"2"}))
    assert (several.reason, several.details["names"]) == ("archive.several_files", "a.csv, b.csv")
    assert refused(zipped(tmp_path, {"a/": b""})).reason == "archive.empty"
    assert refused(zipped(tmp_path, {f"{n}": b"" for n in range(9)})).reason == "archive.many_members"


def test_it_refuses_broken_packages(tmp_path):
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"hej hej hej " * 1000)[:-20])
    assert refused(path).reason == "archive.broken"
    path.write_bytes(b"PK\x03\x04 nothing")
    assert refused(path).reason == "archive.broken"


def test_it_refuses_an_encrypted_zip(tmp_path):
    path = zipped(tmp_path, {"a.csv": b"hej"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert refused(path).reason == "archive.encrypted"


def test_it_does_not_read_office_files_as_archives(tmp_path):
    path = zipped(tmp_path, {"[Content_Types].xml": b"<x/>"})
    assert archives.kind(path) == "xlsx"
    assert refused(path).reason == "file.is_office"


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;">]>
<r><i>&lol2;</i></r>"""


def pieces(data, *tags, limits=DEFAULT):
    return list(safe_xml.elements(io.BytesIO(data), *tags, limits=limits))


def test_it_gives_xml_piece_by_piece_with_lines():
    data = b"<r>\n<i a='1'><j>x</j>t</i>\n<other/>\n<i>\n<i>inner</i></i></r>"
    found = pieces(data, "i")
    assert [line for line, _ in found] == [2, 4]
    assert found[0][1].get("a") == "1"
    assert found[0][1].findtext("j") == "x"
    assert found[1][1].findtext("i") == "inner"
    assert safe_xml.root_tag(io.BytesIO(data)) == "r"


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><i>&x;</i></r>',
        b'<!DOCTYPE r SYSTEM "http://192.0.2.1/x.dtd"><r><i/></r>',
    ],
)
def test_it_refuses_entities_and_outside_references(data):
    with pytest.raises(Unreadable) as caught:
        pieces(data, "i")
    assert caught.value.reason == "xml.forbidden"
    assert caught.value.line == 1
    with pytest.raises(Unreadable):
        safe_xml.root_tag(io.BytesIO(data))


def test_it_gives_what_was_whole_before_xml_breaks():
    seen = []
    with pytest.raises(Unreadable) as caught:
        seen.extend(safe_xml.elements(io.BytesIO(b"<r><i>1</i>\n" + b" " * 70_000 + b"<i>2</j></r>"), "i"))
        pytest.fail("the break was not seen")
    assert (caught.value.reason, caught.value.line) == ("xml.broken", 2)


def test_it_refuses_deep_and_endless_xml():
    with pytest.raises(Unreadable, match=r"xml\.too_deep"):
        pieces(b"<a>" * 5000, "i")
    with pytest.raises(Unreadable, match=r"xml\.record_too_large"):
        pieces(b"<r><i>" + b"x" * 200_000 + b"</i></r>", "i", limits=Limits(record_chars=100_000))


def test_it_refuses_an_unknown_encoding_and_what_is_no_xml():
    with pytest.raises(Unreadable):
        pieces(b'<?xml version="1.0" encoding="klingon"?><r/>', "i")
    assert safe_xml.root_tag(io.BytesIO(b"hej hopp")) == ""


def test_it_reads_other_encodings():
    found = pieces('<?xml version="1.0" encoding="ISO-8859-1"?><r><i>å</i></r>'.encode("latin-1"), "i")
    assert found[0][1].text == "å"


def test_it_shortens_what_goes_into_a_log():
    assert shorten("a\n b\0") == "a b\ufffd"
    assert len(shorten("x" * 900)) == 200
    assert wrong("x", 1, "f", 12).value == "12"
