"""The start page, for strangers and for those who have signed in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from resursnav.foundation.access.pages import page
from resursnav.foundation.access.roles import CENTRE
from resursnav.foundation.organisations.models import Kind, Organisation, UnitType
from resursnav.kernel.manifest import StartPart

from ..frame import address
from . import geography, parts

# What finds something in the demo, for whoever does not know what to look for.
EXAMPLES = ("vikingar", "robotar", "källkritik", "Sápmi")
# When a person last read the page about the site against what the site does.
ABOUT_WRITTEN = date(2026, 11, 22)


@page(public=True)
def start(request: HttpRequest) -> HttpResponse:
    """The way in: for whoever comes, or for the one who has signed in."""
    if request.user.is_authenticated:
        return _mine(request)
    today = timezone.localdate()
    region = parts.county(today)
    values = {
        "doors": parts.doors(request.user) + parts.way_in(request.user),
        "examples": EXAMPLES if settings.DEMO else (),
        "news": parts.lines(request.user, StartPart.NEW, most=5),
        "county": region,
        "map": geography.draw(parts.municipalities(region, today, mine=set())),
        "centre": settings.CENTRE_NAME,
    }
    return render(request, "site/start.html", values)


@page(public=True)
def about(request: HttpRequest) -> HttpResponse:
    """What this is, who is behind it, what is kept about visitors and where the facts come from."""
    return render(request, "site/about.html", {"centre": settings.CENTRE_NAME, "written": ABOUT_WRITTEN})


def _kind(node: Organisation) -> str:
    """ "skola" says more than "enhet"."""
    return str(UnitType(node.unit_type).label if node.unit_type else Kind(node.kind).label)


def _mine(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    nodes = list({post.node_id: post.node for post in person.standing()}.values())
    values = {
        "greeting": parts.greeting(person.get_short_name(), timezone.localtime()),
        "waiting": parts.lines(person, StartPart.WAITING, most=5),
        "mine": parts.lines(person, StartPart.MINE, most=6),
        "news": parts.lines(person, StartPart.NEW, most=6),
        "doors": parts.doors(person),
        "errands": parts.errands(person, rail=any(post.role in CENTRE for post in person.standing()))
        + parts.own_details(person, nodes),
        "places": [(node, _kind(node), address("organisations:show", node.pk)) for node in nodes],
    }
    return render(request, "site/my_start.html", values)
