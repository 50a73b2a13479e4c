"""Nothing is said in one language only; tests/tools shows that a missing or bare text is seen."""

import pytest

from tools import messages


@pytest.mark.parametrize("context", messages.contexts(), ids=lambda path: path.name)
def test_it_says_everything_in_both_languages(context):
    assert messages.problems(context) == [], "run python tools/messages.py update and write the English"


def test_it_has_one_english_for_each_text():
    assert messages.clashes(messages.contexts()) == [], "give them the same English, or a context that tells them apart"
