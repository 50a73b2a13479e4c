"""How fast lending is at a county's ten years, and whether it ever promises a copy twice.

python -m bench.loans                                    150,000 resources, 60,000 copies, 500,000 bookings
python -m bench.loans --resources 5000 --copies 2000 --bookings 10000
python -m bench.loans --readers books.csv                popularity from a list with a column ratings_count
RESURSNAV_BENCH_DATABASE=postgresql://... python -m bench.loans    on an empty PostgreSQL database
RESURSNAV_BENCH_DATA=FOLDER python -m bench.loans        keep the data for the next time
"""

from __future__ import annotations

import argparse
import platform
import time
from pathlib import Path

from bench import bootstrap
from resursnav.deliver.lending.audit import faults
from resursnav.site.database import migrate, refresh_statistics

from . import race, through_http, verbs
from .volume import TODAY, fill

assert bootstrap
WARM = 600


def main() -> None:
    """Fill, measure, look for faults, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--resources", type=int, default=150_000)
    asked.add_argument("--copies", type=int, default=60_000)
    asked.add_argument("--bookings", type=int, default=500_000)
    asked.add_argument("--times", type=int, default=2_000, help="how often each verb is measured")
    asked.add_argument("--runs", type=int, default=1_000, help="races for the same copies")
    asked.add_argument("--readers", type=Path, help="a CSV file with a column ratings_count")
    asked.add_argument("--port", type=int, default=8390)
    said = asked.parse_args()
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    began = time.perf_counter()
    migrate()
    county = fill(resources=said.resources, copies=said.copies, bookings=said.bookings, readers=said.readers)
    refresh_statistics()
    print(f"filled in {time.perf_counter() - began:.0f} s")
    verbs.booking(county)(0, WARM)  # the processes of the clients inherit what it keeps, as after a morning's work
    print("20 titles on a page, ms:", verbs.looking_up(county, 500))
    for clients in (1, 8, 64):
        print("book:", verbs.measure(verbs.booking(county), clients=clients, times=said.times))
        work, number = verbs.handing_out(said.times, clients)
        print("hand out:", verbs.measure(work, clients=clients, times=number))
        work, number = verbs.taking_back(said.times, clients)
        print("take back and check:", verbs.measure(work, clients=clients, times=number))
    print("through HTTP:", through_http.measure(county, times=said.times, port=said.port))
    print("guarded:", race.run(county, race.guarded, said.runs))
    print("look, then write:", race.run(county, race.naive, said.runs))
    began = time.perf_counter()
    found = faults(TODAY)
    print(f"audit: {len(found)} faults in {time.perf_counter() - began:.0f} s (those of the naive way among them)")


if __name__ == "__main__":
    main()
