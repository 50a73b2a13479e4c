"""`resursnav worker`: the jobs, without the website."""

from __future__ import annotations

import argparse
import signal

from resursnav.site.manifests import jobs
from resursnav.site.worker import Worker


def arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Work until told to stop; what runs is finished first."""
    worker = Worker(jobs())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()
    return 0
