"""The verbs of people: what somebody may do is given, taken back and told."""

from .account import (
    UnableToChange,
    UnableToPlant,
    change_person,
    close_account,
    plant_administrator,
    protect,
)
from .assign import UnableToAssign, UnableToEnd, assign, end_assignment, follow_merge
from .invite import UnableToAccept, UnableToInvite, accept, create_person, invite, resend, withdraw
from .tokens import UnableToMakeToken, make_token, note_use, revoke_token

__all__ = [
    "UnableToAccept",
    "UnableToAssign",
    "UnableToChange",
    "UnableToEnd",
    "UnableToInvite",
    "UnableToMakeToken",
    "UnableToPlant",
    "accept",
    "assign",
    "change_person",
    "close_account",
    "create_person",
    "end_assignment",
    "follow_merge",
    "invite",
    "make_token",
    "note_use",
    "plant_administrator",
    "protect",
    "resend",
    "revoke_token",
    "withdraw",
]
