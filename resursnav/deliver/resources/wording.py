"""What rows and pages say about a resource, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from resursnav.foundation.access import Role
from resursnav.foundation.people.models import SecurityMarking

from . import languages
from .models import Resource, Tip
from .vocabulary import Accessibility, Deed, Grade, MediaType, SchoolForm

if TYPE_CHECKING:
    from .actions.together import Outcome

MOST_NAMED = 5  # resources named in one message
ICONS = {
    MediaType.FILM: "clapperboard",
    MediaType.STREAM: "monitor-play",
    MediaType.BOOK: "book-open",
    MediaType.GAME: "dices",
    MediaType.KIT: "package",
    MediaType.EQUIPMENT: "projector",
    MediaType.APP: "smartphone",
    MediaType.PODCAST: "podcast",
    MediaType.WEB: "globe",
    MediaType.GUIDE: "notebook-pen",
}


def listed(words: Iterable[object]) -> str:
    """ "en", "en och två", "en, två och tre"."""
    items = [str(word) for word in words]
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s och %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def media(resource: Resource) -> list[str]:
    """The media types of its editions, each once, in order."""
    return list(dict.fromkeys(edition.media_type for edition in resource.editions.all()))


def media_words(resource: Resource) -> str:
    """ "Film och lärarhandledning"."""
    said = listed(MediaType(code).label for code in media(resource))
    return said[:1].upper() + said[1:]


def media_icon(resource: Resource) -> str:
    """The icon of its first media type."""
    found = media(resource)
    return ICONS[MediaType(found[0])] if found else "file-question"


def language_name(code: str) -> str:
    """A language in the language that the page speaks."""
    return languages.name(code, get_language() or "sv")


def language_words(codes: Iterable[str]) -> str:
    """ "svenska och nordsamiska"."""
    return listed(language_name(code) for code in codes)


def grade_words(first: int | None, last: int | None) -> str:
    """ "årskurs 4–6", "förskoleklass till årskurs 3", "gymnasiet år 1"; empty when nothing is said."""
    if first is None or last is None:
        return ""
    if first == last:
        return str(Grade(first).label)
    if first >= 1 and last <= 9:
        return _("årskurs %(first)s–%(last)s") % {"first": first, "last": last}
    if first >= Grade.GY1:
        return _("gymnasiet år %(first)s–%(last)s") % {"first": first - 9, "last": last - 9}
    return _("%(first)s till %(last)s") % {"first": Grade(first).label, "last": Grade(last).label}


def age_words(first: int | None, last: int | None) -> str:
    """ "4–6 år", "från 13 år", "upp till 6 år"."""
    if first is not None and last is not None:
        years = str(first) if first == last else f"{first}–{last}"
        return _("%(years)s år") % {"years": years}
    if first is not None:
        return _("från %(years)s år") % {"years": first}
    if last is not None:
        return _("upp till %(years)s år") % {"years": last}
    return ""


def audience_words(resource: Resource) -> str:
    """For whom it is: grades if they are said, else school forms, else age."""
    return (
        grade_words(resource.grade_from, resource.grade_to)
        or listed(SchoolForm(code).label for code in resource.school_forms)
        or age_words(resource.age_from, resource.age_to)
    )


def duration_words(seconds: int | None) -> str:
    """ "14 min", "1 tim 24 min", "45 sek"."""
    if not seconds:
        return ""
    if seconds < 60:
        return _("%(number)s sek") % {"number": seconds}
    hours, minutes = divmod(round(seconds / 60), 60)
    said = []
    if hours:
        said.append(_("%(number)s tim") % {"number": hours})
    if minutes:
        said.append(_("%(number)s min") % {"number": minutes})
    return " ".join(said)


def accessibility_words(codes: Iterable[str]) -> list[str]:
    """What makes it usable for more people."""
    return [str(Accessibility(code).label) for code in codes if code in Accessibility.values]


def uses_words(count: int) -> str:
    """How many have said that they have used it."""
    return ngettext("%(number)s person har använt den", "%(number)s personer har använt den", count) % {"number": count}


def school_form_words(codes: Iterable[str]) -> str:
    """ "grundskola och gymnasieskola"."""
    return listed(SchoolForm(code).label for code in codes if code in SchoolForm.values)


def subject_words(resource: Resource, most: int = 3) -> str:
    """Its subjects, those of the timetable first, at most three."""
    found = sorted(resource.subjects.all(), key=lambda term: (term.scheme != "school", term.label))
    words = [term.label for term in found[:most]]
    return ", ".join(words) + (" …" if len(found) > most else "")


def language_tag(resource: Resource) -> str:
    """The language that the title is in, when it is certain: what has one language is named in it."""
    known = [code for code in resource.languages if code not in ("mul", "zxx")]
    return known[0] if len(known) == 1 else ""


def author_words(tip: Tip) -> str:
    """ "Lärare, Bergvattenskolan", with the name before it when the author wants it and nothing forbids it."""
    place = _("%(role)s, %(place)s") % {"role": Role(tip.author_role).label, "place": tip.author_place.name}
    author = tip.author
    if tip.show_name and author is not None and author.security_marking == SecurityMarking.NONE:
        return _("%(name)s, %(place)s") % {"name": author.get_full_name(), "place": place}
    return place[:1].upper() + place[1:]


def mailto(to: str, subject: str, body: str) -> str:
    """An address that opens a letter with this in it."""
    return f"mailto:{to}?subject={quote(subject)}&body={quote(body)}"


def outcome_words(deed: str, outcome: Outcome) -> str:
    """ "7 publicerade, 2 kunde inte: ”Rymden” (behöver språk), ”Vikingar” (är redan publicerad)."."""
    done, refused = len(outcome.done), len(outcome.refused)
    said = {
        Deed.REVIEW: ngettext("%(count)s granskad", "%(count)s granskade", done),
        Deed.PUBLISH: ngettext("%(count)s publicerad", "%(count)s publicerade", done),
        Deed.WITHDRAW: ngettext("%(count)s tillbakadragen", "%(count)s tillbakadragna", done),
        Deed.COLLECT: ngettext("%(count)s lagd i samlingen", "%(count)s lagda i samlingen", done),
    }[Deed(deed)] % {"count": done}
    if not refused:
        return f"{said}."
    named = [
        _("”%(title)s” (%(reason)s)") % {"title": resource.title[:60], "reason": reason}
        for resource, reason in outcome.refused[:MOST_NAMED]
    ]
    if refused > MOST_NAMED:
        named.append(_("och %(count)s till") % {"count": refused - MOST_NAMED})
    return _("%(done)s, %(count)s kunde inte: %(named)s.") % {
        "done": said, "count": refused, "named": ", ".join(named)
    }  # fmt: skip
