"""Names as they are looked up and put in order, whatever database keeps them.

SQLite knows neither that Å and å are the same letter nor that å comes after z, and PostgreSQL's order depends on how
the machine was set up. So each name is also kept as a key of plain lower-case letters that sorts and is searched
the same everywhere.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models

# Å, ä and ö stand last, in that order, and no word has two z before a digit.
_LAST = {"å": "zz1", "ä": "zz2", "æ": "zz2", "ö": "zz3", "ø": "zz3"}
KEY_CHARS = 660


def name_key(text: str) -> str:
    """The key of a name, or of a part of one: letter by letter, so that a part's key is found in the whole's."""
    key = []
    for char in unicodedata.normalize("NFC", text).casefold():
        bare = _LAST.get(char) or unicodedata.normalize("NFKD", char)
        key.append("".join(one for one in bare if not unicodedata.combining(one)))
    return "".join(key)[:KEY_CHARS]


class NameKeyField(models.CharField):  # type: ignore[type-arg]  # takes no argument when it runs
    """The key of other fields of the same row, made anew whenever the row is written."""

    def __init__(self, *sources: str, **options: Any) -> None:
        self.sources = sources
        options |= {"max_length": KEY_CHARS, "editable": False, "default": ""}
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """For migrations: the sources as they were given."""
        name, path, _args, options = super().deconstruct()
        for fixed in ("max_length", "editable", "default"):
            options.pop(fixed, None)
        return name, path, self.sources, options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The key of the sources as they are now."""
        key = name_key(" ".join(str(getattr(model_instance, source)) for source in self.sources))
        setattr(model_instance, self.attname, key)
        return key
