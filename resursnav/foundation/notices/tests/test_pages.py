"""The bell's page, choices, leaving the digest, the outbox and the demo's mailbox."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from resursnav.foundation.access import Role
from resursnav.foundation.notices import actions, kinds, start
from resursnav.foundation.notices.kinds import NoticeKind
from resursnav.foundation.notices.models import Mail, MailState, Notice, Preference, Way
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def some_kinds(monkeypatch):
    known = (
        NoticeKind("tips", "Tips", "Du följer tips."),
        NoticeKind("news", "Nytt", "Du följer nytt.", way=Way.DAILY),
        NoticeKind("security", "Säkerhet", "Det gäller din inloggning.", fixed=True),
    )
    monkeypatch.setattr(kinds, "_kinds", {kind.code: kind for kind in known})


@pytest.fixture
def asa():
    return factories.person(email="asa@example.org")


@pytest.fixture
def page(client, asa):
    client.force_login(asa)
    return client


def notify(*persons, **fields):
    fields = {"kind": "tips", "title": "Ditt tips är publicerat", "by": None, "at": AT, **fields}
    return actions.notify(persons=persons, **fields)


def test_it_shows_my_notices_and_nobody_elses(page, asa, django_assert_max_num_queries):
    for number in range(40):
        notify(asa, title=f"Nummer {number}", url="/resources/1/", body="<script>alert(1)</script>")
    notify(factories.person(), title="Hemligt")
    with django_assert_max_num_queries(12):
        html = page.get("/notices/").content.decode()
    assert "40 är olästa" in html and "Nummer 39" in html and "Nummer 9<" not in html
    assert "Hemligt" not in html and "<script>alert" not in html
    assert "Nummer 9" in page.get("/notices/?page=2").content.decode()
    assert page.get("/notices/?page=999999&page=x").status_code == 200


def test_it_counts_at_the_bell(page, asa):
    notify(asa), notify(asa)
    assert page.get("/notices/").context["frame"].bell_count == 2


def test_it_says_why_it_is_empty(page):
    assert "Inga aviseringar än" in page.get("/notices/").content.decode()


def test_it_sends_a_stranger_to_the_login(client):
    for path in ("/notices/", "/notices/preferences/", "/mail/"):
        answer = client.get(path)
        assert answer.status_code == 302 and "login" in answer.url


def test_it_opens_and_marks_as_read(page, asa):
    notice = notify(asa, url="/notices/preferences/")[0]
    answer = page.post(f"/notices/{notice.pk}/read/", {"open": "1"})
    notice.refresh_from_db()
    assert answer.url == "/notices/preferences/" and notice.read_at is not None


def test_it_marks_as_read_and_stays(page, asa):
    notice = notify(asa, url="/notices/preferences/")[0]
    assert page.post(f"/notices/{notice.pk}/read/").url == "/notices/"


def test_it_changes_nothing_by_get_or_for_others(page, asa):
    mine, foreign = notify(asa)[0], notify(factories.person())[0]
    assert page.get(f"/notices/{mine.pk}/read/").status_code == 405
    assert page.get("/notices/read/").status_code == 405
    assert page.post(f"/notices/{foreign.pk}/read/").status_code == 404
    assert not Notice.objects.filter(read_at__isnull=False).exists()


def test_it_marks_everything_as_read(page, asa):
    notify(asa), notify(asa)
    assert "2 aviseringar är markerade" in page.post("/notices/read/", follow=True).content.decode()
    assert "inget oläst" in page.post("/notices/read/", follow=True).content.decode()
    assert not Notice.objects.unread().exists()


def test_it_lets_me_choose(page, asa):
    html = page.get("/notices/preferences/").content.decode()
    assert "Tips" in html and "Säkerhet" in html
    answer = page.post("/notices/preferences/", {"tips": "never", "news": "daily"}, follow=True)
    assert "Dina val är sparade" in answer.content.decode()
    assert Preference.objects.values_list("kind", "way").get() == ("tips", "never")


@pytest.mark.parametrize("given", [{}, {"tips": "always", "news": "daily"}, {"tips": "\x00", "news": "🦊" * 500}])
def test_it_says_what_is_wrong_with_a_choice(page, given):
    html = page.post("/notices/preferences/", given).content.decode()
    assert "Välj" in html and "ds-sr-only" in html
    assert not Preference.objects.exists()


def test_it_has_nothing_to_choose_among_when_all_is_fixed(page, monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {"security": kinds.kind("security")})
    assert "inget att välja" in page.get("/notices/preferences/").content.decode()


def test_it_leaves_the_digest_in_one_click(asa):
    address = f"/notices/stop/{actions.unsubscribe_token(asa)}/"
    mail_program = Client(enforce_csrf_checks=True)
    assert "<form" in mail_program.get(address).content.decode()
    assert not Preference.objects.exists()
    for _again in range(2):
        answer = mail_program.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200 and "inte sammandraget längre" in answer.content.decode()
    assert set(Preference.objects.values_list("kind", "way")) == {("news", "never")}


def test_it_refuses_a_link_that_was_not_made_here(client):
    for token in ("x", "a:b:c", "å" * 300):
        assert client.get(f"/notices/stop/{token}/").status_code == 404
        assert client.post(f"/notices/stop/{token}/").status_code == 404


@pytest.fixture
def administrator(client):
    client.force_login(factories.person(Role.ADMINISTRATOR, factories.organisation()))
    return client


def failed_mail():
    mail = actions.queue(to="borta@example.org", subject="Hej", text="Hemlig länk", by=None, at=AT)
    actions.refuse(mail=actions.claim(mail=mail, by=None, at=AT), error="550 no such user", by=None, at=AT)
    return mail


def test_it_shows_the_outbox_without_what_the_mails_said(administrator, django_assert_max_num_queries):
    failed_mail()
    for _number in range(40):
        actions.queue(to="b@example.org", subject="Brådskar", text="Hemlig länk", by=None, at=AT)
    with django_assert_max_num_queries(12):
        html = administrator.get("/mail/").content.decode()
    assert "41 rader" in html and "Hemlig" not in html
    failed = administrator.get("/mail/?state=failed").content.decode()
    assert "550 no such user" in failed and "Brådskar" not in failed and "1 rad" in failed
    assert "41 rader" in administrator.get("/mail/?state=%00&page=-3").content.decode()
    assert "Inga mejl här" in administrator.get("/mail/?state=sent").content.decode()


def test_it_sends_again_from_the_outbox(administrator):
    mail = failed_mail()
    assert administrator.post(f"/mail/{mail.pk}/again/").url == "/mail/"
    assert Mail.objects.get().state == MailState.QUEUED
    assert administrator.get(f"/mail/{mail.pk}/again/").status_code == 405
    assert administrator.post("/mail/999/again/").status_code == 404


def test_it_keeps_the_outbox_from_everybody_else(client):
    client.force_login(factories.person(Role.COORDINATOR, factories.organisation()))
    mail = failed_mail()
    assert client.get("/mail/").status_code == 403
    assert client.post(f"/mail/{mail.pk}/again/").status_code == 404
    assert Mail.objects.get().state == MailState.FAILED


def test_it_shows_every_mail_in_the_demo(client, settings, django_assert_max_num_queries):
    settings.DEMO = True
    assert "Inga mejl än" in client.get("/demo/inbox/").content.decode()
    mail = actions.queue(
        to="a@example.org", subject="<b>Hej</b>", by=None, at=AT,
        text="Rad ett\n<script>alert(1)</script>\nhttps://nav.example.org/x?a=1&b=2",
        attachments=[actions.Attachment("tid.ics", b"x")],
    )  # fmt: skip
    for _number in range(40):
        actions.queue(to="b@example.org", subject="Nästa", text="x", by=None, at=AT)
    with django_assert_max_num_queries(12):
        assert "41 rader" in client.get("/demo/inbox/").content.decode()
    html = client.get(f"/demo/inbox/{mail.pk}/").content.decode()
    assert "&lt;b&gt;Hej&lt;/b&gt;" in html and "<script>alert" not in html and "tid.ics" in html
    assert 'href="https://nav.example.org/x?a=1&amp;b=2"' in html
    assert client.get("/demo/inbox/999999/").status_code == 404


def test_it_has_no_mailbox_outside_the_demo(client, settings):
    settings.DEMO = False
    mail = failed_mail()
    assert client.get("/demo/inbox/").status_code == 404
    assert client.get(f"/demo/inbox/{mail.pk}/").status_code == 404


def test_it_says_on_the_start_page_what_is_unread(asa):
    mine = notify(asa, title="Läs mig", url="/resources/1/")[0]
    plain = notify(asa, title="Utan sida")[0]
    read = notify(asa, title="Läst")[0]
    actions.mark_read(notice=read, by=asa, at=AT)
    notify(factories.person(), title="Hemligt")
    assert [(line.title, line.url, line.at) for line in start.unread(asa)] == [
        ("Utan sida", "/notices/", plain.created_at), ("Läs mig", "/resources/1/", mine.created_at),
    ]  # fmt: skip
    assert start.unread(AnonymousUser()) == []
