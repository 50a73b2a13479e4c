"""What every page's frame shows: made once a request from the manifests and the person who looks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.access import Role, may, rule_named
from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.notices.start import still_unread
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.ui.frame import Choice, Contact, Crumb, Entry, Frame, Group, Link
from resursnav.kernel.manifest import MenuEntry, Stage, load
from resursnav.kernel.text import clean

from .manifests import manifests

STAGES = {
    Stage.LISTEN: gettext_lazy("Lyssna"),
    Stage.STEER: gettext_lazy("Styra"),
    Stage.DELIVER: gettext_lazy("Leverera"),
    Stage.FOLLOW_UP: gettext_lazy("Följa upp"),
    Stage.HOUSE: gettext_lazy("Sköta"),
}


ALL_POSTS = gettext_lazy("alla uppdrag på en gång")


@lru_cache(maxsize=2048)
def address(name: str, *args: object) -> str:
    """Where a named page is; empty while no context offers it. Kept, because a frame asks for some thirty."""
    if not name:
        return ""
    try:
        return reverse(name, args=args or None)
    except NoReverseMatch:
        return ""


def entries(person: object) -> list[MenuEntry]:
    """The menu entries that lead somewhere and that the person may use, in order."""
    found = [
        entry
        for __, manifest in manifests()
        for entry in manifest.menu
        if address(entry.url_name) and (entry.rule is None or may(person, rule_named(entry.rule)))
    ]
    return sorted(found, key=lambda entry: (entry.order, str(entry.label)))


def _draw(entry: MenuEntry, here: str, counts: Mapping[str, int]) -> Entry:
    url = address(entry.url_name)
    return Entry(entry.label, url, entry.icon, counts.get(entry.url_name), current=url == here)


BELL = "notices:list"


def _counts(person: Any, rail: bool) -> dict[str, int]:
    """How much waits behind the bell and, in the rail, behind each entry that counts; in one statement."""
    if not person.is_authenticated:
        return {}
    waiting: dict[str, QuerySet[Any]] = {BELL: still_unread(person)}
    if rail:
        counting = [entry for entry in entries(person) if entry.rail and entry.count]
        waiting |= {entry.url_name: load(str(entry.count))(person) for entry in counting}
    return counted(waiting)


def counted(waiting: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each of the sets has, by name; in one statement, and in none when there are no sets."""
    if not waiting:
        return {}
    first, *others = (
        rows.order_by().annotate(place=Value(place)).values("place").annotate(number=Count("pk", distinct=True))
        for place, rows in enumerate(waiting.values())
    )
    found = dict(first.union(*others, all=True).values_list("place", "number"))
    return {name: found.get(place, 0) for place, name in enumerate(waiting)}


def _here(request: HttpRequest, listed: list[MenuEntry]) -> str:
    """The entry that one stands under: the one with the longest address that the page's begins with."""
    urls = (address(entry.url_name) for entry in listed)
    return max((url for url in urls if url != "/" and request.path.startswith(url)), key=len, default="")


def _groups(request: HttpRequest, rail: bool, counts: Mapping[str, int]) -> tuple[Group, ...]:
    listed = entries(request.user)
    here = _here(request, listed)
    if not rail:
        tasks = tuple(_draw(entry, here, {}) for entry in listed if entry.tasks)
        return (Group("", tasks),) if tasks else ()
    groups = []
    for stage, label in STAGES.items():
        own = tuple(_draw(entry, here, counts) for entry in listed if entry.rail and entry.stage == stage)
        if own:
            groups.append(Group(label, own, stage.value))
    return tuple(groups)


def _path(nodes: list[Organisation], person: Any) -> tuple[Crumb, ...]:
    """The way down to the node one acts for; the shared way when one acts for several."""
    if not nodes:
        return ()
    root = next((node for node in nodes if node.parent_id is None), None)
    if root and all(root.pk in (node.pk, node.parent_id) for node in nodes):
        return (Crumb(root.name, address("organisations:show", root.pk)),)
    if all(node.parent_id is None for node in nodes):  # several regions share no way
        return ()
    ways = person.ways_up()
    found = {node.pk: ways[node.pk][::-1] for node in nodes}
    shared: list[Organisation] = []
    for step in zip(*found.values(), strict=False):
        if len({node.pk for node in step}) > 1:
            break
        shared.append(step[0])
    return tuple(Crumb(node.name, address("organisations:show", node.pk)) for node in shared)


def _of_person(request: HttpRequest, counts: Mapping[str, int]) -> dict[str, Any]:
    person = request.user
    if not person.is_authenticated:
        return {"sign_in_url": settings.LOGIN_URL}
    posts = person.standing()
    every = person.every_standing()
    acting = posts[0].pk if len(posts) == 1 else None
    choices = [Choice(str(post.pk), f"{Role(post.role).label}, {post.node.name}", post.pk == acting) for post in every]
    if len(choices) > 1:
        choices.append(Choice("", str(ALL_POSTS), acting is None))
    me = [("people:me", gettext_lazy("Mitt konto"), "settings")]
    return {
        "person_label": person.get_full_name(),
        "me": tuple(Link(label, address(name), icon) for name, label, icon in me if address(name)),
        "sign_out_url": address("account_logout"),
        "assignments": tuple(choices),
        "act_url": address("people:act"),
        "path": _path([post.node for post in posts], person),
        "bell_url": address(BELL),
        "bell_count": counts[BELL],
    }


def make_frame(request: HttpRequest) -> Frame:
    """The frame for this request."""
    person = request.user
    rail = person.is_authenticated and any(post.role in CENTRE for post in person.standing())
    counts = _counts(person, rail)
    return Frame(
        centre=settings.CENTRE_NAME,
        navigation=_groups(request, rail, counts),
        rail=rail,
        search_url=address("search:results") or address("resources:list"),
        suggest_url=address("search:suggest"),
        query=clean(request.GET.get("q", "").replace("\x00", " "))[:200],
        footer=(
            Link(gettext_lazy("Om Resursnav, kakor och källor"), address("about")),
            Link(gettext_lazy("Öppet gränssnitt för program"), address("api:docs")),
        ),
        contact=Contact(settings.CENTRE_NAME, settings.CENTRE_EMAIL, settings.CENTRE_PHONE),
        demo=_("Det här är en demonstration: personerna är påhittade och inget är på riktigt.")
        if settings.DEMO
        else "",
        demo_links=(Link(gettext_lazy("Demons brevlåda"), address("notices:demo_inbox"), "mail"),)
        if settings.DEMO
        else (),
        **_of_person(request, counts),
    )


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context that base templates read; nothing is asked of the database until a template draws it."""
    if not hasattr(request, "user"):  # a page that failed before anybody was recognised
        return {}
    return {"frame": SimpleLazyObject(lambda: make_frame(request))}
