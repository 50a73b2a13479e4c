"""Draw a new stamp."""

from __future__ import annotations

from secrets import randbits

from django.db import transaction

from .models import Stamp


@transaction.atomic
def restamp(name: str) -> None:
    """What has the name has changed: say so in the transaction that changes it, after the last row has been written.

    The number is drawn by lot and not counted up: what was kept under a number that was rolled back must not be found
    by somebody who draws the next one.
    """
    Stamp.objects.update_or_create(name=name, defaults={"number": randbits(62) + 1})
