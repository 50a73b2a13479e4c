"""The demo's places: two counties and a large municipality. Only names of counties and municipalities are real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from resursnav.foundation.organisations.models import Kind, UnitType
from resursnav.foundation.organisations.sweden import COUNTIES, MUNICIPALITIES
from resursnav.kernel.text import slug

LARGE = {"2480", "2482", "0880", "0883", "1880"}
SERVICE_CENTRES = {"2481", "2421", "2463"}
# The counties that are shown whole, and those of which only some municipalities are.
COUNTY_CODES = {"24": None, "08": None, "18": {"1880"}}
CENTRES = {
    "24": "Resurscentrum Västerbotten",
    "08": "Mediecentralen Kalmar län",
    "18": "Digital skolutveckling Örebro län",
}

# Invented: a place-name's first part, made to sound like the north or like Småland without being anywhere.
NORTH = (
    "Tallmo Ripsele Lingonhed Myrkulla Forssele Granlid Hjortronmyr Vittjärn Lavskrik Bäverdal Älgsund Renvall "
    "Storgran Kallbäck Norrsele Tjäderhed Blåvik Sotarn Fjällgård Vindelhöjd Kvistmyr Järpdal Morkulla Skarvsjö "
    "Lomträsk Isbäck Solberga Hällmyr Spångsele Videträsk Snöripe Dvärgbjörk Stenträsk Mårdsel Skogsnäva Grankott"
).split()
SOUTH = (
    "Ekbacka Strandäng Hasselhult Bokenäs Smedjeby Kvarnhult Almlund Havsvik Rågholm Lindeby Stensunda Vassnäs "
    "Mossebo Klockaremåla Tornby Ängsholma Fågelsunda Hagabo Björkemåla Glasbäck Sandskär Enehult Oxelmåla "
    "Näckrosby Kastanjehult Fyrnäs Ölandsro Sillesund Bruksås Humlebo Aspenäs Måsskär Silverhult Blekeby Törnhult "
    "Rönnskär"
).split()
PRESCHOOLS = (
    "Blåmesen Hjortronet Ekorren Myrstacken Regnbågen Humlan Vitsippan Lodjuret Kantarellen Gläntan Trollsländan "
    "Kotten Rödhaken Smultronet Snigeln Nallen Tranan Måsen Åkerbäret Grodan Norrskenet Lärkan Igelkotten Linnean"
).split()


@dataclass
class Place:
    """A node to be: what it is called, what it is, and what lies below it."""

    kind: Kind
    name: str
    code: str = ""
    unit_type: str = ""
    details: dict[str, str] = field(default_factory=dict)
    below: list[Place] = field(default_factory=list)

    def walk(self) -> Iterator[Place]:
        """The place and everything below it."""
        yield self
        for place in self.below:
            yield from place.walk()


def domain(name: str) -> str:
    """An e-mail domain that nobody can own."""
    return f"{slug(name)}.example.org"


class Planner:
    """Hands out invented names and codes in a fixed order."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.used = {"24": 0, "08": 0, "18": 0}
        self.preschools = count()

    def school_code(self) -> str:
        """Eight digits that begin with two zeros, as no real school unit's do."""
        return f"00{next(self.numbers) * 37 % 1_000_000:06d}"

    def base(self, county: str) -> str:
        """The next first part of a name, and from the second round with a direction before it."""
        names = NORTH if county == "24" else SOUTH
        turn, place = divmod(self.used[county] + (17 if county == "18" else 0), len(names))
        self.used[county] += 1
        return ("", "Norra ", "Västra ", "Östra ")[turn] + names[place]

    def preschool(self) -> str:
        """The next preschool's name; an animal or a berry, numbered by a direction when they run out."""
        turn, place = divmod(next(self.preschools), len(PRESCHOOLS))
        return "Förskolan " + ("", "Lilla ", "Stora ", "Södra ", "Norra ", "Västra ")[turn] + PRESCHOOLS[place]

    def school(self, county: str, municipality: str) -> Place:
        """A school with its library."""
        name = f"{self.base(county)}skolan"
        library = Place(Kind.UNIT, f"{name}s bibliotek", unit_type=UnitType.SCHOOL_LIBRARY)
        details = {"town": municipality, "email": f"{slug(name)}@{domain(municipality)}"}
        return Place(Kind.UNIT, name, self.school_code(), UnitType.SCHOOL, details, [library])

    def municipality(self, code: str) -> Place:
        """A municipality with its offices, schools, preschools and libraries."""
        name, county, large = MUNICIPALITIES[code], code[:2], code in LARGE
        schools = [self.school(county, name) for _ in range(6 if large else 2)]
        preschools = [
            Place(Kind.UNIT, self.preschool(), unit_type=UnitType.PRESCHOOL, details={"town": name})
            for _ in range(5 if large else 2)
        ]
        library = Place(Kind.UNIT, f"{name} bibliotek", unit_type=UnitType.LIBRARY, details={"town": name})
        office = Place(
            Kind.DEPARTMENT,
            "Barn- och utbildningsförvaltningen",
            details={"email": f"utbildning@{domain(name)}", "town": name},
            below=schools + preschools,
        )
        place = Place(Kind.MUNICIPALITY, name, code, details={"website": f"https://www.{domain(name)}"})
        place.below = [office, library] if large else [*schools, *preschools, library]
        if large:
            place.below.append(Place(Kind.UNIT, "It-enheten", unit_type=UnitType.OFFICE, details={"town": name}))
        if code in SERVICE_CENTRES:
            place.below.append(
                Place(Kind.UNIT, f"{name} servicecenter", unit_type=UnitType.SERVICE_CENTRE, details={"town": name})
            )
        return place

    def county(self, code: str) -> Place:
        """A county with its resource centre and its municipalities."""
        wanted = COUNTY_CODES[code]
        below = [
            self.municipality(known)
            for known in sorted(MUNICIPALITIES)
            if known.startswith(code) and (wanted is None or known in wanted)
        ]
        centre = Place(
            Kind.UNIT,
            CENTRES[code],
            unit_type=UnitType.OFFICE,
            details={"email": f"centret@{domain(CENTRES[code])}", "phone": "010-555 01 00"},
        )
        # Whom to ask about what the county lends; the first county's is the site's own.
        details = {} if code == "24" else centre.details
        return Place(Kind.REGION, COUNTIES[code], code, details=details, below=[centre, *below])


def plan() -> list[Place]:
    """The whole demo tree, the same every time."""
    planner = Planner()
    return [planner.county(code) for code in COUNTY_CODES]
