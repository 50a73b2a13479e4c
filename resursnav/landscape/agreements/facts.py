"""What one says of an agreement, a counterpart and a right when one registers or changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from .models import Counterpart


@dataclass(frozen=True, slots=True)
class CounterpartFacts:
    """Who it is and how one reaches them."""

    name: str
    number: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What stands in the agreement; `valid_to` is the day after the last one, a text the name of a new counterpart."""

    counterpart: Counterpart | str
    title: str
    valid_from: date
    answers: str
    number: str = ""
    about: str = ""
    valid_to: date | None = None
    renewal: str = "ends"
    renewal_months: int | None = None
    notice_months: int = 0
    notice_date: date | None = None
    price: Decimal | None = None
    price_rule: str = "fixed"
    price_percent: Decimal | None = None
    price_index: str = ""
    price_date: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RightFacts:
    """What one may do, for whom and how long; `titles` is the name of a title list, empty for everything."""

    way: str
    titles: str = ""
    school_forms: Sequence[str] = ()
    audience: Sequence[str] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    most_users: int | None = None
    most_uses: int | None = None
    note: str = ""


def values(said: AgreementFacts | CounterpartFacts | RightFacts) -> dict[str, Any]:
    """Column -> value."""
    return {one.name: getattr(said, one.name) for one in fields(said)}
