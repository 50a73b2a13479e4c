"""For `resursnav doctor`: is anything wrong with the lending?"""

from __future__ import annotations

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext as _

from resursnav.kernel.manifest import Finding

from .audit import faults


def lending() -> list[Finding]:
    """One finding: all is well, or what is wrong and how many times."""
    found = Counter(fault.what for fault in faults(timezone.localdate()))
    if not found:
        return [Finding(True, _("Utlåningen stämmer: inget exemplar är på två ställen, och allt bokat kan lämnas ut"))]
    told = ", ".join(f"{what}: {number}" for what, number in sorted(found.items()))
    return [
        Finding(
            False,
            _("Något är fel i utlåningen (%(told)s)") % {"told": told},
            _("Rapportera det till den som sköter systemet, med det som står inom parentes. Kör under tiden inte "
              "om migreringar och ändra inget direkt i databasen."),
            critical=False,
        )
    ]  # fmt: skip
