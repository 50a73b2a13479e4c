"""Tell the index of changes, number them, keep synonyms and failed searches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import STOCKHOLM, clean

from .models import Change, FailedSearch, Sequence, SynonymGroup
from .privacy import without_persons

BATCH = 2000
KEEP_CHANGES = timedelta(days=30)
KEEP_FAILED = timedelta(days=3 * 365)
LONGEST_WORD = 60
MOST_SYNONYMS = 20


class UnableToKeepSynonyms(Unable):
    """The words cannot be a group of synonyms."""


@transaction.atomic
def touch(*, kind: str, ids: Iterable[int], at: datetime) -> int:
    """Say that these things were made, changed or taken away; call it in the same transaction as the change.

    Cheap (one insert for many things) and without locks: the numbering comes after the commit.
    """
    told = 0
    changes = (Change(kind=kind, key=id_, at=at) for id_ in dict.fromkeys(ids))
    for some in batches(changes):
        Change.objects.bulk_create(some)
        told += len(some)
    return told


def batches(changes: Iterable[Change]) -> Iterable[list[Change]]:
    some: list[Change] = []
    for change in changes:
        some.append(change)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some


@transaction.atomic
def number_changes() -> int:
    """Give committed changes their places in the sequence; returns the last number.

    The row lock lets one process number at a time and holds until its commit, so numbers become visible in their
    order.  A change whose transaction commits later is not seen here and gets a later number.
    """
    sequence = Sequence.objects.select_for_update().filter(pk=1).first()
    if sequence is None:
        Sequence.objects.bulk_create([Sequence(pk=1, last=0)], ignore_conflicts=True)
        sequence = Sequence.objects.select_for_update().get(pk=1)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE search_change SET number = %s + row.place
            FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM search_change WHERE number IS NULL) AS row
            WHERE row.id = search_change.id AND search_change.number IS NULL
            """,
            [sequence.last],
        )
        numbered = max(int(cursor.rowcount), 0)
    if numbered:
        Sequence.objects.filter(pk=1).update(last=F("last") + numbered)
    return int(sequence.last) + numbered


def behind(position: int) -> int:
    """How many changes a node that has come to the position has yet to take in."""
    return Change.objects.after(position).count() + Change.objects.waiting().count()


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Drop changes and failed searches that nobody needs any more; a node that slept longer builds anew."""
    last = Change.objects.filter(number__isnull=False).aggregate(last=Max("number"))["last"] or 0
    old = Change.objects.filter(at__lt=at - KEEP_CHANGES, number__isnull=False, number__lt=last)
    gone = old.delete()[0]
    return gone + FailedSearch.objects.filter(day__lt=(at - KEEP_FAILED).date()).delete()[0]


@transaction.atomic
def keep_synonyms(
    *, words: Iterable[str], language: str, by: Person | None, at: datetime, group: SynonymGroup | None = None
) -> SynonymGroup:
    """Say that these words mean the same to somebody who searches; with a group, change that one."""
    kept = list({word.casefold(): word for word in (" ".join(clean(text).split()) for text in words) if word}.values())
    if len(kept) < 2:
        raise UnableToKeepSynonyms(_("Skriv minst två ord som betyder samma sak, ett på varje rad."), field="words")
    if len(kept) > MOST_SYNONYMS:
        raise UnableToKeepSynonyms(
            _("En grupp får ha högst {most} ord. Dela upp den i flera.").format(most=MOST_SYNONYMS), field="words"
        )
    for word in kept:
        if len(word) > LONGEST_WORD or not any(letter.isalnum() for letter in word):
            raise UnableToKeepSynonyms(
                _("”{word}” går inte att söka på. Använd högst {most} tecken, med bokstäver eller siffror.").format(
                    word=word[:30], most=LONGEST_WORD
                ),
                field="words",
            )
    taken = {word.casefold() for word in kept}
    others = SynonymGroup.objects.in_language(language)
    for other in others.exclude(pk=group.pk) if group else others:
        for word in other.words:
            if word.casefold() in taken:
                raise UnableToKeepSynonyms(
                    _("”{word}” finns redan i gruppen ”{group}”. Lägg till orden där i stället.").format(
                        word=word, group=other
                    ),
                    field="words",
                )
    group = group or SynonymGroup()
    group.language, group.words = language, kept
    group.save()
    return group


@transaction.atomic
def drop_synonyms(*, group: SynonymGroup, by: Person | None, at: datetime) -> SynonymGroup:
    """Take a group of synonyms away."""
    group.delete()
    return group


def record_failed_search(
    *, text: str, municipality: Organisation | int | None, at: datetime, times: int = 1
) -> FailedSearch | None:
    """Count a search that found nothing, without anything that points at a person; None when nothing is left of it."""
    place = municipality.pk if isinstance(municipality, Organisation) else municipality
    kept = without_persons(text)
    if len(kept) < 2:
        return None
    day = local_day(at)
    for _attempt in range(2):
        same = FailedSearch.objects.filter(day=day, text=kept, municipality=place)
        with transaction.atomic():
            if same.update(count=F("count") + times):
                return same.get()
        try:
            with transaction.atomic():
                return FailedSearch.objects.create(day=day, text=kept, municipality_id=place, count=times)
        except IntegrityError:  # somebody counted the same search first: add to theirs
            continue
    return None


def local_day(at: datetime) -> date:
    """The day in Sweden."""
    return at.astimezone(STOCKHOLM).date()
