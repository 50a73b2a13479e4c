"""`resursnav restore`: a backup put back, checked first."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.db.utils import DatabaseError
from django.utils import timezone

from resursnav.site.backup import make
from resursnav.site.models import WorkerBeat
from resursnav.site.restore import BadBackup, check_fits, put_back, unpack


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, and whether what is there now may be replaced."""
    parser.add_argument("file", type=Path, help="säkerhetskopian")
    parser.add_argument("--yes", action="store_true", help="ersätt databasen och filerna som finns nu")


def in_use() -> bool:
    """Whether a worker of this site has been heard of within the last minute."""
    try:
        return WorkerBeat.objects.alive(timezone.now()).exists()
    except DatabaseError:
        return False  # an empty or broken database is in nobody's use


def save_present() -> Path | None:
    """A backup of what is about to be replaced; None when there is nothing that can be saved."""
    at = timezone.localtime()
    target = Path(settings.BACKUP_DIR) / f"before-restore-{at:%Y%m%d-%H%M%S}.tar.gz"
    try:
        make(target, at=at)
    except (DatabaseError, OSError):
        return None
    return target


def run(args: argparse.Namespace) -> int:
    """Check the backup; with --yes, put it back."""
    if not args.file.is_file():
        print(f"{args.file} finns inte.", file=sys.stderr)
        return 1
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="restore-") as work:
        try:
            contents = unpack(args.file, Path(work))
            check_fits(contents)
            print(f"Säkerhetskopian från {contents.made_at} är hel ({len(contents.files)} filer).")
            if not args.yes:
                print("Inget har ändrats. Lägg till --yes för att ersätta databasen och filerna som finns nu.")
                return 1
            if in_use():
                print("Arbetaren är igång. Stoppa Resursnav, vänta en minut och försök igen.", file=sys.stderr)
                return 1
            saved = save_present()
            put_back(contents, Path(work))
        except BadBackup as error:
            print(f"{error}\nInget har ändrats.", file=sys.stderr)
            return 1
    print(f"Det som fanns förut är sparat i {saved}." if saved else "Det fanns inget att spara undan.")
    print("Säkerhetskopian är inläst. Bygg sökindexet med `resursnav index` och starta Resursnav.")
    return 0
