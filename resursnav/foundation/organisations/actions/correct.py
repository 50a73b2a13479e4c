"""Put address, contact, codes and type right; the organisation stays the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from resursnav.kernel.errors import Unable
from resursnav.kernel.events import tell

from .. import codes
from ..events import OrganisationCorrected
from ..models import Kind, Organisation
from ._tree import By, by_id, checked, fresh, lock_tree, tidy

Details = Mapping[str, Any]
CORRECTABLE = frozenset(
    {
        "unit_type", "code", "sigel", "organiser_kind", "organiser", "organiser_number", "street", "postcode",
        "town", "email", "phone", "website", "latitude", "longitude",
    }
)  # fmt: skip
_CODES: dict[str, Callable[[str], codes.Code]] = {
    Kind.REGION: codes.county,
    Kind.MUNICIPALITY: codes.municipality,
    Kind.UNIT: codes.school_unit,
}


class UnableToCorrect(Unable):
    """What was written cannot stand."""


@transaction.atomic
def correct(*, organisation: Organisation, details: Details, by: By, at: datetime) -> Organisation:
    """Change the given fields (see CORRECTABLE) to the given values; what is the same already is left alone."""
    lock_tree()
    node = fresh(organisation)
    changes = {
        field: value
        for field, value in written(node, details, UnableToCorrect).items()
        if value != getattr(node, field)
    }
    if not changes:
        return node
    before = {field: plain(getattr(node, field)) for field in changes}
    for field, value in changes.items():
        setattr(node, field, value)
    checked(node, UnableToCorrect).save(update_fields=list(changes))
    after = {field: plain(value) for field, value in changes.items()}
    tell(OrganisationCorrected(node.pk, by_id(by), at, before, after))
    return node


def plain(value: Any) -> Any:
    """The value as JSON can hold it."""
    return str(value) if isinstance(value, Decimal) else value


def written(node: Organisation, details: Details, refusal: type[Unable]) -> dict[str, Any]:
    """The details as they are meant: tidied, with codes in their proper form; the refusal names the field."""
    unknown = set(details) - CORRECTABLE
    if unknown:
        raise ValueError(f"These are not details of an organisation: {', '.join(sorted(unknown))}")
    meant = {field: tidy(value) if isinstance(value, str) else value for field, value in details.items()}
    if meant.get("code"):
        meant["code"] = _code(node, meant["code"], refusal)
    if meant.get("sigel"):
        try:
            meant["sigel"] = codes.sigel(meant["sigel"])
        except ValueError as error:
            raise refusal(_("En sigel är bokstäver och siffror, högst tolv tecken."), field="sigel") from error
    for field, read, message in (
        ("postcode", codes.postcode, _("Skriv postnumret med fem siffror, till exempel 912 32.")),
        ("organiser_number", codes.organisation_number, _("Skriv organisationsnumret med tio siffror.")),
    ):
        if meant.get(field):
            meant[field] = read(meant[field])
            if not meant[field]:
                raise refusal(message, field=field)
    return meant


def _code(node: Organisation, code: str, refusal: type[Unable]) -> str:
    read = _CODES.get(node.kind)
    if read is None:
        raise refusal(_("En förvaltning har ingen kod."), field="code")
    try:
        return read(code).text
    except codes.BadCode as error:
        raise refusal(
            _("Koden ska ha %(digits)s siffror. Det står %(written)s.")
            % {"digits": error.digits, "written": error.written},
            field="code",
        ) from error
