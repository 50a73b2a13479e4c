"""What people type about resources, tips and collections."""

from .around import CollectionForm, CoverForm, ItemFormSet, MapForm, ReasonForm, TipForm, TogetherForm
from .resource import CreatorFormSet, EditionFormSet, ResourceForm, creators_of, editions_of, said_of

__all__ = [
    "CollectionForm",
    "CoverForm",
    "CreatorFormSet",
    "EditionFormSet",
    "ItemFormSet",
    "MapForm",
    "ReasonForm",
    "ResourceForm",
    "TipForm",
    "TogetherForm",
    "creators_of",
    "editions_of",
    "said_of",
]
