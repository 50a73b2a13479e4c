"""What notices do: tell people, remember how they want it, and get every mail away."""

from .outbox import (
    Attachment,
    accept,
    claim,
    defer,
    mail,
    queue,
    refuse,
    remove_texts,
    try_again,
)
from .telling import (
    UnableToPrefer,
    digest,
    mark_all_read,
    mark_read,
    notify,
    person_of_token,
    prefer,
    quietly,
    stop_digest,
    unsubscribe_token,
)

__all__ = [
    "Attachment",
    "UnableToPrefer",
    "accept",
    "claim",
    "defer",
    "digest",
    "mail",
    "mark_all_read",
    "mark_read",
    "notify",
    "person_of_token",
    "prefer",
    "queue",
    "quietly",
    "refuse",
    "remove_texts",
    "stop_digest",
    "try_again",
    "unsubscribe_token",
]
