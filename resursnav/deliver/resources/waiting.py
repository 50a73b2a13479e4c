"""What waits for somebody in the catalogue."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from .models import Tip
from .rules import MODERATE


def tips(person: Any) -> QuerySet[Tip]:
    """The tips that wait to be read by this person."""
    return Tip.objects.visible_to(person, MODERATE).waiting()
