"""Reports of flaws, their answers, and the statement that is made from them."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from resursnav.foundation.access import Role
from resursnav.foundation.ui import views
from resursnav.foundation.ui.actions import (
    IN_ALL,
    PER_SENDER,
    UnableToAnswer,
    UnableToReport,
    answer_flaw,
    report_flaw,
)
from resursnav.foundation.ui.forms import AnswerForm
from resursnav.foundation.ui.jobs import waiting_flaws
from resursnav.foundation.ui.models import FlawReport, FlawStatus
from resursnav.foundation.ui.statement import Assessment, Conformance, Gap, Statement, Violation, read_report
from tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def report(**fields: object) -> FlawReport:
    return report_flaw(**{"text": "Knappen syns inte.", "by": None, "at": NOON, **fields})


def coordinator():
    return factories.person(Role.COORDINATOR, factories.organisation())


def test_it_keeps_a_report_without_saying_who():
    flaw = report(page="/resources/", aid="NVDA", by=coordinator())
    flaw.refresh_from_db()
    assert (flaw.text, flaw.page, flaw.aid, flaw.status) == (
        "Knappen syns inte.",
        "/resources/",
        "NVDA",
        FlawStatus.OPEN,
    )
    assert flaw.answered_by is None
    assert len(flaw.token) >= 20
    assert str(flaw) == "Knappen syns inte."


def test_it_refuses_an_empty_report():
    with pytest.raises(UnableToReport) as refused:
        report(text=" \u202e\x00 ")
    assert refused.value.field == "text"
    assert FlawReport.objects.count() == 0


def test_it_limits_one_sender_for_an_hour_and_then_forgets_the_sender():
    for _ in range(PER_SENDER):
        report(sender="abc")
    with pytest.raises(UnableToReport):
        report(sender="abc")
    report(sender="other")
    report(sender="abc", at=NOON + timedelta(hours=1, seconds=1))
    assert FlawReport.objects.exclude(sender="").count() == 1


def test_it_limits_everybody_together():
    FlawReport.objects.bulk_create(
        [FlawReport(text="x", reported_at=NOON, sender=str(number), token=str(number)) for number in range(IN_ALL)]
    )
    with pytest.raises(UnableToReport):
        report(sender="new")


def test_a_known_flaw_needs_words_for_the_statement():
    flaw = report()
    with pytest.raises(UnableToAnswer) as refused:
        answer_flaw(flaw=flaw, status="known", answer="Vi rättar i mars.", by=None, at=NOON)
    assert refused.value.field == "summary"
    with pytest.raises(UnableToAnswer) as refused:
        answer_flaw(flaw=flaw, status="mended", answer=" ", by=None, at=NOON)
    assert refused.value.field == "answer"
    with pytest.raises(UnableToAnswer) as refused:
        answer_flaw(flaw=flaw, status="open", answer="Nja.", by=None, at=NOON)
    assert refused.value.field == "status"
    flaw.refresh_from_db()
    assert flaw.status == FlawStatus.OPEN


def test_it_goes_from_known_to_mended():
    who = coordinator()
    flaw = answer_flaw(flaw=report(), status="known", summary="Ljus knapp.", answer="I mars.", by=who, at=NOON)
    assert list(FlawReport.objects.known()) == [flaw]
    assert (flaw.answered_by, flaw.answered_at, str(flaw)) == (who, NOON, "Ljus knapp.")
    mended = answer_flaw(flaw=flaw, status="mended", answer="Nu är den mörk.", by=who, at=NOON + timedelta(days=1))
    assert mended.summary == "Ljus knapp."
    assert list(FlawReport.objects.mended()) == [mended]
    assert not FlawReport.objects.known().exists()


def test_the_database_itself_wants_an_answer():
    flaw = report()
    with pytest.raises(IntegrityError), transaction.atomic():
        FlawReport.objects.filter(pk=flaw.pk).update(status=FlawStatus.MENDED, answered_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        FlawReport.objects.filter(pk=flaw.pk).update(status=FlawStatus.KNOWN, answered_at=NOON, answer="Ja.")


def test_only_the_centre_sees_that_reports_wait():
    report()
    assert waiting_flaws(coordinator()).count() == 1
    assert waiting_flaws(factories.person(Role.TEACHER, factories.organisation())).count() == 0


def test_a_stranger_reports_and_reads_the_answer(client):
    response = client.post("/accessibility/report/", {"text": "Går inte att nå med Tab. 🙈", "page": "/"}, follow=True)
    flaw = FlawReport.objects.get()
    assert response.redirect_chain[-1][0] == f"/accessibility/report/{flaw.token}/"
    assert "Rapporten väntar" in response.content.decode()
    answer_flaw(flaw=flaw, status="mended", answer="Nu går det.", by=None, at=NOON)
    assert "Nu går det." in client.get(f"/accessibility/report/{flaw.token}/").content.decode()
    assert client.get("/accessibility/report/gissning/").status_code == 404
    assert len(flaw.sender) == 16
    assert "127.0.0.1" not in flaw.sender


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_bad_report_keeps_what_was_typed(client, text: str):
    response = client.post("/accessibility/report/", {"text": text, "page": "/kvar/"})
    html = response.content.decode()
    assert response.status_code == 200
    assert 'value="/kvar/"' in html
    assert 'href="#id_text"' in html
    assert FlawReport.objects.count() == 0


def test_nulls_are_refused_with_words(client):
    response = client.post("/accessibility/report/", {"text": "a\x00b"})
    assert response.status_code == 200
    assert 'href="#id_text"' in response.content.decode()


def test_too_many_reports_are_told_so(client):
    for _ in range(PER_SENDER):
        client.post("/accessibility/report/", {"text": "Ett fel till"})
    response = client.post("/accessibility/report/", {"text": "Ett för mycket"})
    assert "Det har kommit många rapporter" in response.content.decode()
    assert "Ett för mycket" in response.content.decode()
    assert FlawReport.objects.count() == PER_SENDER


def test_a_program_that_fills_in_everything_leaves_nothing(client):
    response = client.post("/accessibility/report/", {"text": "Köp nu", "website": "https://example.com"})
    assert response["Location"] == "/accessibility/"
    assert FlawReport.objects.count() == 0


def test_the_page_is_filled_in_from_the_link(client):
    assert 'value="/resources/12/"' in client.get("/accessibility/report/?page=/resources/12/").content.decode()


def test_a_coordinator_answers(client):
    client.force_login(coordinator())
    flaw = report()
    assert "Knappen syns inte." in client.get("/accessibility/flaws/").content.decode()
    address = f"/accessibility/flaws/{flaw.pk}/"
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"status": "known", "answer": "I mars."})
    assert 'href="#id_summary"' in wrong.content.decode()
    assert "I mars." in wrong.content.decode()
    right = client.post(address, {"status": "mended", "answer": "Rättat."})
    assert right["Location"] == "/accessibility/flaws/"
    assert "Ingen rapport väntar" in client.get("/accessibility/flaws/").content.decode()
    assert "Knappen syns inte." in client.get("/accessibility/flaws/?all").content.decode()


def test_an_answer_that_the_action_refuses_is_told(client, monkeypatch):
    # Two coordinators may answer at once; the form cannot know, the action does.
    client.force_login(coordinator())
    monkeypatch.setattr(AnswerForm, "clean", lambda form: form.cleaned_data)
    response = client.post(f"/accessibility/flaws/{report().pk}/", {"status": "known", "answer": "Ja."})
    assert "Beskriv bristen så som den ska stå" in response.content.decode()


def test_others_do_not_see_reports(client):
    flaw = report()
    assert client.get("/accessibility/flaws/").status_code == 302
    client.force_login(factories.person(Role.TEACHER, factories.organisation()))
    assert client.get("/accessibility/flaws/").status_code == 403
    assert client.get(f"/accessibility/flaws/{flaw.pk}/").status_code == 404
    expert = factories.person(Role.EXPERT, factories.organisation())
    client.force_login(expert)
    assert client.get("/accessibility/flaws/").status_code == 200
    assert client.get(f"/accessibility/flaws/{flaw.pk}/").status_code == 403


def test_the_list_costs_as_much_with_many_reports(client, django_assert_max_num_queries):
    client.force_login(coordinator())
    for number in range(40):
        answer_flaw(flaw=report(text=f"Fel {number}"), status="mended", answer="Ja.", by=None, at=NOON)
    with django_assert_max_num_queries(12):
        html = client.get("/accessibility/flaws/?all").content.decode()
    assert html.count("<tr>") == 26


def test_the_statement_says_what_the_law_asks_for(client):
    answer_flaw(flaw=report(), status="known", summary="Ljus knapp.", answer="Vi rättar i mars.", by=None, at=NOON)
    report(text="Hemligt om mig")
    html = client.get("/accessibility/").content.decode()
    for part in ("2018:1937", "delvis förenlig", "Ljus knapp.", "Vi rättar i mars.", "https://www.digg.se/tdosanmalan"):
        assert part in html
    assert "/accessibility/report/" in html
    assert "En rapport från en besökare väntar" in html
    assert "Hemligt om mig" not in html


def test_every_page_leads_to_the_statement(client):
    assert 'href="/accessibility/"' in client.get("/no-such-page/").content.decode()


def test_the_statement_can_be_read_in_english(client):
    client.post("/language/", {"language": "en", "next": "/accessibility/"})
    html = client.get("/accessibility/").content.decode()
    assert '<html lang="en">' in html
    assert "Accessibility statement" in html
    assert "Tillgänglighet" not in html.partition("<main")[2].partition("</main>")[0]


def test_without_a_test_nothing_is_promised(client, settings, monkeypatch, tmp_path):
    monkeypatch.setattr(views, "REPORT", tmp_path / "missing.json")
    html = client.get("/accessibility/").content.decode()
    assert "inte förenlig" in html
    assert "Inget test är gjort" in html


def test_conformance_follows_from_what_is_known():
    tested = Assessment(day=date(2026, 11, 22))
    broken = Assessment(day=date(2026, 11, 22), violations=(Violation("/", "label", "Labels", "serious", 1),))
    assert Statement(tested).conformance is Conformance.FULL
    assert Statement(tested, gaps=(Gap("x"),)).conformance is Conformance.PARTIAL
    assert Statement(tested, waiting=1).conformance is Conformance.PARTIAL
    assert Statement(broken).conformance is Conformance.PARTIAL
    assert Statement(Assessment(day=None)).conformance is Conformance.NONE


def test_a_report_is_read_with_its_violations(tmp_path):
    path = tmp_path / "report.json"
    broken = {"id": "label", "help": "Labels", "impact": None, "count": 2}
    runs = [
        {"page": "/b/", "mode": "light", "violations": []},
        {"page": "/a/", "mode": "light", "violations": [broken]},
        {"page": "/a/", "mode": "dark", "violations": []},
    ]
    path.write_text(json.dumps({"date": "2026-11-22", "engine": "axe", "tags": ["wcag2a"], "runs": runs}))
    found = read_report(path)
    assert found.pages == ("/a/", "/b/")
    assert found.modes == ("light", "dark")
    assert found.violations == (Violation("/a/", "label", "Labels", "", 2),)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"date": "i går", "runs": []}', '{"date": "2026-11-22", "runs": 5}'])
def test_a_report_that_cannot_be_read_is_no_report(tmp_path, text: str):
    path = tmp_path / "report.json"
    path.write_text(text)
    assert read_report(path).day is None


def test_refusals_speak_the_language_of_the_page():
    with override("en"), pytest.raises(UnableToReport) as refused:
        report(text="")
    assert refused.value.reason == "Describe what does not work."
