"""/healthz, /readyz and `resursnav doctor`: true answers, and no secrets."""

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.utils import timezone

from resursnav.kernel.manifest import Check, Finding
from resursnav.site import actions, checks, health
from resursnav.site.cli import main
from resursnav.site.commands import doctor

HERE = "resursnav.site.tests.test_health"


def fine() -> list[Finding]:
    return [Finding(ok=True, title="Det är bra")]


def advice_only() -> list[Finding]:
    return [Finding(ok=False, title="Det kunde vara bättre", advice="Gör så här.", critical=False)]


def wrong() -> list[Finding]:
    return [Finding(ok=False, title="Det är trasigt", advice="Laga det.")]


def broken() -> list[Finding]:
    raise RuntimeError("lösenord=hemligt")


@pytest.fixture
def only(monkeypatch):
    """Let these be the only checks."""

    def choose(*names: str) -> None:
        chosen = tuple(Check(name, f"{HERE}:{name}", ready=True) for name in names)
        monkeypatch.setattr(health, "checks", lambda: chosen)
        monkeypatch.setattr(doctor, "checks", lambda: chosen)

    return choose


def test_it_is_alive_without_asking_anything(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_it_is_ready_with_a_database_and_a_worker(client, only):
    only("fine", "advice_only")
    actions.beat(worker="a:1", started_at=timezone.now(), at=timezone.now())
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": "ok", "worker": "ok", "fine": "ok", "advice_only": "ok"}


@pytest.mark.django_db
def test_it_is_not_ready_without_a_worker(client, only):
    only()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["worker"]) == (503, "fail")


@pytest.mark.django_db
def test_it_is_not_ready_when_a_part_is_wrong_and_tells_no_secrets(client, only):
    only("fine", "wrong", "broken")
    actions.beat(worker="a:1", started_at=timezone.now(), at=timezone.now())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "unavailable",
        "checks": {"database": "ok", "worker": "ok", "fine": "ok", "wrong": "fail", "broken": "fail"},
    }


def test_it_is_not_ready_without_a_database(client, monkeypatch):
    def away():
        raise OperationalError("password=hemligt")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "checks": {"database": "fail"}}


@pytest.mark.django_db
def test_the_doctor_says_what_is_wrong_and_what_to_do(only, capsys):
    only("fine", "wrong", "advice_only")
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "OK   Det är bra" in said
    assert "FEL  Det är trasigt\n     → Laga det." in said
    assert "OBS  Det kunde vara bättre" in said
    assert "1 fel, 1 att tänka på." in said


@pytest.mark.django_db
def test_the_doctor_tells_a_check_that_broke_down_from_one_that_is_fine(only, capsys):
    only("broken", "fine")
    assert main(["doctor"]) == 1
    assert "Kontrollen broken gick sönder" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_doctor_is_content_when_there_is_only_advice(only, capsys):
    only("fine", "advice_only")
    assert main(["doctor", "--problems"]) == 0
    assert "Det är bra" not in capsys.readouterr().out


def test_the_doctor_makes_a_key(capsys):
    assert main(["doctor", "--new-key"]) == 0
    assert len(capsys.readouterr().out.strip()) >= checks.SHORT_KEY


@pytest.mark.django_db
def test_the_doctor_asks_every_check_of_every_context_without_breaking(capsys):
    main(["doctor", "--english"])
    said = capsys.readouterr().out
    assert "could not be made" not in said
    assert "The database answers" in said


def said(findings: list[Finding]) -> dict[str, bool]:
    return {str(finding.title): finding.ok for finding in findings}


def test_it_sees_settings_that_are_unsafe(settings):
    settings.DEMO, settings.DEBUG, settings.SECURE = False, True, False
    settings.SECRET_KEY, settings.BASE_URL, settings.ALLOWED_HOSTS = "kort", "http://resurs.example.org", ["annan.se"]
    found = checks.check_settings()
    assert not any(finding.ok for finding in found)
    assert all(finding.critical for finding in found)
    settings.DEBUG, settings.SECURE = False, True
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = "x" * 50, [".example.org"]
    assert all(finding.ok for finding in checks.check_settings())


def test_it_sees_a_demonstration_that_stands_open_to_the_world(settings):
    settings.DEMO, settings.SECURE = True, True
    assert (
        said(checks.check_settings())["Demonstrationsläget är på, så vem som helst kan logga in som vem som helst"]
        is False
    )


@pytest.mark.django_db
def test_it_sees_missing_migrations(monkeypatch):
    assert all(finding.ok for finding in checks.check_database())
    monkeypatch.setattr(checks, "waiting_migrations", lambda: ["people.0099_future"])
    assert said(checks.check_database())["Databasen saknar 1 ändring"] is False


@pytest.mark.django_db
def test_it_sees_a_worker_that_is_silent_and_a_job_that_fails():
    assert said(checks.check_worker()) == {"Ingen arbetare är igång": False}
    actions.beat(worker="a:1", started_at=timezone.now(), at=timezone.now())
    actions.know_jobs(names=["post"])
    for _ in range(5):
        actions.note_failure(name="post", error="Traceback\nOSError: ingen väg", at=timezone.now())
    alive, failing = checks.check_worker()
    assert alive.ok
    assert failing.critical
    assert "OSError: ingen väg" in str(failing.advice)


def test_it_sees_a_disk_that_cannot_be_written_and_one_that_is_full(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path / "saknas"
    assert not checks.check_disk()[0].ok
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(checks, "LITTLE_FREE", 1)
    assert checks.check_disk()[0].ok
    monkeypatch.setattr(checks, "LITTLE_FREE", 2**60)
    monkeypatch.setattr(checks, "LEAST_FREE", 2**60)
    (full,) = checks.check_disk()
    assert (full.ok, full.critical) == (False, True)


def test_it_sees_static_files_that_are_missing(settings, tmp_path):
    settings.DEBUG, settings.STATIC_ROOT = False, tmp_path
    assert not checks.check_static()[0].ok
    (tmp_path / "staticfiles.json").write_text("{}")
    assert checks.check_static()[0].ok


def test_it_sees_how_old_the_latest_backup_is(settings, tmp_path, monkeypatch):
    settings.DEMO, settings.BACKUP_DIR = False, tmp_path / "backups"
    assert not checks.check_backup()[0].ok
    settings.BACKUP_DIR.mkdir()
    (settings.BACKUP_DIR / "resursnav-20261122-010203.tar.gz").touch()
    assert checks.check_backup()[0].ok
    monkeypatch.setattr(checks, "OLD_BACKUP", checks.timedelta(seconds=-1))
    (old,) = checks.check_backup()
    assert (old.ok, old.critical) == (False, False)
