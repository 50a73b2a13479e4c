"""The documentation that is read from the code is fresh; tests/tools shows that a breach is seen."""

from tools import docs


def test_it_keeps_the_generated_pages_fresh():
    docs.set_up()
    assert docs.stale() == [], "run python tools/docs.py"


def test_it_has_a_page_for_every_context_and_a_line_for_every_word():
    docs.set_up()
    assert docs.missing() == []
