"""`resursnav backup`: everything that cannot be made again, in one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from resursnav.kernel.text import number
from resursnav.site.backup import default_name, make


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the file goes."""
    parser.add_argument("file", nargs="?", type=Path, help=f"filen som ska skrivas (annars i {settings.BACKUP_DIR})")


def run(args: argparse.Namespace) -> int:
    """Write the backup and say what it holds."""
    at = timezone.localtime()
    target = args.file or Path(settings.BACKUP_DIR) / default_name(at)
    if target.exists():
        print(f"{target} finns redan. Välj ett annat namn, så skrivs ingen säkerhetskopia över.")
        return 1
    contents = make(target, at=at)
    uploads = sum(name.startswith("media/") for name in contents.files)
    size = number(max(1, target.stat().st_size // 1_000_000))
    print(f"Säkerhetskopian är klar: {target} ({size} MB, databasen och {number(uploads)} uppladdade filer).")
    print("Förvara den på en annan maskin. Hemligheterna i miljövariablerna ingår inte; spara dem för sig.")
    return 0
