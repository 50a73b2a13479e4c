"""What can be done with the catalogue: the only writers of its tables."""

from .collections import (
    UnableToCollect,
    create_collection,
    edit_collection,
    publish_collection,
    set_items,
    withdraw_collection,
)
from .covers import UnableToCover, remove_cover, set_cover
from .editing import UnableToEdit, create, edit
from .mapping import map_to_point, unmap
from .shelving import UnableToPublish, UnableToWithdraw, publish, reopen, review, withdraw
from .tips import UnableToTip, add_tip, approve_tip, decline_tip, remove_tip
from .together import Outcome, do_together, foresee
from .using import UnableToUse, unuse, use

__all__ = [
    "Outcome",
    "UnableToCollect",
    "UnableToCover",
    "UnableToEdit",
    "UnableToPublish",
    "UnableToTip",
    "UnableToUse",
    "UnableToWithdraw",
    "add_tip",
    "approve_tip",
    "create",
    "create_collection",
    "decline_tip",
    "do_together",
    "edit",
    "edit_collection",
    "foresee",
    "map_to_point",
    "publish",
    "publish_collection",
    "remove_cover",
    "remove_tip",
    "reopen",
    "review",
    "set_cover",
    "set_items",
    "unmap",
    "unuse",
    "use",
    "withdraw",
    "withdraw_collection",
]
