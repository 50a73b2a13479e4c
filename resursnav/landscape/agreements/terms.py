"""May we, how, until when? Asked of usage rights as plain data; no database and no words, only codes.

A right names places in the tree: included, or excepted. Seen from a place, the nearest mark on the way up wins, so a
school may be included inside a municipality that is excepted. No mark on the way means that the right is not theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Way(StrEnum):
    """What one does with the thing; whatever is not allowed in words is not allowed."""

    LOAN = "loan"
    STREAM_CLASS = "stream_class"
    STREAM_HOME = "stream_home"
    INSTITUTION = "institution"
    PUBLIC = "public"
    COPY = "copy"


class Audience(StrEnum):
    """For whom."""

    PUPILS = "pupils"
    STAFF = "staff"
    PUBLIC = "public"


class Reason(StrEnum):
    """Why the answer is as it is; the order among refusals is from the most to the least helpful."""

    ALLOWED = "allowed"
    NOT_YET = "not_yet"
    WRONG_AUDIENCE = "wrong_audience"
    WRONG_FORM = "wrong_form"
    WRONG_WAY = "wrong_way"
    TERMINATED = "terminated"
    ENDED = "ended"
    EXCEPTED = "excepted"
    NOT_COVERED = "not_covered"
    NO_AGREEMENT = "no_agreement"


_HELPFUL = {reason: place for place, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class Right:
    """One usage right as it counts: its own period and the agreement's, cut to what lies in both.

    `end` is the day after the last one, None until further notice. `marks` are organisations: True when included,
    False when excepted. Empty `forms` are all school forms, empty `audience` is everybody.
    """

    id: int
    agreement: int
    way: Way
    start: date
    end: date | None
    marks: Mapping[int, bool]
    forms: frozenset[str] = frozenset()
    audience: frozenset[Audience] = frozenset()
    terminated: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and why.

    `until` is the day after the last allowed one (None: until further notice). `day` is when it begins or when it
    ended, `places` who is covered or what is excepted, `ways` what would be allowed, `forms` and `audience` for whom.
    """

    allowed: bool
    reason: Reason
    right: Right | None = None
    until: date | None = None
    day: date | None = None
    places: tuple[int, ...] = ()
    ways: tuple[Way, ...] = ()
    forms: frozenset[str] = field(default_factory=frozenset)
    audience: frozenset[Audience] = field(default_factory=frozenset)


def nearest(marks: Mapping[int, bool], path: Sequence[int]) -> tuple[int, bool] | None:
    """The first place on the way up that has a mark, and the mark; None when there is none."""
    for place in path:
        if place in marks:
            return place, marks[place]
    return None


def answer(
    rights: Iterable[Right],
    *,
    path: Sequence[int],
    way: Way,
    day: date,
    forms: Collection[str] = (),
    audience: Audience | None = None,
) -> Answer:
    """Whether the place may use the thing that way on the day.

    `path` is the place and all above it, the nearest first. Without `forms` or `audience` nothing is asked of them;
    with several school forms one that fits is enough. Any right that allows is enough, and `until` follows rights
    that take over from each other without a day between. A refusal tells of the right that came nearest.
    """
    known = list(rights)
    wanted = frozenset(forms)
    fitting: list[Right] = []
    closest: tuple[int, int, Right, Reason] | None = None
    for right in known:
        faults = _faults(right, path, way, wanted, audience)
        if not faults:
            fitting.append(right)
        late = _late(right, day)
        faults += [late] if late else []
        if faults:
            near = (len(faults), min(_HELPFUL[fault] for fault in faults))
            if closest is None or near < closest[:2]:
                closest = (*near, right, faults[0])
    if covering := [right for right in fitting if right.start <= day and (right.end is None or day < right.end)]:
        longest = max(covering, key=lambda right: right.end or date.max)
        return Answer(True, Reason.ALLOWED, longest, _until(fitting, day))
    if closest is None:
        return Answer(False, Reason.NO_AGREEMENT)
    return _refusal(known, closest[2], closest[3], path, way, day)


def _faults(
    right: Right, path: Sequence[int], way: Way, forms: frozenset[str], audience: Audience | None
) -> list[Reason]:
    """What besides the day stands in the way."""
    found = nearest(right.marks, path)
    faults = []
    if found is None:
        faults.append(Reason.NOT_COVERED)
    elif not found[1]:
        faults.append(Reason.EXCEPTED)
    if right.way != way:
        faults.append(Reason.WRONG_WAY)
    if forms and right.forms and not forms & right.forms:
        faults.append(Reason.WRONG_FORM)
    if audience is not None and right.audience and audience not in right.audience:
        faults.append(Reason.WRONG_AUDIENCE)
    return faults


def _late(right: Right, day: date) -> Reason | None:
    if day < right.start:
        return Reason.NOT_YET
    if right.end is not None and day >= right.end:
        return Reason.TERMINATED if right.terminated else Reason.ENDED
    return None


def _until(fitting: Iterable[Right], day: date) -> date | None:
    """The end of the chain of periods that begins on the day and has no gap."""
    reached = day
    for right in sorted(fitting, key=lambda right: right.start):
        if right.start > reached:
            break
        if right.end is None:
            return None
        reached = max(reached, right.end)
    return reached


def _refusal(known: Sequence[Right], right: Right, reason: Reason, path: Sequence[int], way: Way, day: date) -> Answer:
    """The reason with what one needs to know to go on."""
    if reason is Reason.NOT_YET:
        return Answer(False, reason, right, day=right.start)
    if reason in (Reason.ENDED, Reason.TERMINATED):
        return Answer(False, reason, right, day=right.end)
    if reason is Reason.EXCEPTED:
        mark = nearest(right.marks, path)
        return Answer(False, reason, right, places=(mark[0],) if mark else ())
    if reason is Reason.NOT_COVERED:
        return Answer(False, reason, right, places=tuple(place for place, is_in in right.marks.items() if is_in))
    if reason is Reason.WRONG_WAY:
        allowed = {
            other.way
            for other in known
            if not _faults(other, path, other.way, frozenset(), None) and not _late(other, day)
        }
        return Answer(False, reason, right, ways=tuple(way for way in Way if way in allowed))
    return Answer(False, reason, right, forms=right.forms, audience=right.audience)
