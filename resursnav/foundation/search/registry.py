"""The kinds of things that can be found, gathered from the manifests."""

from __future__ import annotations

from functools import lru_cache

from django.apps import apps

from resursnav.kernel.manifest import Manifest, SearchFacet, SearchKind, load

from .documents import Source


@lru_cache(maxsize=1)
def kinds() -> dict[str, SearchKind]:
    """Every search kind by its code."""
    found: dict[str, SearchKind] = {}
    for config in apps.get_app_configs():
        manifest = getattr(config, "manifest", None)
        for kind in manifest.search_kinds if isinstance(manifest, Manifest) else ():
            if kind.code in found:
                raise ValueError(f"The search kind {kind.code} is declared twice.")
            found[kind.code] = kind
    return found


def source_of(kind: str) -> Source | None:
    """What gives the documents of a kind; None for a kind that no longer exists."""
    registered = kinds().get(kind)
    if registered is None:
        return None
    found: Source = load_source(registered.source)
    return found


@lru_cache(maxsize=64)
def load_source(path: str) -> Source:
    """The source behind a dotted path: an object, or a class or function that makes one."""
    found = load(path)
    made: Source = found() if callable(found) else found
    return made


@lru_cache(maxsize=64)
def added_facets(kind: str) -> tuple[SearchFacet, ...]:
    """What contexts further up add to the documents of the kind."""
    manifests = (getattr(config, "manifest", None) for config in apps.get_app_configs())
    every = [facet for manifest in manifests if isinstance(manifest, Manifest) for facet in manifest.search_facets]
    return tuple(facet for facet in every if facet.kind == kind)


def facet_names() -> tuple[str, ...]:
    """The facets of all kinds, with those that others add to them."""
    sources = [source_of(kind) for kind in kinds()]
    own = {name for source in sources if source for name in source.facets}
    return tuple(sorted(own | {facet.name for kind in kinds() for facet in added_facets(kind)}))


def audience_of(person: object) -> frozenset[str]:
    """The viewer's tokens for every kind."""
    sources = [source_of(kind) for kind in kinds()]
    return frozenset(token for source in sources if source for token in source.audience(person))
