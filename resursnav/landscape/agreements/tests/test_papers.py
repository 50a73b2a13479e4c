"""Which files are papers."""

import io
import zipfile

import pytest

from resursnav.landscape.agreements import papers
from resursnav.landscape.agreements.organisation_numbers import bare, is_valid, shown

SOME_PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def packed(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def an_odt(**more):
    return packed(mimetype=papers.ODT, content_xml="<x/>", **more)


def a_docx(*extra):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *extra):
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(("data", "wanted"), [(SOME_PDF, papers.PDF), (an_odt(), papers.ODT), (a_docx(), papers.DOCX)])
def test_it_knows_a_paper_by_what_is_in_it(data, wanted):
    assert papers.content_type(data) == wanted


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", papers.Fault.EMPTY),
        (b"%PDF-" + b"x" * papers.LARGEST, papers.Fault.TOO_LARGE),
        (b"%PDF-1.7 and no end", papers.Fault.BROKEN),
        (b"<html>", papers.Fault.WRONG_FORMAT),
        (b"MZ\x90", papers.Fault.WRONG_FORMAT),
        (packed(anything="x"), papers.Fault.WRONG_FORMAT),
        (packed(mimetype="application/epub+zip", content_xml="x"), papers.Fault.WRONG_FORMAT),
        (b"PK\x03\x04 and then nothing", papers.Fault.BROKEN),
        (a_docx("word/vbaProject.bin"), papers.Fault.MACROS),
        (an_odt(Basic__x="x"), papers.Fault.MACROS),
    ],
)
def test_it_refuses_what_is_no_paper(data, fault):
    with pytest.raises(papers.BadPaper) as refused:
        papers.content_type(data)
    assert refused.value.fault is fault


def test_it_does_not_unpack_a_bomb(monkeypatch):
    monkeypatch.setattr(papers, "MOST_UNPACKED", 1000)
    with pytest.raises(papers.BadPaper) as refused:
        papers.content_type(an_odt(big="0" * 100_000))
    assert refused.value.fault is papers.Fault.BOMB


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Avtal 2026.PDF", "Avtal 2026.pdf"),
        ("..\\..\\etc/passwd.exe", "passwd.pdf"),
        ('a"b\r\n.pdf', "ab.pdf"),
        ("", "avtal.pdf"),
        ("utan punkt", "utan punkt.pdf"),
    ],
)
def test_it_keeps_a_name_that_does_no_harm(sent, kept):
    assert papers.safe_name(sent, papers.PDF) == kept


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("556016-0680", True),
        ("202100-5489", True),
        ("556016-0681", False),
        ("121212-1212", False),  # a personal number: the third digit is below 2
        ("55601606", False),
        ("16556016-0680", True),
        ("٥٥٦٠١٦٠٦٨٠", False),
    ],
)
def test_it_knows_an_organisation_number(number, valid):
    assert is_valid(bare(number)) is valid


def test_it_shows_a_number_as_people_write_it():
    assert (shown("5560160680"), shown("")) == ("556016-0680", "")
