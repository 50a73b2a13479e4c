"""A small store in the process for what has been worked out. No database."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")
_all: WeakSet[Kept[Any]] = WeakSet()


class Kept(Generic[Value]):
    """At most so many values, the least lately used thrown away first; each stands under a stamp and a key.

    A stamp that is 0 has never been drawn: what nobody has changed may be kept as well. Values are shared between
    threads and must not be changed by whoever gets them.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()
        _all.add(self)

    def find(self, stamp: int, key: Hashable) -> Value | None:
        """What is kept under the stamp and the key, if anything is."""
        with self._lock:
            found = self._values.get((stamp, key))
            if found is not None:
                self._values.move_to_end((stamp, key))
            return found

    def keep(self, stamp: int, key: Hashable, value: Value) -> Value:
        """Keep the value, and give it back."""
        with self._lock:
            self._values[stamp, key] = value
            self._values.move_to_end((stamp, key))
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def get(self, stamp: int, key: Hashable, make: Callable[[], Value]) -> Value:
        """What is kept, else what `make` gives from now on; two threads may both make it."""
        found = self.find(stamp, key)
        return self.keep(stamp, key, make()) if found is None else found

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._values.clear()

    def __len__(self) -> int:
        return len(self._values)


def forget_all() -> None:
    """Keep nothing anywhere in this process: for tests, which go back in time without drawing stamps."""
    for kept in list(_all):
        kept.forget()
