"""The school forms: a vocabulary that agreements, the catalogue and training share."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SchoolForm(TextChoices):
    """The Swedish school forms, by the codes that Skolverket and SS 12000 use, and the library beside them."""

    FSK = "FSK", _("förskola")
    FKLASS = "FKLASS", _("förskoleklass")
    GR = "GR", _("grundskola")
    GRAN = "GRAN", _("anpassad grundskola")
    SPEC = "SPEC", _("specialskola")
    SAM = "SAM", _("sameskola")
    FTH = "FTH", _("fritidshem")
    GY = "GY", _("gymnasieskola")
    GYAN = "GYAN", _("anpassad gymnasieskola")
    VUX = "VUX", _("komvux")
    SFI = "SFI", _("sfi")
    FHSK = "FHSK", _("folkhögskola")
    HS = "HS", _("högskola")
    LIB = "LIB", _("bibliotek")
