"""A field that keeps a short list of codes, and says which code it does not know."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _

from .. import languages


@deconstructible
class KnownCodes:
    """Every entry of the list is one of these codes, and none stands twice."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes

    def __call__(self, value: Any) -> None:
        entries = _texts(value)
        unknown = [entry for entry in entries if entry not in self.codes]
        if unknown:
            raise ValidationError(_("Okänd kod: %(code)s.") % {"code": ", ".join(unknown)})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KnownCodes) and other.codes == self.codes

    def __hash__(self) -> int:
        return hash(tuple(self.codes))


def language_codes(value: Any) -> None:
    """Every entry of the list has the shape of a language code."""
    wrong = [entry for entry in _texts(value) if not languages.is_code(entry)]
    if wrong:
        raise ValidationError(
            _("%(code)s är ingen språkkod. Skriv till exempel sv, en eller sma.") % {"code": ", ".join(wrong)}
        )


def texts(value: Any) -> None:
    """A list of different texts."""
    _texts(value)


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
        raise ValidationError(_("Det ska vara en lista med texter."))
    if len(set(value)) != len(value):
        raise ValidationError(_("Samma sak står två gånger."))
    return value


def codes(label: Any, choices: type[models.TextChoices] | None = None, **options: Any) -> models.JSONField:
    """A JSON list of codes: of the given choices, or language codes when no choices are given."""
    check = KnownCodes(list(choices.values)) if choices else language_codes
    return models.JSONField(label, default=list, blank=True, validators=[check], **options)
