"""Who pays what: a price divided by a key, to the öre, so that the parts always make the whole. No database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

ORE = Decimal("0.01")


class Key(StrEnum):
    """How a price is divided."""

    EQUAL = "equal"
    INHABITANTS = "inhabitants"
    PUPILS = "pupils"
    USE = "use"
    FIXED = "fixed"


class Fault(StrEnum):
    """Why a price cannot be divided."""

    NOBODY = "nobody"
    NEGATIVE = "negative"
    ZERO = "zero"
    SUM = "sum"
    FINER = "finer"


class Unshareable(ValueError):
    """The price cannot be divided: `fault` says why, and `difference` how much the fixed parts miss it by."""

    def __init__(self, fault: Fault, difference: Decimal = Decimal(0)) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.difference = difference


def shares(price: Decimal, key: Key, weights: Sequence[Decimal]) -> list[Decimal]:
    """The parts in kronor, in the order of the weights, which sum exactly to the price.

    The parts are rounded down to whole öre, and the öre that are left go to those who lost most by it (the method of
    the largest remainder, Hamilton 1792); among equals to the first. With the key FIXED the weights are the parts.
    Raises Unshareable.
    """
    if not weights:
        raise Unshareable(Fault.NOBODY)
    if price < 0 or any(weight < 0 for weight in weights):
        raise Unshareable(Fault.NEGATIVE)
    if price != price.quantize(ORE):
        raise Unshareable(Fault.FINER)
    if key is Key.FIXED:
        return _fixed(price, weights)
    held = [Decimal(1)] * len(weights) if key is Key.EQUAL else list(weights)
    # Whole numbers, so that nothing is lost however many digits a weight has.
    finest = max((-int(weight.as_tuple().exponent) for weight in held), default=0)
    scaled = [int(weight.scaleb(max(finest, 0))) for weight in held]
    total, ore = sum(scaled), int(price / ORE)
    if not total:
        raise Unshareable(Fault.ZERO)
    parts = [ore * weight // total for weight in scaled]
    lost = [ore * weight % total for weight in scaled]
    order = sorted(range(len(parts)), key=lambda place: (-lost[place], place))
    for place in order[: ore - sum(parts)]:
        parts[place] += 1
    return [part * ORE for part in parts]


def _fixed(price: Decimal, parts: Sequence[Decimal]) -> list[Decimal]:
    if any(part != part.quantize(ORE) for part in parts):
        raise Unshareable(Fault.FINER)
    if difference := price - sum(parts, Decimal(0)):
        raise Unshareable(Fault.SUM, difference)
    return [part.quantize(ORE) for part in parts]


def price_on(price: Decimal, percent: Decimal, since: date, day: date) -> Decimal:
    """The price on the day, when it rises by so many percent on each anniversary of `since`; rounded to the öre.

    Each year's price is rounded before the next rise, as it stands on that year's invoice.
    """
    years = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
    for _year in range(max(years, 0)):
        price = (price * (100 + percent) / 100).quantize(ORE, ROUND_HALF_UP)
    return price
