"""How often a stranger may ask."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from resursnav.foundation.access import limits
from resursnav.foundation.access.limits import Limit


@pytest.fixture
def clock(monkeypatch):
    """The clock on the wall, which the test may move."""
    now = SimpleNamespace(now=1_000_000.0)
    monkeypatch.setattr(limits.time, "time", lambda: now.now)
    return now


def request(address="192.0.2.1", known=False, **headers):
    made = RequestFactory().get("/", headers=headers, REMOTE_ADDR=address)
    made.user = SimpleNamespace(is_authenticated=known)
    return made


def test_it_lets_the_first_ones_through_and_tells_the_rest_how_long_to_wait(clock):
    clock.now = 600 * 1000 + 570  # half a minute before a window of ten minutes ends
    limit = Limit("sending", 2, 600)
    assert [limit.wait("a") for _ in range(4)] == [0, 0, 30, 30]
    assert limit.wait("b") == 0
    assert Limit("else", 2, 600).wait("a") == 0
    clock.now += 30
    assert limit.wait("a") == 0


def test_it_may_let_nobody_through(clock):
    assert Limit("closed", 0).wait("a") > 0


def test_it_counts_on_when_the_cache_is_emptied_in_between(monkeypatch):
    def forgotten(key):
        raise ValueError(key)

    monkeypatch.setattr(limits.cache, "incr", forgotten)
    assert [Limit("sending", 1).wait("a") for _ in range(2)] == [0, 0]


def test_it_keeps_no_address(monkeypatch):
    keys = []
    monkeypatch.setattr(limits.cache, "add", lambda key, value, timeout: keys.append(key) or True)
    limits.within(request("192.0.2.77"), "search", 1)
    assert "192.0.2.77" not in keys[0]


def test_it_does_not_count_those_who_have_signed_in():
    assert all(limits.within(request(known=True), "search", 1) for _ in range(3))
    assert [limits.within(request(), "search", 1) for _ in range(2)] == [True, False]


def test_it_lets_each_sender_do_it_once():
    asked = [request(), request("192.0.2.2"), request()]
    assert [limits.once(one, "missed wolf", 60) for one in asked] == [True, True, False]
    assert limits.once(request(), "missed bear", 60)


def test_it_counts_by_the_address_that_our_own_proxy_saw(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    asked = [request(**{"X-Forwarded-For": f"1.2.3.{n}, 9.9.9.9"}) for n in range(4)]
    assert [limits.within(one, "proxied", 2) for one in asked] == [True, True, False, False]
    assert limits.within(request(**{"X-Forwarded-For": "9.9.9.9, 1.1.1.1"}), "proxied", 2)
    assert limits.sender(request("192.0.2.1")) == "192.0.2.1"


def test_it_believes_nobody_who_says_to_be_a_proxy():
    assert limits.sender(request("192.0.2.1", **{"X-Forwarded-For": "9.9.9.9"})) == "192.0.2.1"


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("192.0.2.1", "192.0.2.1"),
        ("unix socket", "unix socket"),
    ],
)
def test_it_takes_a_network_at_home_for_one(address, counted):
    assert limits.sender(request(address)) == counted


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "said"), [(40, "en minut"), (400, "7 minuter"), (7000, "2 timmar")])
def test_it_says_on_the_page_when_to_try_again(seconds, said):
    answer = limits.refused(request(), seconds)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (429, str(seconds), "no-store")
    assert said in answer.content.decode()
