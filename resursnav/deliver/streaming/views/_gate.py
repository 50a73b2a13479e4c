"""How a browser may come through: the places where a person works, and the class codes that it was let in by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from resursnav.deliver.resources.models import Edition, Resource
from resursnav.deliver.resources.rules import SEE as SEE_RESOURCE
from resursnav.deliver.rights.places import places_of
from resursnav.foundation.organisations.models import Organisation

from .. import visits
from ..models import ClassCode

PLACE, CODE = "place", "code"


@dataclass(frozen=True, slots=True)
class Via:
    """One way through: as staff of a place, or as a pupil by a class code."""

    key: str
    place: Organisation
    code: ClassCode | None = None

    @property
    def label(self) -> str:
        """As one chooses it."""
        if self.code is None:
            return self.place.name
        return _("Klasskod från %(place)s") % {"place": self.place.name}


def seen(request: HttpRequest, pk: int, at: datetime) -> tuple[Edition, list[ClassCode]] | None:
    """The edition, if one may see its resource or was let in to it by a code; and those codes."""
    edition = (
        Edition.objects.select_related("resource__owner").prefetch_related("resource__editions").filter(pk=pk).first()
    )
    if edition is None:
        return None
    known = visits.codes(request, at).filter(resources=edition.resource_id)
    codes = list(known) if edition.resource.is_published else []
    if (
        not codes
        and not Resource.objects.visible_to(request.user, SEE_RESOURCE).filter(pk=edition.resource_id).exists()
    ):
        return None
    return edition, codes


def ways(request: HttpRequest, codes: Sequence[ClassCode]) -> list[Via]:
    """Every way that is open to this browser."""
    own = [Via(f"{PLACE}:{place.pk}", place) for place in places_of(request.user)]
    return own + [Via(f"{CODE}:{code.pk}", code.place, code) for code in codes]


def chosen(found: Sequence[Via], wanted: str) -> Via | None:
    """The one that was asked for, or the only one; None when one must choose."""
    named = next((one for one in found if one.key == wanted), None)
    return named or (found[0] if len(found) == 1 else None)


def leads_out(response: HttpResponse) -> HttpResponse:
    """A page with a button that leads to another site, and that is read anew when one comes back."""
    response.form_leads_out = True  # type: ignore[attr-defined]  # read by the site's policy
    response.headers["Cache-Control"] = "no-store"
    return response
