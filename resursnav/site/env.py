"""Settings from the environment: each declared once, with its default and a sentence for docs/operating.md."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

Value = TypeVar("Value")


class BadSetting(Exception):
    """An environment variable holds something that cannot be used; the message says what to write instead."""


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, its default as it would be written, and what it does."""

    name: str
    default: str
    help: str


variables: dict[str, Variable] = {}

# Never shown, not even when they are wrong: an error message ends up in logs and tickets.
SECRET = {"RESURSNAV_SECRET_KEY", "RESURSNAV_SMTP_PASSWORD", "DATABASE_URL"}


def read(name: str, default: str, parse: Callable[[str], Value], help: str) -> Value:
    """The parsed value of the variable, or of its default."""
    variables[name] = Variable(name, default, help)
    written = os.environ.get(name, default)
    try:
        return parse(written)
    except ValueError as error:
        shown = name if name in SECRET else f"{name}={written!r}"
        raise BadSetting(f"{shown}: {error}") from error


def flag(written: str) -> bool:
    """Yes or no, in the ways that people write it."""
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if written.strip().lower() not in known and written.strip():
        raise ValueError("write 1 or 0")
    return known.get(written.strip().lower(), False)


def words(written: str) -> list[str]:
    """Values separated by commas."""
    return [word.strip() for word in written.split(",") if word.strip()]


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between the two, both counted."""

    def parse(written: str) -> int:
        number = int(written) if written.strip().isdecimal() else least - 1
        if not least <= number <= most:
            raise ValueError(f"write a whole number from {least} to {most}")
        return number

    return parse


port = whole(1, 65535)


def hours(written: str) -> tuple[int, int]:
    """Two hours of the day, such as 7-18: from the first, up to but not including the last."""
    first, _, last = (part.strip() for part in written.partition("-"))
    if not (first.isdecimal() and last.isdecimal()) or not 0 <= int(first) < int(last) <= 24:
        raise ValueError("write two hours of the day, such as 7-18")
    return int(first), int(last)


def address(written: str) -> str:
    """A web address without a path: http://name or https://name:port."""
    parts = urlsplit(written)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("write http://name or https://name, without a path")
    return written.rstrip("/")


def level(written: str) -> str:
    """One of the log levels."""
    if written.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("write DEBUG, INFO, WARNING or ERROR")
    return written.upper()


def database(url: str) -> dict[str, object]:
    """Django's database settings from a URL: sqlite:///path, or postgresql://user:password@host:port/name."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if parts.scheme == "sqlite" and len(path) > 1:
        return {
            "ENGINE": "resursnav.site.sqlite",
            "NAME": path[1:],
            "OPTIONS": {
                # A writer takes its lock when the transaction begins, so check-then-write cannot be raced.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456; PRAGMA cache_size=-32000;"
                ),
            },
        }
    if parts.scheme in {"postgresql", "postgres"} and len(path) > 1:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": path[1:],
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),  # such as sslmode=require
        }
    raise ValueError("write sqlite:////path/to/file or postgresql://user:password@host:5432/name")
