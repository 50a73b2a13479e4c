"""How often a stranger may ask."""

from django.test import RequestFactory

from resursnav.foundation.access import limits


def test_it_counts_by_the_address_that_our_own_proxy_saw(settings):
    class Stranger:
        is_authenticated = False

    def request(forwarded):
        made = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
        made.user = Stranger()
        return made

    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answers = [limits.within(request(f"1.2.3.{n}, 9.9.9.9"), "proxied", 2) for n in range(4)]
    assert answers == [True, True, False, False]
    assert limits.within(request("9.9.9.9, 1.1.1.1"), "proxied", 2)
