"""What doctor says about mail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resursnav.foundation.notices import actions, checks
from resursnav.foundation.notices.models import Mail

pytestmark = pytest.mark.django_db


def titles(ok):
    return [str(finding.title) for finding in checks.mail() if finding.ok is ok]


def test_it_finds_everything_fine(relay, settings):
    settings.DEFAULT_FROM_EMAIL = "Centret <post@regionen.se>"
    assert titles(False) == [] and len(titles(True)) == 4


def test_it_asks_for_nothing_in_the_demo(settings):
    settings.DEMO = True
    (only,) = checks.mail()
    assert only.ok and "/demo/inbox/" in only.title


def test_it_misses_the_relay(relay, settings):
    relay.server.server_close()
    assert "svarar inte som den ska" in titles(False)[0]
    settings.EMAIL_HOST = ""
    assert "Ingen e-postserver" in titles(False)[0]


@pytest.mark.parametrize("sender", ["post@example.org", "", "nobody"])
def test_it_misses_a_real_sender(relay, settings, sender):
    settings.DEFAULT_FROM_EMAIL = sender
    assert any("avsändare" in title for title in titles(False))


def test_it_sees_late_and_failed_mail(relay, settings):
    settings.DEFAULT_FROM_EMAIL = "post@regionen.se"
    now = timezone.now()
    late, failed, old = (
        actions.queue(to="a@example.org", subject="x", text="x", by=None, at=now - timedelta(hours=hours))
        for hours in (1, 2, 24 * 8)
    )
    for mail in (failed, old):
        actions.refuse(mail=actions.claim(mail=mail, by=None, at=now), error="550", by=None, at=now)
    assert len(titles(False)) == 2
    assert "1 mejl skulle ha skickats" in titles(False)[0] and "1 mejl kom inte fram" in titles(False)[1]
    Mail.objects.filter(pk=late.pk).delete()
    assert len(titles(False)) == 1
