"""The arithmetic of pictures."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.foundation.ui.charts import Chart, Series, bars, lines, multiples, percent, spread, step_for, ticks

AMOUNTS = st.floats(min_value=0, max_value=1e9, allow_nan=False, allow_infinity=False)


def chart(*rows: tuple[float | None, ...]) -> Chart:
    labels = tuple(str(2000 + place) for place in range(len(rows[0])))
    return Chart("Vem lånar mest?", labels, tuple(Series(f"Rad {n}", row) for n, row in enumerate(rows)))


def test_it_writes_shares_for_drawings():
    assert percent(0.12345) == "12.35%"
    assert percent(1) == "100.00%"


@pytest.mark.parametrize(
    ("span", "step"), [(0, 1.0), (4, 1.0), (10, 5.0), (100, 50.0), (7, 2.0), (0.9, 0.5), (39, 10.0)]
)
def test_it_cuts_an_axis_into_round_steps(span: float, step: float):
    assert step_for(span) == step


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_an_axis_holds_zero_and_every_number(one: float, other: float):
    lowest, highest = sorted((one, other))
    found = ticks(lowest, highest)
    slack = abs(found[-1] - found[0]) * 1e-6 + 1e-6
    assert found[0] <= min(lowest, 0) + slack
    assert found[-1] >= max(highest, 0) - slack
    assert 2 <= len(found) <= 12
    assert list(found) == sorted(set(found))


def test_an_axis_for_nothing_still_has_an_end():
    assert ticks(0, 0) == (0.0, 1.0)


@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_the_longest_bar_fills_the_width(values: list[float]):
    widths = [float(bar.width[:-1]) for _, row in bars(chart(tuple(values))) for bar in row]
    assert all(0 <= width <= 100 for width in widths)
    assert max(widths) == (100 if max(values) > 0 else 0)
    assert [widths[i] <= widths[i + 1] for i in range(len(values) - 1) if values[i] < values[i + 1]].count(False) == 0


def test_a_missing_number_has_no_bar():
    ((_, (first,)), (_, (second,))) = bars(chart((None, 4.0)))
    assert (first.value, first.width, second.width) == (None, "0.00%", "100.00%")


def test_bars_refuse_what_has_no_length():
    with pytest.raises(ValueError, match="negative"):
        bars(chart((-1.0, 2.0)))


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8))
def test_names_never_stand_on_each_other(wanted: list[float]):
    placed = sorted(spread(wanted, 20, 0, 200))
    assert all(b - a >= 20 - 1e-9 for a, b in pairwise(placed))
    assert placed[-1] <= 200 + 1e-9


def test_names_stay_where_they_want_when_there_is_room():
    assert spread([10, 100, 50], 20, 0, 200) == [10, 100, 50]


def test_a_line_breaks_where_a_number_is_missing():
    (line,) = lines(chart((1.0, 2.0, None, 4.0))).lines
    assert len(line.points) == 3
    assert [(a.label, b.label) for a, b in line.segments] == [("2000", "2001")]
    assert line.last == 4.0


def test_a_row_without_numbers_is_drawn_empty():
    (line,) = lines(chart((None, None))).lines
    assert (line.points, line.segments, line.last) == ((), (), None)


def test_a_single_point_stands_in_the_middle():
    (line,) = lines(chart((3.0,)), gutter=0.2, axis=0.2).lines
    assert line.points[0].x == "50.00%"


def test_higher_numbers_stand_higher():
    (line,) = lines(chart((1.0, 9.0, 5.0))).lines
    low, high, middle = (point.y for point in line.points)
    assert high < middle < low


def test_a_long_axis_says_only_some_of_its_labels():
    shown = [label for _, label, said in lines(chart(tuple(float(n) for n in range(30)))).labels if said]
    assert len(shown) == 8
    assert shown[0] == "2000"


def test_small_multiples_share_one_scale():
    low, high = multiples(chart((1.0, 10.0), (1.0, 100.0)))
    assert low.lines[0].points[0].y == high.lines[0].points[0].y
    assert high.lines[0].points[1].y < low.lines[0].points[1].y


def test_every_row_needs_a_number_for_every_label():
    with pytest.raises(ValueError, match="2 numbers for 1 labels"):
        Chart("?", ("a",), (Series("x", (1.0, 2.0)),))


def test_more_rows_than_marks_are_refused():
    with pytest.raises(ValueError, match="small multiples"):
        chart(*[(1.0,)] * 6)
