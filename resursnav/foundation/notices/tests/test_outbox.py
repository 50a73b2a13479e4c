"""The outbox: every mail goes once, by one worker, and none is lost."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.mime.image import MIMEImage
from threading import Barrier, Lock, Thread

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection, send_mail
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from resursnav.foundation.notices import actions, jobs
from resursnav.foundation.notices.actions import Attachment
from resursnav.foundation.notices.backoff import STUCK_AFTER
from resursnav.foundation.notices.compose import message, sender
from resursnav.foundation.notices.models import Mail, MailState
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
OUTBOX = "resursnav.foundation.notices.backend.OutboxEmailBackend"


def queue(to="biljana@example.org", at=AT, **fields):
    fields = {"subject": "Hej", "text": "Hej Biljana", "by": None, **fields}
    return actions.queue(to=to, at=at, **fields)


def settle(mail):
    mail.refresh_from_db()
    return mail.state, mail.tries


def test_it_writes_a_mail_that_waits():
    mail = queue(subject="Två\nrader \u202e", headers={"Content-Language": "sv"})
    assert (mail.subject, mail.state, mail.tries, mail.next_at) == ("Två rader", MailState.QUEUED, 0, AT)
    assert mail.headers == {"Auto-Submitted": "auto-generated", "Content-Language": "sv"}
    assert mail.message_id.startswith("<") and mail.message_id.endswith("@example.org>")
    assert queue().message_id != mail.message_id


def test_it_belongs_to_the_transaction_of_its_cause():
    with pytest.raises(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError
    assert not Mail.objects.exists()


def test_it_takes_nothing_too_large_to_be_kept_in_a_row():
    largest = b"x" * 200_000
    with pytest.raises(ValueError, match="200 kB"), transaction.atomic():
        queue(attachments=[Attachment("a.ics", largest, "text/calendar"), Attachment("b.ics", b"x", "text/calendar")])
    assert not Mail.objects.exists()
    assert queue(attachments=[Attachment("a.ics", largest, "text/calendar")]).state == MailState.QUEUED


def test_it_builds_the_same_message_every_time(settings):
    settings.CENTRE_NAME, settings.DEFAULT_FROM_EMAIL = "MediaCenter", "post@example.org"
    mail = queue(
        subject="Å Ä Ö", html="<p>Hej</p>", attachments=[Attachment("tid.ics", b"BEGIN:VCALENDAR", "text/calendar")]
    )
    mail.refresh_from_db()
    first, second = message(mail).message(), message(mail).message()
    assert first["Message-ID"] == second["Message-ID"] == mail.message_id
    assert first["Date"] == second["Date"] == "Mon, 02 Nov 2026 09:00:00 +0000"
    assert first["From"] == "MediaCenter <post@example.org>" and first["To"] == "biljana@example.org"
    kinds = [part.get_content_type() for part in first.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert first.get_payload()[-1].get_payload(decode=True) == b"BEGIN:VCALENDAR"
    settings.DEFAULT_FROM_EMAIL = "Nyheter <post@example.org>"
    assert sender() == "Nyheter <post@example.org>"


def test_it_sends_through_a_real_relay(relay):
    mail = queue(text="Hej på dig,\nåäö")
    assert jobs.send_outbox() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.tries, mail.claimed_at) == (MailState.SENT, 1, None) and mail.sent_at is not None
    (taken,) = relay.mails
    assert taken["Message-ID"] == mail.message_id
    assert taken.get_payload(decode=True).decode() == "Hej på dig,\r\nåäö\r\n"
    assert jobs.send_outbox() == 0 and len(relay.mails) == 1


def test_it_sends_nothing_in_the_demo_or_without_a_relay(relay, settings):
    queue()
    settings.DEMO = True
    assert jobs.send_outbox() == 0
    settings.DEMO, settings.EMAIL_HOST = False, ""
    assert jobs.send_outbox() == 0
    assert relay.mails == [] and Mail.objects.get().tries == 0


def test_it_loses_no_try_while_the_relay_is_away(relay):
    mail = queue()
    relay.server.server_close()
    assert jobs.send_outbox() == 0
    assert settle(mail) == (MailState.QUEUED, 0)


def test_it_keeps_a_mail_that_the_relay_refuses_and_sends_the_rest(relay):
    relay.answers = {"gone@": "550 no such user", "busy@": "450 try later"}
    gone, busy, fine = (queue(f"{name}@example.org", at=timezone.now()) for name in ("gone", "busy", "fine"))
    assert jobs.send_outbox() == 3
    assert settle(gone) == (MailState.FAILED, 1) and "550" in gone.last_error
    assert settle(busy) == (MailState.QUEUED, 1) and "450" in busy.last_error and busy.next_at > timezone.now()
    assert settle(fine) == (MailState.SENT, 1)


def test_it_stops_when_the_relay_goes_away_in_the_middle(relay):
    relay.dies_after_data = True
    first, second = queue("a@example.org", at=timezone.now()), queue("b@example.org", at=timezone.now())
    assert jobs.send_outbox() == 1
    assert settle(first) == (MailState.QUEUED, 1) and settle(second) == (MailState.QUEUED, 0)


def test_it_stops_after_a_while_so_that_other_jobs_are_done_too(relay, monkeypatch):
    monkeypatch.setattr(jobs, "LONGEST_RUN", -1.0)
    mail = queue()
    assert jobs.send_outbox() == 0
    assert settle(mail) == (MailState.QUEUED, 0)


def test_it_refuses_a_mail_that_cannot_be_built(relay):
    mail = queue(headers={"X-Bad": "one\ntwo"})
    assert jobs.send_outbox() == 1
    assert settle(mail) == (MailState.FAILED, 1) and relay.mails == []


def test_it_tries_again_later_and_gives_up_after_days():
    mail = actions.claim(mail=queue(), by=None, at=AT)
    assert actions.defer(mail=mail, error="450", by=None, at=AT)
    mail.refresh_from_db()
    assert mail.next_at == AT + timedelta(minutes=1) and mail.last_error == "450"
    assert not Mail.objects.due(AT).exists() and Mail.objects.due(AT + timedelta(minutes=1)).exists()
    late = AT + timedelta(days=5)
    mail = actions.claim(mail=mail, by=None, at=late)
    assert actions.defer(mail=mail, error="451", by=None, at=late)
    assert settle(mail) == (MailState.FAILED, 2) and mail.last_error == "451"


def test_it_sends_a_failed_mail_again_with_the_same_message_id():
    mail = actions.claim(mail=queue(), by=None, at=AT)
    actions.refuse(mail=mail, error="550", by=None, at=AT)
    later = AT + timedelta(days=3)
    again = actions.try_again(mail=mail, by=None, at=later)
    assert (again.state, again.next_at, again.last_error) == (MailState.QUEUED, later, "")
    assert again.message_id == mail.message_id
    claimed = actions.claim(mail=again, by=None, at=later)
    actions.accept(mail=claimed, by=None, at=later)
    assert actions.try_again(mail=claimed, by=None, at=later).state == MailState.SENT


def test_it_takes_over_from_a_worker_that_is_gone(relay):
    """The crash: claimed, handed to the relay, and never heard of again."""
    mail = queue(at=timezone.now() - timedelta(hours=1))
    dead = actions.claim(mail=mail, by=None, at=timezone.now() - STUCK_AFTER - timedelta(seconds=1))
    assert jobs.send_outbox() == 1
    assert settle(mail) == (MailState.SENT, 2)
    assert relay.mails[0]["Message-ID"] == mail.message_id
    # Should the dead one wake up, its word counts no longer.
    assert not actions.refuse(mail=dead, error="late", by=None, at=timezone.now())
    assert settle(mail) == (MailState.SENT, 2)


def test_it_leaves_a_mail_alone_that_another_worker_has_in_hand(relay):
    mail = queue(at=timezone.now())
    actions.claim(mail=mail, by=None, at=timezone.now())
    assert jobs.send_outbox() == 0 and relay.mails == []


def test_it_passes_over_a_mail_that_was_claimed_meanwhile(relay, monkeypatch):
    queue()
    monkeypatch.setattr(actions, "claim", lambda **_taken: None)
    assert jobs.send_outbox() == 0 and relay.mails == []


@pytest.mark.django_db(transaction=True)
def test_it_survives_a_worker_killed_while_it_sends(relay, tmp_path):
    """A real process dies between the relay's DATA and its own note; the next one sends the same Message-ID."""
    mail = queue(at=timezone.now())
    script = (
        "import django, os; django.setup()\n"
        "from django.core.mail.backends import smtp\n"
        "whole = smtp.EmailBackend.send_messages\n"
        "def send_and_die(self, messages):\n"
        "    whole(self, messages)\n"
        "    os._exit(9)\n"
        "smtp.EmailBackend.send_messages = send_and_die\n"
        "from resursnav.foundation.notices.jobs import send_outbox\n"
        "send_outbox()\n"
    )
    database = connection.settings_dict
    url = (
        f"sqlite:///{database['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "resursnav.site.settings",
        "RESURSNAV_DEBUG": "1",
        "RESURSNAV_DATA_DIR": str(tmp_path),
        "RESURSNAV_SMTP_HOST": "127.0.0.1",
        "RESURSNAV_SMTP_PORT": str(relay.port),
        "RESURSNAV_SMTP_TLS": "0",
    }
    killed = subprocess.run([sys.executable, "-c", script], env=environment, timeout=60, capture_output=True, text=True)
    assert killed.returncode == 9, killed.stderr
    assert settle(mail) == (MailState.SENDING, 1)
    Mail.objects.update(claimed_at=timezone.now() - STUCK_AFTER - timedelta(seconds=1))
    assert jobs.send_outbox() == 1
    assert settle(mail) == (MailState.SENT, 2)
    assert [taken["Message-ID"] for taken in relay.mails] == [mail.message_id] * 2


def _race(claim, workers=6):
    """Every worker sees the same row, then all claim at once; returns how many got it."""
    mail = queue()
    barrier, lock, got = Barrier(workers), Lock(), []

    def run():
        try:
            seen = Mail.objects.get(pk=mail.pk)
            barrier.wait(timeout=20)
            mine = claim(mail=seen, by=None, at=AT)
            with lock:
                got.append(mine)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _worker in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=40)
    assert len(got) == workers
    return sum(1 for mine in got if mine is not None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_it_gives_a_mail_to_exactly_one_worker(_round):
    assert _race(actions.claim) == 1
    assert Mail.objects.get().tries == 1


@pytest.mark.django_db(transaction=True)
def test_it_would_give_a_mail_to_many_without_the_condition():
    """The negative control: look, then take, as one would without thinking."""

    def naive(*, mail, by, at):
        if mail.state != MailState.QUEUED:
            return None
        Mail.objects.filter(pk=mail.pk).update(state=MailState.SENDING, claimed_at=at)
        return mail

    assert _race(naive) > 1


def test_it_empties_old_mails_but_keeps_that_they_went():
    old, young, waiting = queue(html="<p>"), queue(), queue()
    for mail, at in ((old, AT), (young, AT + timedelta(days=2))):
        actions.accept(mail=actions.claim(mail=mail, by=None, at=at), by=None, at=at)
    later = AT + timedelta(days=1)
    assert actions.remove_texts(older_than=later, by=None, at=later) == 1
    assert actions.remove_texts(older_than=later, by=None, at=later) == 0
    old.refresh_from_db(), young.refresh_from_db(), waiting.refresh_from_db()
    assert (old.text, old.html, old.headers, old.attachments) == ("", "", {}, [])
    assert old.to == "biljana@example.org" and old.sent_at == AT
    assert young.text and waiting.text


def test_it_empties_old_mails_as_a_job(settings):
    settings.MAIL_DAYS = 90
    sent_at = timezone.now() - timedelta(days=91)
    actions.accept(mail=actions.claim(mail=queue(), by=None, at=sent_at), by=None, at=sent_at)
    assert jobs.remove_texts() == 1


def test_it_holds_that_a_sent_mail_has_its_time():
    mail = queue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(state=MailState.SENT)


def test_it_names_a_mail_by_its_subject():
    assert str(queue()) == "Hej (biljana@example.org)"


def test_it_takes_every_mail_of_django_the_same_way(settings):
    settings.EMAIL_BACKEND = OUTBOX
    somebody = factories.person(email="asa@example.org")
    assert send_mail("Din kod", "1234", None, ["asa@example.org", "b@example.org"]) == 1
    mails = {mail.to: mail for mail in Mail.objects.all()}
    assert set(mails) == {"asa@example.org", "b@example.org"}
    assert mails["asa@example.org"].person == somebody and mails["b@example.org"].person is None
    assert mails["asa@example.org"].text == "1234"


def test_it_keeps_html_files_and_reply_address():
    mail = EmailMultiAlternatives(
        "Hej", "text", "ignored@example.com", ["a@example.org"], bcc=["b@example.org", ""],
        reply_to=["svar@example.org"], headers={"X-Kind": "x", "Message-ID": "<theirs>"},
    )  # fmt: skip
    mail.attach_alternative("<p>html</p>", "text/html")
    mail.attach("a.txt", "text", "text/plain")
    mail.attach("b.bin", b"\x00\x01", None)
    picture = MIMEImage(b"GIF89a", "gif")
    picture.add_header("Content-Disposition", "attachment", filename="c.gif")
    mail.attach(picture)
    assert get_connection(OUTBOX).send_messages([mail]) == 1
    rows = list(Mail.objects.order_by("to"))
    assert [row.to for row in rows] == ["a@example.org", "b@example.org"]
    assert rows[0].html == "<p>html</p>"
    assert rows[0].headers == {"Auto-Submitted": "auto-generated", "X-Kind": "x", "Reply-To": "svar@example.org"}
    assert [(a["name"], a["media_type"]) for a in rows[0].attachments] == [
        ("a.txt", "text/plain"), ("b.bin", "application/octet-stream"), ("c.gif", "image/gif"),
    ]  # fmt: skip
    assert rows[0].message_id not in {"<theirs>", rows[1].message_id}
    assert message(rows[0]).message().get_payload()


def test_it_has_nothing_to_queue_without_a_receiver():
    assert get_connection(OUTBOX).send_messages([EmailMultiAlternatives("Hej", "x", None, [])]) == 0
    assert not Mail.objects.exists()
