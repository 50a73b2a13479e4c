"""The one family of refusals: what a person asked for cannot be done, and why."""

from __future__ import annotations


class Unable(Exception):
    """A verb refuses, with a reason in plain Swedish that may be shown to the person.

    `field` names the form field that the reason belongs to; None when it concerns the whole.
    """

    def __init__(self, reason: object, *, field: str | None = None) -> None:
        super().__init__(reason)
        self.field = field

    @property
    def reason(self) -> str:
        """The reason as text, in the language that is active now (translations are lazy until here)."""
        return str(self.args[0])


class Overtaken(Unable):
    """Somebody else has changed the thing since it was read: each context's own refusal of that is one of these."""
