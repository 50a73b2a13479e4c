"""The nouns of the catalogue."""

from .around import Mapping, Tip, Use
from .collection import Collection, CollectionItem
from .edition import Edition
from .resource import Creator, Identifier, Link, Resource, SubjectTerm

__all__ = [
    "Collection",
    "CollectionItem",
    "Creator",
    "Edition",
    "Identifier",
    "Link",
    "Mapping",
    "Resource",
    "SubjectTerm",
    "Tip",
    "Use",
]
