"""What every action says afterwards: a line in the log, and a word to the search index."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from resursnav.foundation.people.models import Person
from resursnav.foundation.search.actions import touch
from resursnav.foundation.threads.actions import record
from resursnav.foundation.threads.verbs import declare

from ..models import Collection, Resource

declare("resources.created", _("{who} lade upp {what}"))
declare("resources.edited", _("{who} ändrade {what}"))
declare("resources.reviewed", _("{who} granskade {what}"))
declare("resources.published", _("{who} publicerade {what}"))
declare("resources.withdrawn", _("{who} drog tillbaka {what}"))
declare("resources.reopened", _("{who} gjorde {what} till utkast igen"))
declare("resources.covered", _("{who} bytte omslag på {what}"))
declare("resources.uncovered", _("{who} tog bort omslaget på {what}"))
declare("resources.tip_shown", _("{who} godkände ett tips om {what}"), labels={"tip": _("tips")})
declare("resources.tip_declined", _("{who} sade nej till ett tips om {what}"), labels={"tip": _("tips")})
POINT = {"point": _("punkt i kursplanen")}
declare("resources.mapped", _("{who} kopplade {what} till läroplanen"), labels=POINT)
declare("resources.unmapped", _("{who} tog bort en koppling mellan {what} och läroplanen"), labels=POINT)
declare("resources.collection_created", _("{who} började på samlingen {what}"))
declare("resources.collection_edited", _("{who} ändrade samlingen {what}"), labels={"resources": _("resurser")})
declare("resources.collection_published", _("{who} publicerade samlingen {what}"))
declare("resources.collection_withdrawn", _("{who} drog tillbaka samlingen {what}"))


def recorded(
    verb: str,
    thing: Resource | Collection,
    *,
    by: Person | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    said: str = "",
) -> None:
    """Write in the log what was done to the resource or the collection, at the organisation that owns it."""
    record(verb=verb, thing=thing, organisation=thing.owner_id, by=by, at=at, before=before, after=after, said=said)


def changed(resource: Resource, *, at: datetime) -> None:
    """Tell the search index that the resource must be read anew."""
    touch(kind="resource", ids=[resource.pk], at=at)


def collection_changed(collection: Collection, *, at: datetime) -> None:
    """Tell the search index that the collection must be read anew."""
    touch(kind="collection", ids=[collection.pk], at=at)
