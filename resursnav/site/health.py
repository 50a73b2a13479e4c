"""Is it alive, and is it ready? Short JSON answers for a load balancer or a monitor; never a secret."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.access.pages import page
from resursnav.kernel.manifest import Check, Finding, load

from .manifests import checks
from .models import WorkerBeat

log = logging.getLogger("resursnav.health")


@dataclass(frozen=True)
class Answer:
    """What one check found; a check that broke down counts as a finding too."""

    name: str
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing critical is wrong."""
        return all(finding.ok or not finding.critical for finding in self.findings)


def ask(check: Check) -> Answer:
    """Run the check."""
    try:
        return Answer(check.name, tuple(load(check.run)()))
    except Exception:  # a broken check must be told, not hide the others
        log.exception("The check %s broke down.", check.name)
        return Answer(check.name, (broken(check),))


def broken(check: Check) -> Finding:
    """What is said of a check that could not be made."""
    title = _("Kontrollen %(name)s gick sönder") % {"name": check.name}
    return Finding(ok=False, title=title, advice=_("Felet står i loggen."))


def database_answers() -> bool:
    """Whether the database can be asked something."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except DatabaseError:
        log.warning("The database does not answer.", exc_info=True)
        return False


@page(public=True)
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@page(public=True)
def ready(request: HttpRequest) -> JsonResponse:
    """Whether this process can serve people: database, worker, and what the contexts say of themselves."""
    parts = {"database": database_answers()}
    if parts["database"]:
        parts["worker"] = WorkerBeat.objects.alive(timezone.now()).exists()
        parts |= {check.name: ask(check).ok for check in checks() if check.ready}
    well = all(parts.values())
    body = {
        "status": "ok" if well else "unavailable",
        "checks": {name: "ok" if ok else "fail" for name, ok in parts.items()},
    }
    return JsonResponse(body, status=200 if well else 503)
