"""If-Match: only what one has seen is changed."""

from datetime import UTC, datetime, timedelta

import pytest

from resursnav.foundation.rest.problems import Problem
from resursnav.foundation.rest.versions import seen, stamp

AT = datetime(2026, 11, 22, 8, 0, 0, 123456, tzinfo=UTC)
MARK = f'"{stamp(AT)}-{"0" * 32}"'


@pytest.mark.parametrize("sent", [MARK, f"W/{MARK}", f'"x", {MARK}'])
def test_it_knows_the_version_that_holds(sent):
    assert seen(sent, AT) == AT


def test_it_takes_any_version_when_asked_to():
    assert seen(" * ", AT) is None


@pytest.mark.parametrize(
    ("sent", "status"),
    [(None, 428), ("", 428), ('"x"', 412), (MARK.replace("-0", "-"), 412), (stamp(AT), 412), ("W/*", 412)],
)
def test_it_refuses_what_was_not_seen(sent, status):
    with pytest.raises(Problem) as refused:
        seen(sent, AT)
    assert refused.value.status == status


def test_it_tells_moments_apart_to_the_microsecond():
    with pytest.raises(Problem):
        seen(MARK, AT + timedelta(microseconds=1))
