"""Starting the server and the worker beside each other, and stopping them together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """On Linux: be told to stop when the parent dies, even if it was killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: list[str], env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a child of our own in a group of its own, so that Ctrl-C reaches it through us, once."""
    return subprocess.Popen(  # noqa: S603  # our own commands
        command,
        env=os.environ | (env or {}),
        start_new_session=True,
        preexec_fn=end_with_parent,  # no threads have been started yet
    )


def free_port(host: str, wanted: int, *, tries: int = 50) -> int:
    """The wanted port, or the next one that nobody uses."""
    for port in range(wanted, wanted + tries):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"Portarna {wanted}-{wanted + tries - 1} är alla upptagna.")


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


class Company:
    """Child processes that live and die together."""

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.told_to_stop = False

    def add(self, name: str, command: list[str], env: dict[str, str] | None = None) -> None:
        """Start one more."""
        self.children[name] = start(command, env)

    def listen(self) -> None:
        """Stop on Ctrl-C and on SIGTERM."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.told_to_stop = True

    def wait(self, *, until: Callable[[], bool] | None = None) -> str | None:
        """Wait until told to stop (None), until `until` is true (None), or until a child ends (its name)."""
        while not self.told_to_stop:
            for name, child in self.children.items():
                if child.poll() is not None:
                    return name
            if until is not None and until():
                return None
            time.sleep(0.1)
        return None

    def stop(self, *, patience: float = 20.0) -> None:
        """Tell all to stop, wait, and end those that do not."""
        for child in self.children.values():
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        last = time.monotonic() + patience
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.1, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
