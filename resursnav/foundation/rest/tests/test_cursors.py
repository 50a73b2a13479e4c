"""Markers: what was written is read, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.foundation.rest.cursors import HIGHEST, LONGEST, BadCursor, read, written


@given(st.sampled_from(["after", "page"]), st.integers(0, HIGHEST))
def test_it_reads_what_it_wrote(kind, place):
    marker = written(kind, place)
    assert read(marker, kind) == place
    assert len(marker) <= LONGEST
    assert marker.replace("-", "").replace("_", "").isalnum()


@given(st.text())
def test_it_refuses_everything_else(text):
    with pytest.raises(BadCursor):
        read(text, "after")


@pytest.mark.parametrize(
    "marker",
    [
        written("page", 3),
        written("after", -1),
        written("after", HIGHEST + 1),
        written("after", True),
        written("after", "3"),
        "A" * 201,
        "W1tb" * 40,
    ],
)
def test_it_refuses_markers_of_another_kind_or_place(marker):
    with pytest.raises(BadCursor):
        read(marker, "after")
