"""Taking syllabuses in: all or nothing, twice without change, and ids that outlive a version."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import httpx
import pytest

from resursnav.deliver.curriculum import actions, cli, demo
from resursnav.deliver.curriculum.actions import UnableToContinue, UnableToTakeIn
from resursnav.deliver.curriculum.client import SyllabusApi
from resursnav.deliver.curriculum.models import (
    CentralContent,
    Criterion,
    Curriculum,
    Placement,
    Stage,
    Subject,
    Version,
)
from resursnav.deliver.curriculum.syllabus import read
from resursnav.foundation.access import Role
from resursnav.foundation.threads.models import Record
from tests import factories
from tests.shared_data import shared

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NUMBERS, FRACTIONS, CIRCLES = "Hela tal.", "Bråk och procent.", "Cirklar."


def syllabus(*points, number=1, starts="2022-07-01", code="GRGRMAT01", name="Matematik", criteria=(), **fields):
    html = "".join(f"<h4>{heading}</h4><ul><li>{text}</li></ul>" for heading, text in points)
    return read(
        {
            "code": code, "name": name, "version": number, "startDate": starts, "purpose": "<p>Syfte.</p>",
            "centralContents": [{"year": "1-3", "text": html}],
            "knowledgeRequirements": [{"year": "3", "gradeStep": "E", "text": text} for text in criteria], **fields,
        }
    )  # fmt: skip


def take_in(*syllabuses, by=None, at=AT):
    return actions.take_in(syllabuses=syllabuses, by=by, at=at)


def placed(number):
    rows = Placement.objects.filter(stage__version__number=number).order_by("position")
    return [row.content.text for row in rows.select_related("content")]


def test_it_takes_a_syllabus_in():
    report = take_in(syllabus(("Tal", NUMBERS), ("Form", CIRCLES), criteria=["<p>Kan.</p>"]))
    assert (report.subjects, report.points, report.new_points, report.new_versions) == (1, 2, 2, 1)
    version, stage = Version.objects.get(), Stage.objects.get()
    assert (version.valid_from, version.valid_to, version.read_at) == (date(2022, 7, 1), None, AT)
    assert version.curriculum.code == "lgr22" and not version.is_example
    assert (stage.code, stage.first_year, stage.last_year, str(stage)) == ("1-3", 1, 3, "årskurs 1–3")
    assert placed(1) == [NUMBERS, CIRCLES] and Criterion.objects.get().grade_step == "E"
    content = CentralContent.objects.labelled().first()
    assert content.label == "Matematik, årskurs 1–3: Hela tal."
    assert content.get_absolute_url() == f"/curriculum/points/{content.key}/"


def test_it_changes_nothing_the_second_time():
    one = syllabus(("Tal", NUMBERS), criteria=["<p>Kan.</p>"])
    take_in(one)
    before = [list(model.objects.values()) for model in (Version, Stage, CentralContent, Placement, Criterion)]
    report = take_in(one, at=datetime(2026, 12, 1, tzinfo=UTC))
    assert report.changes == 0 and report.points == 1
    assert before == [list(model.objects.values()) for model in (Version, Stage, CentralContent, Placement, Criterion)]
    assert Record.objects.count() == 1


def test_it_keeps_a_point_that_a_new_version_says_again():
    take_in(syllabus(("Tal", NUMBERS), ("Tal", FRACTIONS)))
    ids = {point.text: point.pk for point in CentralContent.objects.all()}
    report = take_in(syllabus(("Tal", NUMBERS), ("Form", CIRCLES), number=2, starts="2027-07-01"))
    assert (report.new_points, report.new_versions, report.continued) == (1, 1, 0)
    assert CentralContent.objects.get(text=NUMBERS).pk == ids[NUMBERS]
    assert placed(1) == [NUMBERS, FRACTIONS] and placed(2) == [NUMBERS, CIRCLES]
    old, new = Version.objects.order_by("number")
    assert (old.valid_to, new.valid_to) == (date(2027, 7, 1), None)
    in_2026 = set(CentralContent.objects.valid_on(date(2026, 11, 2)).values_list("text", flat=True))
    in_2028 = set(CentralContent.objects.valid_on(date(2028, 1, 1)).values_list("text", flat=True))
    assert in_2026 == {NUMBERS, FRACTIONS} and in_2028 == {NUMBERS, CIRCLES}


def test_it_lets_a_moved_point_continue_the_old_one():
    take_in(syllabus(("Tal", NUMBERS)))
    report = take_in(syllabus(("Algebra", NUMBERS), number=2, starts="2027-07-01"))
    old, new = CentralContent.objects.order_by("pk")
    assert report.continued == 1 and new.continues == old and old.continues is None


def test_it_does_not_guess_between_two_that_a_point_could_continue():
    take_in(syllabus(("Tal", NUMBERS), ("Mått", NUMBERS)))
    assert take_in(syllabus(("Algebra", NUMBERS), number=2, starts="2027-07-01")).continued == 0


def test_it_fits_an_older_version_in_when_that_comes_later():
    take_in(syllabus(("Algebra", NUMBERS), number=3, starts="2027-07-01"))
    take_in(syllabus(("Tal", NUMBERS), number=1, starts="2011-07-01"))
    take_in(syllabus(("Tal", NUMBERS), number=2))
    spans = list(Version.objects.order_by("number").values_list("valid_from", "valid_to"))
    assert spans == [
        (date(2011, 7, 1), date(2022, 7, 1)), (date(2022, 7, 1), date(2027, 7, 1)), (date(2027, 7, 1), None),
    ]  # fmt: skip
    assert not CentralContent.objects.filter(continues__isnull=False).exists()


def test_it_knows_a_version_again_under_its_right_number():
    take_in(syllabus(("Tal", NUMBERS)))
    report = take_in(syllabus(("Tal", NUMBERS), number=12))
    assert Version.objects.get().number == 12 and report.new_versions == 0 and report.changed == 1


def test_it_takes_corrections_of_a_version():
    take_in(syllabus(("Tal", NUMBERS), ("Tal", FRACTIONS), criteria=["<p>Kan.</p>"]))
    report = take_in(
        syllabus(
            ("Tal", FRACTIONS), ("Form", CIRCLES), name="Matte", criteria=["<p>Kan mer.</p>"], endDate="2030-01-01"
        )
    )
    assert placed(1) == [FRACTIONS, CIRCLES] and Subject.objects.get().name == "Matte"
    assert (report.new_points, report.gone_points) == (1, 1) and report.changed == 4
    assert Criterion.objects.get().text == "Kan mer." and Version.objects.get().valid_to == date(2030, 1, 1)
    assert CentralContent.objects.filter(text=NUMBERS).exists()  # kept, for whatever is tied to it


def test_it_takes_stages_away_and_changes_them():
    one = syllabus(("Tal", NUMBERS))
    (stage,) = one.stages
    take_in(replace(one, stages=(stage, replace(stage, code="4-6", first_year=4, last_year=6))))
    report = take_in(replace(one, stages=(replace(stage, last_year=2),)))
    assert Stage.objects.get().last_year == 2 and report.changed == 2


def test_it_takes_in_a_version_without_a_day():
    take_in(syllabus(("Tal", NUMBERS), number=2, starts="2022-07-01"))
    take_in(replace(syllabus(("Tal", NUMBERS)), valid_from=None))
    assert Version.objects.get(number=1).valid_to is None


def test_it_takes_in_all_or_nothing():
    with pytest.raises(UnableToTakeIn, match="två gånger"):
        take_in(syllabus(("Tal", NUMBERS)), syllabus(("Tal", CIRCLES)))
    with pytest.raises(UnableToTakeIn, match="inga kursplaner"):
        take_in()
    assert not Subject.objects.exists() and not Record.objects.exists()


def test_it_is_written_in_the_log_of_whoever_did_it():
    region = factories.organisation()
    lead = factories.person(Role.COORDINATOR, region)
    take_in(syllabus(("Tal", NUMBERS)), by=lead)
    row = Record.objects.get()
    assert (row.verb, row.title, row.by, row.organisation) == ("curriculum.read", "Matematik", lead, region)
    assert row.after == {"subjects": 1, "new_points": 1, "gone_points": 0}


def test_it_says_that_a_rewritten_point_continues_an_older_one():
    take_in(syllabus(("Tal", NUMBERS), ("Form", CIRCLES)), syllabus(("Läs", "Bok."), code="GRGRSVE01", name="Svenska"))
    numbers, circles = CentralContent.objects.get(text=NUMBERS), CentralContent.objects.get(text=CIRCLES)
    actions.say_continues(content=circles, older=numbers, by=None, at=AT)
    circles.refresh_from_db()
    assert circles.continues == numbers
    assert Record.objects.filter(verb="curriculum.continued").get().after == {"continues": numbers.key}
    for content, older in ((numbers, circles), (numbers, numbers), (numbers, CentralContent.objects.get(text="Bok."))):
        with pytest.raises(UnableToContinue) as refused:
            actions.say_continues(content=content, older=older, by=None, at=AT)
        assert refused.value.field == "older"
    actions.say_continues(content=circles, older=numbers, by=None, at=AT)
    assert Record.objects.latest("pk").before == {}  # nothing changed, and the log says so
    actions.say_continues(content=circles, older=None, by=None, at=AT)
    circles.refresh_from_db()
    assert circles.continues is None and Record.objects.latest("pk").after == {"continues": ""}


def test_it_finds_points_by_swedish_words():
    take_in(syllabus(("Tal", "Uppgifter med decimaltal."), ("Form", CIRCLES)))
    for words, found in (
        ([["cirkel"]], {CIRCLES}),
        ([["x", "tal"]], {"Uppgifter med decimaltal."}),
        ([["tal"], ["cirkel"]], set()),
    ):
        assert set(CentralContent.objects.mentioning(words).values_list("text", flat=True)) == found


def test_it_brings_examples_for_the_demo_that_give_way():
    report = demo.load(by=None, at=AT)
    assert report.subjects == 8 and 50 <= report.points <= 70
    assert not Version.objects.filter(is_example=False).exists()
    assert demo.load(by=None, at=AT).changes == 0
    take_in(syllabus(("Tal", NUMBERS), number=12, starts="2024-07-01"))
    mathematics = Placement.objects.filter(stage__version__subject__code="GRGRMAT01")
    assert [row.content.text for row in mathematics] == [NUMBERS]
    assert demo.load(by=None, at=AT).changes == 0
    assert mathematics.count() == 1
    assert Version.objects.filter(is_example=True).count() == 7 and Curriculum.objects.count() == 1


# The command line


def run(paths, **how):
    out = StringIO()
    return cli.import_subjects(paths, out, **how), out.getvalue()


def test_it_reads_files_and_folders(tmp_path):
    one = {
        "subject": {
            "code": "GRGRMAT01",
            "name": "Matematik",
            "centralContents": [{"year": "1-3", "text": "<p>Tal.</p>"}],
        }
    }
    (tmp_path / "metadata.json").write_text("{}")
    (tmp_path / "a.json").write_text(json.dumps(one), encoding="utf-8-sig")
    assert run([tmp_path]) == (0, "Ämnen: 1. Punkter: 1, varav nya: 1, borttagna: 0. Ändringar i allt: 3.\n")
    assert run([tmp_path / "a.json"])[1].endswith("Ändringar i allt: 0.\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "inte hel JSON"),
        (b"[" * 100_000, "inte hel JSON"),
        ("{\"a\": \"å\"}".encode("latin-1"), "inte skriven i UTF-8"),
        (b"{}", "inget centralt innehåll"),
        (b" " * (20 * 1024 * 1024 + 1), "större än 20 MB"),
    ],
)  # fmt: skip
def test_it_leaves_everything_as_it_was_when_a_file_is_bad(tmp_path, content, said):
    good = {"code": "GRGRMAT01", "name": "M", "centralContents": [{"year": "1-3", "text": "<p>Tal.</p>"}]}
    (tmp_path / "a.json").write_text(json.dumps(good))
    (tmp_path / "b.json").write_bytes(content)
    code, out = run([tmp_path])
    assert code == 1 and out.startswith("Ingenting är ändrat. b.json: ") and said in out
    assert not Subject.objects.exists()


def test_it_says_when_there_is_nothing_to_read(tmp_path):
    assert "inga .json-filer" in run([tmp_path])[1]
    assert run([tmp_path / "borta.json"])[0] == 1


def test_it_reads_the_api():
    subject = {"code": "GRGRMAT01", "name": "M", "centralContents": [{"year": "1-3", "text": "<p>Tal.</p>"}]}

    def answer(request):
        listed = {"subjects": [{"code": "GRGRMAT01"}]}
        return httpx.Response(200, json=listed if request.url.path.endswith("subjects") else {"subject": subject})

    code, out = run([], api=SyllabusApi(transport=httpx.MockTransport(answer)))
    assert code == 0 and out.startswith("1/1 GRGRMAT01\nÄmnen: 1.")


def test_it_says_when_the_api_is_away():
    api = SyllabusApi(transport=httpx.MockTransport(lambda _request: httpx.Response(404)))
    assert run([], api=api) == (1, "Ingenting är ändrat. https://api.skolverket.se/syllabus/v1/subjects: 404\n")


def test_it_takes_in_all_the_real_files_twice(django_assert_max_num_queries):
    folder = shared("curriculum/lgr22")
    code, out = run([folder])
    assert (code, CentralContent.objects.count(), Criterion.objects.count()) == (0, 1011, 340), out
    with django_assert_max_num_queries(600):
        assert run([folder])[1].endswith("varav nya: 0, borttagna: 0. Ändringar i allt: 0.\n")
