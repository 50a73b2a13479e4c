"""Telling people: in the bell, at once by mail, in the digest, or only in the bell."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from resursnav.foundation.notices import actions, jobs, kinds
from resursnav.foundation.notices.actions import UnableToPrefer, telling
from resursnav.foundation.notices.kinds import NoticeKind
from resursnav.foundation.notices.models import Mail, Notice, Preference, Way
from resursnav.foundation.people.models import Person
from resursnav.kernel.text import STOCKHOLM
from tests import factories

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MARK = AT + timedelta(hours=1)
LATER = AT + timedelta(hours=2)


@pytest.fixture(autouse=True)
def some_kinds(monkeypatch):
    monkeypatch.setattr(
        kinds,
        "_kinds",
        {
            kind.code: kind
            for kind in (
                NoticeKind("tips", "Tips", "Du följer tips."),
                NoticeKind("news", "Nytt", "Du följer nytt.", way=Way.DAILY),
                NoticeKind("security", "Säkerhet", "Det gäller din inloggning.", fixed=True),
            )
        },
    )


@pytest.fixture
def asa(db):
    return factories.person(email="asa@example.org", given_name="Åsa")


def notify(*persons, kind="tips", title="Ditt tips är publicerat", by=None, at=AT, **fields):
    return actions.notify(persons=persons, kind=kind, title=title, by=by, at=at, **fields)


def test_it_tells_in_the_bell_and_by_mail_at_once(asa, settings):
    settings.BASE_URL, settings.CENTRE_NAME = "https://nav.example.org", "MediaCenter"
    (notice,) = notify(asa, body="Tack <3", url="/resources/12/")
    assert (notice.title, notice.body, notice.url, notice.read_at) == (
        "Ditt tips är publicerat", "Tack <3", "/resources/12/", None,
    )  # fmt: skip
    mail = Mail.objects.get()
    assert (mail.to, mail.person, mail.subject, mail.kind) == ("asa@example.org", asa, notice.title, "tips")
    assert mail.headers["Content-Language"] == "sv"
    assert mail.text.startswith("Hej Åsa,\n\nDitt tips är publicerat\n\nTack <3\n\n")
    assert "Läs mer: https://nav.example.org/resources/12/" in mail.text
    foot = mail.text.partition("\n-- \n")[2]
    assert foot.startswith("MediaCenter, ") and "Du följer tips." in foot and "/notices/preferences/" in foot


def test_it_tells_each_in_their_own_language(asa):
    bob = factories.person(language="en")
    title = format_lazy("{word} {name}", word=gettext_lazy("Tillbaka"), name="X")
    mine, his = notify(asa, bob, title=title, at=AT)
    assert mine.title == "Tillbaka X" and his.title in {"Back X", "Tillbaka X"}
    mails = {mail.person_id: mail for mail in Mail.objects.all()}
    assert mails[bob.pk].headers["Content-Language"] == "en" and mails[bob.pk].text.startswith("Hello ")


def test_it_tells_neither_the_doer_nor_the_gone(asa):
    gone = factories.person(is_active=False)
    assert notify(asa, gone, asa, by=asa) == []
    assert not Mail.objects.exists()


def test_it_tells_nobody_of_what_is_written_down_long_after(asa):
    with pytest.raises(ZeroDivisionError), actions.quietly():
        with actions.quietly():
            assert notify(asa) == []
        assert notify(asa) == []
        raise ZeroDivisionError
    assert not Mail.objects.exists()
    assert len(notify(asa)) == 1


def test_it_accepts_one_person_without_a_list(asa):
    assert len(actions.notify(persons=asa, kind="tips", title="x", by=None, at=AT)) == 1


def test_it_leads_only_to_pages_of_this_site(asa):
    with pytest.raises(ValueError, match="begins with /"):
        notify(asa, url="https://example.com/")


def test_it_refuses_an_unknown_kind(asa):
    with pytest.raises(KeyError):
        notify(asa, kind="unheard")


def test_it_comes_as_the_person_wants_it(asa):
    for way in Way:
        actions.prefer(person=asa, kind="tips", way=way, by=asa, at=AT)
        (notice,) = notify(asa)
        assert notice.waits_for_digest == (way is Way.DAILY)
    assert Mail.objects.count() == 1 and Preference.objects.count() == 1
    (daily,) = notify(asa, kind="news")
    assert daily.waits_for_digest


def test_it_never_switches_off_what_is_too_important(asa):
    with pytest.raises(UnableToPrefer, match="Säkerhet kommer alltid genast") as refused:
        actions.prefer(person=asa, kind="security", way=Way.NEVER, by=asa, at=AT)
    assert refused.value.field == "security"
    Preference.objects.create(person=asa, kind="security", way=Way.NEVER)  # as if it had been allowed once
    notify(asa, kind="security")
    assert Mail.objects.count() == 1


def test_it_marks_as_read_once(asa):
    first, second, third = notify(asa, asa)[0], notify(asa)[0], notify(asa, at=LATER)[0]
    assert actions.mark_read(notice=first, by=asa, at=AT).read_at == AT
    assert actions.mark_read(notice=first, by=asa, at=LATER).read_at == AT
    other = notify(factories.person())[0]
    assert actions.mark_all_read(person=asa, by=asa, at=MARK) == 1
    for notice in (second, third, other):
        notice.refresh_from_db()
    assert second.read_at == MARK and third.read_at is None and other.read_at is None


def test_it_gathers_a_digest(asa, settings):
    settings.BASE_URL = "https://nav.example.org"
    notify(asa, kind="news", title="Första", url="/resources/1/")
    notify(asa, kind="news", title="Andra")
    read = notify(asa, kind="news", title="Läst redan")[0]
    actions.mark_read(notice=read, by=asa, at=AT)
    notify(asa, kind="news", title="Efteråt", at=MARK)
    assert actions.digest(person=asa, mark=MARK, by=None, at=LATER) == 2
    mail = Mail.objects.get()
    assert mail.subject.startswith("2 saker från")
    assert mail.text.index("Första") < mail.text.index("Andra") and "https://nav.example.org/resources/1/" in mail.text
    assert "Läst redan" not in mail.text and "Efteråt" not in mail.text
    leave = mail.headers["List-Unsubscribe"]
    assert leave.startswith("<https://nav.example.org/notices/stop/") and leave[1:-1] in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "för att du har valt det" in mail.text
    assert actions.digest(person=asa, mark=MARK, by=None, at=LATER) == 0 and Mail.objects.count() == 1


def test_it_writes_no_digest_about_nothing_or_to_the_gone(asa):
    for notice in notify(asa, kind="news"):
        actions.mark_read(notice=notice, by=asa, at=AT)
    assert actions.digest(person=asa, mark=MARK, by=None, at=LATER) == 0
    notify(asa, kind="news")
    Person.objects.update(is_active=False)
    asa.refresh_from_db()
    assert actions.digest(person=asa, mark=MARK, by=None, at=LATER) == 0
    assert not Mail.objects.exists() and not Notice.objects.filter(waits_for_digest=True).exists()


def test_it_gathers_for_everybody_who_waits(asa):
    bob = factories.person()
    morning = jobs.last_mark(timezone.now())
    notify(asa, bob, kind="news", at=morning - timedelta(hours=1))
    notify(factories.person(), kind="news", at=morning + timedelta(seconds=1))
    assert jobs.send_digests() == 2
    assert set(Mail.objects.values_list("person", flat=True)) == {asa.pk, bob.pk}
    assert jobs.send_digests() == 0


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_it_knows_the_latest_half_past_six(at):
    mark = jobs.last_mark(at)
    local = mark.astimezone(STOCKHOLM)
    assert (local.hour, local.minute) == (6, 30)
    assert mark <= at < mark + timedelta(hours=25)


def test_it_leaves_the_digest_by_the_link(asa):
    actions.prefer(person=asa, kind="tips", way=Way.DAILY, by=asa, at=AT)
    notify(asa, kind="news")
    token = actions.unsubscribe_token(asa)
    assert actions.person_of_token(token) == asa
    assert actions.person_of_token(token[:-2] + "xx") is None
    assert actions.stop_digest(person=asa, by=asa, at=AT) == 2
    assert set(Preference.objects.values_list("kind", "way")) == {("tips", "never"), ("news", "never")}
    assert not Notice.objects.filter(waits_for_digest=True).exists()
    assert actions.stop_digest(person=asa, by=asa, at=AT) == 0


def test_it_declares_kinds_once_and_soundly():
    with pytest.raises(ValueError, match="twice"):
        kinds.declare(NoticeKind("tips", "", ""))
    with pytest.raises(ValueError, match="at once"):
        kinds.declare(NoticeKind("locked", "", "", way=Way.DAILY, fixed=True))
    made = kinds.declare(NoticeKind("a", "", ""))
    assert kinds.kinds()[0] == made == kinds.kind("a")


def _gather_at_once(person, workers=4):
    barrier, lines = Barrier(workers), []

    def run():
        try:
            barrier.wait(timeout=20)
            lines.append(actions.digest(person=person, mark=MARK, by=None, at=LATER))
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _worker in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=40)
    return sorted(lines)


@pytest.mark.django_db(transaction=True)
def test_it_sends_one_digest_when_many_gather_at_once():
    asa = factories.person()
    notify(asa, asa, kind="news")
    assert _gather_at_once(asa) == [0, 0, 0, 1]
    assert Mail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_would_send_several_digests_without_the_lock(monkeypatch):
    """The negative control: the same race with the lock taken away."""
    meet = Barrier(4)
    if connection.vendor == "sqlite":  # here the lock is the transaction, so it goes
        monkeypatch.setattr(actions, "digest", actions.digest.__wrapped__)
    monkeypatch.setattr(Notice.objects.__class__, "select_for_update", lambda self, **_how: self.all(), raising=False)
    monkeypatch.setattr(
        telling.Notice.objects._queryset_class, "select_for_update", lambda self, **_how: self, raising=False
    )
    looked = telling.Notice.objects._queryset_class.waiting

    def look_and_wait(self, mark):
        found = list(looked(self, mark))
        meet.wait(timeout=20)
        return type(self)(self.model).filter(pk__in=[notice.pk for notice in found])

    monkeypatch.setattr(telling.Notice.objects._queryset_class, "waiting", look_and_wait)
    asa = factories.person()
    notify(asa, kind="news")
    assert len([lines for lines in _gather_at_once(asa) if lines]) > 1
