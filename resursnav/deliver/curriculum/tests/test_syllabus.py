"""Reading syllabuses: the API's HTML and the files, with the same ids."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resursnav.deliver.curriculum.blocks import Block, blocks, plain
from resursnav.deliver.curriculum.syllabus import BadSyllabus, curriculum_of, point_key, read
from tests.shared_data import shared

ANSWER = {
    "apiVersion": "1.0",
    "subject": {
        "code": "GRGRMAT01",
        "designation": "Matematik",
        "version": "12",
        "startDate": "2022-07-01T00:00:00",
        "endDate": None,
        "purpose": "<p>Elever ska öva.</p><ul><li>räkna</li></ul>",
        "centralContents": [
            {
                "year": "1-3",
                "text": "<h3>I årskurs 1–3</h3><p>Det här ska tas upp:</p><h4>Tal</h4>"
                "<ul><li>Hela tal som an&shy;vänds.</li><li><p>Udda&nbsp;och <em>jämna</em> tal.</p></li></ul>"
                "<p><strong>Former</strong></p><ul><li>Cirklar.</li></ul>",
            },
            {"year": "4-6", "text": "<h4>Tal</h4><ul><li>Bråk.</li></ul>"},
        ],
        "knowledgeRequirements": [
            {"year": "3", "gradeStep": "", "text": "<h4>I slutet av årskurs 3</h4><p>Eleven kan.</p>"},
            {"year": "6", "gradeStep": "e", "text": "<h4>Betyget E</h4><p>Eleven kan <b>rätt</b> bra.</p>"},
            {"year": "6", "gradeStep": "A", "text": "<p>Eleven kan mycket.</p>"},
        ],
    },
}


def file(**subject):
    goal = {"text": {"local": "Hela tal som an\u00advänds."}, "coreElements": ["Tal"]}
    return {
        "source": {"curriculum": "Lgr22", "api": "https://api.example.org/GRGRMAT01"},
        "subject": {
            "code": "GRGRMAT01",
            "name": {"local": "Matematik"},
            "description": {"local": "Syftet."},
            "gradeBands": [{"label": {"local": "Årskurs 1-3"}, "competenceGoals": [goal], "knowledgeCriteria": []}],
            **subject,
        },
    }


def test_it_reads_an_answer_of_the_api():
    found = read(ANSWER)
    assert (found.code, found.name, found.number, found.curriculum) == ("GRGRMAT01", "Matematik", 12, "lgr22")
    assert (found.valid_from, found.valid_to, found.points) == (date(2022, 7, 1), None, 4)
    assert found.purpose == "Elever ska öva.\nräkna" and found.source.endswith("/subjects/GRGRMAT01")
    low, middle = found.stages
    assert (low.code, low.first_year, low.last_year) == ("1-3", 1, 3)
    assert [(point.heading, point.text) for point in low.points] == [
        ("Tal", "Hela tal som används."), ("Tal", "Udda och jämna tal."), ("Former", "Cirklar."),
    ]  # fmt: skip
    assert [(one.grade_step, one.heading, one.text) for one in low.criteria] == [
        ("", "I slutet av årskurs 3", "Eleven kan."),
    ]  # fmt: skip
    assert [(one.grade_step, one.heading, one.text) for one in middle.criteria] == [
        ("E", "Betyget E", "Eleven kan rätt bra."), ("A", "", "Eleven kan mycket."),
    ]  # fmt: skip


def test_it_reads_other_names_of_the_same_fields():
    found = read(
        {
            "code": "GRGRBIL01", "name": "Bild", "validFrom": "2011-07-01", "validTo": "2022-07-01",
            "centralContent": [{"grade": "7", "heading": "Analys", "content": "<p>Se.</p><p>Tala.</p>"}],
        }
    )  # fmt: skip
    assert (found.curriculum, found.valid_to, found.number) == ("lgr11", date(2022, 7, 1), 1)
    assert [(point.heading, point.text) for point in found.stages[0].points] == [("Analys", "Se."), ("Analys", "Tala.")]
    assert found.stages[0].code == "7-7" and found.stages[0].criteria == ()


def test_it_reads_a_file_with_the_same_ids():
    found = read(file())
    assert found.stages[0].points[0].key == read(ANSWER).stages[0].points[0].key
    assert (found.valid_from, found.source, found.purpose) == (
        date(2022, 7, 1), "api.example.org/GRGRMAT01", "Syftet.",
    )  # fmt: skip


def test_it_parts_a_heading_that_grew_into_its_text():
    criteria = [
        {"gradeStep": "E", "text": {"local": "Betygskriterier för betyget E i slutet av årskurs 6Eleven kan."}},
        {
            "gradeStep": "E",
            "text": {"local": "Inom ramen för valBetygskriterier för betyget E i slutet av årskurs 6Hon."},
        },
        {"gradeStep": "C", "text": {"local": "Eleven kan utan rubrik."}},
    ]
    band = {**file()["subject"]["gradeBands"][0], "knowledgeCriteria": criteria}
    assert [(one.heading, one.text) for one in read(file(gradeBands=[band])).stages[0].criteria] == [
        ("Betygskriterier för betyget E i slutet av årskurs 6", "Eleven kan."),
        ("Inom ramen för val / Betygskriterier för betyget E i slutet av årskurs 6", "Hon."),
        ("", "Eleven kan utan rubrik."),
    ]


def test_it_keeps_points_apart_that_say_the_same():
    band = file()["subject"]["gradeBands"][0]
    twice = {**band, "competenceGoals": band["competenceGoals"] * 2 + [{"text": "", "coreElements": []}]}
    found = read(file(gradeBands=[twice, band]))
    keys = [point.key for stage in found.stages for point in stage.points]
    assert [stage.code for stage in found.stages] == ["1-3", "1-3b"]
    assert len(set(keys)) == len(keys) == 3 and keys[1] == f"{keys[0]}-2"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "JSON-objekt"),
        ({"subject": 3}, "subject"),
        ({"subject": {}}, "inget centralt innehåll"),
        (file(code="<x>"), "ämneskod"),
        (file(code=None), "ämneskod"),
        (file(name=""), "namn"),
        (file(version="ny"), "version"),
        (file(version=10**9), "version"),
        (file(gradeBands="x"), "lista"),
        (file(gradeBands=[{"label": "Förskoleklass"}]), "årskurserna går inte"),
        (file(gradeBands=[{"label": "Årskurs 6-4"}]), "fel ordning"),
        (file(gradeBands=[{"label": "Årskurs 1-3"}]), "inga punkter"),
        (file(gradeBands=[3]), "objekt"),
        ({**file(), "source": None}, "vilken läroplan"),
        ({**file(), "source": {"curriculum": "Lpo94"}}, "vilken läroplan"),
        ({"subject": {**ANSWER["subject"], "startDate": "2025-02-30"}}, "dagen finns inte"),
    ],
)
def test_it_says_what_is_wrong(data, said):
    with pytest.raises(BadSyllabus, match=said) as refused:
        read(data, "fil.json")
    assert refused.value.where and refused.value.what


def test_it_knows_the_curriculum_of_a_day():
    assert curriculum_of(date(2022, 7, 1))[0] == "lgr22"
    assert curriculum_of(date(2022, 6, 30))[0] == "lgr11"
    assert curriculum_of(date(2001, 1, 1))[0] == "aldre"
    assert curriculum_of(None)[0] == "lgr22"


@given(st.text(min_size=1), st.text(min_size=1))
def test_it_gives_ids_that_hold(heading, text):
    key = point_key("GRGRMAT01", "1-3", heading, text)
    assert key == point_key("GRGRMAT01", "1-3", f" {heading}. ", f"{text}!")
    assert key.startswith("GRGRMAT01-1-3-") and len(key) == 24


def test_it_reads_html_as_blocks():
    html = (
        "löst<h2>Rubrik <b>ett</b></h2><p>Stycke</p><p><strong>Fet</strong> rubrik</p><p><b>Hel fet</b></p>"
        "<ul><li>Ett<ul><li>Inne</li></ul></li><li>Två<br>rader</li></ul><script>alert(1)</script></div>slut"
    )
    assert blocks(html) == [
        Block(0, "löst"), Block(2, "Rubrik ett"), Block(0, "Stycke"), Block(0, "Fet rubrik"), Block(4, "Hel fet"),
        Block(-1, "Ett"), Block(-1, "Inne"), Block(-1, "Två rader"), Block(0, "slut"),
    ]  # fmt: skip


@given(st.text())
def test_it_takes_any_text_for_html(text):
    for block in blocks(text):
        assert block.text == plain(block.text) != ""


def test_it_reads_all_the_real_files():
    folder = shared("curriculum/lgr22")
    found = [read(json.loads(path.read_text()), path.name) for path in sorted(folder.glob("[!m]*.json"))]
    found += [read(json.loads(path.read_text()), path.name) for path in sorted(folder.glob("m[!e]*.json"))]
    assert len(found) == 20 and sum(one.points for one in found) == 1011
    criteria = [one for subject in found for stage in subject.stages for one in stage.criteria]
    assert len(criteria) == 340 and all(one.heading and one.text for one in criteria)
    keys = [point.key for one in found for stage in one.stages for point in stage.points]
    assert len(set(keys)) == 1011
    assert not any("\u00ad" in point.text for one in found for stage in one.stages for point in stage.points)
