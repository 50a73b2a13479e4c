"""`resursnav doctor`: is everything as it should be, and what is to be done if not."""

from __future__ import annotations

import argparse
import secrets

from django.utils import translation

from resursnav.kernel.manifest import Finding
from resursnav.site.health import ask
from resursnav.site.manifests import checks


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much is said."""
    parser.add_argument("--problems", action="store_true", help="visa bara det som är fel")
    parser.add_argument("--english", action="store_true", help="svara på engelska")
    parser.add_argument("--new-key", action="store_true", help="gör en hemlig nyckel till RESURSNAV_SECRET_KEY")


def mark(finding: Finding) -> str:
    """How the finding stands, in one word."""
    if finding.ok:
        return "OK  "
    return "FEL " if finding.critical else "OBS "


def run(args: argparse.Namespace) -> int:
    """Ask every check; exit code 1 when something critical is wrong."""
    if args.new_key:
        print(secrets.token_urlsafe(50))
        return 0
    wrong = notes = 0
    with translation.override("en" if args.english else "sv"):
        for answer in map(ask, checks()):
            for finding in answer.findings:
                wrong += not finding.ok and finding.critical
                notes += not finding.ok and not finding.critical
                if finding.ok and args.problems:
                    continue
                print(f"{mark(finding)} {finding.title}")
                if not finding.ok and finding.advice:
                    print(f"     → {finding.advice}")
    print(f"\n{wrong} fel, {notes} att tänka på." if wrong or notes else "\nAllt står rätt till.")
    return 1 if wrong else 0
