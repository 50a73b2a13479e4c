"""Where a node keeps its index: generations in folders, a pointer to the one in use, and how far it has come.

The pointer is replaced by a rename, so that readers change from the old generation to the new one between two
searches.  Only one process writes at a time (a lock on a file); any number read.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy


class IndexMissing(Exception):
    """This node has no index that can be read."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a generation has come: the last change in it, and what it was built with."""

    position: int
    fingerprint: str


class Store:
    """The folder of one node's index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pointer = folder / "current"

    # the generation in use --------------------------------------------------------------------------------

    def generation(self) -> Path:
        """The folder of the generation in use."""
        try:
            name = self.pointer.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise IndexMissing(str(error)) from error
        path = self.folder / name
        if not name or not (path / "meta.json").exists():
            raise IndexMissing(f"{path} is not an index")
        return path

    def state(self, generation: Path) -> State:
        try:
            return State(**json.loads((generation / "state.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexMissing(str(error)) from error

    def write_state(self, generation: Path, state: State) -> None:
        replace_text(generation / "state.json", json.dumps(asdict(state)))

    # new generations --------------------------------------------------------------------------------------

    def begin(self) -> Path:
        """A fresh, empty folder for a generation that is about to be built."""
        path = self.folder / f"index-{uuid.uuid4().hex[:12]}"
        path.mkdir(parents=True)
        return path

    def take_into_use(self, generation: Path) -> None:
        """Points at the generation and clears away the others."""
        replace_text(self.pointer, generation.name)
        self.clear(keep=generation)

    def clear(self, keep: Path) -> None:
        for path in self.folder.glob("index-*"):
            if path.name != keep.name:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def locked(self, name: str, *, wait: bool) -> Iterator[bool]:
        """Holds a lock among this node's processes; yields False when somebody else has it and wait is False."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{name}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True


def replace_text(path: Path, text: str) -> None:
    """Writes a small file so that a reader sees the old or the new text, never half of it."""
    fresh = path.with_name(f".{path.name}-{uuid.uuid4().hex[:8]}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


class Reader:
    """One process's view of a store: opens the generation in use, and sees commits at the next search."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._seen: tuple[int, int, str] = (0, 0, "")
        self._index: tantivy.Index | None = None
        # Answers that hold as long as the index does not change.
        self.kept: dict[str, dict[str, list[tuple[str, int]]]] = {}

    def index(self) -> tantivy.Index:
        """The index, opened or brought up to date when something has changed; raises IndexMissing."""
        generation = self.store.generation()
        try:
            stat = os.stat(generation / "meta.json")
        except OSError as error:
            raise IndexMissing(str(error)) from error
        now = (stat.st_mtime_ns, stat.st_ino, generation.name)
        if self._index is None or now != self._seen:
            with self._lock:
                if self._index is None or now != self._seen:
                    self._open(generation, now)
        assert self._index is not None  # noqa: S101  _open has set it or raised
        return self._index

    def _open(self, generation: Path, now: tuple[int, int, str]) -> None:
        try:
            if self._index is None or self._seen[2] != generation.name:
                index = tantivy.Index.open(str(generation))
                index.config_reader("manual")
                self._index = index
            self._index.reload()
        except (ValueError, OSError) as error:
            self._index = None
            raise IndexMissing(str(error)) from error
        self._seen = now
        self.kept = {}
