import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from resursnav.foundation.access import Role
from resursnav.foundation.imports import actions, jobs, kinds, words
from resursnav.foundation.imports.events import BatchApplied
from resursnav.foundation.imports.models import ImportBatch, ImportProblem, Status
from resursnav.foundation.imports.reasons import Unreadable, noted, wrong
from resursnav.foundation.imports.rules import RUN, SEE
from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel import events
from tests import factories

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def check_names(batch, log):
    """A kind of import for these tests: each line is the name of a region."""
    lines = batch.path.read_text().splitlines()
    if lines == ["refuse"]:
        raise Unreadable("file.not_text", line=1)
    if lines == ["break"]:
        raise RuntimeError("a fault in the code")
    for number, name in enumerate(lines, start=1):
        if not name:
            log.problem(wrong("cell.required", number, "name"))
        elif Organisation.objects.filter(name=name).exists():
            log.change("same", name, line=number)
        else:
            log.change("new", name, line=number, key=name)
        if name.startswith(" "):
            log.problem(noted("row.foreign_bytes", number, "name", name))
        log.progress(number, len(lines))


def apply_names(batch, log):
    for name in batch.path.read_text().splitlines():
        if name == "explode":
            raise RuntimeError("in the middle")
        if name == "too late":
            raise Unreadable("import.moved_on")
        if name and not Organisation.objects.filter(name=name).exists():
            Organisation.objects.create(kind="region", name=name)
            log.count("new")


@pytest.fixture
def names(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    monkeypatch.setitem(kinds._kinds, "names", kinds.ImportKind("names", "Namn", check_names, apply_names))


def received(text="Norrbotten\nKalmar\n", **fields):
    fields = {"by": None, "at": AT} | fields
    return actions.receive(kind="names", name="namn.csv", content=[text.encode()], **fields)


def checked(text="Norrbotten\nKalmar\n"):
    return actions.check(batch=received(text), at=AT)


@pytest.mark.django_db
def test_it_takes_a_file_in_after_check_and_confirmation(names):
    somebody = factories.person()
    batch = received(by=somebody, source="registret")
    assert (batch.status, batch.size, len(batch.sha256)) == (Status.UPLOADED, 18, 64)
    assert batch.path.read_text() == "Norrbotten\nKalmar\n"
    batch = actions.check(batch=batch, at=AT)
    assert (batch.status, batch.new, batch.same, batch.wrong) == (Status.CHECKED, 2, 0, 0)
    assert [change.title for change in batch.changes.all()] == ["Norrbotten", "Kalmar"]
    assert not Organisation.objects.exists()
    batch = actions.confirm(batch=batch, by=somebody, at=AT)
    batch = actions.apply(batch=batch, at=AT)
    assert (batch.status, batch.confirmed_by, batch.finished_at) == (Status.APPLIED, somebody, AT)
    assert Organisation.objects.count() == 2


@pytest.mark.django_db
def test_it_changes_nothing_the_second_time(names):
    batch = checked()
    for _ in range(2):
        actions.confirm(batch=batch, by=None, at=AT)
        batch = actions.apply(batch=batch, at=AT)
    assert (batch.status, batch.new, Organisation.objects.count()) == (Status.APPLIED, 2, 2)
    again = checked()
    assert (again.new, again.same, again.changes_nothing) == (0, 2, True)


@pytest.mark.django_db
def test_it_is_all_or_nothing(names, caplog):
    batch = checked("Norrbotten\nexplode\nKalmar\n")
    actions.confirm(batch=batch, by=None, at=AT)
    with caplog.at_level(logging.CRITICAL):
        batch = actions.apply(batch=batch, at=AT)
    assert batch.status == Status.FAILED
    assert not Organisation.objects.exists()
    assert [problem.reason for problem in batch.problems.all()] == ["import.broke"]


@pytest.mark.django_db
def test_it_says_why_when_the_ground_has_moved(names):
    batch = checked("Norrbotten\ntoo late\n")
    actions.confirm(batch=batch, by=None, at=AT)
    batch = actions.apply(batch=batch, at=AT)
    assert batch.status == Status.FAILED
    assert "Kontrollera filen på nytt" in str(batch.problems.get())
    batch = actions.match(batch=batch, options={}, by=None, at=AT)
    assert batch.status == Status.UPLOADED


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "status", "reason"), [
    ("refuse\n", Status.REFUSED, "file.not_text"),
    ("break\n", Status.FAILED, "import.broke"),
])  # fmt: skip
def test_it_writes_down_why_a_file_is_refused(names, caplog, text, status, reason):
    with caplog.at_level(logging.CRITICAL):
        batch = checked(text)
    assert (batch.status, batch.wrong, batch.finished_at) == (status, 1, AT)
    assert batch.problems.get().reason == reason
    with pytest.raises(actions.UnableToConfirm):
        actions.confirm(batch=batch, by=None, at=AT)


@pytest.mark.django_db
def test_it_keeps_problems_up_to_a_limit_but_counts_all(names, monkeypatch):
    monkeypatch.setattr(kinds, "KEPT_PROBLEMS", 3)
    monkeypatch.setattr(kinds, "KEPT_CHANGES", 2)
    batch = checked("\n" * 10 + "a\nb\nc\n d\n")
    assert (batch.wrong, batch.noted, batch.new) == (10, 1, 4)
    assert batch.problems.wrong().count() == 3
    assert batch.problems.notes().count() == 1
    assert batch.changes.count() == 2
    assert batch.problems.wrong().first().line == 1


@pytest.mark.django_db
def test_it_refuses_empty_and_too_large_files_and_leaves_nothing_behind(names, settings, tmp_path):
    settings.UPLOAD_LIMIT = 1024 * 1024
    with pytest.raises(actions.UnableToReceive, match="1 MB") as caught:
        actions.receive(kind="names", name="x", content=[b"x" * 700_000] * 2, by=None, at=AT)
    assert caught.value.field == "file"
    with pytest.raises(actions.UnableToReceive, match="tom"):
        actions.receive(kind="names", name="x", content=[], by=None, at=AT)
    with pytest.raises(KeyError):
        actions.receive(kind="unknown", name="x", content=[b"x"], by=None, at=AT)
    assert list((tmp_path / "imports").iterdir()) == []
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_it_waits_for_its_columns(names):
    batch = received(matching=True)
    assert batch.status == Status.MATCHING
    assert actions.check(batch=batch, at=AT).status == Status.MATCHING
    assert jobs.run_waiting() == 0
    batch = actions.match(batch=batch, options={"columns": {"a": "b"}}, by=None, at=AT)
    assert (batch.status, batch.options) == (Status.UPLOADED, {"columns": {"a": "b"}})
    batch = actions.check(batch=batch, at=AT)
    batch = actions.match(batch=batch, options={"more": 1}, by=None, at=AT)
    assert batch.options == {"columns": {"a": "b"}, "more": 1}
    actions.check(batch=batch, at=AT)
    actions.confirm(batch=batch, by=None, at=AT)
    with pytest.raises(actions.UnableToMatch):
        actions.match(batch=batch, options={}, by=None, at=AT)


@pytest.mark.django_db
def test_it_throws_the_file_away_when_stopped(names, django_capture_on_commit_callbacks):
    batch = checked()
    path = batch.path
    with django_capture_on_commit_callbacks(execute=True):
        batch = actions.discard(batch=batch, by=None, at=AT)
    assert (batch.status, path.exists()) == (Status.DISCARDED, False)
    with pytest.raises(actions.UnableToDiscard):
        actions.discard(batch=batch, by=None, at=AT)
    with pytest.raises(actions.UnableToConfirm):
        actions.confirm(batch=batch, by=None, at=AT)
    with pytest.raises(actions.UnableToMatch):
        actions.match(batch=batch, options={}, by=None, at=AT)


@pytest.mark.django_db
def test_it_is_done_by_the_worker_in_turn(names):
    first, second = received("Norrbotten\n"), received("Kalmar\n", at=AT + timedelta(seconds=1))
    assert jobs.run_waiting() == 1
    first.refresh_from_db()
    assert first.status == Status.CHECKED
    assert jobs.run_waiting() == 1
    assert jobs.run_waiting() == 0
    actions.confirm(batch=first, by=None, at=AT)
    assert jobs.run_waiting() == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (Status.APPLIED, Status.CHECKED)


@pytest.mark.django_db
def test_it_is_taken_over_from_a_worker_that_has_gone_silent(names):
    batch = checked()
    actions.confirm(batch=batch, by=None, at=AT)
    assert actions._claim(batch, Status.CONFIRMED, Status.APPLYING, AT)
    soon, late = AT + timedelta(minutes=1), AT + timedelta(minutes=30)
    assert actions.apply(batch=batch, at=soon).status == Status.APPLYING
    assert list(ImportBatch.objects.waiting(soon)) == []
    assert list(ImportBatch.objects.waiting(late)) == [batch]
    batch.progress_path.write_text("1 2")
    assert actions.apply(batch=batch, at=late).status == Status.APPLYING  # it still writes how far it has come
    batch.progress_path.unlink()
    assert actions.apply(batch=batch, at=late).status == Status.APPLIED


@pytest.mark.django_db
def test_it_undoes_the_work_of_a_worker_that_was_overtaken(names, monkeypatch):
    batch = checked()
    actions.confirm(batch=batch, by=None, at=AT)

    def overtaken(one, log):
        apply_names(one, log)
        ImportBatch.objects.filter(pk=one.pk).update(claim="00000000-0000-0000-0000-000000000001")

    monkeypatch.setitem(kinds._kinds, "names", kinds.ImportKind("names", "Namn", check_names, overtaken))
    batch = actions.apply(batch=batch, at=AT)
    assert not Organisation.objects.exists()
    assert batch.status == Status.APPLYING  # the test's own update was undone with the rest


@pytest.mark.django_db
def test_it_tells_how_far_it_has_come(names):
    batch = received()
    assert (batch.progress(), batch.percent()) == ((0, 0), 0)
    tick = actions._ticker(batch)
    tick(1, 4)
    tick(2, 4)  # too soon after the first to be written
    assert (batch.progress(), batch.percent()) == ((1, 4), 25)
    tick(4, 4)
    assert batch.percent() == 100
    batch.progress_path.write_text("nonsense")
    assert batch.progress() == (0, 0)


@pytest.mark.django_db
def test_it_tells_that_it_was_taken_in(names, monkeypatch):
    heard = []
    monkeypatch.setitem(events._listeners, BatchApplied, [heard.append])
    batch = checked()
    actions.confirm(batch=batch, by=None, at=AT)
    actions.apply(batch=batch, at=AT)
    assert heard == [BatchApplied(batch.pk, "names", None, None, AT)]


@pytest.mark.django_db
def test_it_forgets_files_long_after(names, django_capture_on_commit_callbacks, settings):
    batch = checked()
    actions.confirm(batch=batch, by=None, at=AT)
    batch = actions.apply(batch=batch, at=AT)
    path = batch.path
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.tidy(before=AT, at=AT) == 0
        assert path.exists()
        assert actions.tidy(before=AT + timedelta(days=1), at=AT) == 1
    batch.refresh_from_db()
    assert (path.exists(), batch.stored) == (False, "")
    assert jobs.tidy() == 0


@pytest.mark.django_db
def test_it_cannot_be_worked_on_by_nobody(names):
    batch = received()
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(status=Status.APPLYING)


@pytest.mark.django_db
def test_it_is_seen_by_those_who_may(names):
    region, other = factories.organisation(), factories.organisation()
    unit = factories.organisation(factories.organisation(region))
    batch = received(organisation=region)
    coordinator, expert = factories.person(Role.COORDINATOR, region), factories.person(Role.EXPERT, region)
    for who, seen, run in [
        (coordinator, True, True),
        (expert, True, False),
        (factories.person(Role.ADMINISTRATOR, region), True, True),
        (factories.person(Role.ADMINISTRATOR, other), False, False),
        (factories.person(Role.COORDINATOR, other), False, False),
        (factories.person(Role.TEACHER, unit), False, False),
        (None, False, False),
    ]:
        assert ImportBatch.objects.visible_to(who, SEE).filter(pk=batch.pk).exists() is seen
        assert ImportBatch.objects.visible_to(who, RUN).filter(pk=batch.pk).exists() is run


@pytest.mark.django_db
def test_it_shows_the_whole_countrys_registers_to_administrators(names):
    region, batch = factories.organisation(), received(organisation=None)
    for role, seen in [(Role.ADMINISTRATOR, True), (Role.COORDINATOR, False)]:
        found = ImportBatch.objects.visible_to(factories.person(role, region), SEE)
        assert found.filter(pk=batch.pk).exists() is seen


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_it_is_taken_in_once_by_many_workers(names, monkeypatch, guarded):
    """With the guard one of eight does it; without it (the negative control) several think that they should."""
    batch = checked("Norrbotten\n")
    actions.confirm(batch=batch, by=None, at=AT)
    did, start = [], threading.Barrier(8)

    def unguarded(one, waiting, working, at):
        one.refresh_from_db()
        seen = one.status == waiting
        start.wait(timeout=20)  # everybody has looked before anybody writes
        return "x" if seen else None

    def work():
        try:
            mine = ImportBatch.objects.get(pk=batch.pk)
            if guarded:
                start.wait(timeout=20)
                got = actions._claim(mine, Status.CONFIRMED, Status.APPLYING, AT)
            else:
                got = unguarded(mine, Status.CONFIRMED, Status.APPLYING, AT)
            if got:
                did.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(did) == (1 if guarded else 8)


@pytest.mark.django_db(transaction=True)
def test_it_writes_once_though_eight_workers_apply(names):
    batch = checked("Norrbotten\nKalmar\nJönköping\n")
    actions.confirm(batch=batch, by=None, at=AT)
    start = threading.Barrier(8)

    def work():
        try:
            mine = ImportBatch.objects.get(pk=batch.pk)
            start.wait(timeout=20)
            actions.apply(batch=mine, at=AT)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    batch.refresh_from_db()
    assert (batch.status, batch.new, Organisation.objects.count()) == (Status.APPLIED, 3, 3)


def test_it_refuses_two_kinds_with_one_code(names):
    with pytest.raises(ValueError, match="twice"):
        kinds.register(kinds.ImportKind("names", "Annat", check_names, check_names))


def test_it_says_reasons_in_words(monkeypatch):
    assert words.describe("file.too_large", {"size": 300, "limit": 200}).startswith("Filen är 300 MB.")
    assert "rad 7" in words.describe("xml.broken", {"column": 3}, 7)
    assert words.describe("file.too_large", {}).startswith("Filen är %(size)s")
    assert words.describe("nobody.knows") == "nobody.knows"
    monkeypatch.setattr(words, "_words", dict(words._words))
    words.add({"nobody.knows": "Nu vet vi."})
    assert words.describe("nobody.knows") == "Nu vet vi."
    assert str(ImportProblem(reason="file.empty")).startswith("Filen är tom")


@pytest.mark.django_db
def test_it_drops_the_check_of_a_worker_that_was_overtaken(names, monkeypatch):
    batch = received()

    def overtaken(one, log):
        check_names(one, log)
        ImportBatch.objects.filter(pk=one.pk).update(claim="00000000-0000-0000-0000-000000000001")

    monkeypatch.setitem(kinds._kinds, "names", kinds.ImportKind("names", "Namn", overtaken, apply_names))
    assert actions.check(batch=batch, at=AT).status == Status.CHECKING
    assert not batch.problems.exists()
