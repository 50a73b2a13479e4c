"""The command `resursnav`: everything that an operator does, one module in `commands` per verb."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

import django
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError

from resursnav.kernel.errors import Unable

from .env import BadSetting
from .garbage import settle


class Verb(Protocol):
    """What every module in `commands` offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


@dataclass(frozen=True)
class Command:
    """A verb of the command line: its module and what it does in one line."""

    module: str
    help: str
    demo: bool = False


COMMANDS = {
    "demo": Command("demo", "prova med påhittade data: startar allt på den här datorn", demo=True),
    "serve": Command("serve", "kör webbplatsen, och arbetaren bredvid"),
    "worker": Command("worker", "kör bara arbetaren: post, index, påminnelser"),
    "migrate": Command("migrate", "gör databasen färdig för den här versionen"),
    "createsuperuser": Command("createsuperuser", "skapa den första systemadministratören"),
    "index": Command("index", "bygg sökindexet på nytt"),
    "import": Command("imports", "läs in register: län, kommuner, skolor, bibliotek, kursplaner, resurser"),
    "backup": Command("backup", "spara databas och uppladdade filer i en fil"),
    "restore": Command("restore", "läs tillbaka en säkerhetskopia"),
    "doctor": Command("doctor", "kontrollera att allt står rätt till, och säg vad som ska göras"),
}
# Whose site the demo plays; nobody can own the address, and the number is kept for films and books.
DEMO_CENTRE = {
    "RESURSNAV_CENTRE": "Resurscentrum Västerbotten",
    "RESURSNAV_CENTRE_EMAIL": "centret@resurs.example.org",
    "RESURSNAV_CENTRE_PHONE": "090-165 04 05",
}
USAGE = "resursnav <kommando> [val]    (resursnav <kommando> --help visar valen)"


def overview() -> str:
    """The help text: all commands, a line each."""
    lines = [USAGE, "", "Kommandon:"]
    lines += [f"  {name:<16} {command.help}" for name, command in COMMANDS.items()]
    lines += ["", "Inställningarna står i miljövariabler; docs/operating.md räknar upp dem."]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when it did not, 2 when it could not be understood."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in {"-h", "--help", "help"}:
        print(overview())
        return 0 if words else 2
    name, *rest = words
    command = COMMANDS.get(name)
    if command is None:
        print(f"Det finns inget kommando som heter {name}.\n\n{overview()}", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resursnav.site.settings")
    if command.demo:
        os.environ["RESURSNAV_DEMO"] = "1"
        for setting, value in DEMO_CENTRE.items():
            os.environ.setdefault(setting, value)
    try:
        django.setup()
        verb = cast(Verb, import_module(f"resursnav.site.commands.{command.module}"))
        parser = argparse.ArgumentParser(prog=f"resursnav {name}", description=command.help)
        verb.arguments(parser)
        if argv is None:  # a process of our own
            settle()
        return verb.run(parser.parse_args(rest))
    except BadSetting as error:
        return refuse(f"En inställning går inte att använda.\n{error}\nSe docs/operating.md.")
    except ImproperlyConfigured as error:
        return refuse(f"Inställningarna går inte ihop: {error}")
    except OperationalError as error:
        way = "Kör `resursnav migrate`, eller fråga `resursnav doctor`."
        return refuse(f"Databasen svarar inte, eller är inte färdig: {error}\n{way}")
    except Unable as error:
        return refuse(error.reason)
    except KeyboardInterrupt:
        return 130


def refuse(why: str) -> int:
    """Say why on the error stream, and give the exit code."""
    print(why, file=sys.stderr)
    return 1
