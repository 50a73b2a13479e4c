"""May we, how, until when?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.landscape.agreements.terms import Answer, Audience, Reason, Right, Way, answer, nearest

# A region (1) with two municipalities (2 and 3), and in the first a school (4).
REGION, DOROTEA, ASELE, SCHOOL = 1, 2, 3, 4
TO_SCHOOL = (SCHOOL, DOROTEA, REGION)
DAY = date(2026, 11, 22)


def right(**said):
    said = {
        "id": 1, "agreement": 1, "way": Way.STREAM_CLASS, "start": date(2026, 1, 1), "end": date(2027, 7, 1),
        "marks": {REGION: True}, **said,
    }  # fmt: skip
    return Right(**said)


def asked(*rights, path=TO_SCHOOL, way=Way.STREAM_CLASS, day=DAY, **more):
    return answer(rights, path=path, way=way, day=day, **more)


def test_it_allows_what_a_right_covers():
    found = asked(right())
    assert (found.allowed, found.until, found.right) == (True, date(2027, 7, 1), right())


@pytest.mark.parametrize(
    ("marks", "allowed"),
    [
        ({REGION: True}, True),
        ({REGION: True, DOROTEA: False}, False),
        ({REGION: True, DOROTEA: False, SCHOOL: True}, True),  # included inside an excepted municipality
        ({REGION: True, SCHOOL: False}, False),
        ({REGION: False, DOROTEA: True}, True),
        ({ASELE: True}, False),
        ({}, False),
    ],
)
def test_the_nearest_mark_on_the_way_up_wins(marks, allowed):
    assert asked(right(marks=marks)).allowed is allowed


@pytest.mark.parametrize(
    ("rights", "more", "reason"),
    [
        ([], {}, Reason.NO_AGREEMENT),
        ([right(marks={ASELE: True})], {}, Reason.NOT_COVERED),
        ([right(marks={REGION: True, SCHOOL: False})], {}, Reason.EXCEPTED),
        ([right(way=Way.LOAN)], {}, Reason.WRONG_WAY),
        ([right(forms=frozenset({"GY"}))], {"forms": ["GR"]}, Reason.WRONG_FORM),
        ([right(audience=frozenset({Audience.STAFF}))], {"audience": Audience.PUPILS}, Reason.WRONG_AUDIENCE),
        ([right(start=date(2027, 1, 1))], {}, Reason.NOT_YET),
        ([right(end=DAY)], {}, Reason.ENDED),  # half-open: the end day is outside
        ([right(end=DAY, terminated=True)], {}, Reason.TERMINATED),
    ],
)
def test_it_says_why_not(rights, more, reason):
    assert asked(*rights, **more).reason is reason


def test_a_refusal_has_what_one_needs_to_go_on():
    assert asked(right(start=date(2027, 1, 1))).day == date(2027, 1, 1)
    assert asked(right(end=date(2026, 11, 1))).day == date(2026, 11, 1)
    assert asked(right(marks={ASELE: True})).places == (ASELE,)
    assert asked(right(marks={REGION: True, DOROTEA: False})).places == (DOROTEA,)
    assert asked(right(way=Way.LOAN), right(way=Way.COPY, end=DAY)).ways == (Way.LOAN,)
    assert asked(right(forms=frozenset({"GY"})), forms=["GR"]).forms == frozenset({"GY"})


def test_it_tells_of_the_right_that_came_nearest():
    elsewhere = right(id=1, marks={ASELE: True}, way=Way.LOAN)
    soon = right(id=2, start=date(2027, 1, 1))
    found = asked(elsewhere, soon)
    assert (found.reason, found.right) == (Reason.NOT_YET, soon)


def test_any_right_that_covers_is_enough():
    assert asked(right(marks={}), right(way=Way.COPY), right()).allowed


def test_until_follows_periods_that_take_over_without_a_gap():
    first = right(id=1, end=date(2027, 1, 1))
    second = right(id=2, start=date(2027, 1, 1), end=date(2027, 7, 1))
    after_a_gap = right(id=3, start=date(2027, 7, 2), end=None)
    assert asked(first, second, after_a_gap).until == date(2027, 7, 1)
    assert asked(first, second, right(id=4, start=date(2027, 6, 1), end=None)).until is None


@pytest.mark.parametrize(
    ("held", "wanted", "allowed"),
    [((), ("GR",), True), (("GY", "GR"), ("GR", "FTH"), True), (("GY",), (), True), (("GY",), ("GR",), False)],
)
def test_a_school_form_fits_or_is_not_asked_for(held, wanted, allowed):
    assert asked(right(forms=frozenset(held)), forms=wanted).allowed is allowed


def test_it_finds_the_nearest_mark():
    assert nearest({REGION: True, DOROTEA: False}, TO_SCHOOL) == (DOROTEA, False)
    assert nearest({ASELE: True}, TO_SCHOOL) is None


def test_a_mere_answer_holds_no_shared_thing():
    assert Answer(False, Reason.NO_AGREEMENT) == Answer(False, Reason.NO_AGREEMENT)


some_days = st.integers(0, 60).map(lambda n: date(2026, 11, 1) + timedelta(days=n))
some_rights = st.lists(
    st.builds(
        Right,
        id=st.integers(1, 9),
        agreement=st.integers(1, 3),
        way=st.sampled_from([Way.LOAN, Way.STREAM_CLASS]),
        start=some_days,
        end=st.none() | some_days,
        marks=st.dictionaries(st.sampled_from([1, 2, 3, 4]), st.booleans()),
    ).filter(lambda one: one.end is None or one.end > one.start),
    max_size=8,
)


def naive(rights, day):
    """The rule once more, as slowly and plainly as it can be said."""
    for one in rights:
        marks = [one.marks[place] for place in TO_SCHOOL if place in one.marks]
        in_time = one.start <= day and (one.end is None or day < one.end)
        if one.way == Way.LOAN and marks[:1] == [True] and in_time:
            return True
    return False


@given(some_rights, some_days)
def test_it_answers_as_the_plain_rule_on_every_day_until_it_ends(rights, day):
    found = asked(*rights, way=Way.LOAN, day=day)
    assert found.allowed is naive(rights, day)
    assert found.allowed is (found.reason is Reason.ALLOWED)
    if found.allowed:
        last = date(2027, 3, 1)
        until = found.until or last
        step = day
        while step < min(until, last):
            assert naive(rights, step)
            step += timedelta(days=1)
        assert found.until is None or not naive(rights, until)
    else:
        assert bool(rights) is (found.reason is not Reason.NO_AGREEMENT)
