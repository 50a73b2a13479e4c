"""The client of the authority's API, against answers that we wrote after its documentation."""

import httpx
import pytest

from resursnav.deliver.curriculum.client import NoAnswer, SyllabusApi
from resursnav.deliver.curriculum.syllabus import BadSyllabus

from .test_syllabus import ANSWER


class Authority:
    """Answers as told, in turn, and remembers what was asked and how long the client slept."""

    def __init__(self, *answers):
        self.answers, self.asked, self.slept = list(answers), [], []
        self.api = SyllabusApi(
            "https://api.example.org/syllabus", transport=httpx.MockTransport(self), sleep=self.slept.append
        )

    def __call__(self, request):
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_it_asks_for_the_subjects_that_hold_now():
    listed = {"subjects": [{"code": "GRGRSVE01"}, {"code": "GRGRMAT01"}, {"code": "GYMAT"}, {"code": None}, "x"]}
    authority = Authority(httpx.Response(200, json=listed))
    assert authority.api.codes() == ["GRGRMAT01", "GRGRSVE01"]
    (asked,) = authority.asked
    assert asked.url.path == "/syllabus/v1/subjects" and asked.headers["Accept"] == "application/json"
    assert dict(asked.url.params) == {"schooltype": "GR", "timespan": "LATEST"}


def test_it_reads_a_subject_and_an_older_version():
    authority = Authority(httpx.Response(200, json=ANSWER))
    with authority.api as api:
        assert api.subject("GRGRMAT01").points == 4
        api.subject("GRGRMAT01", version=11)
    assert [asked.url.path for asked in authority.asked] == [
        "/syllabus/v1/subjects/GRGRMAT01", "/syllabus/v1/subjects/GRGRMAT01/versions/11",
    ]  # fmt: skip


def test_it_reads_all_subjects():
    authority = Authority(httpx.Response(200, json=[{"code": "GRGRMAT01"}]), httpx.Response(200, json=ANSWER))
    assert [one.code for one in authority.api.subjects()] == ["GRGRMAT01"]


def test_it_is_patient_with_a_busy_server():
    authority = Authority(
        httpx.Response(503), httpx.ConnectError("no"), httpx.Response(429, headers={"Retry-After": "7"}),
        httpx.Response(200, json=ANSWER),
    )  # fmt: skip
    assert authority.api.subject("GRGRMAT01").code == "GRGRMAT01"
    assert authority.slept == [1.0, 2.0, 7.0]


@pytest.mark.parametrize(
    ("answer", "times", "said"),
    [
        (httpx.Response(500), 4, "500"),
        (httpx.ReadTimeout("slow"), 4, "ReadTimeout"),
        (httpx.Response(404), 1, "404"),
        (httpx.Response(200, text="<html>"), 1, "inte JSON"),
        (httpx.Response(503, headers={"Retry-After": "9999999"}), 4, "503"),
    ],
)
def test_it_gives_up_with_a_reason(answer, times, said):
    authority = Authority(answer)
    with pytest.raises(NoAnswer, match=said):
        authority.api.subject("GRGRMAT01")
    assert len(authority.asked) == times and all(wait <= 30 for wait in authority.slept)


def test_it_refuses_a_list_without_subjects_and_the_wrong_subject():
    with pytest.raises(NoAnswer, match="ingen lista"):
        Authority(httpx.Response(200, json={"status": "ok"})).api.codes()
    with pytest.raises(BadSyllabus, match="svaret gäller GRGRMAT01"):
        Authority(httpx.Response(200, json=ANSWER)).api.subject("GRGRSVE01")
