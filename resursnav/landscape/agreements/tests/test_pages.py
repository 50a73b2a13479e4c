"""The pages: each works, a stranger is sent away, a reader is refused, and wrong input loses nothing."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import HeadCount
from resursnav.landscape.agreements import actions
from resursnav.landscape.agreements.facts import RightFacts
from resursnav.landscape.agreements.models import Agreement, AgreementDocument, UsageRight
from tests import factories

from .test_papers import SOME_PDF


@pytest.fixture
def office(client, county):
    client.force_login(county.coordinator)
    return client


@pytest.fixture
def local(client, county):
    client.force_login(county.lead)
    return client


def url(name, *args):
    return reverse(f"agreements:{name}", args=args)


def text(answer):
    return " ".join(answer.content.decode().split())


SENT = {
    "title": "Skolfilm", "new_counterpart": "Norrfilm AB", "valid_from": "2026-01-01", "last_day": "2027-08-31",
    "renewal": "ends", "notice_months": "6", "answers": "coordinator", "price": "12 500,50", "price_rule": "fixed",
}  # fmt: skip


def test_it_registers_an_agreement(office):
    answer = office.post(url("new"), SENT)
    made = Agreement.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.valid_to, made.price) == (date(2027, 9, 1), Decimal("12500.50"))
    page = text(office.get(made.get_absolute_url()))
    for said in ("Upphör 31 augusti 2027.", "12 500,50 kronor om året", "28 februari 2027", "registrerade avtalet"):
        assert said in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"new_counterpart": ""}, "Välj en motpart, eller skriv namnet på en ny."),
        ({"valid_from": ""}, "Skriv vilken dag avtalet börjar gälla."),
        ({"last_day": "2025-01-01"}, "Sista dagen kan inte komma före den första."),
        ({"price": "mycket"}, "Skriv ett belopp med siffror"),
        ({"renewal": "extends"}, "Skriv hur många månader avtalet förlängs med"),
        ({"valid_from": "0001-01-01"}, "Skriv ett år mellan"),
        ({"last_day": "9999-12-31", "valid_from": "9999-12-30"}, "Skriv ett år mellan"),
        ({"notice_months": "999"}, "240"),
        ({"price_rule": "percent"}, "Skriv hur många procent"),
    ],
)
def test_wrong_input_loses_nothing(office, said, words):
    answer = office.post(url("new"), {**SENT, **said, "about": "Det jag skrev"})
    assert answer.status_code == 422
    assert words in text(answer)
    assert "Det jag skrev" in text(answer)
    assert not Agreement.objects.exists()


def test_it_takes_a_counterpart_from_the_list_or_a_new_one_but_not_both(office, agreement):
    known = agreement.counterpart_id
    answer = office.post(url("new"), {**SENT, "counterpart": known})
    assert "inte båda" in text(answer)
    assert office.post(url("new"), {**SENT, "counterpart": known, "new_counterpart": ""}).status_code == 302


def test_who_works_for_two_says_for_which(office, county):
    factories.assignment(county.coordinator, Role.COORDINATOR, county.town)
    assert "Vem har tecknat avtalet?" in text(office.get(url("new")))
    office.post(url("new"), {**SENT, "owner": county.town.pk})
    assert Agreement.objects.get().owner == county.town
    office.post(url("new_counterpart"), {"owner": county.region.pk, "name": "Björkfilm"})
    assert "Björkfilm" in text(office.get(url("counterparts")))


def test_who_works_at_a_unit_is_told_who_registers(client, county):
    client.force_login(factories.person(Role.COORDINATOR, county.school))
    for name in ("new", "new_counterpart"):
        answer = client.get(url(name))
        assert answer.status_code == 403
        assert "Avtal tecknas av en region eller en kommun" in text(answer)


def test_it_changes_an_agreement_and_never_over_anybodys_work(office, agreement, at):
    shown = office.get(url("edit", agreement.pk))
    said = {**SENT, "counterpart": agreement.counterpart_id, "new_counterpart": "", "title": "Nytt namn"}
    seen = shown.context["form"]["seen_at"].value()
    assert office.post(url("edit", agreement.pk), {**said, "seen_at": seen}).status_code == 302
    again = office.post(url("edit", agreement.pk), {**said, "title": "Mitt namn", "seen_at": seen})
    assert "Någon annan har ändrat avtalet" in text(again)
    assert Agreement.objects.get().title == "Nytt namn"
    now = again.context["form"]["seen_at"].value()
    assert office.post(url("edit", agreement.pk), {**said, "title": "Mitt namn", "seen_at": now}).status_code == 302
    assert office.post(url("edit", agreement.pk), {**said, "seen_at": "i går"}).status_code == 302


def test_it_extends(office, agreement):
    shown = office.get(url("extend", agreement.pk))
    assert 'value="2028-08-31"' in shown.content.decode()
    seen = shown.context["form"]["seen_at"].value()
    office.post(url("extend", agreement.pk), {"last_day": "2028-08-31", "price": "2000", "seen_at": seen})
    kept = Agreement.objects.get()
    assert (kept.valid_to, kept.price) == (date(2028, 9, 1), Decimal(2000))
    assert "Tidigare period började" in text(office.get(kept.get_absolute_url()))
    assert "måste komma efter" in text(office.post(url("extend", agreement.pk), {"last_day": "2027-01-01"}))


def test_it_gives_notice_with_the_consequence_before_ones_eyes_and_takes_it_back(office, made, placed):
    late = made(number="2", renewal="extends", renewal_months=12, notice_months=0, notice_date=date(2026, 6, 1))
    assert "Sista uppsägningsdagen har passerat" in text(office.get(url("terminate", late.pk)))
    one = placed.agreement
    assert "Det som 1 rättighet ger upphör samtidigt." in text(office.get(url("terminate", one.pk)))
    assert "Skriv varför avtalet sägs upp." in text(office.post(url("terminate", one.pk), {"given": "2026-11-01"}))
    office.post(url("terminate", one.pk), {"given": "2026-11-01", "reason": "För dyrt"})
    page = text(office.get(one.get_absolute_url()))
    assert "För dyrt" in page
    assert "Ta tillbaka uppsägningen" in page
    assert "Skriv vad ni" in text(office.post(url("resume", one.pk), {}))
    office.post(url("resume", one.pk), {"last_day": "2028-01-01", "reason": "Nytt pris"})
    assert Agreement.objects.get(pk=one.pk).valid_to == date(2028, 1, 2)


def test_it_shares_the_price_by_inhabitants_from_the_register(office, agreement, county):
    for town, number in ((county.town, 3000), (county.neighbour, 1000)):
        HeadCount.objects.create(organisation=town, what="inhabitants", counted_date="2025-12-31", number=number)
    page = office.get(url("shares", agreement.pk), {"fetch": "inhabitants"})
    assert 'value="3000"' in page.content.decode()
    said = {"share_key": "inhabitants", f"weight_{county.town.pk}": "3 000", f"weight_{county.neighbour.pk}": "1000"}
    assert office.post(url("shares", agreement.pk), said).status_code == 302
    page = text(office.get(agreement.get_absolute_url()))
    assert "750,00" in page
    assert "75,0 procent" in page
    wrong = office.post(url("shares", agreement.pk), {**said, "share_key": "fixed"})
    assert "för höga" in text(wrong)
    assert wrong.status_code == 422


def test_it_gives_a_right_and_says_where_without_javascript(office, agreement, county):
    made = office.post(url("new_right", agreement.pk), {"way": "stream_class", "audience": ["pupils"]})
    right = UsageRight.objects.get()
    assert made["Location"] == url("places", right.pk)
    assert "Välj vad man får göra." in text(office.post(url("new_right", agreement.pk), {}))
    assert "gäller ingenstans" in text(office.get(url("places", right.pk)))
    assert "Björkskolan" in text(office.get(url("places", right.pk), {"q": "björksk"}))
    assert "Ingen plats passar" in text(office.get(url("places", right.pk), {"q": "ekby"}))
    press = url("places", right.pk)
    back = office.post(press, {"place": county.town.pk, "deed": "include", "q": "björk å"})
    assert back["Location"] == f"{press}?q=bj%C3%B6rk+%C3%A5"
    office.post(press, {"place": county.school.pk, "deed": "except"})
    page = text(office.get(agreement.get_absolute_url()))
    assert "Elever i Björkby, utom Björkskolan får strömma i klassrummet till och med 31 augusti 2027." in page
    office.post(press, {"place": county.school.pk, "deed": "remove"})
    assert right.places.count() == 1
    assert "ligger inte under" in text(office.post(press, {"place": county.abroad.pk, "deed": "include"}, follow=True))
    for nonsense in ("", "x", "99999999", "²"):
        assert office.post(press, {"place": nonsense, "deed": "include"}).status_code == 302
    assert right.places.count() == 1


def test_it_changes_and_ends_a_right(office, placed):
    shown = office.get(url("edit_right", placed.pk))
    seen = shown.context["form"]["seen_at"].value()
    said = {"way": "loan", "titles": "Klassiker", "most_users": "30", "most_uses": "1", "seen_at": seen}
    assert office.post(url("edit_right", placed.pk), said).status_code == 302
    assert "Någon annan" in text(office.post(url("edit_right", placed.pk), said))
    page = text(office.get(placed.agreement.get_absolute_url()))
    assert "låna ett exemplar ur listan ”Klassiker”" in page
    assert "Högst 30 användare samtidigt." in page
    assert "Klassiker" in text(office.get(url("new_right", placed.agreement_id)))
    assert "Skriv varför" in text(office.post(url("end_right", placed.pk), {"last_day": "2026-11-10"}))
    office.post(url("end_right", placed.pk), {"last_day": "2026-11-10", "reason": "Indraget"})
    assert "Avslutad: Indraget" in text(office.get(placed.agreement.get_absolute_url()))


def test_it_keeps_and_gives_out_papers(office, client, agreement, county, at, settings):
    sent = {"title": "Avtalet", "file": SimpleUploadedFile("Avtal å.pdf", SOME_PDF)}
    assert office.post(url("new_document", agreement.pk), sent).status_code == 302
    paper = AgreementDocument.objects.get()
    answer = office.get(url("document", paper.pk))
    assert b"".join(answer) == SOME_PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], "sandbox" in answer["Content-Security-Policy"]) == ("nosniff", True)
    wrong = office.post(
        url("new_document", agreement.pk), {"title": "Bild", "file": SimpleUploadedFile("a.pdf", b"GIF89a")}
    )
    assert "Filen måste vara PDF, ODT eller DOCX." in text(wrong)
    settings.UPLOAD_LIMIT = 10
    large = {"title": "Stor", "file": SimpleUploadedFile("a.pdf", SOME_PDF)}
    assert "större än 20 MB" in text(office.post(url("new_document", agreement.pk), large))
    client.force_login(county.lead)
    assert client.get(url("document", paper.pk)).status_code == 404
    client.force_login(county.coordinator)
    assert "går inte att få tillbaka" in text(client.get(url("remove_document", paper.pk)))
    paper_path = paper.path
    default_storage.delete(paper_path)
    assert client.get(url("document", paper.pk)).status_code == 404
    assert client.post(url("remove_document", paper.pk)).status_code == 302
    assert not AgreementDocument.objects.exists()


def test_it_keeps_counterparts(office, agreement):
    assert "Skriv motpartens namn." in text(office.post(url("new_counterpart"), {}))
    office.post(url("new_counterpart"), {"name": "Björkfilm", "number": "555555-5555"})
    assert "555555-5555" in text(office.get(url("counterparts")))
    one = agreement.counterpart_id
    wrong = office.post(url("edit_counterpart", one), {"name": "björkfilm"})
    assert "Det finns redan en motpart" in text(wrong)
    assert office.post(url("edit_counterpart", one), {"name": "Norrfilm", "phone": "090-1"}).status_code == 302
    assert "090-1" in text(office.get(agreement.get_absolute_url()))


def test_the_list_filters_sorts_and_counts(office, made):
    made()
    made(number="2", title="Ljudböcker", valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1), price=None)
    made(number="3", title="=SUMMA(A1)", valid_to=None, counterpart="Ängsfilm")
    made(number="4", title="Kommande", valid_from=date(2090, 1, 1), valid_to=None)
    for asked, wanted in (
        ("", ["=SUMMA(A1)", "Skolfilm"]),
        ("status=ended", ["Ljudböcker"]),
        ("status=coming", ["Kommande"]),
        ("q=ängsf", ["=SUMMA(A1)"]),
        ("status=all&sort=-title", ["Skolfilm", "Ljudböcker", "Kommande", "=SUMMA(A1)"]),
        ("sort=ends", ["Skolfilm", "=SUMMA(A1)"]),
        ("months=12", ["Skolfilm"]),
        ("q=finns inte", []),
        ("status=?&sort=x&months=7&counterpart=²", ["=SUMMA(A1)", "Skolfilm"]),
    ):
        rows = office.get(url("list") + "?" + asked).context["rows"]
        if "months" not in asked or asked.startswith("status"):
            assert [row.agreement.title for row in rows] == wanted, asked
    angs = Agreement.objects.get(number="3").counterpart_id
    assert len(office.get(url("list"), {"counterpart": angs}).context["rows"]) == 1
    assert "Inget avtal passar" in text(office.get(url("list"), {"q": "finns inte"}))


def test_it_finds_what_runs_out_soon(office, made):
    today = timezone.localdate()
    made(valid_from=today - timedelta(days=9), valid_to=today + timedelta(days=80), notice_months=0)
    for months, many in (("3", 1), ("6", 1)):
        assert len(office.get(url("list"), {"months": months}).context["rows"]) == many
    assert not office.get(url("list"), {"months": "3", "status": "ended"}).context["rows"]


def test_an_export_calculates_nothing(office, made):
    made(title="=SUMMA(A1)")
    sheet = office.get(url("list"), {"format": "csv"}).content.decode("utf-8-sig")
    assert "'=SUMMA(A1);N 1;Norrfilm AB" in sheet
    assert "1000,00" in sheet
    book = zipfile.ZipFile(io.BytesIO(office.get(url("list"), {"format": "xlsx"}).content))
    cells = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in cells
    assert "SUMMA(A1)" in cells


def test_renewals_come_by_their_day_with_what_happens_otherwise(office, made):
    today = timezone.localdate()
    assert "Inget att besluta" in text(office.get(url("renewals")))
    said = {"valid_from": today - timedelta(days=300), "notice_months": 0}
    made(title="Snart", valid_to=today + timedelta(days=20), **said)
    made(number="2", title="Passerad", valid_to=today + timedelta(days=20), notice_date=today - timedelta(days=3),
         renewal="extends", renewal_months=12, **said)  # fmt: skip
    made(number="3", title="Senare", valid_to=today + timedelta(days=300), **said)
    answer = office.get(url("renewals"))
    assert [line["row"].agreement.title for line in answer.context["rows"]] == ["Snart", "Senare"]
    assert [line["row"].agreement.title for line in answer.context["late"]] == ["Passerad"]
    page = text(answer)
    assert "Ett avtal behöver ett beslut inom sex månader, värda 1 000 kronor om året." in page
    assert "om 19 dagar" in page
    assert "för 3 dagar sedan" in page
    assert "Förlängs med 12 månader" in page


def test_a_municipality_reads_what_concerns_it_and_changes_nothing(local, placed, county):
    one = placed.agreement
    page = text(local.get(one.get_absolute_url()))
    assert "i Björkby, utom Björkskolan" in page
    for hidden in ("kronor om året", "Redigera", "Säg upp", "Lägg till", "Handlingar"):
        assert hidden not in page
    for name in ("edit", "extend", "terminate", "resume", "shares", "new_right", "new_document"):
        assert local.get(url(name, one.pk)).status_code == 403
    assert local.get(url("places", placed.pk)).status_code == 403
    assert local.get(url("counterparts")).status_code == 403
    sheet = local.get(url("list"), {"format": "csv"}).content.decode("utf-8-sig")
    assert "Skolfilm" in sheet
    assert "1000" not in sheet


def test_strangers_and_schools_see_nothing(client, placed, county):
    one = placed.agreement
    assert client.get(one.get_absolute_url()).status_code == 302
    for person, status in ((county.stranger_lead, 404), (county.teacher, 404)):
        client.force_login(person)
        assert client.get(one.get_absolute_url()).status_code == status
        assert client.get(url("places", placed.pk)).status_code == 404
    assert client.get(url("list")).status_code == 403


def test_it_answers_may_we(office, placed, county):
    assert "Björkskolan" in text(office.get(url("ask"), {"q": "björksk"}))
    assert "Ingen plats passar" in text(office.get(url("ask"), {"q": "finnsinte"}))
    asked = {"way": "stream_class", "day": "2026-12-01"}
    for place, more, said in (
        (county.town, {}, "Ja, till och med 31 augusti 2027."),
        (county.school, {}, "Nej, Björkskolan är undantagen."),
        (county.neighbour, {}, "Nej, det gäller inte här. Det gäller i Björkby."),
        (county.town, {"way": "copy"}, "Nej, inte på det sättet. Det här är tillåtet: strömma i klassrummet."),
        (county.town, {"day": "2025-01-01"}, "Inte än. Det blir tillåtet 1 januari 2026."),
        (county.town, {"day": "2028-01-01"}, "Nej, rätten upphörde 31 augusti 2027."),
        (county.town, {"school_form": "GR", "audience": "pupils"}, "Ja, till och med"),
    ):
        assert said in text(office.get(url("ask"), {"place": place.pk, **asked, **more}))
    assert "Fråga avtalen" in text(office.get(url("ask"), {"place": county.town.pk}))
    assert "Välj först" in text(office.get(url("ask"), {"place": "²"}))
    wrong = office.get(url("ask"), {"place": county.town.pk, "way": "steal"})
    assert "ag-right" not in text(wrong)


def test_where_no_agreement_can_be_asked_it_says_so(office, county):
    assert "Inget avtal att fråga" in text(office.get(url("ask"), {"place": county.town.pk, "way": "loan"}))


def test_an_organisations_page_says_which_agreements_hold_there(client, placed, county):
    here = reverse("organisations:show", args=[county.town.pk])
    assert "Avtal som gäller här" not in text(client.get(here))
    for person, place, shown in (
        (county.coordinator, county.town, True),
        (county.coordinator, county.school, False),
        (county.lead, county.town, True),
        (county.teacher, county.town, False),
        (county.stranger_lead, county.town, False),
    ):
        client.force_login(person)
        page = text(client.get(reverse("organisations:show", args=[place.pk])))
        assert ("Strömma i klassrummet till och med 31 augusti 2027" in page) is shown


def test_the_panel_shows_a_dozen_and_counts_the_rest(office, made, county, at):
    for number in range(14):
        one = made(number=str(number), title=f"Avtal {number}")
        right = actions.add_right(agreement=one, facts=RightFacts(way="loan"), by=None, at=at)
        actions.mark_place(right=right, organisation=county.region, included=True, by=None, at=at)
    assert "Och 2 avtal till." in text(office.get(reverse("organisations:show", args=[county.town.pk])))
