"""What one browser has been let into: kept in its own session, which is all that knows it, and gone when that ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from .models import ClassCode, ClassCodeQuerySet

KEY = "streaming"
MOST_CODES = 10


@dataclass(frozen=True, slots=True)
class Visit:
    """Something that stands open for this browser."""

    via: str
    until: datetime
    seat: int | None


def code_keys(request: HttpRequest) -> list[int]:
    """The keys of the class codes that this browser has been let in by, the latest first."""
    found: list[int] = _kept(request).get("codes", [])
    return found


def codes(request: HttpRequest, at: datetime) -> ClassCodeQuerySet:
    """Those of them that still open something."""
    found: ClassCodeQuerySet = ClassCode.objects.working_at(at).filter(pk__in=code_keys(request))
    return found.select_related("place")


def remember_code(request: HttpRequest, code: ClassCode, at: datetime) -> None:
    """Let this browser come back by the code without counting as one more pupil."""
    kept = _kept(request)
    kept["codes"] = [code.pk, *(key for key in code_keys(request) if key != code.pk)][:MOST_CODES]
    last = max(code.ends_at, datetime.fromisoformat(kept["last"])) if "last" in kept else code.ends_at
    kept["last"] = last.isoformat()
    _keep(request, kept)
    if not request.user.is_authenticated:
        # A shared tablet forgets the class when its last code ends.
        request.session.set_expiry(max(60, int((last - at).total_seconds())))


def visit(request: HttpRequest, edition: int, at: datetime) -> Visit | None:
    """What stands open of the edition; None when nothing does any more."""
    said = _kept(request).get("open", {}).get(str(edition))
    if said is None:
        return None
    until = datetime.fromisoformat(said["until"])
    return Visit(said["via"], until, said["seat"]) if until > at else None


def remember_visit(request: HttpRequest, edition: int, visit: Visit) -> None:
    """Let this browser open the same again until the time is out, without counting it again."""
    kept = _kept(request)
    said = {"via": visit.via, "until": visit.until.isoformat(), "seat": visit.seat}
    kept["open"] = {**kept.get("open", {}), str(edition): said}
    _keep(request, kept)


def forget_visit(request: HttpRequest, edition: int) -> None:
    """It is closed."""
    kept = _kept(request)
    kept["open"] = {key: said for key, said in kept.get("open", {}).items() if key != str(edition)}
    _keep(request, kept)


def _kept(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.session.get(KEY, {})
    return found


def _keep(request: HttpRequest, kept: dict[str, Any]) -> None:
    request.session[KEY] = kept
