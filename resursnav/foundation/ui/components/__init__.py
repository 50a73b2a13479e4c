"""The components: one function and one template each, all in the tag library `ui`."""

from . import basics, charting, forms, lists, things, words

__all__ = ["basics", "charting", "forms", "lists", "things", "words"]
