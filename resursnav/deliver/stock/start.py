"""What stock says on the start page: the faults that keep things from being lent."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import ngettext

from resursnav.kernel.manifest import StartLine


def faults(person: object, count: int) -> list[StartLine]:
    """One line for all of them."""
    title = ngettext("Ett fel hindrar utlåning", "%(count)s fel hindrar utlåning", count) % {"count": count}
    return [StartLine(title, reverse("stock:faults"), icon="wrench")]
