"""How one gets to what stands on the web: by its own address, or through a gate that a context above has put before it.

Whatever tells an edition's address (pages, exports, the open interface, references) asks here, so that an address
that only some may use is told to nobody else. Those who tend the resource read it where they edit it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .models import Edition, Resource

Gate = Callable[[Sequence[Resource]], Mapping[int, str]]
"""Resources -> the path of the gate of each edition that has one; in at most two statements."""
_gates: list[Gate] = []
_KEPT = "_gates_of_editions"


def put_up(gate: Gate) -> Gate:
    """Let the function say which editions have a gate; usable as a decorator."""
    if gate not in _gates:
        _gates.append(gate)
    return gate


def fill(resources: Iterable[Resource]) -> None:
    """Find the gates of many resources at once; whoever is about to tell of a list does so first."""
    asked = [resource for resource in resources if _KEPT not in resource.__dict__]
    found: dict[int, str] = {}
    for gate in _gates if asked else ():
        found.update(gate(asked))
    for resource in asked:
        resource.__dict__[_KEPT] = found


def gate_of(resource: Resource, edition: Edition) -> str:
    """The path of the edition's gate; empty when one goes to it directly."""
    fill([resource])
    gates: Mapping[int, str] = resource.__dict__[_KEPT]
    return gates.get(edition.pk, "")


def hidden(resource: Resource) -> frozenset[str]:
    """The addresses of the resource that stand behind a gate, wherever else they may be written."""
    return frozenset(edition.url for edition in resource.editions.all() if edition.url and gate_of(resource, edition))


def editions_of(resource: Resource) -> list[Any]:
    """The editions as a page shows them: each with `gate`, its path, and `way_in`, where its button leads."""
    editions: list[Any] = list(resource.editions.all())
    for edition in editions:
        edition.gate = gate_of(resource, edition)
        edition.way_in = edition.gate or edition.url
    return editions


def links_of(resource: Resource) -> list[Any]:
    """The links beside it, without any that would lead around the gate."""
    behind = hidden(resource)
    return [link for link in resource.links.all() if link.url not in behind]


def numbers_of(resource: Resource) -> list[Any]:
    """The numbers that others know it by, without any that is an address behind the gate."""
    behind = hidden(resource)
    return [number for number in resource.identifiers.all() if number.value not in behind]
