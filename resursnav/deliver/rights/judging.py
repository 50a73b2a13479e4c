"""May this title be used? Usage rights joined with titles and with what the law itself allows; no database, only codes.

A title stands in title lists. A right for a list covers what stands in it; a right of an agreement without a list
covers what stands in any of the agreement's lists. Then `terms.answer` judges. Two things need no agreement: an open
licence allows every way of use, and a copy that has been bought may be lent, except films and computer programs
(lagen 1960:729 om upphovsrätt, 19 §), as long as no agreement that concerns the place says anything of loans.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from resursnav.deliver.resources.vocabulary import Licence, MediaType
from resursnav.landscape.agreements import terms
from resursnav.landscape.agreements.terms import Answer, Audience, Reason, Way

OPEN = frozenset(
    {
        Licence.CC0, Licence.PD, Licence.CC_BY, Licence.CC_BY_SA, Licence.CC_BY_NC, Licence.CC_BY_NC_SA,
        Licence.CC_BY_ND, Licence.CC_BY_NC_ND,
    }
)  # fmt: skip
# What "may be used in teaching" allows: on the premises, and not for the public.
TEACHING = frozenset({Way.LOAN, Way.STREAM_CLASS, Way.INSTITUTION})
LENT_BY_LAW = frozenset({MediaType.BOOK, MediaType.GAME, MediaType.KIT, MediaType.EQUIPMENT, MediaType.GUIDE})
NEVER_BY_LAW = frozenset({MediaType.FILM, MediaType.APP})


class Basis(StrEnum):
    """What the answer rests on."""

    AGREEMENT = "agreement"
    LICENCE = "licence"
    LAW = "law"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Title:
    """A resource as it counts here: its licence, the forms it has, and the title lists that it stands in."""

    licence: str = ""
    media: frozenset[str] = frozenset()
    lists: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Held:
    """A usage right that concerns the place, for one title list or (None) for all of its agreement's lists."""

    right: terms.Right
    titles: int | None


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer, and what it rests on."""

    answer: Answer
    basis: Basis


def covering(title: Title, held: Iterable[Held], agreements: dict[int, int]) -> list[terms.Right]:
    """The rights under which the title stands; `agreements` says whose each title list is."""
    agreed = {agreements[titles] for titles in title.lists}
    return [
        one.right
        for one in held
        if (one.right.agreement in agreed if one.titles is None else one.titles in title.lists)
    ]


def is_lent_by_law(media: Collection[str]) -> bool:
    """Whether everything that it consists of may be lent once it has been bought."""
    return bool(LENT_BY_LAW & set(media)) and not NEVER_BY_LAW & set(media)


def is_licensed(licence: str, way: Way, audience: Audience | None) -> bool:
    """Whether the licence itself allows the way of use."""
    if licence in OPEN:
        return True
    return licence == Licence.TEACHING and way in TEACHING and audience is not Audience.PUBLIC


def judge(
    title: Title,
    rights: Sequence[terms.Right],
    *,
    path: Sequence[int],
    way: Way,
    day: date,
    forms: Collection[str] = (),
    audience: Audience | None = None,
) -> Judged:
    """Whether the place that the path begins with may use the title that way on the day; `rights` cover the title."""
    if is_licensed(title.licence, way, audience):
        return Judged(Answer(True, Reason.ALLOWED), Basis.LICENCE)
    answer = terms.answer(rights, path=path, way=way, day=day, forms=forms, audience=audience)
    if answer.allowed:
        return Judged(answer, Basis.AGREEMENT)
    regulated = any(right.way is Way.LOAN for right in rights)
    if way is Way.LOAN and not regulated and is_lent_by_law(title.media):
        return Judged(Answer(True, Reason.ALLOWED), Basis.LAW)
    return Judged(answer, Basis.AGREEMENT if rights else Basis.NONE)
