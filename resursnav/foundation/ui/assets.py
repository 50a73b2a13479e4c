"""The few files that we serve out of npm packages, and the finder that offers just those.

A package holds hundreds of files that nobody asks for; whatever is not listed here is never collected,
hashed or served.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Warning
from django.core.files.storage import FileSystemStorage


@dataclass(frozen=True)
class Mount:
    """A folder of a package, the prefix it is served under, and which of its files are wanted."""

    prefix: str
    folder: str
    patterns: tuple[str, ...]

    def wants(self, name: str) -> bool:
        """Whether the file is one of the listed ones."""
        return any(fnmatchcase(name, pattern) for pattern in self.patterns)


MOUNTS = (
    Mount("designsystemet", "@digdir/designsystemet-css/dist/src", ("index.css",)),
    Mount(
        "fonts/inter",
        "@fontsource-variable/inter/files",
        ("inter-latin-wght-normal.woff2", "inter-latin-ext-wght-normal.woff2"),
    ),
    Mount(
        "fonts/serif",
        "@fontsource-variable/source-serif-4/files",
        ("source-serif-4-latin-wght-normal.woff2", "source-serif-4-latin-ext-wght-normal.woff2"),
    ),
    Mount("htmx", "htmx.org/dist", ("htmx.min.js",)),
)


def node_modules() -> Path:
    """Where the npm packages are."""
    return Path(settings.NODE_MODULES)


class NodeModulesFinder(BaseFinder):
    """Finds the files of MOUNTS for collectstatic and for the development server."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storages: dict[Mount, FileSystemStorage] = {}
        for mount in MOUNTS:
            storage = FileSystemStorage(location=node_modules() / mount.folder)
            storage.prefix = mount.prefix  # type: ignore[attr-defined]  # the name that collectstatic reads
            self.storages[mount] = storage
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """A missing package is said at once, with the way to get it."""
        missing = [mount.folder for mount in MOUNTS if not (node_modules() / mount.folder).is_dir()]
        if not missing:
            return []
        return [
            Warning(
                f"npm packages are missing: {', '.join(missing)}.",
                "Run `npm ci --omit=dev` (or `make demo`, which does it for you).",
                id="ui.W001",
            )
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file on disk behind a static path, if the path is one of ours."""
        if kwargs.get("all"):  # the older spelling of find_all
            find_all = True
        found = []
        for mount, storage in self.storages.items():
            name = path.removeprefix(f"{mount.prefix}/")
            if name == path or not mount.wants(name) or not storage.exists(name):
                continue
            if not find_all:
                return storage.path(name)
            found.append(storage.path(name))
        return found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every wanted file that exists, with the storage that opens it."""
        for mount, storage in self.storages.items():
            if not Path(storage.location).is_dir():
                continue
            for name in sorted(storage.listdir("")[1]):
                if mount.wants(name):
                    yield name, storage
