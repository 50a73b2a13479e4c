"""The map: places stand as they do on earth, and names never on each other."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resursnav.site.home.geography import MARGIN, SEATS, WIDTH, Spot, draw, hull

VASTERBOTTEN = [Spot(code, f"/{code}/", *place) for code, place in SEATS.items() if code.startswith("24")]
places = st.builds(
    Spot,
    st.text("abcdefgåäö", min_size=1, max_size=14),
    st.just("/x/"),
    st.floats(55, 69),
    st.floats(11, 24),
    st.booleans(),
)


def test_north_is_up_and_east_is_right():
    drawn = {dot.spot.name: dot for dot in draw(VASTERBOTTEN).dots}
    assert drawn["2422"].y < drawn["2401"].y  # Sorsele lies north of Nordmaling
    assert drawn["2425"].x < drawn["2480"].x  # Dorotea lies west of Umeå


def test_nothing_to_draw_is_no_map():
    assert draw([]) is None


def test_a_single_place_stands_in_the_middle():
    (dot,) = draw([Spot("Gotland", "/1/", 57.6, 18.3)]).dots
    assert dot.x == WIDTH / 2
    assert dot.label


# A busy machine draws slowly; that is no fault of the map.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(places, min_size=1, max_size=40))
def test_every_dot_is_on_the_map_and_no_names_meet(spots: list[Spot]):
    found = draw(spots)
    assert len(found.dots) == len(spots)
    boxes = []
    for dot in found.dots:
        assert 0 <= dot.x <= WIDTH
        assert MARGIN - 1 <= dot.y <= found.height - MARGIN + 1
        if dot.label:
            wide = len(dot.spot.name) * 6.9
            left = {"start": dot.text_x, "end": dot.text_x - wide, "middle": dot.text_x - wide / 2}[dot.anchor]
            boxes.append((left, dot.text_y - 7, left + wide, dot.text_y + 7))
    for one in boxes:
        for other in boxes:
            apart = (
                one[2] <= other[0] + 0.2 or other[2] <= one[0] + 0.2 or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
            )
            assert one is other or apart


def test_ones_own_place_is_named_first():
    crowd = [Spot("Granne", "/1/", 60.0, 15.0), Spot("Hemma", "/2/", 60.0001, 15.0001, mine=True)]
    crowd.append(Spot("Långt borta", "/3/", 61.0, 16.0))
    named = {dot.spot.name for dot in draw(crowd).dots if dot.label}
    assert "Hemma" in named


def test_the_ground_is_the_outline():
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (2.0, 2.0), (2.0, 0.0)]
    assert sorted(hull(square)) == [(0.0, 0.0), (0.0, 4.0), (4.0, 0.0), (4.0, 4.0)]
    assert hull([(1.0, 1.0), (1.0, 1.0)]) == [(1.0, 1.0)]


@pytest.mark.parametrize("place", SEATS.values())
def test_every_seat_lies_in_sweden(place: tuple[float, float]):
    assert 55 < place[0] < 69.1
    assert 10.9 < place[1] < 24.2
