"""What agreements, rights and answers say in words; the one place where the codes become sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resursnav.foundation.organisations.school_forms import SchoolForm
from resursnav.foundation.ui.components.words import day_year

from . import notice, terms
from .models import Agreement, UsageRight, WayOfUse, WhoUses
from .terms import Reason


@dataclass(frozen=True, slots=True)
class Status:
    """How an agreement stands today: a code, a word and the tone of its badge."""

    code: str
    label: str
    tone: str


def status(agreement: Agreement, day: date) -> Status:
    """How the agreement stands on the day."""
    end = agreement.end_on(day)
    if end is not None and end <= day:
        return Status("ended", _("har upphört"), "plain")
    if agreement.terminated_date is not None:
        return Status("terminated", _("uppsagt"), "warning")
    if day < agreement.valid_from:
        return Status("coming", _("gäller inte än"), "info")
    return Status("in_force", _("gäller"), "good")


def last_day(end: date | None) -> str:
    """The day before a half-open end, as people say it; empty until further notice."""
    return day_year(end - notice.DAY) if end is not None else ""


def until_words(end: date | None) -> str:
    """ "till och med 30 juni 2027" or "tills vidare"."""
    return _("till och med %(day)s") % {"day": last_day(end)} if end is not None else _("tills vidare")


def consequence(agreement: Agreement, day: date) -> str:
    """What happens if nobody does anything."""
    end = agreement.end_on(day)
    said: dict[str, Any] = {"day": last_day(end)}
    if end is None:
        return _("Gäller tills vidare, tills någon säger upp det.")
    if end <= day:
        return _("Upphörde %(day)s.") % said
    if not agreement.extends:
        return _("Upphör %(day)s.") % said
    months = agreement.renewal_months or 0
    said = {"months": months, "later": last_day(notice.add_months(end, months))}
    return (
        ngettext(
            "Förlängs med %(months)s månad, till och med %(later)s.",
            "Förlängs med %(months)s månader, till och med %(later)s.",
            months,
        )
        % said
    )


def days_left(day: date, today: date) -> str:
    """ "om 12 dagar", "i dag" or "för 3 dagar sedan"."""
    left = (day - today).days
    if left > 0:
        return ngettext("om %(n)s dag", "om %(n)s dagar", left) % {"n": left}
    if left == 0:
        return _("i dag")
    return ngettext("för %(n)s dag sedan", "för %(n)s dagar sedan", -left) % {"n": -left}


def joined(words: Iterable[Any]) -> str:
    """ "a", "a och b" or "a, b och c"."""
    *first, last = [str(word) for word in words] or [""]
    return _("%(first)s och %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def who(right: UsageRight) -> str:
    """For whom: "Alla", "Elever och personal i grundskola"."""
    people = joined(label for code, label in WhoUses.choices if code in right.audience)
    forms = joined(label for code, label in SchoolForm.choices if code in right.school_forms)
    if people and forms:
        text = _("%(people)s i %(forms)s") % {"people": people, "forms": forms}
    elif forms:
        text = _("alla i %(forms)s") % {"forms": forms}
    else:
        text = people or _("alla")
    return text[:1].upper() + text[1:]


def where(marks: Sequence[tuple[str, bool, bool]]) -> str:
    """The places as (name, included, lies inside an exception): "i Dorotea och Åsele, utom Fredrika skola"."""
    within = [name for name, included, inside in marks if included and not inside]
    excepted = [name for name, included, _inside in marks if not included]
    again = [name for name, included, inside in marks if included and inside]
    text = _("i %(places)s") % {"places": joined(within)} if within else ""
    if excepted and again:
        said = {"text": text, "places": joined(excepted), "again": joined(again)}
        return _("%(text)s, utom %(places)s (men %(again)s ingår)") % said
    return _("%(text)s, utom %(places)s") % {"text": text, "places": joined(excepted)} if excepted else text


def what(right: UsageRight) -> str:
    """The way of use, with the title list when it is not everything."""
    way = str(right.get_way_display())
    return _("%(way)s ur listan ”%(titles)s”") % {"way": way, "titles": right.titles.name} if right.titles else way


def sentence(right: UsageRight, marks: Sequence[tuple[str, bool, bool]], day: date) -> str:
    """The whole right, as one would say it to a teacher who asks."""
    if not any(included for _name, included, _inside in marks):
        return _("%(what)s: gäller ingenstans än. Lägg till en plats.") % {"what": _first(what(right))}
    start, end = right.period(day)
    said = {
        "who": who(right), "where": where(marks), "what": what(right),
        "from": day_year(start), "until": until_words(end), "last": last_day(end),
    }  # fmt: skip
    if end is not None and end <= day:
        return _("%(who)s %(where)s fick %(what)s till och med %(last)s.") % said
    if day < start:
        return _("%(who)s %(where)s får %(what)s från och med %(from)s, %(until)s.") % said
    return _("%(who)s %(where)s får %(what)s %(until)s.") % said


def limits(right: UsageRight) -> list[str]:
    """What is the most, where anything is."""
    lines = []
    if right.most_users:
        lines.append(
            ngettext("Högst %(n)s användare samtidigt.", "Högst %(n)s användare samtidigt.", right.most_users)
            % {"n": right.most_users}
        )
    if right.most_uses:
        lines.append(
            ngettext("Högst %(n)s användning under perioden.", "Högst %(n)s användningar under perioden.",
                     right.most_uses) % {"n": right.most_uses}
        )  # fmt: skip
    return lines


def ways(codes: Iterable[str]) -> str:
    """The ways of use, joined."""
    labels = dict(WayOfUse.choices)
    return joined(labels[str(code)] for code in codes)


def why(answer: terms.Answer, names: Mapping[int, str]) -> str:
    """The answer in a sentence; `names` are the places' names by their keys."""
    said: dict[str, Any] = {
        "until": until_words(answer.until),
        "day": day_year(answer.day) if answer.day else "",
        "last": last_day(answer.day),
        "places": joined(names.get(place, "") for place in answer.places),
        "ways": ways(answer.ways),
        "forms": joined(SchoolForm(code).label for code in sorted(answer.forms)),
        "people": joined(WhoUses(code).label for code in sorted(answer.audience)),
    }
    if answer.reason is Reason.NOT_COVERED and not answer.places:
        return _("Nej, rättigheten gäller ingenstans än.")
    if answer.reason is Reason.WRONG_WAY and not answer.ways:
        return _("Nej, inte på det sättet.")
    texts = {
        Reason.ALLOWED: _("Ja, %(until)s."),
        Reason.NOT_YET: _("Inte än. Det blir tillåtet %(day)s."),
        Reason.ENDED: _("Nej, rätten upphörde %(last)s."),
        Reason.TERMINATED: _("Nej, avtalet är uppsagt och gällde till och med %(last)s."),
        Reason.EXCEPTED: _("Nej, %(places)s är undantagen."),
        Reason.NOT_COVERED: _("Nej, det gäller inte här. Det gäller i %(places)s."),
        Reason.WRONG_WAY: _("Nej, inte på det sättet. Det här är tillåtet: %(ways)s."),
        Reason.WRONG_FORM: _("Nej, det är bara för %(forms)s."),
        Reason.WRONG_AUDIENCE: _("Nej, det är bara för %(people)s."),
        Reason.NO_AGREEMENT: _("Nej, inget avtal ger rätt till det."),
    }
    return texts[answer.reason] % said


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
