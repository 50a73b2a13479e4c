"""Sets Django up on a scratch folder and a fresh SQLite file; import this before anything of the product.

`RESURSNAV_BENCH_DATA` names a folder that is kept instead, so that a large volume need not be made each time;
`RESURSNAV_BENCH_DATABASE` an empty database of our own on PostgreSQL to measure there.
The compiled lexicon of the ordinary data folder is used where there is one: compiling it is no part of a search.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import django

SCRATCH = tempfile.TemporaryDirectory(prefix="resursnav-bench-")
_lexicon = Path(os.environ.get("RESURSNAV_DATA_DIR", "var")).resolve() / "lexicon"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resursnav.site.settings")
os.environ.setdefault("RESURSNAV_SECRET_KEY", "only-for-measuring-" * 3)  # not DEBUG: that keeps every SQL statement
os.environ["RESURSNAV_DATA_DIR"] = os.environ.get("RESURSNAV_BENCH_DATA", SCRATCH.name)
os.environ["RESURSNAV_BEHIND_PROXY"] = "1"  # so that one measuring machine can be many strangers
os.environ["RESURSNAV_DEMO"] = "0"
os.environ.pop("DATABASE_URL", None)
if "RESURSNAV_BENCH_DATABASE" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["RESURSNAV_BENCH_DATABASE"]
if _lexicon.exists() and "RESURSNAV_BENCH_DATA" not in os.environ:
    (Path(SCRATCH.name) / "lexicon").symlink_to(_lexicon)
django.setup()
