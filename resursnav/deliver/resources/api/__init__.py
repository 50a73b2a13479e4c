"""The catalogue in the open interface: what is read, and what may be changed."""

from . import changing, reading

__all__ = ["changing", "reading"]
