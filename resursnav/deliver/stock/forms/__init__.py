"""The forms of stock."""

from .around import FindForm, ImportForm, InventoryForm, LabelsForm, PlaceForm, SeriesForm, TogetherForm
from .holding import AddItemsForm, HoldingForm, PartsForm
from .item import FaultForm, ItemForm, MissingPartsForm, NoteForm, ReasonForm, ServiceForm

__all__ = [
    "AddItemsForm",
    "FaultForm",
    "FindForm",
    "HoldingForm",
    "ImportForm",
    "InventoryForm",
    "ItemForm",
    "LabelsForm",
    "MissingPartsForm",
    "NoteForm",
    "PartsForm",
    "PlaceForm",
    "ReasonForm",
    "SeriesForm",
    "ServiceForm",
    "TogetherForm",
]
