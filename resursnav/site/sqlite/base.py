"""A writer that waits looks often and lets nobody pass.

SQLite has one writer at a time. While it waits, its own handler sleeps longer and longer, up to a tenth of a second,
and whoever comes later and looks at the right moment goes first: with eight writers one in twenty waited for seconds
while the file lay idle. Here those of one process stand in line, and the one at the front looks every millisecond.
The line is left as soon as the transaction has begun, so nothing has to be given back when it ends.
"""

from __future__ import annotations

import random
import threading
import time
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LOOK_EVERY = 0.001  # seconds
_line = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite as Django has it, but for how a writing transaction waits for its turn."""

    def _start_transaction_under_autocommit(self) -> None:
        """Begin; raises OperationalError "database is locked" when the connection's timeout has passed."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        until = time.monotonic() + patience
        if not _line.acquire(timeout=patience):
            raise OperationalError("database is locked")
        try:
            self._wait_no_longer_than(0)
            while not self._begun(until):
                time.sleep(LOOK_EVERY * random.uniform(0.5, 1.5))  # noqa: S311  # so that two processes do not keep step
        finally:
            self._wait_no_longer_than(patience)
            _line.release()

    def _begun(self, until: float) -> bool:
        """Whether the transaction has begun; raises when somebody else has the file and the time is out."""
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= until:
                raise
            return False
        return True

    def _wait_no_longer_than(self, seconds: float) -> None:
        """How long the statements of this connection wait for another writer."""
        connection: Any = self.connection
        connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
