"""OAI-PMH 2.0, the protocol: what may be asked, what is wrong with what was asked, and the answer as XML. No Django.

The provider's own part (which records there are) is handed in; see views/harvesting.py.
Source: The Open Archives Initiative Protocol for Metadata Harvesting, version 2.0 (2002-06-14, 2015-01-08).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
AMB = "https://w3id.org/kim/amb/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
for _prefix, _uri in (("", OAI), ("oai_dc", OAI_DC), ("dc", DC), ("amb", AMB), ("xsi", XSI)):
    register_namespace(_prefix, _uri)

# Verb -> (required, optional, exclusive) arguments.
ARGUMENTS: Mapping[str, tuple[frozenset[str], frozenset[str], str]] = {
    "Identify": (frozenset(), frozenset(), ""),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"}), ""),
    "ListSets": (frozenset(), frozenset(), "resumptionToken"),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset(), ""),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken"),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken"),
}
PREFIXES = ("oai_dc", "amb")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class OaiError(Exception):
    """What is wrong with a request, by one of the protocol's eight codes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Span:
    """Datestamps from `start` up to but not including `end`."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """A record's header."""

    identifier: str
    datestamp: datetime
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its header and, unless it is deleted, what describes it."""

    header: Header
    metadata: Element | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some records, and where the next ones begin."""

    records: Sequence[Record]
    token: str = ""
    cursor: int = 0
    size: int = 0


@dataclass(slots=True)
class Answer:
    """The answer as it grows."""

    address: str
    now: datetime
    asked: Mapping[str, str] = field(default_factory=dict)


def arguments(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The verb and its arguments, or OaiError: badVerb or badArgument."""
    given: dict[str, str] = {}
    doubled = set()
    for name, value in pairs:
        if name in given:
            doubled.add(name)
        given[name] = value
    verb = given.get("verb", "")
    if "verb" in doubled or verb not in ARGUMENTS:
        raise OaiError("badVerb", "The verb is missing, repeated or not one of the protocol's six.")
    required, optional, exclusive = ARGUMENTS[verb]
    names = set(given) - {"verb"}
    if doubled:
        raise OaiError("badArgument", f"Repeated: {', '.join(sorted(doubled))}.")
    if exclusive and exclusive in names:
        if names != {exclusive}:
            raise OaiError("badArgument", f"{exclusive} may have no other argument beside it.")
        return given
    if illegal := names - required - optional:
        raise OaiError("badArgument", f"Not allowed with {verb}: {', '.join(sorted(illegal))}.")
    if missing := required - names:
        raise OaiError("badArgument", f"Missing: {', '.join(sorted(missing))}.")
    return given


def check_prefix(given: Mapping[str, str]) -> str:
    """The metadata format that is asked for, or OaiError."""
    prefix = given["metadataPrefix"]
    if prefix not in PREFIXES:
        raise OaiError("cannotDisseminateFormat", f"There is {' and '.join(PREFIXES)}.")
    return prefix


def span(given: Mapping[str, str]) -> Span:
    """The datestamps that are asked for; OaiError when they are wrong, reversed or of two kinds."""
    start, end = given.get("from", ""), given.get("until", "")
    if start and end and len(start) != len(end):
        raise OaiError("badArgument", "from and until must have the same granularity.")
    found = Span(_moment(start, 0), _moment(end, 1))
    if found.start and found.end and found.start >= found.end:
        raise OaiError("badArgument", "from is later than until.")
    return found


def _moment(written: str, past: int) -> datetime | None:
    """The moment; with `past` the first one after the day or second that was written."""
    if not written:
        return None
    try:
        if _DAY.fullmatch(written):
            day = date.fromisoformat(written)
            return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=past)
        if _SECOND.fullmatch(written):
            return datetime.fromisoformat(written) + timedelta(seconds=past)
    except (ValueError, OverflowError):
        pass
    raise OaiError("badArgument", "Dates are written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def stamp(moment: datetime) -> str:
    """A datestamp, to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def element(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A child in the protocol's own namespace."""
    child = SubElement(parent, f"{{{OAI}}}{name}", {key: clean(value) for key, value in attributes.items()})
    if text:
        child.text = clean(text)
    return child


def respond(answer: Answer, fill: Callable[[Element], None]) -> bytes:
    """The whole answer: what was asked, and what `fill` puts in; an OaiError becomes the protocol's error."""
    root = Element(f"{{{OAI}}}OAI-PMH")
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd")
    element(root, "responseDate", stamp(answer.now))
    request = element(root, "request", answer.address)
    try:
        fill(root)
    except OaiError as error:
        for child in list(root)[2:]:
            root.remove(child)
        element(root, "error", str(error), code=error.code)
        if error.code in {"badVerb", "badArgument"}:
            return _written(root)
    for name, value in answer.asked.items():
        request.set(name, clean(value))
    return _written(root)


def _written(root: Element) -> bytes:
    text: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return text


def put_records(root: Element, verb: str, page: Page) -> None:
    """A list of headers or records, with the token for the next."""
    if not page.records:
        raise OaiError("noRecordsMatch", "Nothing fits what was asked for.")
    listing = element(root, verb)
    for record in page.records:
        if verb == "ListIdentifiers":
            put_header(listing, record.header)
        else:
            put_record(listing, record)
    if page.token or page.cursor:
        token = element(listing, "resumptionToken", page.token, cursor=str(page.cursor))
        token.set("completeListSize", str(page.size))


def put_record(parent: Element, record: Record) -> None:
    """One record."""
    one = element(parent, "record")
    put_header(one, record.header)
    if not record.header.deleted and record.metadata is not None:
        element(one, "metadata").append(record.metadata)


def put_header(parent: Element, header: Header) -> None:
    """One header."""
    one = element(parent, "header", **({"status": "deleted"} if header.deleted else {}))
    element(one, "identifier", header.identifier)
    element(one, "datestamp", stamp(header.datestamp))


def dublin_core(said: Mapping[str, Sequence[str]]) -> Element:
    """Unqualified Dublin Core."""
    root = Element(f"{{{OAI_DC}}}dc")
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    for name, values in said.items():
        for value in values:
            if value:
                SubElement(root, f"{{{DC}}}{name}").text = clean(value)
    return root


def amb_json(text: str) -> Element:
    """An AMB record, which is JSON, in the one element that carries it."""
    root = Element(f"{{{AMB}}}json")
    root.text = clean(text)
    return root
