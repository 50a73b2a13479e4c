"""What the worker does for the search, and how `doctor` and /readyz ask after it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.foundation.organisations.models import Organisation
from resursnav.kernel.manifest import Finding

from . import actions, failures, index, lexicon
from .store import IndexMissing

LATELY = timedelta(days=7)  # so that a worker that stood still for a weekend misses none
BEHIND = 1000  # changes that may wait before it is worth telling


def drain() -> int:
    """Bring this node's index up to date."""
    return index.drain()


def count_failures() -> int:
    """Take the searches that found nothing from this node's notes into the database."""
    return failures.collect()


def forget_old() -> int:
    """Drop changes and failed searches past their time."""
    return actions.forget_old(at=timezone.now())


def leave_out_closed() -> int:
    """Take organisations whose last day has come out of the index; nothing else tells of the day."""
    today = timezone.localdate()
    lately = Organisation.objects.filter(valid_to__gt=today - LATELY, valid_to__lte=today)
    return actions.touch(kind="organisation", ids=lately.values_list("pk", flat=True), at=timezone.now())


def check() -> list[Finding]:
    """How the index and the lexicon stand."""
    return [check_lexicon(), check_index()]


def check_lexicon() -> Finding:
    try:
        lexicon.lexicon()
    except (lexicon.LexiconMissing, OSError) as error:
        return Finding(
            False,
            _("Den svenska ordlistan kan inte läsas: {error}").format(error=error),
            _("Installera produktens paket igen, och se till att datamappen går att skriva i."),
        )
    return Finding(True, _("Den svenska ordlistan är läst."))


def check_index() -> Finding:
    advice = _("Kör `resursnav index --rebuild`. Under tiden svarar databasen, långsammare och utan filter.")
    keeper = index.store()
    try:
        state = keeper.state(keeper.generation())
    except IndexMissing:
        return Finding(False, _("Sökindexet saknas eller går inte att läsa."), advice)
    if state.fingerprint != index.wanted_fingerprint():
        return Finding(False, _("Sökindexet är byggt av en äldre version."), advice)
    waiting = actions.behind(state.position)
    if waiting > BEHIND:
        return Finding(
            False,
            _("Sökindexet ligger {count} ändringar efter.").format(count=waiting),
            _("Se efter att arbetaren är igång: `resursnav worker`."),
            critical=False,
        )
    return Finding(True, _("Sökindexet är i bruk och följer med."))
