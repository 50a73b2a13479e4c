"""What `resursnav doctor` asks about mail."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.kernel.manifest import Finding

from .models import Mail, MailState

LATE = timedelta(minutes=15)
RECENT = timedelta(days=7)


def mail() -> list[Finding]:
    """How mail stands: the relay, the sender, what waits and what failed."""
    if settings.DEMO:
        return [Finding(True, _("Demoläge: inga mejl skickas, de visas på /demo/inbox/."))]
    return [_relay(), _sender(), _waiting(), _failed()]


def _relay() -> Finding:
    if not settings.EMAIL_HOST:
        return Finding(
            False,
            _("Ingen e-postserver är inställd, så alla mejl ligger kvar i utkorgen."),
            _("Sätt RESURSNAV_SMTP_HOST, och RESURSNAV_SMTP_USER och RESURSNAV_SMTP_PASSWORD om servern kräver det."),
            critical=False,
        )
    address = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    connection = get_connection(settings.MAIL_TRANSPORT, timeout=5)
    try:
        connection.open()
    except OSError as error:
        return Finding(
            False,
            _("E-postservern {address} svarar inte som den ska: {error}").format(address=address, error=error),
            _("Kontrollera adress, port, användarnamn, lösenord och om servern vill ha kryptering."),
        )
    connection.close()
    return Finding(True, _("E-postservern {address} svarar.").format(address=address))


def _sender() -> Finding:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    if not domain or domain.endswith(("example.org", "example.com", "localhost")):
        return Finding(
            False,
            _("Mejlen har en avsändare som inte finns: {sender}.").format(sender=settings.DEFAULT_FROM_EMAIL),
            _("Sätt RESURSNAV_MAIL_FROM till en adress i er egen domän, med SPF och DKIM på plats."),
            critical=False,
        )
    return Finding(True, _("Mejlen skickas från {sender}.").format(sender=settings.DEFAULT_FROM_EMAIL))


def _waiting() -> Finding:
    at = timezone.now()
    late = Mail.objects.due(at - LATE)
    count = late.count()
    if count:
        return Finding(
            False,
            ngettext(
                "{count} mejl skulle ha skickats för mer än en kvart sedan.",
                "{count} mejl skulle ha skickats för mer än en kvart sedan.",
                count,
            ).format(count=count),
            _("Se efter att arbetaren går: resursnav worker."),
            critical=False,
        )
    return Finding(True, _("Inga mejl är försenade i utkorgen."))


def _failed() -> Finding:
    since = timezone.now() - RECENT
    count = Mail.objects.filter(state=MailState.FAILED, created_at__gte=since).count()
    if count:
        return Finding(
            False,
            ngettext(
                "{count} mejl kom inte fram den senaste veckan.",
                "{count} mejl kom inte fram den senaste veckan.",
                count,
            ).format(count=count),
            _("Se varför på sidan Utkorg och skicka igen därifrån när felet är åtgärdat."),
            critical=False,
        )
    return Finding(True, _("Alla mejl den senaste veckan har kommit fram till e-postservern."))
