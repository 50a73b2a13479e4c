"""The real thing: `resursnav serve` with its worker, started, asked, stopped and killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from resursnav.site.processes import free_port

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A data folder with a database and a port of its own."""
    folder = tmp_path_factory.mktemp("data")
    port = free_port("127.0.0.1", 8700 + os.getpid() % 900)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = kept | {
        "RESURSNAV_DATA_DIR": str(folder),
        "RESURSNAV_DEMO": "1",
        "RESURSNAV_PORT": str(port),
        "RESURSNAV_URL": f"http://localhost:{port}",
    }
    made = run(env, "migrate")
    assert "Databasen är färdig" in made.stdout, made.stderr
    assert "redan färdig" in run(env, "migrate").stdout
    return env, port


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "resursnav.site", *words]


def run(env, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(command(*words), cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


def ask(port: int, path: str, **headers: str):
    """Status, headers and body; 0 when nobody answers."""
    try:
        request = urllib.request.Request(f"http://localhost:{port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
    except OSError:
        return 0, {}, b""


def until(true, *, longest: float = 60.0) -> bool:
    last = time.monotonic() + longest
    while time.monotonic() < last:
        if true():
            return True
        time.sleep(0.1)
    return False


def family(process: int) -> set[int]:
    """The process's children and theirs."""
    children = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == process and words[0] != "Z":
            number = int(stat.parent.name)
            children |= {number} | family(number)
    return children


def alive(processes: set[int]) -> set[int]:
    found = set()
    for number in processes:
        try:
            state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            found.add(number)
    return found


@pytest.fixture
def served(place):
    env, port = place
    process = subprocess.Popen(command("serve"), cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert until(lambda: ask(port, "/readyz")[0] == 200, longest=90)
        yield process, port, env
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
        process.stdout.close()
        process.stderr.close()


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="/proc shows whose child is whose")


@needs_proc
def test_it_serves_pages_and_hashed_compressed_files_and_stops_with_all_its_children(served):
    process, port, env = served
    status, headers, body = ask(port, "/")
    assert status == 200
    assert "Content-Security-Policy" in headers
    style = body.decode().partition('rel="stylesheet" href="')[2].partition('"')[0]
    status, headers, _ = ask(port, style, **{"Accept-Encoding": "br"})
    assert (status, headers["Content-Encoding"]) == (200, "br")
    assert "immutable" in headers["Cache-Control"]
    assert json.loads(ask(port, "/readyz")[2])["checks"]["worker"] == "ok"
    # The port is taken: said at once, and nothing of the running one is disturbed.
    second = run(env, "serve")
    assert second.returncode == 1
    assert f"Port {port} är upptagen" in second.stderr
    assert ask(port, "/healthz")[0] == 200

    company = family(process.pid)
    assert len(company) >= 3  # the server, its web process, the worker
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert until(lambda: not alive(company), longest=10), alive(company)
    assert ask(port, "/healthz")[0] == 0
    # The worker gave up its turns, so the next one begins at once.
    assert "Ingen arbetare är igång" in run(env, "doctor").stdout


@needs_proc
def test_nothing_is_left_when_it_is_killed_outright(served):
    process, port, _env = served
    company = family(process.pid)
    process.kill()
    process.wait(timeout=10)
    assert until(lambda: not alive(company), longest=20), alive(company)
    assert until(lambda: ask(port, "/healthz")[0] == 0, longest=5)


@needs_proc
def test_all_of_it_ends_when_the_worker_dies_so_that_a_supervisor_sees_it(served):
    process, _port, _env = served
    (worker,) = [
        number
        for number in family(process.pid)
        if b"worker" in Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    ]
    os.kill(worker, signal.SIGKILL)
    assert process.wait(timeout=30) == 1
    assert "Arbetaren slutade oväntat".encode() in process.stderr.read()


def test_it_does_not_serve_a_database_that_lacks_tables(tmp_path):
    env = {"PATH": os.environ["PATH"], "RESURSNAV_DATA_DIR": str(tmp_path), "RESURSNAV_DEMO": "1"}
    ended = run(env, "serve")
    assert ended.returncode == 1
    assert "resursnav migrate" in ended.stderr


def test_it_takes_the_next_free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) > port
        with pytest.raises(OSError, match="upptagna"):
            free_port("127.0.0.1", port, tries=1)
