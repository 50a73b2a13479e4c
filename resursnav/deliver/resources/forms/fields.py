"""Fields that read what people write about resources."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .. import languages, wording


class Lines(forms.CharField):
    """One thing on each line; empty lines are nothing."""

    widget = forms.Textarea

    def __init__(self, *, longest: int = 1000, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(required=False, **options)
        self.longest = longest

    def to_python(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in (super().to_python(value) or "").splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        for line in found:
            if len(line) > self.longest:
                raise ValidationError(
                    _("Raden ”%(line)s…” är för lång. Den får ha högst %(most)s tecken.")
                    % {"line": line[:30], "most": self.longest}
                )
        return found


class Codes(forms.MultipleChoiceField):
    """Boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class LanguageCodes(forms.CharField):
    """Languages by name or code, with commas between: "svenska, nordsamiska" or "sv, se"."""

    def to_python(self, value: Any) -> Any:
        said = [" ".join(part.split()) for part in re.split(r"[,;\n]", super().to_python(value) or "")]
        found = []
        for part in filter(None, said):
            code = _by_name().get(part.casefold()) or (part if languages.is_code(part) else "")
            if not code:
                raise ValidationError(
                    _("Språket ”%(word)s” känns inte igen. Skriv till exempel svenska, engelska eller sydsamiska.")
                    % {"word": part}
                )
            found.append(code)
        return list(dict.fromkeys(found))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(_speakable, value)) if isinstance(value, list) else value


def _speakable(code: str) -> str:
    """The language's name where the name leads back to the same code, else the code."""
    name = wording.language_name(code)
    return name if _by_name().get(name.casefold()) == code else code


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {languages.name(code, way).casefold(): code for code in languages.COMMON + MORE for way in ("sv", "en")}


MORE = (
    "no", "nn", "is", "fo", "kl", "it", "pt", "nl", "ru", "et", "lv", "lt", "ps", "kmr", "ckb", "am", "ur", "hi", "bn",
    "ta", "th", "vi", "zh", "ja", "ko", "bs", "hr", "sr", "sq", "ro", "hu", "cs", "sk", "sl", "bg", "el", "la", "he",
    "arc", "syr", "sw", "eo", "sje", "sju", "mul", "grc",
)  # fmt: skip


class Duration(forms.CharField):
    """ "14 min", "1:24:00", "84" (minutes) as seconds."""

    def to_python(self, value: Any) -> Any:
        said = (super().to_python(value) or "").strip().casefold()[:40]
        if not said:
            return None
        clock = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{2})", said)
        # Each number needs its unit, but for a number alone, which is minutes: "45 sek" is not 4 min 5 sek.
        words = re.fullmatch(
            r"(?:(\d{1,3})\s*(?:h|tim|timmar|timme)\b\s*)?(?:(\d{1,4})\s*(?:m|min|minuter)\b\s*)?(?:(\d{1,4})\s*(?:s|sek)\b)?",
            said,
        ) or re.fullmatch(r"()(\d{1,4})()", said)
        found = clock or words
        seconds = (
            sum(int(part or 0) * size for part, size in zip(found.groups(), (3600, 60, 1), strict=True)) if found else 0
        )
        if not 0 < seconds <= 1_000_000:
            raise ValidationError(_("Skriv speltiden som 14 min, 1 tim 24 min eller 1:24:00."))
        return seconds

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        hours, rest = divmod(value, 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def is_isbn(value: str) -> bool:
    if re.fullmatch(r"\d{9}[\dX]", value):
        digits = [10 if sign == "X" else int(sign) for sign in value]
        return sum((10 - place) * digit for place, digit in enumerate(digits)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", value):
        return sum(int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(value)) % 10 == 0
    return False
