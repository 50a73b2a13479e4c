"""What `resursnav doctor` asks of the site itself: settings, database, worker, disk, static files, backups."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.http.request import validate_host
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.kernel.manifest import Finding

from .database import waiting_migrations
from .models import JobTurn, WorkerBeat

GIGABYTE = 1024**3
LEAST_FREE = 1 * GIGABYTE
LITTLE_FREE = 5 * GIGABYTE
SHORT_KEY = 40
OLD_BACKUP = timedelta(days=2)


def check_settings() -> list[Finding]:
    """Settings that would be unsafe, or that contradict each other."""
    name = urlsplit(settings.BASE_URL).hostname or ""
    found = [
        Finding(
            not settings.DEBUG,
            _("Felsökningsläget är på") if settings.DEBUG else _("Felsökningsläget är avstängt"),
            _("Ta bort RESURSNAV_DEBUG. Annars visas hemligheter för den som hittar en trasig sida."),
        ),
        Finding(
            validate_host(name, settings.ALLOWED_HOSTS),
            _("Webbadressen är %(url)s") % {"url": settings.BASE_URL},
            _("RESURSNAV_HOSTS måste innehålla %(name)s, annars svarar sidan inte.") % {"name": name},
        ),
    ]
    return [*found, _demo()] if settings.DEMO else [*found, _key(), _encryption(name)]


def _demo() -> Finding:
    return Finding(
        not settings.SECURE,
        _("Demonstrationsläget är på, så vem som helst kan logga in som vem som helst"),
        _("Ta bort RESURSNAV_DEMO på en riktig webbplats."),
    )


def _key() -> Finding:
    enough = len(settings.SECRET_KEY) >= SHORT_KEY
    return Finding(
        enough,
        _("Den hemliga nyckeln är lång nog") if enough else _("Den hemliga nyckeln är för kort"),
        _("Sätt RESURSNAV_SECRET_KEY till en lång slumpad text. `resursnav doctor --new-key` gör en."),
    )


def _encryption(name: str) -> Finding:
    return Finding(
        settings.SECURE,
        _("Trafiken är krypterad (https)") if settings.SECURE else _("Trafiken är inte krypterad"),
        _("Sätt en proxy med certifikat framför och skriv https:// i RESURSNAV_URL."),
        critical=name not in {"localhost", "127.0.0.1", "::1"},
    )


def check_database() -> list[Finding]:
    """Whether the database answers, keeps its promises and is up to date."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        found = [Finding(ok=True, title=_("Databasen svarar (%(engine)s)") % {"engine": connection.display_name})]
        if connection.vendor == "sqlite":
            found += [_pragma(cursor, "journal_mode", "wal"), _pragma(cursor, "foreign_keys", "1")]
    waiting = waiting_migrations()
    title = ngettext("Databasen saknar %(count)d ändring", "Databasen saknar %(count)d ändringar", len(waiting)) % {
        "count": len(waiting)
    }
    found.append(
        Finding(not waiting, title if waiting else _("Databasens tabeller är färdiga"), _("Kör `resursnav migrate`."))
    )
    return found


def _pragma(cursor: object, name: str, wanted: str) -> Finding:
    cursor.execute(f"PRAGMA {name}")  # type: ignore[attr-defined]  # a cursor of any engine
    value = str(cursor.fetchone()[0]).lower()  # type: ignore[attr-defined]  # the same
    return Finding(
        value == wanted,
        _("SQLite: %(name)s är %(value)s") % {"name": name, "value": value},
        _("Databasfilen ligger troligen på en nätverksdisk, eller DATABASE_URL pekar på fel fil. Lägg den lokalt."),
    )


def check_worker() -> list[Finding]:
    """Whether a worker lives, and which jobs keep failing."""
    at = timezone.now()
    alive = WorkerBeat.objects.alive(at).exists()
    found = [
        Finding(
            alive,
            _("Arbetaren är igång") if alive else _("Ingen arbetare är igång"),
            _("Starta `resursnav serve` eller `resursnav worker`. Utan den går ingen post och inget index blir nytt."),
        )
    ]
    for turn in JobTurn.objects.failing():
        last = (turn.error.strip().splitlines() or [""])[-1]
        found.append(
            Finding(
                ok=False,
                title=_("Jobbet %(name)s har misslyckats %(count)d gånger i rad")
                % {"name": turn.name, "count": turn.failures},
                advice=_("Senaste felet: %(error)s. Hela felet står i arbetarens logg.") % {"error": last},
                critical=turn.failures >= 5,
            )
        )
    return found


def check_disk() -> list[Finding]:
    """Whether there is room, and whether we may write."""
    folder = Path(settings.DATA_DIR)
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        advice = _("Skapa mappen och ge den användare som kör Resursnav rätt att skriva där.")
        return [Finding(ok=False, title=_("Det går inte att skriva i %(folder)s") % {"folder": folder}, advice=advice)]
    free = shutil.disk_usage(folder).free
    return [
        Finding(
            free > LITTLE_FREE,
            _("%(free).1f GB ledigt i %(folder)s") % {"free": free / GIGABYTE, "folder": folder},
            _("Gör plats: flytta gamla säkerhetskopior eller välj en större disk."),
            critical=free < LEAST_FREE,
        )
    ]


def check_static() -> list[Finding]:
    """Whether the page's looks have been collected."""
    if settings.DEBUG:
        return []
    there = (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file()
    return [
        Finding(
            there,
            _("Sidornas utseende är samlat") if there else _("Sidornas utseende är inte samlat"),
            _("`resursnav serve` samlar filerna när den startar. Saknas npm-paketen: kör `make setup`."),
        )
    ]


def check_backup() -> list[Finding]:
    """Whether a backup has been made lately."""
    if settings.DEMO:
        return []
    folder = Path(settings.BACKUP_DIR)
    made = [path.stat().st_mtime for path in folder.glob("resursnav-*.tar.gz")] if folder.is_dir() else []
    if not made:
        title = _("Det finns ingen säkerhetskopia i %(folder)s") % {"folder": folder}
        return [Finding(ok=False, title=title, advice=_("Kör `resursnav backup` varje natt."), critical=False)]
    latest = datetime.fromtimestamp(max(made), tz=timezone.get_current_timezone())
    fresh = timezone.now() - latest < OLD_BACKUP
    title = _("Den senaste säkerhetskopian är från %(moment)s") % {"moment": f"{latest:%Y-%m-%d %H:%M}"}
    return [Finding(fresh, title, _("Kör `resursnav backup` varje natt."), critical=False)]
