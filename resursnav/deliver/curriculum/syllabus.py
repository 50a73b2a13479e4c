"""Reads a subject's syllabus, as Skolverket's Syllabus API answers or as files made from it. No Django in here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from .blocks import ITEM, PARAGRAPH, Block, blocks, plain

# School year 1 of the curricula for compulsory school, from the day that their syllabuses hold.
CURRICULA = (
    ("lgr22", "Läroplan för grundskolan, förskoleklassen och fritidshemmet (Lgr22)", date(2022, 7, 1)),
    ("lgr11", "Läroplan för grundskolan, förskoleklassen och fritidshemmet (Lgr11)", date(2011, 7, 1)),
)
PATH = " / "
_SPAN = re.compile(r"([1-9])\s*(?:[-\u2010-\u2015]\s*([1-9]))?")
_STAGE_HEADING = re.compile(r"(i\s+)?årskurs(erna)?\s+[1-9]\b.{0,6}", re.IGNORECASE)
_CODE = re.compile(r"[A-ZÅÄÖ0-9]{3,20}")
# In files the heading of a criterion has grown together with its first sentence ("... årskurs 3Eleven visar").
_GLUED = re.compile(
    r"(?P<heading>.{0,120}?(?:Betygskriterier|[Kk]riterier) för (?:bedömning|betyget).{0,90}?årskurs \d)(?=[A-ZÅÄÖ])"
)
# Between what else stands before "Betygskriterier" and that word, there was a line break once.
_GLUED_INSIDE = re.compile(r"(?<=[a-zåäö])(?=Betygskriterier|Kriterier)")


class BadSyllabus(ValueError):
    """What was read is no syllabus; the message says what is missing, and `where` in what."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where, self.what = where, what


@dataclass(frozen=True, slots=True)
class Point:
    """A point of central content under its headings."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadCriterion:
    """A criterion for one grade; `grade_step` is empty for acceptable knowledge."""

    grade_step: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadStage:
    """A stretch of school years with its content."""

    code: str
    first_year: int
    last_year: int
    points: tuple[Point, ...]
    criteria: tuple[ReadCriterion, ...]


@dataclass(frozen=True, slots=True)
class Syllabus:
    """A subject's syllabus in one version."""

    code: str
    name: str
    number: int
    curriculum: str
    curriculum_name: str
    valid_from: date | None
    valid_to: date | None
    purpose: str
    source: str
    stages: tuple[ReadStage, ...]

    @property
    def points(self) -> int:
        """How many points it has in all."""
        return sum(len(stage.points) for stage in self.stages)


def read(data: Any, where: str = "") -> Syllabus:
    """The syllabus in an answer of the API or in a file; raises BadSyllabus. `where` names it in messages."""
    if not isinstance(data, Mapping):
        raise BadSyllabus(where, "det är ingen kursplan, för det är inget JSON-objekt")
    inner = data.get("subject", data)
    if not isinstance(inner, Mapping):
        raise BadSyllabus(where, "fältet subject är inget JSON-objekt")
    if "gradeBands" in inner:
        return _read_file(inner, data, where)
    if "centralContents" in inner or "centralContent" in inner:
        return _read_answer(inner, where)
    raise BadSyllabus(where, "det finns inget centralt innehåll (centralContents eller gradeBands)")


def _read_answer(subject: Mapping[str, Any], where: str) -> Syllabus:
    """/v1/subjects/{code}: texts are HTML, one entry for each stretch of years."""
    code = _code(subject, where)
    starts = _day(subject.get("startDate", subject.get("validFrom")), code)
    drafts = [
        (_span(entry.get("year", entry.get("grade")), code), list(_points_of(entry)))
        for entry in _entries(subject.get("centralContents", subject.get("centralContent")), code)
    ]
    judged: dict[int, list[ReadCriterion]] = {}
    for entry in _entries(subject.get("knowledgeRequirements"), code):
        last = _span(entry.get("year", entry.get("grade")), code)[1]
        judged.setdefault(last, []).append(_criterion_of_html(entry))
    curriculum, curriculum_name = curriculum_of(starts)
    return Syllabus(
        code=code,
        name=_name(subject, code),
        number=_number(subject.get("version"), code),
        curriculum=curriculum,
        curriculum_name=curriculum_name,
        valid_from=starts,
        valid_to=_day(subject.get("endDate", subject.get("validTo")), code),
        purpose="\n".join(block.text for block in blocks(str(subject.get("purpose") or ""))),
        source=f"api.skolverket.se/syllabus/v1/subjects/{code}",
        stages=_stages(code, [(span, points, judged.get(span[1], [])) for span, points in drafts]),
    )


def _read_file(subject: Mapping[str, Any], whole: Mapping[str, Any], where: str) -> Syllabus:
    """Files made from the API: texts are bare already, a heading stands at each point."""
    code = _code(subject, where)
    about = whole.get("source") if isinstance(whole.get("source"), Mapping) else {}
    named = str((about or {}).get("curriculum") or "").casefold()
    known = {one: (name, starts) for one, name, starts in CURRICULA}
    if named not in known:
        raise BadSyllabus(code, "source.curriculum säger inte vilken läroplan det är (Lgr22 eller Lgr11)")
    drafts = []
    for band in _entries(subject.get("gradeBands"), code):
        span = _span(_local(band.get("label")), code)
        points = [
            (PATH.join(plain(str(one)) for one in goal.get("coreElements") or ()), plain(_local(goal.get("text"))))
            for goal in _entries(band.get("competenceGoals"), code)
        ]
        criteria = [_criterion_of_text(entry) for entry in _entries(band.get("knowledgeCriteria"), code)]
        drafts.append((span, points, criteria))
    return Syllabus(
        code=code,
        name=_name(subject, code),
        number=_number(subject.get("version"), code),
        curriculum=named,
        curriculum_name=known[named][0],
        valid_from=known[named][1],
        valid_to=None,
        purpose=plain(_local(subject.get("description"))),
        source=plain(str((about or {}).get("api") or "")).removeprefix("https://"),
        stages=_stages(code, drafts),
    )


Draft = tuple[tuple[int, int], list[tuple[str, str]], list[ReadCriterion]]


def _stages(code: str, drafts: Iterable[Draft]) -> tuple[ReadStage, ...]:
    """The stages with their codes and the ids of their points; the same years a second time become "4-6b"."""
    met: dict[str, int] = {}
    made = []
    for (first, last), points, criteria in drafts:
        span = f"{first}-{last}"
        met[span] = met.get(span, 0) + 1
        stage = span if met[span] == 1 else f"{span}{'abcdefgh'[met[span] - 1]}"
        made.append(ReadStage(stage, first, last, tuple(_with_keys(code, stage, points)), tuple(criteria)))
    if not any(stage.points for stage in made):
        raise BadSyllabus(code, "det finns inga punkter i det centrala innehållet")
    return tuple(made)


def _with_keys(code: str, stage: str, points: Iterable[tuple[str, str]]) -> Iterator[Point]:
    met: dict[str, int] = {}
    for heading, text in points:
        if not text:
            continue
        key = point_key(code, stage, heading, text)
        met[key] = met.get(key, 0) + 1
        yield Point(key if met[key] == 1 else f"{key}-{met[key]}", heading, text)


def point_key(code: str, stage: str, heading: str, text: str) -> str:
    """A point's own id: subject, stage, and a mark made of heading and text, blind to case and punctuation."""
    said = "|".join(re.sub(r"[\W_]+", " ", part.casefold()).strip() for part in (heading, text))
    return f"{code}-{stage}-{sha256(said.encode()).hexdigest()[:10]}"


def _points_of(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(heading path, text) of the list items; of the paragraphs where there is no list at all."""
    found = blocks(str(entry.get("text", entry.get("content")) or ""))
    wanted = ITEM if any(block.level == ITEM for block in found) else PARAGRAPH
    path: list[Block] = [Block(1, plain(str(entry["heading"])))] if entry.get("heading") else []
    for block in found:
        if block.level > 0:
            path = [above for above in path if above.level < block.level]
            if not _STAGE_HEADING.fullmatch(block.text):
                path.append(block)
        elif block.level == wanted:
            yield PATH.join(above.text for above in path), block.text


def _criterion_of_html(entry: Mapping[str, Any]) -> ReadCriterion:
    found = blocks(str(entry.get("text", entry.get("content")) or ""))
    headings = [block.text for block in found if block.level > 0]
    texts = [block.text for block in found if block.level <= 0]
    return ReadCriterion(_grade(entry), PATH.join(headings), "\n".join(texts))


def _criterion_of_text(entry: Mapping[str, Any]) -> ReadCriterion:
    text = plain(_local(entry.get("text")))
    glued = _GLUED.match(text)
    heading = glued.group("heading") if glued else ""
    return ReadCriterion(_grade(entry), _GLUED_INSIDE.sub(PATH, heading), text[len(heading) :].strip())


def _grade(entry: Mapping[str, Any]) -> str:
    grade = str(entry.get("gradeStep") or "").strip().upper()
    return grade if grade in {"A", "B", "C", "D", "E"} else ""


def _entries(found: Any, where: str) -> list[Mapping[str, Any]]:
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise BadSyllabus(where, "en lista innehåller något annat än objekt")
    return found


def _local(found: Any) -> str:
    return str(found.get("local") or "") if isinstance(found, Mapping) else str(found or "")


def _code(subject: Mapping[str, Any], where: str) -> str:
    code = plain(str(subject.get("code") or "")).upper()
    if not _CODE.fullmatch(code):
        raise BadSyllabus(where, f"ämneskoden saknas eller är ingen ämneskod: {code[:40]!r}")
    return code


def _name(subject: Mapping[str, Any], where: str) -> str:
    name = plain(_local(subject.get("name") or subject.get("designation")))
    if not name:
        raise BadSyllabus(where, "ämnets namn saknas")
    return name[:120]


def _number(found: Any, where: str) -> int:
    if found in (None, ""):
        return 1
    if not str(found).isdecimal() or not 0 < int(found) < 32_000:
        raise BadSyllabus(where, f"versionen ska vara ett tal: {str(found)[:40]!r}")
    return int(found)


def _day(found: Any, where: str) -> date | None:
    """A day of ISO 8601, with or without a time."""
    if found in (None, ""):
        return None
    try:
        return date.fromisoformat(str(found)[:10])
    except ValueError as error:
        raise BadSyllabus(where, f"dagen finns inte: {str(found)[:40]!r}") from error


def _span(found: Any, where: str) -> tuple[int, int]:
    """ "1-3", "Årskurs 4–6" or "6" as first and last year."""
    match = _SPAN.search(str(found or ""))
    if match is None:
        raise BadSyllabus(where, f"årskurserna går inte att läsa: {str(found)[:40]!r}")
    first, last = int(match.group(1)), int(match.group(2) or match.group(1))
    if last < first:
        raise BadSyllabus(where, f"årskurserna är i fel ordning: {str(found)[:40]!r}")
    return first, last


def curriculum_of(starts: date | None) -> tuple[str, str]:
    """Code and name of the curriculum that a syllabus valid from the day belongs to; the newest when no day is said."""
    for code, name, since in CURRICULA:
        if starts is None or starts >= since:
            return code, name
    return "aldre", "Äldre läroplan"
