"""What was wrong with a value, in words of ours whatever Pydantic found."""

from datetime import date, datetime
from typing import Annotated, Literal

import pydantic
import pytest
from django.utils import translation
from pydantic import BaseModel, ConfigDict, Field

from resursnav.foundation.rest import wording
from resursnav.foundation.rest.paging import Moment
from resursnav.foundation.rest.problems import pointer


class Inner(BaseModel):
    word: str


class Sample(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False)

    text: Annotated[str, Field(min_length=2, max_length=3, pattern="^[a-z]+$")] = "ab"
    one: Annotated[str, Field(min_length=1)] = "a"
    number: Annotated[int, Field(ge=1, le=9)] = 1
    part: float = 1.0
    yes: bool = True
    items: Annotated[list[int], Field(max_length=2)] = []
    kind: Literal["a", "b"] = "a"
    day: date = date(2026, 1, 1)
    moment: datetime = datetime(2026, 1, 1)
    since: Moment = datetime(2026, 1, 1)
    inner: Inner = Inner(word="x")
    named: dict[str, int] = {}
    nothing: None = None


def told(**sent):
    with pytest.raises(pydantic.ValidationError) as wrong:
        Sample.model_validate(sent)
    return [wording.said(error) for error in wrong.value.errors()]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": "a"}, "Skriv minst 2 tecken."),
        ({"one": ""}, "Skriv minst ett tecken."),
        ({"text": "abcd"}, "Skriv högst 3 tecken."),
        ({"text": "AB"}, "Värdet ska följa mönstret ^[a-z]+$."),
        ({"text": 7}, "Skriv en text."),
        ({"number": 0}, "Värdet ska vara minst 1."),
        ({"number": 10}, "Värdet ska vara högst 9."),
        ({"number": "x"}, "Skriv ett heltal."),
        ({"number": 1.5}, "Skriv ett heltal."),
        ({"part": "x"}, "Skriv ett tal."),
        ({"yes": "kanske"}, "Skriv true eller false."),
        ({"items": 1}, "Skriv en lista."),
        ({"items": [1, 2, 3]}, "Skicka högst 2 värden."),
        ({"kind": "c"}, "Välj ett av värdena: a, b."),
        ({"day": "i går"}, "Skriv en dag så här: 2026-11-22."),
        ({"moment": "nyss"}, "Skriv en tidpunkt så här: 2026-11-22T08:00:00Z."),
        ({"since": "17"}, "Skriv en tidpunkt så här: 2026-11-22T08:00:00Z."),
        ({"inner": 1}, "Skriv ett objekt."),
        ({"inner": {}}, "Värdet saknas."),
        ({"named": 1}, "Skriv ett objekt."),
        ({"nothing": 1}, "Lämna värdet tomt: null."),
        ({"other": 1}, "Det finns inget fält som heter så."),
    ],
)
def test_it_says_it_in_swedish(sent, words):
    assert told(**sent) == [words]


def test_it_has_words_for_what_it_does_not_know():
    assert wording.said({"type": "moon_phase"}) == "Värdet går inte att använda här."


def test_it_says_it_in_english_when_asked():
    with translation.override("en"):
        assert told(one="", kind="c") == ["Write at least one character.", "Choose one of the values: a, b."]


def test_it_points_at_the_value_in_the_body():
    assert pointer(("body", "editions", "0", "url")) == "#/editions/0/url"
    assert pointer(("body", "a/b~c", "å")) == "#/a~1b~0c/%C3%A5"
    assert pointer(("body",)) == "#"
    assert pointer(("query", "limit")) is None
