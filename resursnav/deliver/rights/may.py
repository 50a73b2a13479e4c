"""May we, how, until when? Asked of many titles at once for a place; the search, bookings and links all ask here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from resursnav.deliver.resources.models import Resource
from resursnav.foundation.organisations.models import Organisation
from resursnav.landscape.agreements.terms import Answer, Audience, Reason, Way

from . import wording
from .judging import Basis, Held, Title, covering, is_lent_by_law, is_licensed, judge
from .ties import Ties, rights_for, ties_of

NO_PLACE = "no_place"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no about one title in one way of use.

    `reason` is a code of `terms.Reason`, or NO_PLACE. `until` is the day after the last allowed one, None until
    further notice. `agreement_id` and `right_id` are what it rests on, or what a refusal comes from. The sentence is
    made when somebody wants to read it: of a page's answers most are not.
    """

    allowed: bool
    reason: str
    until: date | None
    agreement_id: int | None
    right_id: int | None
    basis: Basis
    _say: Callable[[], str] = field(compare=False, repr=False)

    @property
    def sentence(self) -> str:
        """The answer in words, in the language of whoever reads."""
        return self._say()


def ask(
    resources: Sequence[Resource],
    *,
    place: Organisation | None,
    way: Way,
    day: date,
    forms: Collection[str] = (),
    audience: Audience | None = None,
    media: Collection[str] | None = None,
) -> dict[int, Verdict]:
    """Whether the place may use each of the resources that way on the day; one statement however many they are, and
    one more for agreements whose rights for the place are not kept.

    `place` None is a stranger: then only the law and open licences answer. `media` asks about those forms of the
    resource alone (the book, not the film), else about all that it has.
    """
    every = ask_all(resources, place=place, ways=(way,), day=day, forms=forms, audience=audience, media=media)
    return {key: verdicts[way] for key, verdicts in every.items()}


def ask_all(
    resources: Sequence[Resource],
    *,
    place: Organisation | None,
    day: date,
    ways: Collection[Way] = tuple(Way),
    forms: Collection[str] = (),
    audience: Audience | None = None,
    media: Collection[str] | None = None,
) -> dict[int, dict[Way, Verdict]]:
    """The same for several ways of use, in the same statements."""
    if not resources:
        return {}
    ties = ties_of(resources, place)
    rights = rights_for(ties, day)
    said: dict[int, dict[Way, Verdict]] = {}
    for resource in resources:
        title = ties.title(resource)
        if media is not None:
            title = Title(title.licence, frozenset(media), title.lists)
        said[resource.pk] = _verdicts(title, ties, rights, place, ways, day, forms, audience)
    return said


def _verdicts(
    title: Title,
    ties: Ties,
    rights: Sequence[Held],
    place: Organisation | None,
    ways: Collection[Way],
    day: date,
    forms: Collection[str],
    audience: Audience | None,
) -> dict[Way, Verdict]:
    if place is None:
        return {way: _stranger(title, way, audience) for way in ways}
    over = covering(title, rights, ties.agreements)
    found = {}
    for way in ways:
        judged = judge(title, over, path=ties.path, way=way, day=day, forms=forms, audience=audience)
        say = partial(
            wording.sentence, judged.answer, judged.basis, licence=title.licence, way=way, place=place,
            names=ties.places,
        )  # fmt: skip
        found[way] = _verdict(judged.answer, judged.basis, say)
    return found


def _stranger(title: Title, way: Way, audience: Audience | None) -> Verdict:
    """What can be said without a place; a title in no list and with no licence is like any other."""
    basis = Basis.NONE
    if is_licensed(title.licence, way, audience):
        basis = Basis.LICENCE
    elif way is Way.LOAN and not title.lists and is_lent_by_law(title.media):
        basis = Basis.LAW
    if basis is Basis.NONE:
        return Verdict(False, NO_PLACE, None, None, None, basis, partial(wording.no_place, way))
    say = partial(wording.without_place, basis, title.licence, way)
    return _verdict(Answer(True, Reason.ALLOWED), basis, say)


def _verdict(answer: Answer, basis: Basis, say: Callable[[], str]) -> Verdict:
    right = answer.right
    return Verdict(
        allowed=answer.allowed,
        reason=answer.reason.value,
        until=answer.until,
        agreement_id=right.agreement if right else None,
        right_id=right.id if right else None,
        basis=basis,
        _say=say,
    )
