"""What several pages need: keys from what was sent."""

from __future__ import annotations


def keys(values: list[str]) -> list[int]:
    """Those that are keys, each once, in their order."""
    return list(dict.fromkeys(int(one) for one in values if one.isascii() and one.isdecimal() and len(one) < 19))
