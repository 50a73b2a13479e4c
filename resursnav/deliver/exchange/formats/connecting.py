"""Connecting to the very address that was looked at.

A name that is looked up twice may stand for two addresses: a public one when it is checked, one inside our own network
when it is connected to. Here the name is looked up once for each connection, every address is checked, and that address
is connected to; the name itself still goes to the other side and is what its certificate must show.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

Lookup = Callable[[str], list[str]]
"""Host name -> the addresses that may be connected to; raises when none may."""


class _Network(httpcore.NetworkBackend):
    """Opens connections to checked addresses only."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """To the first of the host's addresses that answers."""
        fault: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._lookup(host):
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        raise fault

    def sleep(self, seconds: float) -> None:
        """As the network wishes; the harvester waits by itself."""
        self._inner.sleep(seconds)


class _Body(httpx.SyncByteStream):
    """The answer as it comes."""

    def __init__(self, pieces: Any) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        with _said_by_httpx():
            yield from self._pieces

    def close(self) -> None:
        self._pieces.close()


class CheckedTransport(httpx.BaseTransport):
    """What httpx sends its requests by, over connections to checked addresses. No proxy stands between."""

    def __init__(self, lookup: Lookup, context: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=context or httpx.create_ssl_context(), network_backend=_Network(lookup)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request and its answer, whose body is read as it comes."""
        url = request.url
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        asked = httpcore.Request(
            request.method,
            target,
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _said_by_httpx():
            answer = self._pool.handle_request(asked)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()


@contextmanager
def _said_by_httpx() -> Iterator[None]:
    """What goes wrong below is said in httpx's words."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(str(error)) from error
    except httpcore.NetworkError as error:
        raise httpx.NetworkError(str(error)) from error
    except httpcore.ProtocolError as error:
        raise httpx.ProtocolError(str(error)) from error
