"""What every action says afterwards: a line in the log, and a word to the search index."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.keeping.actions import restamp
from resursnav.foundation.people.models import Person
from resursnav.foundation.search.actions import touch
from resursnav.foundation.threads.actions import record
from resursnav.foundation.threads.verbs import declare
from resursnav.kernel import errors
from resursnav.kernel.errors import Unable

from ..models import RIGHTS, Agreement

_LABELS = {
    "counterpart": gettext_lazy("motpart"),
    "shares": gettext_lazy("kostnadsandelar"),
    "right": gettext_lazy("rättighet"),
    "titles": gettext_lazy("titellista"),
    "school_forms": gettext_lazy("skolformer"),
    "audience": gettext_lazy("för vem"),
    "way": gettext_lazy("användningssätt"),
    "most_users": gettext_lazy("samtidiga användare, högst"),
    "most_uses": gettext_lazy("användningar under perioden, högst"),
    "included": gettext_lazy("gäller"),
    "excepted": gettext_lazy("undantag"),
    "document": gettext_lazy("handling"),
}

for code, sentence in (
    ("registered", gettext_lazy("{who} registrerade avtalet {what}")),
    ("edited", gettext_lazy("{who} ändrade avtalet {what}")),
    ("terminated", gettext_lazy("{who} sade upp avtalet {what}")),
    ("resumed", gettext_lazy("{who} tog tillbaka uppsägningen av avtalet {what}")),
    ("extended", gettext_lazy("{who} förlängde avtalet {what}")),
    ("shared", gettext_lazy("{who} ändrade vem som betalar avtalet {what}")),
    ("right_added", gettext_lazy("{who} lade till en rättighet i avtalet {what}")),
    ("right_changed", gettext_lazy("{who} ändrade en rättighet i avtalet {what}")),
    ("right_ended", gettext_lazy("{who} avslutade en rättighet i avtalet {what}")),
    ("list_added", gettext_lazy("{who} lade till en titellista i avtalet {what}")),
    ("right_placed", gettext_lazy("{who} ändrade var en rättighet i avtalet {what} gäller")),
    ("document_added", gettext_lazy("{who} lade till en handling till avtalet {what}")),
    ("document_removed", gettext_lazy("{who} tog bort en handling från avtalet {what}")),
    ("counterpart_added", gettext_lazy("{who} lade till motparten {what}")),
    ("counterpart_edited", gettext_lazy("{who} ändrade motparten {what}")),
):
    declare(f"agreements.{code}", sentence, _LABELS)


class UnableToAgree(Unable):
    """What was said cannot be an agreement, or cannot be done to it."""


class Overtaken(UnableToAgree, errors.Overtaken):
    """Somebody else has changed the agreement since it was read."""


def recorded(
    verb: str,
    agreement: Agreement,
    *,
    by: Person | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    said: str = "",
) -> None:
    """Write in the log what was done to the agreement, at its owner, and let the search and whoever keeps rights know.

    The last thing that an action does: what is read after it is kept.
    """
    restamp(RIGHTS)
    record(
        verb=f"agreements.{verb}",
        thing=agreement,
        organisation=agreement.owner_id,
        by=by,
        at=at,
        before=before,
        after=after,
        said=said,
    )
    touch(kind="agreement", ids=[agreement.pk], at=at)


def held(agreement: Agreement, seen_at: datetime | None) -> Agreement:
    """The agreement as it stands now, locked; Overtaken when it was changed after somebody opened the form."""
    fresh = Agreement.objects.select_for_update(no_key=True, of=("self",)).select_related("owner", "counterpart")
    found: Agreement = fresh.get(pk=agreement.pk)
    if seen_at is not None and found.updated_at != seen_at:
        raise Overtaken(
            _(
                "Någon annan har ändrat avtalet medan du skrev. Öppna det i en ny flik, jämför, "
                "och spara sedan igen om din version ska gälla."
            )
        )
    return found


def check(thing: Model) -> None:
    """Let the model say what is wrong, at the right field, before the database refuses the whole."""
    try:
        thing.full_clean()
    except ValidationError as wrong:
        name, messages = next(iter(wrong.message_dict.items()))
        raise UnableToAgree(messages[0], field=None if name == "__all__" else name) from wrong
