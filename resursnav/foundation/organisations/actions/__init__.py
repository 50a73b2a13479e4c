"""The verbs of the tree. Each keeps parent, branches and history in one transaction and tells what happened."""

from .close import UnableToClose, close, reopen
from .correct import CORRECTABLE, UnableToCorrect, correct
from .merge import UnableToMerge, merge
from .move import UnableToMove, move
from .open_node import UnableToOpen, open_node
from .rename import UnableToRename, rename
from .snapshot import mend_branches, take_snapshot
from .take_in import take_in

__all__ = [
    "CORRECTABLE",
    "UnableToClose",
    "UnableToCorrect",
    "UnableToMerge",
    "UnableToMove",
    "UnableToOpen",
    "UnableToRename",
    "close",
    "correct",
    "mend_branches",
    "merge",
    "move",
    "open_node",
    "rename",
    "reopen",
    "take_in",
    "take_snapshot",
]
