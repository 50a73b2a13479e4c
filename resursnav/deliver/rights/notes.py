"""The line that a row of a list gets: may it be used where the person works, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import MediaType
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.kernel.manifest import Note
from resursnav.landscape.agreements.terms import Reason, Way

from . import may, wording
from .judging import Basis
from .places import forms_of, place_of, town_of

SOON = timedelta(days=90)
# What a row has room to say; the rest stands on the resource's page.
FIRST = (Way.LOAN, Way.STREAM_CLASS, Way.INSTITUTION, Way.STREAM_HOME)
MOST = 2
NEEDS_ONE = frozenset({MediaType.FILM, MediaType.STREAM, MediaType.APP})


def for_rows(things: Sequence[Resource], person: Any) -> dict[int, Note]:
    """A note for each title that an agreement says something of; none for strangers, who have no place."""
    place = place_of(person)
    if place is None:
        return {}
    today = timezone.localdate()
    found = may.ask_all(things, place=place, day=today, forms=forms_of(place))
    town = town_of(person, place)
    notes = {
        thing.pk: note(found[thing.pk], place, town, today) or _lacking(thing, found[thing.pk], town)
        for thing in things
    }
    return {key: said for key, said in notes.items() if said is not None}


def note(verdicts: Mapping[Way, may.Verdict], place: Organisation, town: Organisation, today: date) -> Note | None:
    """What is worth saying in one line: what an agreement allows and until when, or why it does not."""
    if any(verdict.basis is Basis.LICENCE for verdict in verdicts.values()):
        text = _("Får användas av alla, licensen är fri") if _open(verdicts) else _("Får användas i undervisning")
        return Note(text, "good", "circle-check")
    allowed = [way for way in (*FIRST, *Way) if verdicts[way].allowed and verdicts[way].basis is Basis.AGREEMENT]
    if allowed:
        ways = list(dict.fromkeys(allowed))[:MOST]
        until = min((end for way in ways if (end := verdicts[way].until)), default=None)
        soon = until is not None and until - today <= SOON
        text = wording.short(ways, town, until)
        return Note(text, "warning" if soon else "good", "calendar-clock" if soon else "circle-check")
    if place.kind == Kind.REGION or verdicts[Way.LOAN].allowed:
        return None
    told = next((verdicts[way] for way in FIRST if verdicts[way].reason in _WORTH_TELLING), None)
    return Note(told.sentence, "plain", "ban") if told else None


def _lacking(thing: Resource, verdicts: Mapping[Way, may.Verdict], town: Organisation) -> Note | None:
    """For what cannot be used without an agreement, that there is none."""
    media = {edition.media_type for edition in thing.editions.all()}
    if town.kind == Kind.REGION or not media & NEEDS_ONE or any(verdict.allowed for verdict in verdicts.values()):
        return None
    return Note(_("Inget avtal ger rätt att använda den %(where)s") % {"where": wording.where(town)}, "plain", "ban")


_WORTH_TELLING = frozenset(
    {Reason.NOT_YET, Reason.ENDED, Reason.TERMINATED, Reason.EXCEPTED, Reason.NOT_COVERED, Reason.WRONG_FORM}
)


def _open(verdicts: Mapping[Way, may.Verdict]) -> bool:
    return all(verdict.allowed for verdict in verdicts.values())
