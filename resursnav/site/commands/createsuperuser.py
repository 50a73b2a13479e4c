"""`resursnav createsuperuser`: the first administrator, who then invites the others."""

from __future__ import annotations

import argparse
import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from resursnav.foundation.organisations.actions import open_node
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.organisations.sweden import COUNTIES
from resursnav.foundation.people.actions import plant_administrator


def arguments(parser: argparse.ArgumentParser) -> None:
    """Who, and where when the tree is empty."""
    parser.add_argument("--email", help="e-postadressen, som också är inloggningen")
    parser.add_argument("--given-name", default="", help="förnamn")
    parser.add_argument("--family-name", default="", help="efternamn")
    parser.add_argument("--county", help="länets kod, till exempel 24; behövs bara om inga län är inlästa")
    parser.add_argument("--no-password", action="store_true", help="logga in med kod i e-post i stället för lösenord")


def ask_password() -> str:
    """A password typed twice that is good enough."""
    while True:
        password = getpass.getpass("Lösenord (minst 10 tecken): ")
        try:
            validate_password(password)
        except ValidationError as error:
            print("\n".join(error.messages))
            continue
        if getpass.getpass("En gång till: ") == password:
            return password
        print("De var inte lika. Försök igen.")


def run(args: argparse.Namespace) -> int:
    """Plant the administrator, and the county's node when there is no tree."""
    at = timezone.now()
    if not Organisation.objects.exists():
        if args.county not in COUNTIES:
            codes = ", ".join(f"{code} {name}" for code, name in COUNTIES.items())
            print(f"Det finns ingen region ännu. Välj en med --county: {codes}", file=sys.stderr)
            return 1
    elif args.county:
        print("Det finns redan en region, så --county behövs inte.", file=sys.stderr)
        return 1
    email = args.email or input("E-postadress: ").strip()
    password = "" if args.no_password else ask_password()
    if args.county:
        open_node(
            kind=Kind.REGION, name=COUNTIES[args.county], parent=None, by=None, at=at, details={"code": args.county}
        )
    person = plant_administrator(
        email=email, password=password, given_name=args.given_name, family_name=args.family_name, at=at
    )
    print(f"{person.email} är nu systemadministratör och kan logga in.")
    return 0
