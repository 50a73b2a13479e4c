"""The compiled Swedish lexicon: form -> dictionary word, and which forms may build compounds.

Two tries on disk that every process maps into memory and shares: the forms, and the linking forms.  Compiled
once from the installed word list; processes that race for it each write their own file and the last rename
wins, which is harmless since they are alike.
"""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import marisa_trie

from .readings import NOUN, PROPER, Reading, unpack

PACKAGE = "hunspell-sv"
FORMAT = 2  # rises when the compiler gives another result
CACHED_FORMS = 50_000


class LexiconMissing(RuntimeError):
    """The Swedish word list is not installed."""


class Lexicon:
    """The two tries of one compiled lexicon."""

    def __init__(self, folder: Path) -> None:
        self.forms = marisa_trie.BytesTrie()
        self.forms.mmap(str(folder / "forms.marisa"))
        self.joins = marisa_trie.BytesTrie()
        self.joins.mmap(str(folder / "joins.marisa"))

        # Endings come back over and over while many words are taken apart.
        self.readings = lru_cache(maxsize=CACHED_FORMS)(self._readings)

    def _readings(self, form: str) -> tuple[Reading, ...]:
        """Every way to read a form, best first; empty when the form is unknown."""
        found = [unpack(form, data) for data in self.forms.get(form, ())]
        if len(found) > 1:
            found.sort(key=lambda r: (r.weak, bool(r.roles & PROPER), not r.kind & NOUN, r.lemma != form, len(r.lemma)))
        return tuple(found)

    def starts(self, text: str) -> Iterator[tuple[str, list[Reading]]]:
        """The linking forms that the text begins with, shortest first."""
        for form in self.joins.prefixes(text):
            yield form, [unpack(form, data) for data in self.joins[form]]


def word_list() -> tuple[Path, Path]:
    """The installed word list's two files (.dic and .aff)."""
    try:
        files = importlib.metadata.files(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise LexiconMissing(f"The package {PACKAGE} is not installed") from error
    found = {file.name: Path(str(file.locate())) for file in files if file.name in ("sv_SE.dic", "sv_SE.aff")}
    if len(found) < 2:
        raise LexiconMissing(f"The package {PACKAGE} has no sv_SE.dic and sv_SE.aff")
    return found["sv_SE.dic"], found["sv_SE.aff"]


def data_folder() -> Path:
    """Where generated files lie: RESURSNAV_DATA_DIR, otherwise ./var."""
    return Path(os.environ.get("RESURSNAV_DATA_DIR") or "var").resolve()


def compiled_folder() -> Path:
    """The compiled lexicon of the installed word list; another version of either gets another name."""
    return data_folder() / "lexicon" / f"{importlib.metadata.version(PACKAGE)}-{FORMAT}"


_lock = threading.Lock()
_opened: Lexicon | None = None


def lexicon() -> Lexicon:
    """The lexicon of this process; compiled first when it is missing."""
    global _opened
    if _opened is None:
        with _lock:
            if _opened is None:
                _opened = _open()
    return _opened


def _open() -> Lexicon:
    folder = compiled_folder()
    if not ready(folder):
        try:
            build(*word_list(), folder)
        except OSError:  # nowhere to write: a private copy for this machine's user serves as well
            folder = Path(tempfile.gettempdir()) / f"resursnav-{os.getuid()}" / folder.name
            if not ready(folder):
                build(*word_list(), folder)
    return Lexicon(folder)


def build(dic: Path, aff: Path, folder: Path) -> None:
    """Compiles in a process of its own, so that the half gigabyte it takes for some seconds is given back."""
    root = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-m", "resursnav.foundation.search.compiler", str(dic), str(aff), str(folder)]
    folder.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)  # noqa: S603  our own program
    if done.returncode and not ready(folder):
        raise OSError(f"The Swedish lexicon could not be compiled: {done.stderr[-500:]}")


def ready(folder: Path) -> bool:
    return (folder / "joins.marisa").exists()


def compile_now() -> Path:
    """Compiles the lexicon when it is missing; returns where it lies."""
    lexicon()
    return compiled_folder()
