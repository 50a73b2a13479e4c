"""Rules: the one table from which filter, check, page guard and documentation are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.db.models import Q

from .roles import Role


class Who(Enum):
    """Grants that need no particular role."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"


ANYONE: Final = Who.ANYONE
SIGNED_IN: Final = Who.SIGNED_IN


class Reach(Enum):
    """How far in the tree a grant goes, counted from the node of the assignment."""

    ANYWHERE = "anywhere"  # every node
    HERE = "here"  # things of the node itself
    BELOW = "below"  # things of the node and of everything below it
    ABOVE = "above"  # things of the node and of everything above it: what my municipality and region offer
    OWN = "own"  # things that are the person's own


@dataclass(frozen=True, slots=True)
class Grant:
    """Who (roles, or anyone) reaches how far, and `where` limits it to some rows."""

    who: frozenset[Role] | Who
    reach: Reach
    where: Q | None = None

    def __init__(self, who: Iterable[Role] | Who, reach: Reach, where: Q | None = None) -> None:
        object.__setattr__(self, "who", who if isinstance(who, Who) else frozenset(who))
        object.__setattr__(self, "reach", reach)
        object.__setattr__(self, "where", where)
        if isinstance(self.who, Who) and reach not in {Reach.ANYWHERE, Reach.ABOVE, Reach.OWN}:
            raise ValueError("Without a role, a grant reaches anywhere, above or to one's own.")
        if self.who is Who.ANYONE and reach is not Reach.ANYWHERE:
            raise ValueError("A stranger has no place in the tree.")


@dataclass(frozen=True, slots=True)
class Rule:
    """A named permission, such as "resources.edit"."""

    name: str
    grants: tuple[Grant, ...]

    @property
    def for_strangers(self) -> bool:
        """Whether at least one grant needs no account."""
        return any(grant.who is Who.ANYONE for grant in self.grants)

    def __str__(self) -> str:
        return self.name


_rules: dict[str, Rule] = {}


def allow(name: str, *grants: Grant) -> Rule:
    """Declare a rule; the same name twice, or a rule without grants, is a mistake in the code."""
    if name in _rules:
        raise ValueError(f"The rule {name} is declared twice.")
    if not grants:
        raise ValueError(f"The rule {name} grants nothing to anybody.")
    rule = Rule(name, grants)
    _rules[name] = rule
    return rule


def rule_named(name: str) -> Rule:
    """The rule with this name; KeyError when there is none."""
    return _rules[name]


def rules() -> list[Rule]:
    """All rules in the order of their names."""
    return [_rules[name] for name in sorted(_rules)]
