"""When a collection that stands in a title list gets other resources, these are found by other rights."""

from __future__ import annotations

from resursnav.deliver.resources.events import CollectionChanged
from resursnav.foundation.search.actions import touch
from resursnav.kernel.events import on

from .models import CollectionTie


@on(CollectionChanged)
def read_anew(event: CollectionChanged) -> None:
    """Let the index read the resources that came or went."""
    if CollectionTie.objects.filter(collection=event.collection_id).exists():
        touch(kind="resource", ids=event.resource_ids, at=event.at)
