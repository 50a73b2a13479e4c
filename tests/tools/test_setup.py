"""The set-up: makes what is missing, leaves what is right, and makes anew what was made for something else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tools import setup


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A small checkout, and every command written down instead of run."""
    (tmp_path / "requirements").mkdir()
    for name in ("base.txt", "test.txt", "node.txt"):
        (tmp_path / "requirements" / name).write_text(f"# {name}\n")
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(setup, "NODE_MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)
    return tmp_path


@pytest.fixture
def done(checkout, monkeypatch):
    """What was done, in order; making an environment makes its interpreter."""
    said: list[str] = []

    def make_venv(uv):
        said.append("venv")
        (checkout / ".venv" / "bin").mkdir(parents=True)
        (checkout / ".venv" / "bin" / "python").symlink_to(sys.executable)

    monkeypatch.setattr(setup, "make_venv", make_venv)
    monkeypatch.setattr(setup, "install", lambda lock, uv: said.append(lock.name))
    monkeypatch.setattr(setup, "own_command", lambda: said.append("command"))
    return said


def test_it_makes_an_environment_once(done):
    setup.python_packages("run")
    assert done == ["venv", "base.txt", "command"]
    setup.python_packages("run")
    assert done == ["venv", "base.txt", "command"]


def test_an_environment_for_testing_serves_for_running(done):
    setup.python_packages("test")
    setup.python_packages("run")
    assert done == ["venv", "test.txt", "command"]


def test_one_for_running_is_filled_up_for_testing(done, monkeypatch):
    monkeypatch.setattr(setup, "works", lambda command: True)
    setup.python_packages("run")
    setup.python_packages("test")
    assert done == ["venv", "base.txt", "command", "test.txt", "command"]


def test_it_is_made_anew_when_the_lock_has_changed(done, checkout):
    setup.python_packages("run")
    (checkout / "requirements" / "base.txt").write_text("other==1\n")
    setup.python_packages("run")
    assert done[3:] == ["venv", "base.txt", "command"]


def test_it_is_made_anew_when_it_was_moved_here_or_left_half_made(done, checkout):
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "half-made").write_text("")
    setup.python_packages("run")
    assert done == ["venv", "base.txt", "command"]
    assert not (checkout / ".venv" / "half-made").exists()
    (checkout / ".venv" / "resursnav-stamp").write_text("run of another place")
    setup.python_packages("run")
    assert done[3:] == ["venv", "base.txt", "command"]


def test_a_failed_download_leaves_no_stamp(done, checkout, monkeypatch):
    def fails(lock, uv):
        raise setup.Trouble("nätet är borta")

    monkeypatch.setattr(setup, "install", fails)
    with pytest.raises(setup.Trouble):
        setup.python_packages("run")
    assert setup.stamp_of(checkout / ".venv") == ""


def test_a_link_to_somebodys_own_environment_is_never_changed(done, checkout, tmp_path_factory):
    own = tmp_path_factory.mktemp("own")
    (own / "bin").mkdir()
    (checkout / ".venv").symlink_to(own)
    with pytest.raises(setup.Trouble, match="länk"):
        setup.python_packages("run")
    (own / "bin" / "python").symlink_to(sys.executable)
    assert (own / "bin").is_dir()
    assert done == []


def answering(monkeypatch, good: set[str]) -> list[list[str]]:
    """Let the commands whose program is named so work."""
    asked: list[list[str]] = []

    def works(command):
        asked.append(command)
        if command[0] in good:
            setup.NODE_MODULES.mkdir(exist_ok=True)
        return command[0] in good

    monkeypatch.setattr(setup, "works", works)
    return asked


def test_it_uses_the_machines_npm_once(checkout, monkeypatch):
    asked = answering(monkeypatch, {"/usr/bin/npm"})
    monkeypatch.setattr(setup.shutil, "which", lambda name: "/usr/bin/npm" if name == "npm" else None)
    setup.npm_packages()
    setup.npm_packages()
    assert [command[:2] for command in asked] == [["/usr/bin/npm", "ci"]]


@pytest.mark.parametrize("machine", [None, "/usr/bin/npm"])
def test_without_an_npm_that_works_it_takes_node_from_pypi(checkout, monkeypatch, machine):
    answering(monkeypatch, set())
    monkeypatch.setattr(setup.shutil, "which", lambda name: machine if name == "npm" else None)
    said: list[str] = []
    monkeypatch.setattr(setup, "install", lambda lock, uv: said.append(lock.name))

    def run(command, what, env):
        said.append(command[0])
        assert env["PATH"].startswith(str(checkout / ".venv" / "bin"))
        setup.NODE_MODULES.mkdir()

    monkeypatch.setattr(setup, "run", run)
    setup.npm_packages()
    assert said == ["node.txt", str(checkout / ".venv" / "bin" / "npm")]
    assert setup.stamp_of(checkout / "node_modules")


def test_it_compiles_translations_only_when_one_is_newer(checkout, monkeypatch):
    ran: list[list[str]] = []
    monkeypatch.setattr(setup, "run", lambda command, what: ran.append(command))
    setup.translations()
    folder = checkout / "resursnav" / "site" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text("")
    setup.translations()
    (folder / "django.mo").write_text("")
    setup.translations()
    assert [command[1:] for command in ran] == [["tools/messages.py", "compile"]]


def test_it_says_what_to_do_when_neither_pip_nor_uv_is_there(checkout, monkeypatch):
    answering(monkeypatch, set())
    with pytest.raises(setup.Trouble, match="python3-venv"):
        setup.make_venv(None)


def test_it_makes_a_real_environment_with_our_command_in_it(checkout, monkeypatch):
    monkeypatch.setattr(setup, "install", lambda lock, uv: None)
    setup.python_packages("run")
    command = checkout / ".venv" / "bin" / "resursnav"
    assert command.read_text().startswith(f"#!{setup.PYTHON}\n")
    found = subprocess.run([str(setup.PYTHON), "-c", "import sys; print(sys.path)"], capture_output=True, text=True)
    assert str(checkout) in found.stdout
