"""What stands on the start page, gathered from the manifests and the tree."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.access import may, rule_named
from resursnav.foundation.organisations.models import Kind, Organisation
from resursnav.foundation.ui.frame import Entry
from resursnav.kernel.manifest import StartItem, StartLine, StartPart, load

from ..frame import address, counted, entries
from ..manifests import manifests
from . import geography


def greeting(name: str, now: datetime) -> str:
    """ "God morgon, Åsa" by the clock on the wall."""
    if 4 <= now.hour < 10:
        return _("God morgon, %(name)s") % {"name": name}
    if 17 <= now.hour < 23:
        return _("God kväll, %(name)s") % {"name": name}
    return _("Hej, %(name)s") % {"name": name}


def doors(person: object) -> list[tuple[Entry, object]]:
    """The ways in that say in a line what one can do there, each with that line."""
    return [
        (Entry(entry.label, address(entry.url_name), entry.icon), entry.about)
        for entry in entries(person)
        if entry.about
    ]


# What one comes to do, for those who may: the words, the address, the picture, the rule.
ERRANDS = (
    (gettext_lazy("Lägg till en resurs"), "resources:create", "plus", "resources.create"),
    (gettext_lazy("Gör en samling"), "resources:create_collection", "library", "collections.edit"),
    (gettext_lazy("Bjud in någon"), "people:invite_where", "user-plus", "people.invite"),
    (gettext_lazy("Se vilka som arbetar hos er"), "people:list", "users", "people.invite"),
    (gettext_lazy("Läs in resurser"), "exchange:upload", "upload", "exchange.take_in"),
)
LISTED = {"people:list"}  # already in the rail of those who have one


def errands(person: object, *, rail: bool) -> list[Entry]:
    """What the person may do at once from the start page; nothing that the rail beside it says already."""
    return [
        Entry(label, address(name), icon)
        for label, name, icon, rule in ERRANDS
        if address(name) and not (rail and name in LISTED) and may(person, rule_named(rule))
    ]


def own_details(person: Any, nodes: list[Organisation]) -> list[Entry]:
    """The way to correct the details of the one place that the person answers for, such as a principal's school."""
    if len(nodes) != 1 or nodes[0].kind != Kind.UNIT or not may(person, rule_named("organisations.edit"), nodes[0]):
        return []
    label = _("Rätta uppgifter om %(place)s") % {"place": nodes[0].name}
    return [Entry(label, address("organisations:edit", nodes[0].pk), "pencil")]


def way_in(person: Any) -> list[tuple[Entry, object]]:
    """The last doors of a stranger: asking somebody, and signing in, and what for."""
    if person.is_authenticated:
        return []
    about = (
        _("Välj en påhittad person och se Resursnav som lärare, bibliotekarie eller samordnare.")
        if settings.DEMO
        else _("För dig som arbetar i skola, förskola, bibliotek eller kommun: skriv tips och följ det som är ditt.")
    )
    asking = (
        Entry(_("Fråga centret"), f"mailto:{settings.CENTRE_EMAIL}", "mail"),
        _("Skriv och berätta vad du letar efter eller vill göra, så hjälper vi dig vidare."),
    )
    return [asking, (Entry(_("Logga in"), settings.LOGIN_URL, "log-in"), about)]


def _items(part: StartPart) -> list[StartItem]:
    found = [item for __, manifest in manifests() for item in manifest.start if item.part == part]
    return sorted(found, key=lambda item: (item.order, item.code))


def lines(person: object, part: StartPart, most: int) -> list[StartLine]:
    """The first lines of a part; for news the latest ones, whoever tells them."""
    gathered: list[StartLine] = []
    items = _items(part)
    numbers = counted({item.code: load(item.count)(person) for item in items if item.count})
    for item in items:
        if not item.count:
            gathered += load(item.run)(person)
        elif numbers[item.code]:
            gathered += load(item.run)(person, numbers[item.code])
        if part is not StartPart.NEW and len(gathered) >= most:
            break
    if part is StartPart.NEW:
        gathered.sort(key=lambda line: line.at.timestamp() if line.at else 0, reverse=True)
    return list(islice(gathered, most))


def county(today: date) -> Organisation | None:
    """The county on the map: the one in the settings, else the one with most municipalities in the tree."""
    regions = Organisation.objects.filter(kind=Kind.REGION).open_on(today)
    if settings.COUNTY:
        return regions.filter(code=settings.COUNTY).first()
    return regions.annotate(size=Count("children")).order_by("-size", "pk").first()


def municipalities(region: Organisation | None, today: date, mine: set[int]) -> list[geography.Spot]:
    """The county's municipalities whose place is known, in alphabetical order as they are read aloud."""
    if region is None:
        return []
    spots = []
    for node in Organisation.objects.filter(parent=region, kind=Kind.MUNICIPALITY).open_on(today).order_by("name"):
        known = (float(node.latitude), float(node.longitude)) if node.latitude and node.longitude else None
        place = known or geography.SEATS.get(node.code)
        if place:
            name = node.name.removesuffix(" kommun")
            spots.append(geography.Spot(name, address("organisations:show", node.pk), *place, mine=node.pk in mine))
    return spots
