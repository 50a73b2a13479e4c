"""Asking another catalogue for its records by OAI-PMH: page after page over one connection, patient and careful.

Nothing is fetched from an address inside our own network unless that is allowed, wherever the other side redirects and
whatever its name stands for the next moment (`connecting`); an answer has a limit, and a token that comes twice ends
the harvest. What was fetched becomes a file like any other, so that it is checked, shown and taken in like any other.
"""

from __future__ import annotations

import io
import ipaddress
import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from urllib.request import getproxies
from xml.etree.ElementTree import Element, tostring

import httpx

from resursnav.foundation.imports.limits import DEFAULT, MB, Limits
from resursnav.foundation.imports.reasons import Unreadable
from resursnav.foundation.imports.safe_xml import elements

from .connecting import CheckedTransport
from .oai_file import OAI

ANSWER_BYTES = 50 * MB
TRIES = 4
LONGEST_WAIT = 120.0
TIMEOUT = httpx.Timeout(60, connect=15)
REDIRECTS = 5
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Resolve = Callable[[str], list[str]]


def resolved(host: str) -> list[str]:
    """Every address that the host name stands for, the one to try first first."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, None)))


@dataclass(slots=True)
class Harvester:
    """One catalogue, and how it is asked."""

    address: str
    prefix: str = "oai_dc"
    subset: str = ""
    since: str = ""
    allow_private: bool = False
    transport: httpx.BaseTransport | None = None
    resolve: Resolve = resolved
    sleep: Callable[[float], None] = time.sleep
    progress: Callable[[int, int], None] = lambda fetched, expected: None
    limits: Limits = DEFAULT
    answered_at: str = field(default="", init=False)
    """The other side's own clock in its first answer: from where the next harvest begins."""

    def pieces(self) -> Iterator[bytes]:
        """Every record, as the pieces of one file. Raises Unreadable when the other side cannot be understood."""
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{OAI[1:-1]}"><ListRecords>\n'.encode()
        for record in self._records():
            yield tostring(record, encoding="utf-8") + b"\n"
        yield b"</ListRecords></OAI-PMH>\n"

    def _records(self) -> Iterator[Element]:
        asked = {"verb": "ListRecords", "metadataPrefix": self.prefix}
        asked |= {"set": self.subset} if self.subset else {}
        asked |= {"from": self.since} if self.since else {}
        seen: set[str] = set()
        fetched = expected = 0
        wanted = (f"{OAI}record", f"{OAI}resumptionToken", f"{OAI}error", f"{OAI}responseDate")
        with httpx.Client(timeout=TIMEOUT, transport=self._transport(), follow_redirects=False) as client:
            while True:
                token = ""
                for _line, one in elements(io.BytesIO(self._get(client, asked)), *wanted, limits=self.limits):
                    match one.tag.removeprefix(OAI):
                        case "record":
                            fetched += 1
                            self.progress(fetched, expected)
                            yield one
                        case "resumptionToken":
                            token = (one.text or "").strip()
                            size = one.get("completeListSize", "")
                            expected = int(size) if size.isascii() and size.isdigit() else expected
                            self.progress(fetched, expected)
                        case "responseDate":
                            self.answered_at = self.answered_at or (one.text or "").strip()
                        case _ if one.get("code") == "noRecordsMatch":
                            return
                        case _:
                            raise Unreadable("harvest.error", code=one.get("code", ""), said=(one.text or "")[:200])
                if not token:
                    return
                if token in seen:
                    raise Unreadable("harvest.circle", token=token[:100])
                seen.add(token)
                asked = {"verb": "ListRecords", "resumptionToken": token}

    def _transport(self) -> httpx.BaseTransport | None:
        """Connections to checked addresses; where a proxy goes out for us, it is the proxy that looks names up."""
        if self.transport is not None or {"http", "https", "all"} & set(getproxies()):
            return self.transport
        return CheckedTransport(self._addresses)

    def _get(self, client: httpx.Client, asked: dict[str, str]) -> bytes:
        """One answer; a busy or stumbling server is asked again, as late as it wishes."""
        refused, wait = Unreadable("harvest.no_answer", fault=""), 0.0
        for attempt in range(TRIES):
            if wait:
                self.sleep(wait)
            wait = 2.0 ** (attempt + 1)
            try:
                status, headers, body = self._fetch(client, asked)
            except httpx.HTTPError as error:
                refused = _unanswered(error)
                continue
            if status == 200:
                return _xml(body)
            refused = Unreadable("harvest.gone" if status in {404, 410} else "harvest.status", status=status)
            if status not in {429, 500, 502, 503, 504}:
                break
            wait = min(_retry_after(headers) or wait, LONGEST_WAIT)
        raise refused

    def _fetch(self, client: httpx.Client, asked: dict[str, str]) -> tuple[int, httpx.Headers, bytes]:
        url = httpx.URL(self.address).copy_merge_params(asked)
        for _hop in range(REDIRECTS):
            self._check(str(url))
            with client.stream("GET", url, headers={"Accept": "text/xml, application/xml"}) as answer:
                if answer.is_redirect and "Location" in answer.headers:
                    url = url.join(answer.headers["Location"])
                    continue
                body = bytearray()
                for piece in answer.iter_bytes():
                    body += piece
                    if len(body) > ANSWER_BYTES:
                        raise Unreadable("harvest.too_large", limit=ANSWER_BYTES // MB)
                return answer.status_code, answer.headers, bytes(body)
        raise Unreadable("harvest.redirects")

    def _check(self, url: str) -> None:
        """Only http(s), and only to the open internet unless the setting allows more."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Unreadable("harvest.address", address=url[:200])
        if not self.allow_private:
            self._addresses(parts.hostname)

    def _addresses(self, host: str) -> list[str]:
        """The addresses of the host, all of them such as may be asked; Unreadable otherwise."""
        try:
            found = self.resolve(host)
        except OSError as error:
            raise Unreadable("harvest.no_such_host", host=host[:200]) from error
        if not found:
            raise Unreadable("harvest.no_such_host", host=host[:200])
        if not self.allow_private and not all(_is_public(one) for one in found):
            raise Unreadable("harvest.private", host=host[:200])
        return found


def _is_public(address: str) -> bool:
    """Whether it is an address of the open internet, and so is the older one that it may carry inside."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inside: list[ipaddress.IPv4Address | ipaddress.IPv6Address] = [found]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            inside = [found.ipv4_mapped]
        elif found.sixtofour:
            # By the IPv4 address alone: Python's releases do not agree on whether 2002::/16 itself is global.
            inside = [found.sixtofour]
        elif found in NAT64:
            inside.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
    return all(one.is_global and not one.is_multicast for one in inside)


def _unanswered(error: httpx.HTTPError) -> Unreadable:
    """Why there was no answer, as somebody can act on it."""
    said = str(error) or type(error).__name__
    if isinstance(error, httpx.TimeoutException):
        return Unreadable("harvest.late")
    if "certificate" in said.casefold():
        return Unreadable("harvest.certificate", fault=said[:200])
    return Unreadable("harvest.no_answer", fault=said[:200])


def _xml(body: bytes) -> bytes:
    """The answer, unless it is a web page for people."""
    if re.match(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html)", body[:200], re.IGNORECASE):
        raise Unreadable("harvest.web_page")
    return body


def _retry_after(headers: httpx.Headers) -> float:
    """Seconds to wait, from seconds or from a date beside the answer's own; nought when neither can be read."""
    written = headers.get("Retry-After", "")
    if written.isascii() and written.isdigit():
        return float(written)
    try:
        later = parsedate_to_datetime(written) - parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, later.total_seconds())
