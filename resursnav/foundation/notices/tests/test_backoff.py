"""When a mail is tried again."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.foundation.notices.backoff import GIVE_UP_AFTER, is_final, is_relay_gone, next_try, wait

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def test_it_waits_longer_and_longer():
    waits = [wait(tries) for tries in range(1, 12)]
    assert waits == sorted(waits) and waits[0] == timedelta(minutes=1) and waits[-1] == timedelta(hours=24)
    with pytest.raises(ValueError, match="first try"):
        wait(0)


@given(st.integers(1, 40), st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9)))
def test_it_never_tries_after_five_days(tries, age):
    again = next_try(created_at=AT, tries=tries, at=AT + age)
    assert again is None or AT + age < again <= AT + GIVE_UP_AFTER
    if age <= timedelta(days=4):
        assert again is not None


@pytest.mark.parametrize(
    ("error", "final", "gone"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"unknown")}), True, False),
        (smtplib.SMTPRecipientsRefused({"a@b": (450, b"busy")}), False, False),
        (smtplib.SMTPDataError(554, b"spam"), True, False),
        (smtplib.SMTPDataError(451, b"later"), False, False),
        (smtplib.SMTPSenderRefused(550, b"who are you", "x@y"), False, True),
        (smtplib.SMTPAuthenticationError(535, b"wrong"), False, True),
        (smtplib.SMTPServerDisconnected("gone"), False, True),
        (ConnectionRefusedError(), False, True),
        (TimeoutError(), False, True),
        (ValueError("cannot be built"), True, False),
    ],
)
def test_it_tells_the_final_from_the_passing(error, final, gone):
    assert (is_final(error), is_relay_gone(error)) == (final, gone)
