"""Clients that do the same work at once, as the product is run: SQLite by threads in one process, else in several."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

MOST_PROCESSES = 8
Work = Callable[[int, int], list[float]]
"""(the client's number, how many times) -> how long each time took, in seconds."""


def at_once(work: Work, *, clients: int, times: int) -> tuple[list[float], float]:
    """Let the clients do the work so many times in all; how long each time took, and all of it, in seconds."""
    processes = 1 if connection.vendor == "sqlite" else min(clients, MOST_PROCESSES)
    connections.close_all()  # a connection must not be shared with a child
    context: Any = multiprocessing.get_context("fork")
    ready, told = context.Barrier(processes + 1), context.SimpleQueue()
    started = [
        context.Process(target=_process, args=(work, number, clients, processes, times, ready, told))
        for number in range(processes)
    ]
    for process in started:
        process.start()
    ready.wait()
    began = time.perf_counter()
    taken = [seconds for _process_ in started for seconds in told.get()]
    whole = time.perf_counter() - began
    for process in started:
        process.join()
    return taken, whole


def _process(work: Work, number: int, clients: int, processes: int, times: int, ready: Any, told: Any) -> None:
    mine = range(number, clients, processes)
    taken: list[float] = []

    def client(which: int) -> None:
        try:
            taken.extend(work(which, times // clients))
        finally:
            connection.close()

    threads = [threading.Thread(target=client, args=(which,)) for which in mine]
    ready.wait()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.put(taken)
