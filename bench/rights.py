"""How long "may we, how, until when?" takes: the pure answer over rights as data, without a database.

python -m bench.rights [agreements]

As many agreements as said (5,000 unless said otherwise), each with four rights in a county of 15 municipalities with
20 units each. A question concerns one of 20 resources, which stands under 1 to 40 rights. Prints p50 and p95 of one
answer, and the time of the question that asks all rights at once.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import quantiles

from resursnav.landscape.agreements.terms import Audience, Right, Way, answer

ROUNDS = 20_000
TODAY = date(2026, 11, 22)


def rights(agreements: int, dice: random.Random) -> list[Right]:
    """Four rights for each agreement: most for the county, a third with an exception, some over and some to come."""
    found = []
    for number in range(agreements * 4):
        marks = {1: True} if dice.random() < 0.6 else {2 + dice.randrange(15): True}
        if dice.random() < 0.33:
            marks[100 + dice.randrange(300)] = False
        start = TODAY + timedelta(days=dice.randrange(-900, 90))
        end = None if dice.random() < 0.1 else start + timedelta(days=dice.randrange(100, 1500))
        forms = frozenset(dice.sample(["FSK", "GR", "GY", "VUX"], dice.randrange(3)))
        way = dice.choice(list(Way))
        found.append(Right(number, number // 4, way, start, end, marks, forms, frozenset({Audience.PUPILS})))
    return found


def seconds(do: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def main(agreements: int) -> None:
    """Measure and print."""
    dice = random.Random(1)
    every = rights(agreements, dice)
    resources = [dice.sample(every, dice.randrange(1, 41)) for _number in range(20)]
    taken = []
    for turn in range(ROUNDS):
        held, unit = resources[turn % 20], 100 + dice.randrange(300)
        path, way = (unit, 2 + (unit - 100) // 20, 1), dice.choice(list(Way))
        taken.append(seconds(lambda held=held, path=path, way=way: answer(held, path=path, way=way, day=TODAY)))
    cuts = quantiles(taken, n=100)
    print(
        f"{agreements} agreements, {len(every)} rights; {ROUNDS} questions about 20 resources with 1 to 40 rights each"
    )
    print(f"one answer: p50 {cuts[49] * 1e6:.0f} µs, p95 {cuts[94] * 1e6:.0f} µs, p99 {cuts[98] * 1e6:.0f} µs")
    whole = seconds(lambda: answer(every, path=(100, 2, 1), way=Way.COPY, day=TODAY))
    print(f"all rights at once: {whole * 1000:.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
