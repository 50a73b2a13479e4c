"""What the answers say in words; the one place where the codes become sentences about a title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.organisations.school_forms import SchoolForm
from resursnav.foundation.ui.components.words import day_year
from resursnav.landscape.agreements.models import WhoUses
from resursnav.landscape.agreements.terms import Answer, Reason, Way
from resursnav.landscape.agreements.wording import joined, last_day, until_words

from .judging import OPEN, Basis

# After "Får": what may be done with it.
DONE: dict[Way, Any] = {
    Way.LOAN: gettext_lazy("lånas"),
    Way.STREAM_CLASS: gettext_lazy("strömmas i klassrummet"),
    Way.STREAM_HOME: gettext_lazy("strömmas hemma"),
    Way.INSTITUTION: gettext_lazy("visas i verksamheten"),
    Way.PUBLIC: gettext_lazy("visas för allmänheten"),
    Way.COPY: gettext_lazy("kopieras"),
}


def where(place: Organisation) -> str:
    """ "i Dorotea", "på Bergvattenskolan"."""
    said = {"place": place.name}
    return _("på %(place)s") % said if place.kind == Kind.UNIT else _("i %(place)s") % said


def listed(ways: Iterable[Way]) -> str:
    """ "lånas och strömmas i klassrummet"."""
    return joined(str(DONE[way]) for way in ways)


def sentence(
    answer: Answer, basis: Basis, *, licence: str, way: Way, place: Organisation, names: Mapping[int, str]
) -> str:
    """The answer about one way of use at one place, as one would say it to a teacher."""
    said: dict[str, Any] = {
        "used": str(DONE[way]),
        "where": where(place),
        "until": until_words(answer.until),
        "day": day_year(answer.day) if answer.day else "",
        "last": last_day(answer.day),
        "places": joined(names.get(key, "") for key in answer.places),
        "ways": listed(answer.ways),
        "forms": joined(SchoolForm(code).label for code in sorted(answer.forms)),
        "people": joined(WhoUses(code).label for code in sorted(answer.audience)),
    }
    if answer.allowed:
        return _allowed(basis, licence) % said
    return _refused(answer) % said


def no_place(way: Way) -> str:
    """What is said to somebody whose place is not known."""
    return _("Om den får %(used)s beror på vilken skola det gäller.") % {"used": DONE[way]}


def without_place(basis: Basis, licence: str, way: Way) -> str:
    """What the law or the licence allows wherever one is."""
    return _allowed(basis, licence) % {"used": DONE[way]}


def _allowed(basis: Basis, licence: str) -> str:
    if basis is Basis.LAW:
        return _("Får %(used)s. Det behövs inget avtal för att låna ut ett köpt exemplar.")
    if basis is Basis.LICENCE:
        return _("Får %(used)s av alla, licensen är fri.") if licence in OPEN else _("Får %(used)s i undervisning.")
    return _("Får %(used)s %(where)s %(until)s.")


def _refused(answer: Answer) -> str:
    if answer.reason is Reason.WRONG_WAY and not answer.ways:
        return _("Får inte %(used)s %(where)s.")
    texts = {
        Reason.NOT_YET: _("Får inte %(used)s %(where)s än, men från och med %(day)s."),
        Reason.ENDED: _("Får inte längre %(used)s %(where)s. Rätten upphörde %(last)s."),
        Reason.TERMINATED: _(
            "Får inte längre %(used)s %(where)s. Avtalet är uppsagt och gällde till och med %(last)s."
        ),
        Reason.EXCEPTED: _("Får inte %(used)s %(where)s. %(places)s är undantagen i avtalet."),
        Reason.NOT_COVERED: _("Får inte %(used)s %(where)s. Avtalet gäller inte där."),
        Reason.WRONG_WAY: _("Får inte %(used)s %(where)s, men %(ways)s."),
        Reason.WRONG_FORM: _("Får bara %(used)s i %(forms)s."),
        Reason.WRONG_AUDIENCE: _("Får bara %(used)s av %(people)s."),
        Reason.NO_AGREEMENT: _("Får inte %(used)s %(where)s. Inget avtal ger rätt till det."),
    }
    return texts[answer.reason]


def first(text: object) -> str:
    """With a capital letter."""
    return f"{text}"[:1].upper() + f"{text}"[1:]


def short(ways: Iterable[Way], place: Organisation, until: date | None) -> str:
    """The line of a row: "Får lånas i Dorotea till och med 30 juni 2027"."""
    said = {"ways": listed(ways), "where": where(place), "until": until_words(until)}
    return _("Får %(ways)s %(where)s %(until)s") % said
