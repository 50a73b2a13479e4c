"""Covers: what may come in, and what becomes of it."""

import io
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from resursnav.deliver.resources import pictures
from resursnav.deliver.resources.actions import UnableToCover, remove_cover, set_cover
from resursnav.deliver.resources.actions.covers import path
from tests import factories


def file(size=(800, 600), mode="RGB", kind="JPEG", **options):
    out = io.BytesIO()
    Image.new(mode, size, options.pop("colour", "#0f4c45")).save(out, kind, **options)
    return out.getvalue()


def bomb(width=60_000, height=60_000):
    """A PNG of 200 bytes whose head claims 3,600,000,000 pixels."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


def test_it_makes_three_sizes_and_never_enlarges():
    read = pictures.read(file((400, 300)))
    sizes = [Image.open(io.BytesIO(r.data)).size for r in read.renditions]
    assert sizes == [(160, 120), (320, 240), (400, 300)]
    assert len(read.fingerprint) == 64


def test_it_gives_the_same_picture_the_same_name_and_another_picture_another():
    assert pictures.read(file()).fingerprint == pictures.read(file()).fingerprint
    assert pictures.read(file()).fingerprint != pictures.read(file(colour="#a3243b")).fingerprint


def test_it_turns_the_picture_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010E] = "hemma hos Åsa"
    exif.get_ifd(0x8825)[2] = (63.0, 49.0, 0.0)  # the place
    data = file((800, 400), exif=exif)
    assert b"hemma hos" in data
    for rendition in pictures.read(data).renditions:
        small = Image.open(io.BytesIO(rendition.data))
        assert small.height > small.width
        assert not small.getexif()
        assert b"hemma hos" not in rendition.data


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P"), ("GIF", "P"), ("WEBP", "RGB")]
)
def test_it_reads_every_kind_and_lays_the_clear_on_white(kind, mode):
    colour = {"RGBA": (0, 0, 0, 0), "LA": (0, 0)}.get(mode, 0 if mode == "P" else "black")
    small = Image.open(io.BytesIO(pictures.read(file(mode=mode, kind=kind, colour=colour)).renditions[0].data))
    wanted = (255, 255, 255) if mode in ("RGBA", "LA") else (0, 0, 0)
    assert small.convert("RGB").getpixel((10, 10)) == wanted


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", pictures.Fault.EMPTY),
        (b"\0" * (pictures.LARGEST_FILE + 1), pictures.Fault.FILE_TOO_LARGE),
        (b"<svg onload='alert(1)'/>", pictures.Fault.NOT_A_PICTURE),
        (b"GIF89a hello", pictures.Fault.NOT_A_PICTURE),
        (file()[:300], pictures.Fault.NOT_A_PICTURE),
        (file(kind="BMP"), pictures.Fault.WRONG_FORMAT),
        (file((300, 100)), pictures.Fault.TOO_SMALL),
        (bomb(), pictures.Fault.TOO_MANY_PIXELS),
        (bomb(9_000, 9_000), pictures.Fault.TOO_MANY_PIXELS),
        (bomb(11_000, 11_000), pictures.Fault.TOO_MANY_PIXELS),
        (bomb(500, 500), pictures.Fault.NOT_A_PICTURE),
    ],
    ids=["empty", "large", "svg", "gif in name", "cut off", "bmp", "small", "bomb", "big", "warned", "lying head"],
)
def test_it_refuses_what_is_no_safe_picture(data, fault):
    with pytest.raises(pictures.BadPicture) as refused:
        pictures.read(data)
    assert refused.value.fault is fault


def test_it_puts_a_cover_on_and_takes_it_off(county, at, django_capture_on_commit_callbacks):
    thing = factories.resource(county.region)
    set_cover(resource=thing, data=file(), alt="En grön yta", by=county.expert, at=at)
    thing.refresh_from_db()
    first = thing.cover
    assert (thing.cover_alt, thing.updated_at) == ("En grön yta", at)
    assert all(default_storage.exists(path(first, width)) for width in pictures.WIDTHS)
    with django_capture_on_commit_callbacks(execute=True):
        set_cover(resource=thing, data=file(colour="#a3243b"), alt="En röd yta", by=county.expert, at=at)
    assert not default_storage.exists(path(first, 160))
    second = thing.cover
    with django_capture_on_commit_callbacks(execute=True):
        remove_cover(resource=thing, by=county.expert, at=at)
    thing.refresh_from_db()
    assert (thing.cover, thing.cover_alt) == ("", "")
    assert not default_storage.exists(path(second, 640))


def test_it_keeps_a_picture_that_another_resource_shows(county, at, django_capture_on_commit_callbacks):
    one, other = factories.resource(county.region), factories.resource(county.region)
    for thing in (one, other):
        set_cover(resource=thing, data=file(), alt="Grönt", by=None, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        remove_cover(resource=one, by=None, at=at)
    assert default_storage.exists(path(other.cover, 160))


def test_it_says_what_to_do_with_a_picture_that_cannot_be_used(county, at):
    thing = factories.resource(county.region)
    with pytest.raises(UnableToCover) as refused:
        set_cover(resource=thing, data=file(), alt=" ", by=None, at=at)
    assert refused.value.field == "alt"
    with pytest.raises(UnableToCover) as refused:
        set_cover(resource=thing, data=b"text", alt="Text", by=None, at=at)
    assert refused.value.field == "picture"
    assert "JPEG" in refused.value.reason
