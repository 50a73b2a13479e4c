"""Taking in very many resources at once from another catalogue, by their numbers there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Person
from resursnav.foundation.search.actions import touch
from resursnav.foundation.threads.actions import Thing, record
from resursnav.foundation.threads.verbs import declare
from resursnav.kernel.errors import Unable

from ..drafts import EditionDraft, ResourceDraft, SubjectDraft
from ..models import Creator, Edition, Identifier, Link, Resource, SubjectTerm
from ..vocabulary import Status, Visibility
from . import rawrows
from .mapping import map_taken_in

declare("resources.taken_in", gettext_lazy("{who} tog in {what}"))

SEARCH_KIND = "resource"
CHUNK = 1_000
FORMS = 6
"""So many formats' fingerprints are kept of one record."""
GONE = "Posten finns inte längre hos källan."
ROW = (
    "title", "subtitle", "other_titles", "description", "own_number", "publisher", "year", "languages", "school_forms",
    "grade_from", "grade_to", "age_from", "age_to", "licence", "licence_url", "accessibility", "extra", "source_print",
    "updated_at",
)  # fmt: skip
NEW_ROW = (
    "id", "owner", "source", "source_id", "status", "visibility", "withdrawn_reason", "cover", "cover_alt",
    "created_at", "published_at",
)  # fmt: skip
EDITION_ROW = (
    "resource", "position", "media_type", "label", "number", "url", "languages", "subtitles", "audio_description",
    "duration_s", "extent", "year",
)  # fmt: skip


class UnableToTakeIn(Unable):
    """The records cannot be taken in."""


@dataclass(slots=True)
class Counts:
    """What happened to the records of one import."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue knows of a record: its resource and what the source said last time, in each format."""

    id: int
    source_print: str
    status: str

    def knows(self, form: str, mark: str) -> bool:
        """Whether the source said exactly this the last time that it spoke in this format."""
        return _stamp(form, mark) in self.source_print.split()

    def is_from_elsewhere(self, form: str) -> bool:
        """Whether the source has spoken of it, but never in this format."""
        forms = {one.rpartition(":")[0] for one in self.source_print.split()}
        return bool(forms) and form not in forms

    def remembering(self, form: str, mark: str) -> str:
        """The fingerprints with this one first, in place of the same format's older one."""
        others = [one for one in self.source_print.split() if one.rpartition(":")[0] != form]
        return " ".join([_stamp(form, mark), *others[: FORMS - 1]])


def _stamp(form: str, mark: str) -> str:
    return f"{form}:{mark}" if form else mark


Said = Callable[[str, ResourceDraft, str], None]
"""Told (reason, draft, value) when something of a record could not be kept."""
Progress = Callable[[int], None]


def _nothing(reason: str, draft: ResourceDraft, value: str) -> None:
    """The default: nobody listens."""


def known(owner: Organisation, source: str, numbers: Sequence[str]) -> dict[str, Known]:
    """What the owner's catalogue has of these records of the source."""
    found = Resource.objects.filter(owner=owner, source=source, source_id__in=numbers)
    rows = found.values_list("source_id", "id", "source_print", "status")
    return {number: Known(key, mark, status) for number, key, mark, status in rows}


@transaction.atomic
def upsert(
    *,
    drafts: Iterable[ResourceDraft],
    owner: Organisation,
    source: str,
    by: Person | None,
    at: datetime,
    status: str = Status.PUBLISHED,
    visibility: str = Visibility.PUBLIC,
    form: str = "",
    said: Said = _nothing,
    progress: Progress = lambda done: None,
) -> Counts:
    """Make the catalogue say what the records say: new ones are added with the status, known ones changed.

    A record is known by owner, source and number. One whose fingerprint is what it was changes nothing, so that words
    which the centre has put right stay until the source itself says something new. A record that the source has
    deleted is withdrawn. `form` is the format that the records were read from: a source that speaks in two of them is
    heard in each, and repeating itself in one does not undo what it said in the other. Drafts must be `fitted` and each
    number come once.
    """
    if not source:
        raise UnableToTakeIn(_("Säg vilken källa posterna kommer från."))
    work = _Work(owner, source, by, at, status, visibility, said, form)
    done = 0
    for some in chunks(drafts, CHUNK):
        work.take(some)
        done += len(some)
        progress(done)
    _record(owner, source, work.counts, by, at)
    return work.counts


@transaction.atomic
def withdraw_missing(*, owner: Organisation, source: str, ids: Sequence[int], by: Person | None, at: datetime) -> int:
    """Withdraw these resources because their source no longer has them; says how many."""
    gone = 0
    for some in chunks(ids, CHUNK):
        rows = Resource.objects.filter(pk__in=some, owner=owner, source=source).exclude(status=Status.WITHDRAWN)
        keys = list(rows.values_list("pk", flat=True))
        gone += rows.update(status=Status.WITHDRAWN, withdrawn_reason=GONE, updated_at=at, source_print="")
        touch(kind=SEARCH_KIND, ids=keys, at=at)
    _record(owner, source, Counts(withdrawn=gone), by, at)
    return gone


def _record(owner: Organisation, source: str, counts: Counts, by: Person | None, at: datetime) -> None:
    """One line of the log for the whole import: who took what in, from where."""
    after = {"new": counts.new, "changed": counts.changed, "withdrawn": counts.withdrawn}
    if any(after.values()):
        thing = Thing("resources.source", source)
        record(verb="resources.taken_in", thing=thing, organisation=owner, by=by, at=at, after=after)


def chunks(things: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The things in lists of at most this many."""
    stream = iter(things)
    while some := list(islice(stream, size)):
        yield some


class _Work:
    """One import as it goes: what it has counted, and the subject terms it has met."""

    def __init__(
        self,
        owner: Organisation,
        source: str,
        by: Person | None,
        at: datetime,
        status: str,
        visibility: str,
        said: Said,
        form: str = "",
    ) -> None:
        self.owner, self.source, self.by, self.at = owner, source, by, at
        self.status, self.visibility, self.said, self.form = status, visibility, said, form
        self.counts = Counts()
        self.terms: dict[tuple[str, str], int] = {}

    def take(self, drafts: Sequence[ResourceDraft]) -> None:
        """One chunk: sort out what is new, changed, the same or gone, and write it."""
        here = known(self.owner, self.source, [draft.source_id for draft in drafts])
        new: list[tuple[ResourceDraft, str]] = []
        changed: list[tuple[ResourceDraft, str, int]] = []
        gone: list[int] = []
        for draft in drafts:
            mark, old = draft.fingerprint(), here.get(draft.source_id)
            if draft.deleted:
                if old is not None and old.status != Status.WITHDRAWN:
                    gone.append(old.id)
                else:
                    self.counts.same += 1
            elif old is None:
                new.append((draft, _stamp(self.form, mark)))
            elif old.knows(self.form, mark):
                self.counts.same += 1
            else:
                changed.append((draft, old.remembering(self.form, mark), old.id))
        keys = rawrows.new_keys(Resource, len(new)) if new else []
        self._rows(new, keys, changed)
        written = [
            *zip(keys, (draft for draft, _mark in new), strict=True),
            *((key, draft) for draft, _m, key in changed),
        ]
        self._around(written, [key for _draft, _mark, key in changed])
        if gone:
            rows = Resource.objects.filter(pk__in=gone)
            rows.update(status=Status.WITHDRAWN, withdrawn_reason=GONE, updated_at=self.at, source_print="")
        touch(kind=SEARCH_KIND, ids=[*(key for key, _draft in written), *gone], at=self.at)
        self.counts.new += len(new)
        self.counts.changed += len(changed)
        self.counts.withdrawn += len(gone)

    def _rows(
        self,
        new: Sequence[tuple[ResourceDraft, str]],
        keys: Sequence[int],
        changed: Sequence[tuple[ResourceDraft, str, int]],
    ) -> None:
        numbers = self._own_numbers([*(draft for draft, _mark in new), *(draft for draft, _mark, _key in changed)])
        day = self.at if self.status == Status.PUBLISHED else None
        shelf = (self.status, self.visibility, "", "", "", self.at, day)
        rawrows.insert(
            Resource,
            (*NEW_ROW, *ROW),
            (
                (key, self.owner.pk, self.source, draft.source_id, *shelf, *self._row(draft, mark, numbers))
                for key, (draft, mark) in zip(keys, new, strict=True)
            ),
        )
        rawrows.update(Resource, ROW, ((*self._row(draft, mark, numbers), key) for draft, mark, key in changed))

    def _row(self, draft: ResourceDraft, mark: str, numbers: dict[str, str]) -> tuple[Any, ...]:
        own = draft.own_number if numbers.get(draft.own_number) == draft.source_id else ""
        return (
            draft.title, draft.subtitle, draft.other_titles, draft.description, own, draft.publisher, draft.year,
            draft.languages, draft.school_forms, draft.grade_from, draft.grade_to, draft.age_from, draft.age_to,
            draft.licence, draft.licence_url, draft.accessibility, dict(draft.extra), mark, self.at,
        )  # fmt: skip

    def _own_numbers(self, drafts: Sequence[ResourceDraft]) -> dict[str, str]:
        """Which record may have which of the centre's own numbers: a number names one resource only."""
        wanted: dict[str, str] = {}
        for draft in drafts:
            if draft.own_number and wanted.setdefault(draft.own_number, draft.source_id) != draft.source_id:
                self.said("own_number.taken", draft, draft.own_number)
        if not wanted:
            return wanted
        taken = Resource.objects.filter(owner=self.owner, own_number__in=list(wanted))
        for number, source, source_id in taken.values_list("own_number", "source", "source_id"):
            if source != self.source or source_id != wanted[number]:
                owner = next(draft for draft in drafts if draft.source_id == wanted[number])
                self.said("own_number.taken", owner, number)
                del wanted[number]
        return wanted

    def _around(self, written: Sequence[tuple[int, ResourceDraft]], changed: Sequence[int]) -> None:
        """Everything that stands around the resources; what stood around the changed ones is written anew."""
        through = Resource.subjects.through
        if changed:
            for model in (Creator, Link, Identifier, through):
                model._default_manager.filter(resource__in=changed).delete()
        rawrows.insert(Creator, ("resource", "name", "role", "position"), _creators(written))
        rawrows.insert(Link, ("resource", "kind", "url", "label", "position"), _links(written))
        rawrows.insert(Identifier, ("resource", "owner", "scheme", "value"), self._identifiers(written))
        self._meet([subject for _key, draft in written for subject in draft.subjects])
        rawrows.insert(
            through,
            ("resource", "subjectterm"),
            ((key, term) for key, draft in written for term in {self.terms[s.scheme, s.code] for s in draft.subjects}),
        )
        self._editions(written, set(changed))
        ties = [(key, point) for key, draft in written for point in draft.extra.get("points", ())]
        map_taken_in(ties=ties, by=self.by, at=self.at)

    def _identifiers(self, written: Sequence[tuple[int, ResourceDraft]]) -> list[tuple[int, int, str, str]]:
        values = [value[:400] for _key, draft in written for _scheme, value in draft.identifiers]
        taken: dict[tuple[str, str], int] = {}
        for some in chunks(values, 900):
            rows = Identifier.objects.filter(owner=self.owner, value__in=some)
            taken |= {(scheme, value): key for scheme, value, key in rows.values_list("scheme", "value", "resource")}
        found = []
        for key, draft in written:
            for scheme, value in dict.fromkeys((scheme, value[:400]) for scheme, value in draft.identifiers):
                if (scheme, value) in taken:
                    self.said("identifier.taken", draft, f"{scheme} {value}")
                    continue
                taken[scheme, value] = key
                found.append((key, self.owner.pk, scheme, value))
        return found

    def _meet(self, subjects: Sequence[SubjectDraft]) -> None:
        """Make sure that every subject is a term, and remember its key."""
        unmet = {(one.scheme, one.code): one.label for one in subjects if (one.scheme, one.code) not in self.terms}
        if not unmet:
            return
        rows = [(scheme, code, label) for (scheme, code), label in unmet.items()]
        rawrows.insert(SubjectTerm, ("scheme", "code", "label"), rows, ignore_known=True)
        for some in chunks([code for _scheme, code in unmet], 900):
            for scheme, code, key in SubjectTerm.objects.filter(code__in=some).values_list("scheme", "code", "pk"):
                self.terms[scheme, code] = key

    def _editions(self, written: Sequence[tuple[int, ResourceDraft]], changed: set[int]) -> None:
        """New editions are inserted; those of a changed resource keep their keys by their places."""
        there: dict[int, list[int]] = {}
        for some in chunks(sorted(changed), 900):
            for key, resource in Edition.objects.filter(resource__in=some).values_list("pk", "resource"):
                there.setdefault(resource, []).append(key)
        inserted, updated, dropped = [], [], []
        for resource, draft in written:
            old = there.get(resource, [])
            rows = [_edition(resource, position, edition) for position, edition in enumerate(draft.editions)]
            updated += [(*row, key) for row, key in zip(rows, old, strict=False)]
            inserted += rows[len(old) :]
            dropped += old[len(rows) :]
        rawrows.insert(Edition, EDITION_ROW, inserted)
        rawrows.update(Edition, EDITION_ROW, updated)
        Edition.objects.filter(pk__in=dropped).delete()


def _edition(resource: int, position: int, edition: EditionDraft) -> tuple[Any, ...]:
    return (
        resource, position, edition.media_type, edition.label[:200], edition.number[:40], edition.url[:1000],
        edition.languages, edition.subtitles, edition.audio_description, edition.duration_s or None,
        edition.extent[:200], edition.year,
    )  # fmt: skip


def _creators(written: Sequence[tuple[int, ResourceDraft]]) -> Iterator[tuple[int, str, str, int]]:
    for key, draft in written:
        who = dict.fromkeys((creator.name[:300], creator.role) for creator in draft.creators if creator.name)
        for position, (name, role) in enumerate(who):
            yield key, name, role, position


def _links(written: Sequence[tuple[int, ResourceDraft]]) -> Iterator[tuple[int, str, str, str, int]]:
    for key, draft in written:
        links = {link.url: link for link in draft.links}
        for position, link in enumerate(links.values()):
            yield key, link.kind, link.url, link.label[:200], position
