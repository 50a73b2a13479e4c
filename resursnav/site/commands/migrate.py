"""`resursnav migrate`: the database as this version needs it."""

from __future__ import annotations

import argparse

from resursnav.site.database import migrate


def arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Bring the tables up to date and say what was done."""
    done = migrate()
    print(f"Databasen är färdig. {done} ändringar gjordes." if done else "Databasen var redan färdig.")
    return 0
