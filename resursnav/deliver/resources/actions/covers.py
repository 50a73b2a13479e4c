"""The picture on a resource's front."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.people.models import Person
from resursnav.kernel.errors import Unable
from resursnav.kernel.text import clean

from .. import pictures
from ..models import Resource
from .telling import changed, recorded

FAULTS = {
    pictures.Fault.EMPTY: gettext_lazy("Filen är tom. Välj bilden igen."),
    pictures.Fault.FILE_TOO_LARGE: gettext_lazy("Filen är större än 10 MB. Spara bilden i en mindre storlek."),
    pictures.Fault.NOT_A_PICTURE: gettext_lazy("Filen går inte att läsa som en bild. Spara den som JPEG eller PNG."),
    pictures.Fault.WRONG_FORMAT: gettext_lazy("Bilden måste vara JPEG, PNG, WebP eller GIF."),
    pictures.Fault.TOO_MANY_PIXELS: gettext_lazy(
        "Bilden har för många bildpunkter. Gör den mindre, till exempel 2000 × 3000."
    ),
    pictures.Fault.TOO_SMALL: gettext_lazy("Bilden är för liten. Den behöver vara minst 120 bildpunkter på varje led."),
}


class UnableToCover(Unable):
    """The file cannot be the cover."""


@transaction.atomic
def set_cover(*, resource: Resource, data: bytes, alt: str, by: Person | None, at: datetime) -> Resource:
    """Give the resource a picture, instead of the one it may have; `alt` says what the picture shows."""
    alt = clean(alt)
    if not alt:
        raise UnableToCover(_("Beskriv vad bilden visar, för den som inte ser den."), field="alt")
    try:
        picture = pictures.read(data)
    except pictures.BadPicture as wrong:
        raise UnableToCover(FAULTS[wrong.fault], field="picture") from wrong
    for rendition in picture.renditions:
        name = path(picture.fingerprint, rendition.width)
        # The name is made from the content: what lies there already is the same picture.
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(rendition.data))
    return _change(resource, picture.fingerprint, alt[:300], "resources.covered", by, at)


@transaction.atomic
def remove_cover(*, resource: Resource, by: Person | None, at: datetime) -> Resource:
    """Take the picture away."""
    return _change(resource, "", "", "resources.uncovered", by, at)


def path(fingerprint: str, width: int) -> str:
    """Where a size of a picture is kept."""
    return f"covers/{fingerprint[:2]}/{fingerprint}-{width}.webp"


def _change(resource: Resource, cover: str, alt: str, verb: str, by: Person | None, at: datetime) -> Resource:
    old, before = resource.cover, {"cover_alt": resource.cover_alt}
    resource.cover, resource.cover_alt, resource.updated_at = cover, alt, at
    resource.save(update_fields=["cover", "cover_alt", "updated_at"])
    recorded(verb, resource, by=by, at=at, before=before, after={"cover_alt": alt})
    changed(resource, at=at)
    if old and old != cover:
        transaction.on_commit(lambda: _forget(old))
    return resource


def _forget(cover: str) -> None:
    """Remove the files of a picture that no resource shows any longer."""
    if not Resource.objects.filter(cover=cover).exists():
        for width in pictures.WIDTHS:
            default_storage.delete(path(cover, width))
