"""Manifests: data, and callables by their dotted path."""

from dataclasses import FrozenInstanceError, fields

import pytest

from resursnav.kernel.errors import Unable
from resursnav.kernel.manifest import (
    AboutMe,
    Check,
    Finding,
    Job,
    Manifest,
    MenuEntry,
    Note,
    Panel,
    RowFilter,
    RowNote,
    SearchFacet,
    SearchKind,
    Stage,
    StartItem,
    StartLine,
    StartPart,
    ThreadKind,
    UseCount,
    load,
)


def greet() -> str:
    return "hej"


def test_it_loads_what_a_path_names():
    assert load(f"{__name__}:greet")() == "hej"


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("resursnav.nowhere:greet", ModuleNotFoundError),
        (f"{__name__}:nobody", AttributeError),
        (__name__, AttributeError),
    ],
)
def test_it_fails_loudly_on_a_wrong_path(path, error):
    with pytest.raises(error):
        load(path)


def test_it_contributes_nothing_unless_it_says_so():
    assert all(getattr(Manifest(), field.name) == () for field in fields(Manifest))


@pytest.mark.parametrize(
    "made",
    [
        Manifest(),
        AboutMe("loans", f"{__name__}:greet"),
        MenuEntry("Logg", "threads:audit-all", Stage.HOUSE),
        ThreadKind("need", "behov", "needs:show"),
        Job("send", "a:b", every=5),
        Check("mail", "a:b"),
        Finding(True, "Allt är bra"),
        SearchKind("resource", "resurs", "a:b"),
        StartItem("one", "a:b"),
        Note("Ledig"),
        RowNote("resources:list", "a:b"),
        RowFilter("resources:list", "a:b"),
        SearchFacet("resource", "rights", "a:b"),
        UseCount("a:b"),
        StartLine("Ett", "/"),
        Panel("organisations:show", "a:b", "x.html"),
    ],
)
def test_it_cannot_be_changed_afterwards(made):
    with pytest.raises(FrozenInstanceError):
        setattr(made, fields(made)[0].name, "x")


def test_it_has_calm_defaults():
    job, entry, kind = Job("send", "a:b", every=5), MenuEntry("x", "y", Stage.LISTEN), ThreadKind("a", "b", "c")
    assert (job.greedy, job.everywhere) == (False, False)
    assert (entry.tasks, entry.rail, entry.rule, entry.count) == (True, True, None, None)
    assert (kind.stage, kind.sees) == (Stage.HOUSE, "") and StartItem("a", "b").part is StartPart.MINE


def test_it_refuses_with_a_reason_and_a_field():
    class Reason:
        """Stands for a lazy translation: it becomes text when it is read."""

        said = "Skolan är stängd."

        def __str__(self) -> str:
            return self.said

    refused = Unable(Reason(), field="node")
    assert (refused.reason, refused.field) == ("Skolan är stängd.", "node")
    Reason.said = "The school is closed."
    assert refused.reason == "The school is closed." and Unable("x").field is None
