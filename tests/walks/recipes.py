"""What the walks cannot know by themselves: rows that constraints demand, arguments that addresses take, excuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.foundation.notices.actions.telling import unsubscribe_token
from resursnav.foundation.people.tokens import hashed


def key_of(invitation: Any) -> str:
    """The key in the link of an invitation that was made by the recipe below."""
    return str(invitation.given_name)


# Tables that the world makes itself, or that are no rows of anybody.
ELSEWHERE = {
    "organisations.Organisation": "the two trees",
    "organisations.Branch": "the two trees",
    "organisations.NamePeriod": "the two trees",
    "organisations.PlacePeriod": "the two trees",
    "organisations.TreeSnapshot": "the two trees as they stood, which are as public as they are today",
    "people.Person": "the people who look",
    "people.Assignment": "their roles",
    "site.JobTurn": "the worker's own turns",
    "site.WorkerBeat": "the worker's own heartbeat",
    "search.Sequence": "one row that counts changes",
    "search.Change": "numbers of what is to be indexed anew",
}

# Tables that point at a person or a place, but belong to the centre as a whole.
NOBODYS = {"ui.FlawReport": "flaws of the site itself, without the name of who saw them"}

# Values for columns that a constraint limits, or that make the row one that strangers must not see.
# A function gets the filler and the row's number; ... leaves the column to its default.
RECIPES: dict[str, dict[str, Any]] = {
    "lending.Booking": {"blocked_to": date(2026, 11, 3)},
    "lending.Allocation": {
        "item": lambda filler, number: filler.another("stock.Item"),
        "ends": date(2026, 11, 3),
    },
    "lending.QueueEntry": {"holding": lambda filler, number: filler.another("stock.Holding"), "days": 1},
    "lending.InvoiceBasis": {"item": lambda filler, number: filler.another("stock.Item")},
    "people.Invitation": {
        "key_hash": lambda filler, number: hashed(f"{filler.marker} {number}"),
        "given_name": lambda filler, number: f"{filler.marker} {number}",
    },
    # The curriculum is the nation's and not a region's: both sides tie their things to the same points.
    "resources.Mapping": {"point": lambda filler, number: CentralContent.objects.order_by("pk").first()},
    "resources.Resource": {"cover": "0" * 64},  # a picture's fingerprint stands in addresses
    "stock.Holding": {"resource": lambda filler, number: filler.another("resources.Resource")},
    "stock.Item": {"retired_reason": ""},  # one that is in use
    "transport.ClosedDays": {"valid_to": date(2026, 11, 9)},
    "transport.OpeningHours": {"weekday": lambda filler, number: number % 7, "closes": time(17)},
    "transport.Route": {"weekdays": [1, 3]},
    "transport.SchoolBreak": {
        "valid_from": lambda filler, number: date(2026, 11, 2) + timedelta(number % 300),
        "valid_to": date(2027, 12, 1),
    },
    "streaming.ClassCode": {
        "digits": lambda filler, number: f"{number:08d}",
        "ends_at": datetime(2090, 1, 1, tzinfo=UTC),  # it opens something still
    },
    "streaming.Meter": {"right": lambda filler, number: filler.another("agreements.UsageRight")},
    "streaming.Seat": {"number": lambda filler, number: number},
    "threads.Link": {"effect": lambda filler, number: filler.another("threads.Node")},
}


def stage_arguments(stage: Any) -> dict[str, Any]:
    """A stage stands under its subject and version."""
    return {"code": stage.version.subject.code, "number": stage.version.number, "stage": stage.code}


# Arguments of addresses whose view does not say load= in @page: a function from the filler (whose rows it may pick
# from) to the arguments, by the address's name.
ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "desk:van_list": lambda filler: {"pk": filler.first("transport.Route").pk, "day": f"{timezone.localdate()}"},
    "ui:flaw": lambda filler: {"token": filler.first("ui.FlawReport").token},
    "curriculum:stage": lambda filler: stage_arguments(filler.first("curriculum.Stage")),
    "threads:story": lambda filler: {"pk": filler.first("threads.Node").pk},
    "notices:stop": lambda filler: {"token": unsubscribe_token(filler.first("people.Person"))},
    **{
        f"resources:{name}": lambda filler: {"pk": filler.first("resources.Resource").pk}
        for name in ("show", "similar", "collect", "bibtex", "ris")
    },
    "streaming:watch": lambda filler: {"pk": filler.first("resources.Edition").pk},
    "rights:resource": lambda filler: {"pk": filler.first("resources.Resource").pk},
    "resources:cover": lambda filler: {
        "pk": filler.first("resources.Resource").pk,
        "width": 320,
        "fingerprint": "0" * 16,
    },
    "resources:subject": lambda filler: {"code": filler.first("curriculum.Stage").version.subject.code},
    "people:accept": lambda filler: {"key": key_of(filler.first("people.Invitation"))},
    "api:show_organisation": lambda filler: {"id": filler.first("organisations.Organisation").pk},
    "api:show_resource": lambda filler: {"id": filler.first("resources.Resource").pk},
    "api:change_resource": lambda filler: {"id": filler.first("resources.Resource").pk},  # the same address
    "api:show_agreement": lambda filler: {"id": filler.first("agreements.Agreement").pk},
    "api:show_collection": lambda filler: {"id": filler.first("resources.Collection").pk},
    "api:show_holding": lambda filler: {"id": filler.first("stock.Holding").pk},
    "api:show_item": lambda filler: {"id": filler.first("stock.Item").pk},
    "api:set_item_state": lambda filler: {"id": filler.first("stock.Item").pk},
    "api:show_order": lambda filler: {"id": filler.first("lending.Order").pk},
    "api:show_subject": lambda filler: {"code": "GRGRMAT01"},
    "api:nothing": lambda filler: {"rest": f"things/{filler.marker}"},
    "notices:demo_mail": lambda filler: {"pk": filler.first("notices.Mail").pk},
}

# Addresses of things that are open to everybody, whoever they belong to.
OPEN = {"api:show_organisation", "api:nothing", "api:show_subject", "curriculum:stage", "resources:subject"}

# Addresses that are secrets themselves: whoever was sent the link may follow it.
SECRET_LINKS = {"ui:flaw", "notices:stop", "people:accept"}
