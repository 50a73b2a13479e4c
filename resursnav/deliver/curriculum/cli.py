"""Reads syllabuses in from the command line: files, folders, or the authority's API."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.kernel.errors import Unable

from . import actions
from .client import NoAnswer, SyllabusApi
from .syllabus import BadSyllabus, Syllabus, read

LARGEST = 20 * 1024 * 1024  # bytes; a subject is some hundred thousand at most


def import_subjects(paths: Iterable[str | Path], out: TextIO, *, api: SyllabusApi | None = None) -> int:
    """Read the files, or without any the API, and take all of it in or nothing. 0 when it went well, else 1.

    A folder stands for all its .json files; a file that describes the collection (metadata.json) is passed over.
    """
    try:
        syllabuses = list(_from_files(paths)) if paths else list(_from_api(api, out))
        report = actions.take_in(syllabuses=syllabuses, by=None, at=timezone.now())
    except (BadSyllabus, NoAnswer, Unable, OSError) as error:
        out.write(_("Ingenting är ändrat. {error}").format(error=error) + "\n")
        return 1
    out.write(
        _(
            "Ämnen: {subjects}. Punkter: {points}, varav nya: {new}, borttagna: {gone}. Ändringar i allt: {changes}."
        ).format(
            subjects=report.subjects,
            points=report.points,
            new=report.new_points,
            gone=report.gone_points,
            changes=report.changes,
        )
        + "\n"
    )
    return 0


def _from_files(paths: Iterable[str | Path]) -> Iterator[Syllabus]:
    for path in map(Path, paths):
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if not files:
            raise BadSyllabus(str(path), _("mappen har inga .json-filer"))
        for file in files:
            if path.is_dir() and file.name == "metadata.json":
                continue
            yield read(_json(file), file.name)


def _json(file: Path) -> Any:
    if file.stat().st_size > LARGEST:
        raise BadSyllabus(file.name, _("filen är större än 20 MB, så det är ingen kursplan"))
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadSyllabus(file.name, _("filen är inte skriven i UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise BadSyllabus(file.name, _("filen är inte hel JSON")) from error


def _from_api(api: SyllabusApi | None, out: TextIO) -> Iterator[Syllabus]:
    with api or SyllabusApi() as asked:
        codes = asked.codes()
        for number, code in enumerate(codes, start=1):
            out.write(f"{number}/{len(codes)} {code}\n")
            yield asked.subject(code)
