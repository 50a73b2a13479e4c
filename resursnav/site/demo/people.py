"""The demo's people: invented, at addresses that nobody can own, in every role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from resursnav.foundation.access import Role
from resursnav.foundation.organisations.models import Kind, UnitType
from resursnav.foundation.people.personas import DOMAIN
from resursnav.kernel.text import slug

from .places import Place, domain

GIVEN = (
    "Åsa Biljana Mohammed Elin Karl-Erik Inga-Märta Sofia Jamal Ulrika Nils Aisha Henrik Maj-Britt Öyvind Lina "
    "Torbjörn Fatima Gunilla Emil Sárá Roger Hanna Yusuf Kerstin Anton Leila Birgitta Samir Ebba Tomas Ingrid "
    "Daniel Malin Jovan Katarina Lars Nadia Per-Ola Vilma Stefan Zeynep Helena Oskar Ann-Sofie Viktor Rebecka "
    "Mattias Selma Göran Ida Bengt Mirjam Joel Pernilla Axel Sigrid Hassan Lovisa Ture Alva"
).split()
FAMILY = (
    "Lindmark Öberg Norgren Hedström Åkerlund Sandqvist Boman Granberg Fjellner Wikström Kolmodin Mattsson "
    "Hällgren Nordlander Petrović Blind Sjölund Ahmadi Strömbäck Lundgren Tjärnlund Eklöf Haddad Marklund "
    "Brännström Utsi Vallgren Danielsson Rönnlund Ekvall Järvinen Dahlbom Stenvall Yıldız Holmgren Burman Lövgren "
    "Fahlman Öquist Sundvall Berntsson Rask Moström Nyberg Ottosson Tegman Wallin Aronsson Hurtig Zetterqvist"
).split()

# In whose shoes a visitor may step: role, county or municipality code, what kind of unit (none: the node itself).
PERSONAS: tuple[tuple[str, str, Role, str, str], ...] = (
    ("Sigrid", "Fahlman", Role.ADMINISTRATOR, "24", ""),
    ("Biljana", "Petrović", Role.COORDINATOR, "24", ""),
    ("Torbjörn", "Sjölund", Role.COORDINATOR, "08", ""),
    ("Elin", "Hedström", Role.EXPERT, "24", ""),
    ("Åsa", "Lindmark", Role.MUNICIPALITY_LEAD, "2425", ""),
    ("Henrik", "Berntsson", Role.MUNICIPALITY_LEAD, "0834", ""),
    ("Ulrika", "Brännström", Role.LEADER, "2482", ""),
    ("Mattias", "Ekvall", Role.MAINTENANCE_MANAGER, "1880", ""),
    ("Helena", "Dahlbom", Role.OBJECT_OWNER, "1880", ""),
    ("Samir", "Haddad", Role.OBJECT_SPECIALIST, "1880", ""),
    ("Malin", "Rönnlund", Role.OBJECT_SPECIALIST, "1880", ""),
    ("Jovan", "Nyberg", Role.IT_CONTACT, "1880", ""),
    ("Karl-Erik", "Granberg", Role.PRINCIPAL, "2425", UnitType.SCHOOL),
    ("Fatima", "Ahmadi", Role.TEACHER, "2425", UnitType.SCHOOL),
    ("Emil", "Ottosson", Role.TEACHER, "0834", UnitType.SCHOOL),
    ("Lina", "Wikström", Role.TEACHER, "2482", UnitType.PRESCHOOL),
    ("Inga-Märta", "Blind", Role.SCHOOL_LIBRARIAN, "2421", UnitType.SCHOOL_LIBRARY),
    ("Sofia", "Norgren", Role.LIBRARIAN, "2481", UnitType.LIBRARY),
    ("Gunilla", "Åkerlund", Role.POLITICIAN, "24", ""),
    ("Jörgen", "Wallin", Role.DRIVER, "08", ""),
)
# The person with two hats: librarian in Lycksele, and at the service centre there.
SECOND_POST = ("Sofia", "Norgren", Role.LIBRARIAN, "2481", UnitType.SERVICE_CENTRE)


@dataclass(frozen=True)
class Post:
    """Somebody's role at a place; `persona` when a visitor may be this person."""

    given_name: str
    family_name: str
    email: str
    role: Role
    place: Place
    persona: bool = False


class Names:
    """Hands out names and addresses in a fixed order, nobody's twice."""

    def __init__(self) -> None:
        self.numbers = count()
        self.addresses: set[str] = set()

    def next(self) -> tuple[str, str]:
        """A given name and a family name; steps that share no factor with the lists' lengths meet every pair."""
        number = next(self.numbers)
        return GIVEN[number * 7 % len(GIVEN)], FAMILY[(number * 11 + number // len(GIVEN)) % len(FAMILY)]

    def address(self, given_name: str, family_name: str, host: str) -> str:
        """given.family@host, with a number when it is taken."""
        stem = f"{slug(given_name)}.{slug(family_name)}"
        tries = (f"{stem}{number or ''}@{host}" for number in count())
        found = next(address for address in tries if address not in self.addresses)
        self.addresses.add(found)
        return found


def _needs(place: Place) -> tuple[Role, ...]:
    """Whom a place has."""
    if place.kind == Kind.MUNICIPALITY:
        return (Role.MUNICIPALITY_LEAD, Role.LEADER, Role.LEADER, Role.IT_CONTACT)
    by_type: dict[str, tuple[Role, ...]] = {
        UnitType.SCHOOL: (Role.PRINCIPAL, Role.TEACHER, Role.TEACHER),
        UnitType.PRESCHOOL: (Role.PRINCIPAL, Role.TEACHER),
        UnitType.SCHOOL_LIBRARY: (Role.SCHOOL_LIBRARIAN,),
        UnitType.LIBRARY: (Role.LIBRARIAN,),
    }
    return by_type.get(place.unit_type, ())


def find(tree: list[Place], code: str, unit_type: str) -> Place:
    """The county or municipality with the code, or its first unit of the type."""
    node = next(place for root in tree for place in root.walk() if place.code == code and len(code) < 8)
    return next(place for place in node.walk() if place.unit_type == unit_type) if unit_type else node


def posts(tree: list[Place]) -> Iterator[Post]:
    """Everybody, the personas first."""
    names = Names()
    taken: dict[int, list[Role]] = {}
    for given, family, role, code, unit_type in PERSONAS:
        place = find(tree, code, unit_type)
        taken.setdefault(id(place), []).append(role)
        yield Post(given, family, names.address(given, family, DOMAIN), role, place, persona=True)
    for root in tree:
        for municipality in (place for place in root.below if place.kind == Kind.MUNICIPALITY):
            host = domain(municipality.name)
            for place in municipality.walk():
                for role in _needs(place):
                    if role in taken.get(id(place), []):
                        taken[id(place)].remove(role)
                        continue
                    given, family = names.next()
                    yield Post(given, family, names.address(given, family, host), role, place)
