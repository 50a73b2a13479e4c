"""Rights and their places, who pays, and the papers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage

from resursnav.foundation.threads.models import Record
from resursnav.landscape.agreements import actions, reading, terms
from resursnav.landscape.agreements.facts import RightFacts
from resursnav.landscape.agreements.models import AgreementDocument, CostShare, TitleList, UsageRight

from .test_papers import SOME_PDF, a_docx

LATER = timedelta(hours=1)
DAY = date(2026, 11, 20)


def told(right, day=DAY):
    return reading.told(list(reading.with_places(UsageRight.objects.filter(pk=right.pk))), day)[0].sentence


def test_a_new_right_holds_nowhere_until_it_gets_a_place(right, county, at):
    assert "gäller ingenstans" in told(right)
    actions.mark_place(right=right, organisation=county.region, included=True, by=None, at=at)
    assert told(right) == "Alla i Region Norr får strömma i klassrummet till och med 31 augusti 2027."


def test_it_says_places_exceptions_and_for_whom(right, county, at):
    said = RightFacts(way="stream_home", titles="Klassiker", school_forms=("GR",), audience=("pupils", "staff"))
    actions.change_right(right=right, facts=said, by=None, at=at)
    for place, included in ((county.region, True), (county.town, False), (county.school, True)):
        actions.mark_place(right=right, organisation=place, included=included, by=None, at=at)
    assert told(right) == (
        "Elever och personal i grundskola i Region Norr, utom Björkby (men Björkskolan ingår) "
        "får strömma hemma ur listan ”Klassiker” till och med 31 augusti 2027."
    )
    assert told(right, date(2025, 1, 1)).endswith("från och med 1 januari 2026, till och med 31 augusti 2027.")
    assert "fick" in told(right, date(2027, 9, 1))


def test_it_marks_a_place_once_and_changes_its_mind(right, county, at):
    for included in (True, True, False):
        mark = actions.mark_place(right=right, organisation=county.town, included=included, by=None, at=at)
    assert right.places.get() == mark
    assert not mark.included
    assert Record.objects.filter(verb="agreements.right_placed").count() == 2
    for _turn in range(2):
        actions.unmark_place(right=right, organisation=county.town, by=None, at=at)
    assert not right.places.exists()
    assert Record.objects.filter(verb="agreements.right_placed").count() == 3


def test_it_gives_nothing_away_to_somebody_elses_branch(right, county, at):
    with pytest.raises(actions.UnableToAgree) as refused:
        actions.mark_place(right=right, organisation=county.abroad, included=True, by=None, at=at)
    assert refused.value.field == "place"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"valid_from": date(2025, 1, 1)}, "valid_from"),
        ({"valid_to": date(2028, 1, 1)}, "valid_to"),
        ({"valid_from": date(2027, 9, 1)}, "valid_from"),
        ({"valid_from": date(2026, 6, 1), "valid_to": date(2026, 5, 1)}, None),
        ({"school_forms": ("KINDERGARTEN",)}, "school_forms"),
        ({"audience": ("pupils", "pupils")}, "audience"),
        ({"titles": "…"}, "titles"),
    ],
)
def test_it_refuses_a_right_that_cannot_be(agreement, at, said, field):
    with pytest.raises(actions.UnableToAgree) as refused:
        actions.add_right(agreement=agreement, facts=RightFacts(way="loan", **said), by=None, at=at)
    assert refused.value.field == field
    assert not TitleList.objects.exists()


def test_a_right_may_last_longer_than_a_period_that_extends_itself(made, at):
    open_, rolling = made(valid_to=None), made(number="2", renewal="extends", renewal_months=12)
    for one in (open_, rolling):
        said = RightFacts(way="loan", valid_from=date(2027, 10, 1), valid_to=date(2029, 1, 1))
        assert actions.add_right(agreement=one, facts=said, by=None, at=at).pk


def test_two_rights_share_a_title_list(agreement, at):
    for way in ("loan", "copy"):
        actions.add_right(agreement=agreement, facts=RightFacts(way=way, titles="Klassiker"), by=None, at=at)
    assert TitleList.objects.get().rights.count() == 2


def test_it_changes_a_right_and_never_over_anybodys_work(right, at):
    actions.change_right(right=right, facts=RightFacts(way="loan"), by=None, at=at + LATER)
    assert Record.objects.of(right.agreement).first().after == {"way": "låna ett exemplar"}
    actions.change_right(right=right, facts=RightFacts(way="loan"), by=None, at=at + LATER)
    assert Record.objects.of(right.agreement).count() == 3
    with pytest.raises(actions.Overtaken):
        actions.change_right(right=right, facts=RightFacts(way="copy"), seen_at=at, by=None, at=at + LATER)


def test_it_ends_a_right_before_its_agreement(placed, county, at):
    ends = date(2026, 12, 1)
    kept = actions.end_right(right=placed, ends=ends, reason="Indraget", by=county.coordinator, at=at)
    rights = reading.as_terms(reading.with_places(UsageRight.objects.all()), DAY)
    path = reading.way_up(county.town)
    asked = terms.answer(rights, path=path, way=terms.Way.STREAM_CLASS, day=ends)
    assert (kept.ended_reason, asked.reason, asked.day) == ("Indraget", terms.Reason.ENDED, ends)
    with pytest.raises(actions.UnableToAgree) as refused:
        actions.end_right(right=placed, ends=date(2027, 1, 1), reason="x", by=None, at=at)
    assert refused.value.field == "ends"
    with pytest.raises(actions.UnableToAgree) as refused:
        actions.end_right(right=placed, ends=ends, reason="", by=None, at=at)
    assert refused.value.field == "reason"


def test_a_right_that_ends_before_it_began_never_counts(agreement, at):
    said = RightFacts(way="loan", valid_from=date(2027, 1, 1))
    one = actions.add_right(agreement=agreement, facts=said, by=None, at=at)
    actions.end_right(right=one, ends=date(2026, 12, 1), reason="Blev inte av", by=None, at=at)
    assert reading.as_terms(reading.with_places(UsageRight.objects.all()), DAY) == []


def test_it_divides_the_price(agreement, county, at):
    weights = {county.town: Decimal(2000), county.neighbour: Decimal(1000)}
    actions.set_shares(agreement=agreement, key="inhabitants", weights=weights, by=county.coordinator, at=at)
    agreement.refresh_from_db()
    payers = reading.payers(agreement, county.coordinator, DAY)
    assert [(one.share.organisation, one.kronor) for one in payers] == [
        (county.town, Decimal("666.67")), (county.neighbour, Decimal("333.33"))
    ]  # fmt: skip
    actions.set_shares(agreement=agreement, key="equal", weights=weights, by=None, at=at)
    agreement.refresh_from_db()
    assert {one.kronor for one in reading.payers(agreement, county.coordinator, DAY)} == {Decimal(500)}
    actions.set_shares(agreement=agreement, key="equal", weights={}, by=None, at=at)
    agreement.refresh_from_db()
    assert (agreement.share_key, CostShare.objects.count()) == ("", 0)
    assert Record.objects.filter(verb="agreements.shared").count() == 3
    actions.set_shares(agreement=agreement, key="use", weights={}, by=None, at=at)
    assert Record.objects.filter(verb="agreements.shared").count() == 3


@pytest.mark.parametrize(
    ("key", "weights", "words"),
    [
        ("fixed", [600, 300], "100 kronor för låga"),
        ("fixed", [600, 500], "100 kronor för höga"),
        ("use", [0, 0], "Alla andelar är noll"),
        ("use", [1, -1], "mindre än noll"),
        ("use", ["0.001", 1], "två decimaler"),
    ],
)
def test_it_says_why_a_price_cannot_be_divided(agreement, county, at, key, weights, words):
    held = dict(zip((county.town, county.neighbour), map(Decimal, weights), strict=True))
    with pytest.raises(actions.UnableToAgree, match=words):
        actions.set_shares(agreement=agreement, key=key, weights=held, by=None, at=at)
    assert not CostShare.objects.exists()


def test_it_divides_only_a_price_and_only_below_the_owner(made, county, at):
    with pytest.raises(actions.UnableToAgree, match="inget pris"):
        actions.set_shares(agreement=made(price=None), key="equal", weights={county.town: Decimal(1)}, by=None, at=at)
    with pytest.raises(actions.UnableToAgree, match="ligger under"):
        actions.set_shares(agreement=made(number="2"), key="equal", weights={county.abroad: Decimal(1)}, by=None, at=at)


def test_fixed_amounts_that_no_longer_make_the_price_are_not_shown_as_if_they_did(agreement, county, at):
    actions.set_shares(agreement=agreement, key="fixed", weights={county.town: Decimal(1000)}, by=None, at=at)
    actions.extend(agreement=agreement, valid_to=date(2028, 9, 1), price=Decimal(1100), by=None, at=at)
    agreement.refresh_from_db()
    assert [one.kronor for one in reading.payers(agreement, county.coordinator, DAY)] == [None]


def test_it_keeps_a_paper_by_its_content(agreement, county, at, django_capture_on_commit_callbacks):
    said = {"agreement": agreement, "by": county.coordinator, "at": at}
    paper = actions.add_document(title=" Avtalet ", name="../../avtal.exe", data=SOME_PDF, **said)
    assert (paper.title, paper.name, paper.size) == ("Avtalet", "avtal.pdf", len(SOME_PDF))
    assert default_storage.open(paper.path).read() == SOME_PDF
    with pytest.raises(actions.UnableToAgree, match="Samma fil"):
        actions.add_document(title="Igen", name="b.pdf", data=SOME_PDF, **said)
    for title, data, field in (("", SOME_PDF, "title"), ("Bild", b"GIF89a", "file"), ("x" * 300, a_docx(), "title")):
        with pytest.raises(actions.UnableToAgree) as refused:
            actions.add_document(title=title, name="b", data=data, **said)
        assert refused.value.field == field


def test_it_removes_a_file_only_when_no_agreement_keeps_it(made, at, django_capture_on_commit_callbacks):
    papers = [
        actions.add_document(agreement=made(number=n), title="Avtal", name="a.pdf", data=SOME_PDF, by=None, at=at)
        for n in "12"
    ]
    for paper, left in zip(papers, (True, False), strict=True):
        path = paper.path
        with django_capture_on_commit_callbacks(execute=True):
            actions.remove_document(document=paper, by=None, at=at)
        assert default_storage.exists(path) is left
    assert not AgreementDocument.objects.exists()
    assert Record.objects.filter(verb="agreements.document_removed").count() == 2
