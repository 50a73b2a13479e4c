"""Our catalogue as others harvest it: which records there are, in which order, and where the next page begins."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet

from resursnav.deliver.resources import opening
from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.rules import FOR_EVERYONE

from . import oai
from .saying import dublin_core, json_ld, points_of

PAGE = 100
SALT = "exchange.oai"
EVER = Q(published_at__isnull=False)
"""What has been on the shelf stays in the list: as a record, or as the word that it is gone."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: what was asked for, the last record that was given, how many before it and in all."""

    prefix: str
    start: str
    end: str
    after: str
    key: int
    cursor: int
    size: int

    def token(self) -> str:
        """As a text that nobody else can write."""
        said = [self.prefix, self.start, self.end, self.after, self.key, self.cursor, self.size]
        return signing.dumps(said, salt=SALT, compress=True)

    @classmethod
    def of(cls, token: str) -> Place:
        """The place that the token stands for, or OaiError."""
        try:
            return cls(*signing.loads(token, salt=SALT))
        except (signing.BadSignature, TypeError, ValueError) as error:
            raise oai.OaiError("badResumptionToken", "The token is not one of ours, or of another time.") from error


def namespace() -> str:
    """The middle of our identifiers: the site's own host name."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def identifier(key: int) -> str:
    """The record's identifier among all the world's records."""
    return f"oai:{namespace()}:resource/{key}"


def key_of(written: str) -> int:
    """The resource's key in an identifier, or OaiError."""
    start = f"oai:{namespace()}:resource/"
    number = written.removeprefix(start)
    if not written.startswith(start) or not number.isascii() or not number.isdigit() or len(number) > 15:
        raise oai.OaiError("idDoesNotExist", "There is no such record here.")
    return int(number)


def earliest() -> datetime:
    """The oldest datestamp there is."""
    first = Resource.objects.filter(EVER).order_by("updated_at").values_list("updated_at", flat=True).first()
    return first or datetime(2026, 1, 1, tzinfo=UTC)


def listed(given: Mapping[str, str], *, full: bool) -> oai.Page:
    """The page that a List request asks for. `full` reads what describes each record, too."""
    if "set" in given:
        raise oai.OaiError("noSetHierarchy", "This repository has no sets.")
    if token := given.get("resumptionToken"):
        place = Place.of(token)
    else:
        prefix, asked = oai.check_prefix(given), oai.span(given)
        start, end = (moment.isoformat() if moment else "" for moment in (asked.start, asked.end))
        place = Place(prefix, start, end, "", 0, 0, _within(start, end).count())
    rows = _within(place.start, place.end)
    if place.after:
        last = datetime.fromisoformat(place.after)
        rows = rows.filter(Q(updated_at__gt=last) | Q(updated_at=last, pk__gt=place.key))
    found = list(rows.order_by("updated_at", "pk").values_list("pk", "updated_at")[: PAGE + 1])
    records = read([key for key, _moment in found[:PAGE]], place.prefix, full=full)
    if not records and place.cursor:
        raise oai.OaiError("badResumptionToken", "The list has been changed since the token was given.")
    token = ""
    if len(found) > PAGE:
        key, moment = found[PAGE - 1]
        seen = place.cursor + PAGE
        token = Place(place.prefix, place.start, place.end, moment.isoformat(), key, seen, place.size).token()
    return oai.Page(records, token, place.cursor, place.size)


def _within(start: str, end: str) -> QuerySet[Resource]:
    rows = Resource.objects.filter(EVER)
    if start:
        rows = rows.filter(updated_at__gte=datetime.fromisoformat(start))
    if end:
        rows = rows.filter(updated_at__lt=datetime.fromisoformat(end))
    return rows


def read(keys: Sequence[int], prefix: str, *, full: bool) -> list[oai.Record]:
    """These records in this order; what is no longer for everyone is said to be deleted."""
    shown = Resource.objects.filter(FOR_EVERYONE, pk__in=keys)
    there = {one.pk: one for one in (shown.for_index() if full else shown)}
    if full:
        opening.fill(there.values())
    stamps = dict(Resource.objects.filter(EVER, pk__in=keys).values_list("pk", "updated_at"))
    points = points_of(list(there)) if full and prefix == "amb" else {}
    records = []
    for key in keys:
        if key not in stamps:
            continue
        header = oai.Header(identifier(key), stamps[key], deleted=key not in there)
        metadata = _metadata(there[key], prefix, points.get(key, ())) if full and key in there else None
        records.append(oai.Record(header, metadata))
    return records


def _metadata(resource: Resource, prefix: str, points: Sequence[str]) -> Element:
    if prefix == "amb":
        return oai.amb_json(json.dumps(json_ld(resource, points), ensure_ascii=False))
    return oai.dublin_core(dublin_core(resource))
