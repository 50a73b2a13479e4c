"""A backup is proven by restoring it, on the engine that the tests run on."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.utils import timezone

from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.site import actions, backup, restore
from resursnav.site.cli import main
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(settings, tmp_path):
    """Folders of this test's own."""
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    settings.BACKUP_DIR = tmp_path / "backups"
    (settings.MEDIA_ROOT / "covers").mkdir(parents=True)
    (settings.MEDIA_ROOT / "covers" / "å.png").write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 40)
    return tmp_path


@pytest.fixture
def county():
    region = factories.organisation(name="Region Åäö\t\\N 😀")
    school = factories.organisation(factories.organisation(region), code="00123456")
    factories.person(Role.TEACHER, school)
    return region


def everything() -> str:
    """Every row of every table, as text that can be compared."""
    models = sorted(apps.get_models(), key=lambda model: model._meta.label)
    rows = [row for model in models for row in model._base_manager.order_by("pk")]
    return serializers.serialize("json", rows)


def destroy(place: Path) -> None:
    Person.objects.all().delete()
    Organisation.objects.update(name="förstörd")
    for path in (place / "data" / "media").rglob("*.png"):
        path.unlink()


def test_it_brings_back_every_row_and_file(place, county, capsys):
    before, picture = everything(), (place / "data" / "media" / "covers" / "å.png").read_bytes()
    kept = place / "kept.tar.gz"
    assert main(["backup", str(kept)]) == 0
    destroy(place)
    assert everything() != before

    assert main(["restore", str(kept), "--yes"]) == 0

    assert everything() == before
    assert (place / "data" / "media" / "covers" / "å.png").read_bytes() == picture
    assert "sparat i" in capsys.readouterr().out


def test_it_goes_on_counting_where_the_backup_stopped(place, county):
    backup.make(place / "kept.tar.gz", at=timezone.now())
    assert main(["restore", str(place / "kept.tar.gz"), "--yes"]) == 0
    assert factories.organisation(name="efter").pk > county.pk


def test_it_saves_what_it_replaces(place, county):
    first = place / "first.tar.gz"
    backup.make(first, at=timezone.now())
    Organisation.objects.filter(pk=county.pk).update(name="nyare")
    newer = everything()
    assert main(["restore", str(first), "--yes"]) == 0
    (saved,) = (place / "backups").glob("before-restore-*.tar.gz")
    assert main(["restore", str(saved), "--yes"]) == 0
    assert everything() == newer


def test_it_changes_nothing_without_yes(place, county, capsys):
    backup.make(place / "kept.tar.gz", at=timezone.now())
    destroy(place)
    ruined = everything()
    assert main(["restore", str(place / "kept.tar.gz")]) == 1
    assert everything() == ruined
    assert "--yes" in capsys.readouterr().out


def test_it_does_not_restore_under_a_running_worker(place, county, capsys):
    backup.make(place / "kept.tar.gz", at=timezone.now())
    actions.beat(worker="a:1", started_at=timezone.now(), at=timezone.now())
    before = everything()
    assert main(["restore", str(place / "kept.tar.gz"), "--yes"]) == 1
    assert everything() == before
    assert "Stoppa" in capsys.readouterr().err


def test_it_does_not_write_over_a_backup(place, county):
    kept = place / "kept.tar.gz"
    kept.write_text("viktig")
    assert main(["backup", str(kept)]) == 1
    assert kept.read_text() == "viktig"


def rewritten(source: Path, target: Path, change) -> Path:
    """The same archive, with `change(name, data) -> (name, data) or None` done to every member."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            made = change(member.name, old.extractfile(member).read())
            if made is None:
                continue
            about = tarfile.TarInfo(made[0])
            about.size = len(made[1])
            new.addfile(about, io.BytesIO(made[1]))
    return target


CHANGES = {
    "one byte is another": lambda n, d: (n, d[:-1] + bytes([d[-1] ^ 1]) if n.startswith("media/") else d),
    "a file is gone": lambda n, d: None if n.startswith("media/") else (n, d),
    "the list is gone": lambda n, d: None if n == backup.LIST else (n, d),
    "a name climbs out": lambda n, d: ("../outside.png" if n.startswith("media/") else n, d),
    "another format": lambda n, d: (n, json.dumps({"format": 99}).encode() if n == backup.LIST else d),
    "from a newer version": lambda n, d: (
        n,
        d.replace(b'"0001_initial"', b'"9999_future"', 1) if n == backup.LIST else d,
    ),
    "from another engine": lambda n, d: (
        n,
        d.replace(f'"{connection.vendor}"'.encode(), b'"oracle"') if n == backup.LIST else d,
    ),
}


@pytest.mark.parametrize("fault", CHANGES)
def test_it_refuses_a_backup_that_is_not_right(place, county, fault, capsys):
    backup.make(place / "kept.tar.gz", at=timezone.now())
    bad = rewritten(place / "kept.tar.gz", place / "bad.tar.gz", CHANGES[fault])
    before = everything()
    assert main(["restore", str(bad), "--yes"]) == 1
    assert everything() == before
    assert "Inget har ändrats" in capsys.readouterr().err
    assert not (place / "outside.png").exists()


def test_it_refuses_half_a_file(place, county):
    whole = place / "kept.tar.gz"
    backup.make(whole, at=timezone.now())
    half = place / "half.tar.gz"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(restore.BadBackup):
        restore.unpack(half, place)
    assert main(["restore", str(place / "nowhere.tar.gz"), "--yes"]) == 1
