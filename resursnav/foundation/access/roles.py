"""The roles: codes that rows keep, with the words that people see."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is trusted to be at a node; stored as a code, never as a class path."""

    ADMINISTRATOR = "administrator", _("systemadministratör")
    COORDINATOR = "coordinator", _("samordnare på centret")
    EXPERT = "expert", _("sakkunnig på centret")
    MUNICIPALITY_LEAD = "municipality_lead", _("kommunansvarig")
    LEADER = "leader", _("ledningsgruppsmedlem")
    MAINTENANCE_MANAGER = "maintenance_manager", _("förvaltningsledare")
    OBJECT_OWNER = "object_owner", _("objektägare")
    OBJECT_SPECIALIST = "object_specialist", _("objektspecialist")
    IT_CONTACT = "it_contact", _("it-kontakt")
    PRINCIPAL = "principal", _("rektor")
    TEACHER = "teacher", _("lärare")
    SCHOOL_LIBRARIAN = "school_librarian", _("skolbibliotekarie")
    LIBRARIAN = "librarian", _("folkbibliotekarie")
    POLITICIAN = "politician", _("förtroendevald")
    DRIVER = "driver", _("förare")


# Groups of roles that many rules name; a rule may still list roles one by one.
CENTRE = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.EXPERT})
STAFF = frozenset(
    {Role.PRINCIPAL, Role.TEACHER, Role.SCHOOL_LIBRARIAN, Role.LIBRARIAN, Role.IT_CONTACT, Role.OBJECT_SPECIALIST}
)
EVERY_ROLE = frozenset(Role)
