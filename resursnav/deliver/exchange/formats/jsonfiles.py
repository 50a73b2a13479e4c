"""JSON as files hold it: one object on each line, a list, or one object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from resursnav.foundation.imports import encodings
from resursnav.foundation.imports.archives import open_bytes
from resursnav.foundation.imports.limits import DEFAULT, Limits
from resursnav.foundation.imports.reasons import Problem, Unreadable, wrong


def lines(path: Path, limits: Limits = DEFAULT) -> Iterator[tuple[int, Mapping[str, Any] | Problem]]:
    """Each line's object with its number; a line that is no object is a problem, and the rest goes on."""
    with open_bytes(path, limits) as file:
        number = 0
        while raw := file.readline(limits.record_chars + 1):
            number += 1
            if len(raw) > limits.record_chars:
                raise Unreadable("json.line_too_long", line=number, limit=limits.record_chars)
            if not raw.strip():
                continue
            yield number, _object(raw, number)


def _object(raw: bytes, number: int) -> Mapping[str, Any] | Problem:
    text, foreign = encodings.repair(raw.decode("utf-8-sig", "surrogateescape"))
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return wrong("json.broken", number, "", text, column=getattr(error, "colno", 0))
    if foreign:
        return wrong("json.not_utf8", number, "", text)
    return found if isinstance(found, dict) else wrong("json.no_object", number, "", text)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def documents(path: Path, limits: Limits = DEFAULT) -> Iterator[tuple[int, Mapping[str, Any] | Problem]]:
    """Each object of a JSON file (one object, a list of them, or one on each line) with its number."""
    with open_bytes(path, limits) as file:
        start = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{") and _is_lines(path, limits):
        yield from lines(path, limits)
        return
    whole = load(path, limits)
    for number, one in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        yield number, one if isinstance(one, dict) else wrong("json.no_object", number, "", str(one))


def load(path: Path, limits: Limits = DEFAULT) -> Any:
    """The whole JSON document."""
    with open_bytes(path, limits) as file:
        raw = file.read(limits.json_bytes + 1)
    if len(raw) > limits.json_bytes:
        raise Unreadable("json.too_large", limit=limits.json_bytes // (1024 * 1024))
    codec = encodings.detect(lambda: open_bytes(path, limits))
    try:
        return json.loads(raw.decode(codec), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Unreadable("file.not_json", line=error.lineno, column=error.colno) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("file.not_json", line=1, column=1) from error


def _is_lines(path: Path, limits: Limits) -> bool:
    """Whether the first line is an object by itself and another follows."""
    with open_bytes(path, limits) as file:
        first = file.readline(limits.record_chars + 1)
        while first and not first.strip():
            first = file.readline(limits.record_chars + 1)
        second = file.readline(4096)
        while second and not second.strip():
            second = file.readline(4096)
    if not second.lstrip().startswith(b"{"):
        return False
    return isinstance(_object(first, 1), Mapping)
