"""The people of the demo whom a visitor may be, with one thing to try as each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resursnav.foundation.access import Role

from .models import Assignment, Person

# Whoever is planted with an address here may be chosen on the login page of a demo, and only there.
DOMAIN = "demo.example.org"

TRY: dict[str, Any] = {
    Role.ADMINISTRATOR: _("Läs in ett register, se loggen över vad som har ändrats och bjud in någon."),
    Role.COORDINATOR: _("Packa dagens lån, se vilka avtal som löper ut, granska tips och följ det som väntar."),
    Role.EXPERT: _("Lägg till en resurs i katalogen och koppla den till läroplanen."),
    Role.MUNICIPALITY_LEAD: _("Bjud in en lärare och se vilka som arbetar i kommunen."),
    Role.LEADER: _("Se kommunens skolor och vem man vänder sig till."),
    Role.MAINTENANCE_MANAGER: _("Se kommunens enheter och vilka som har uppdrag där."),
    Role.OBJECT_OWNER: _("Se kommunens enheter och vilka som har uppdrag där."),
    Role.OBJECT_SPECIALIST: _("Leta upp en enhet och se vem man vänder sig till."),
    Role.IT_CONTACT: _("Leta upp en enhet och se vem man vänder sig till."),
    Role.PRINCIPAL: _("Rätta skolans adress och se vilka som arbetar där."),
    Role.TEACHER: _("Sök efter robotar, se när en låda kan vara hos er och boka den. Gör en klasskod till en film."),
    Role.SCHOOL_LIBRARIAN: _("Skriv ett pedagogiskt tips till en bok och gör en samling."),
    Role.LIBRARIAN: _("Sök i katalogen och exportera träffarna."),
    Role.POLITICIAN: _("Se vad centret har och vilka kommuner som ingår."),
    Role.DRIVER: _("Se dagens runda och kvittera det du lämnar och hämtar."),
}


@dataclass(frozen=True)
class Persona:
    """One person of the demo, as the chooser shows them."""

    pk: int
    name: str
    first_name: str
    role: Any
    place: str
    what_to_try: Any
    first: bool = False  # one of the few to begin with


# Whom a newcomer may begin as: one in the classroom, one in the library, one in the municipality, one at the centre.
BEGIN_AS = (Role.TEACHER, Role.SCHOOL_LIBRARIAN, Role.MUNICIPALITY_LEAD, Role.COORDINATOR)


def personas() -> list[Persona]:
    """All of them, those to begin with first and then in the order of the roles; none outside a demo."""
    if not settings.DEMO:
        return []
    held = (
        Assignment.objects.current(timezone.localdate())
        .filter(person__email__endswith=f"@{DOMAIN}", person__in=Person.objects.listed())
        .select_related("person", "node")
    )
    order = {role: number for number, role in enumerate(Role.values)}
    first: dict[int, Assignment] = {}
    for post in sorted(held, key=lambda post: (order[post.role], post.node.name, post.person_id)):
        first.setdefault(post.person_id, post)
    begin: dict[str, int] = {}
    for post in sorted(first.values(), key=lambda post: post.person_id):  # those who were planted first
        begin.setdefault(post.role, post.person_id)
    beginners = [begin[role] for role in BEGIN_AS if role in begin]
    rank = {person: number for number, person in enumerate(beginners)}
    return [
        Persona(
            post.person_id,
            post.person.get_full_name(),
            post.person.get_short_name(),
            post.get_role_display(),
            post.node.name,
            TRY[post.role],
            first=post.person_id in rank,
        )
        for post in sorted(first.values(), key=lambda post: rank.get(post.person_id, len(rank)))
    ]
