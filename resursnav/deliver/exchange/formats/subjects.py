"""From the libraries' and others' classifications to the subjects of the Swedish school.

A teacher looks for "Historia", not for class D in the Library of Congress. The tables are cautious: a class that
belongs to no school subject gives none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from resursnav.deliver.resources.drafts import SubjectDraft

# The letters of Skolverket's own subject codes (GRGRMAT01).
SCHOOL = {
    "BIL": "Bild", "BIO": "Biologi", "ENG": "Engelska", "FYS": "Fysik", "GEO": "Geografi",
    "HIS": "Historia", "HKK": "Hem- och konsumentkunskap", "IDR": "Idrott och hälsa", "KEM": "Kemi", "MAT": "Matematik",
    "MOD": "Modersmål", "MSP": "Moderna språk", "MUS": "Musik", "REL": "Religionskunskap", "SAM": "Samhällskunskap",
    "SLJ": "Slöjd", "SVA": "Svenska som andraspråk", "SVE": "Svenska", "TEK": "Teknik",
    "TSP": "Teckenspråk för hörande",
    "FIL": "Filosofi", "PSK": "Psykologi", "FOR": "Företagsekonomi", "NAK": "Naturkunskap", "PRR": "Programmering",
    "SAP": "Samiska",
}  # fmt: skip
_CODES = {label.casefold(): code for code, label in SCHOOL.items()} | {
    "hemkunskap": "HKK", "idrott": "IDR", "sv": "SVE", "ma": "MAT", "en": "ENG", "no": "", "so": "", "sva": "SVA",
    "spanska": "MSP", "franska": "MSP", "tyska": "MSP", "religion": "REL", "samhällskunskap": "SAM",
}  # fmt: skip
# The longest prefix wins.
_LCC = {
    "B": "FIL", "BF": "PSK", "BL": "REL", "BM": "REL", "BP": "REL", "BQ": "REL", "BR": "REL", "BS": "REL", "BT": "REL",
    "BV": "REL", "BX": "REL", "C": "HIS", "D": "HIS", "E": "HIS", "F": "HIS", "G": "GEO", "GR": "REL", "GN": "SAM",
    "GT": "SAM", "GV": "IDR", "H": "SAM", "HA": "MAT", "J": "SAM", "K": "SAM", "M": "MUS", "N": "BIL", "NA": "TEK",
    "PD": "MSP", "PE": "ENG", "PR": "ENG", "PS": "ENG", "PC": "MSP", "PF": "MSP", "Q": "", "QA": "MAT", "QB": "FYS",
    "QC": "FYS", "QD": "KEM", "QE": "GEO", "QH": "BIO", "QK": "BIO", "QL": "BIO", "QM": "BIO", "QP": "BIO", "QR": "BIO",
    "T": "TEK", "TX": "HKK", "TT": "SLJ", "TR": "BIL", "S": "BIO",
}  # fmt: skip
_LCC_WORDS = {
    "A": "Allmänt", "AG": "Uppslagsverk", "AP": "Tidskrifter", "B": "Filosofi", "BF": "Psykologi", "BJ": "Etik",
    "BL": "Religioner", "BM": "Judendom", "BP": "Islam", "BQ": "Buddhism", "BR": "Kristendom", "BS": "Bibeln",
    "BT": "Kristen tro", "BV": "Praktisk teologi", "BX": "Kyrkosamfund", "C": "Historiens hjälpvetenskaper",
    "CB": "Kulturhistoria", "CT": "Biografier", "D": "Historia", "DA": "Storbritanniens historia",
    "DC": "Frankrikes historia", "DD": "Tysklands historia", "DG": "Italiens historia", "DK": "Rysslands historia",
    "DL": "Nordens historia", "DP": "Spaniens och Portugals historia", "DS": "Asiens historia",
    "DT": "Afrikas historia",
    "DU": "Oceaniens historia", "D5": "Första världskriget", "E": "Amerikas historia", "F": "Amerikas lokalhistoria",
    "G": "Geografi och resor", "GB": "Naturgeografi", "GC": "Oceanografi", "GN": "Antropologi",
    "GR": "Folktro och sagor",
    "GT": "Seder och bruk", "GV": "Idrott, spel och lek", "H": "Samhällsvetenskap", "HA": "Statistik", "HB": "Ekonomi",
    "HD": "Näringsliv", "HE": "Kommunikationer", "HF": "Handel", "HM": "Sociologi", "HN": "Sociala förhållanden",
    "HQ": "Familj och jämställdhet", "HT": "Samhällsklasser", "HV": "Socialt arbete och brott", "HX": "Socialism",
    "J": "Statskunskap", "K": "Juridik", "L": "Utbildning", "M": "Musik", "ML": "Litteratur om musik",
    "MT": "Musikundervisning", "N": "Konst", "NA": "Arkitektur", "NB": "Skulptur", "NC": "Teckning", "ND": "Måleri",
    "NE": "Grafik", "NK": "Konsthantverk", "P": "Språk och litteratur", "PA": "Grekiska och latin",
    "PC": "Romanska språk",
    "PD": "Nordiska språk", "PE": "Engelska språket", "PF": "Nederländska och tyska",
    "PG": "Slaviska språk och litteraturer",
    "PH": "Finsk-ugriska språk och litteraturer", "PJ": "Semitiska språk och litteraturer",
    "PK": "Indoiranska språk och litteraturer", "PL": "Asiens språk och litteraturer",
    "PN": "Litteraturvetenskap, teater och press", "PQ": "Romanska länders litteratur", "PR": "Engelsk litteratur",
    "PS": "Amerikansk litteratur", "PT": "Germanska och nordiska länders litteratur",
    "PZ": "Berättelser, barn- och ungdomslitteratur", "Q": "Naturvetenskap", "QA": "Matematik", "QB": "Astronomi",
    "QC": "Fysik", "QD": "Kemi", "QE": "Geologi", "QH": "Naturhistoria och biologi", "QK": "Botanik", "QL": "Zoologi",
    "QM": "Anatomi", "QP": "Fysiologi", "QR": "Mikrobiologi", "R": "Medicin", "RA": "Folkhälsa",
    "RC": "Invärtesmedicin",
    "RJ": "Barnmedicin", "RM": "Behandling", "S": "Jordbruk", "SB": "Växtodling och trädgård", "SD": "Skogsbruk",
    "SF": "Djurhållning", "SH": "Fiske", "SK": "Jakt", "T": "Teknik", "TA": "Byggteknik", "TK": "Elektroteknik",
    "TL": "Fordon och flyg", "TN": "Gruvteknik", "TP": "Kemisk teknik", "TR": "Fotografi", "TS": "Tillverkning",
    "TT": "Hantverk", "TX": "Hushåll och matlagning", "U": "Militärvetenskap", "V": "Sjökrigsvetenskap",
    "Z": "Bokväsen och bibliotek",
}  # fmt: skip
_OER = {
    "mathematics": "MAT", "algebra": "MAT", "geometry": "MAT", "calculus": "MAT", "measurement-and-data": "MAT",
    "numbers-and-operations": "MAT", "ratios-and-proportions": "MAT", "statistics-and-probability": "MAT",
    "biology": "BIO", "life-science": "BIO", "botany": "BIO", "zoology": "BIO", "ecology": "BIO", "genetics": "BIO",
    "anatomy-physiology": "BIO", "environmental-science": "BIO", "environmental-studies": "BIO", "chemistry": "KEM",
    "physics": "FYS", "physical-science": "FYS", "astronomy": "FYS", "space-science": "FYS", "geology": "GEO",
    "geoscience": "GEO", "physical-geography": "GEO", "cultural-geography": "GEO", "hydrology": "GEO",
    "oceanography": "GEO", "atmospheric-science": "GEO", "history": "HIS", "world-history": "HIS", "u-s-history": "HIS",
    "history-law-politics": "SAM", "archaeology": "HIS", "world-cultures": "SAM", "economics": "SAM",
    "political-science": "SAM", "law": "SAM", "general-law": "SAM", "criminal-justice": "SAM", "social-science": "SAM",
    "sociology": "SAM", "anthropology": "SAM", "ethnic-studies": "SAM", "gender-and-sexuality-studies": "SAM",
    "journalism": "SAM", "religious-studies": "REL", "philosophy": "FIL", "psychology": "PSK", "visual-arts": "BIL",
    "graphic-arts": "BIL", "graphic-design": "BIL", "art-history": "BIL", "performing-arts": "MUS",
    "film-and-music-production": "BIL", "english-language-arts": "ENG", "language-education-esl": "ENG",
    "literature": "ENG", "reading-literature": "ENG", "reading-informational-text": "ENG",
    "reading-foundation-skills": "ENG", "speaking-and-listening": "ENG", "language-grammar-and-vocabulary": "ENG",
    "composition-and-rhetoric": "ENG", "languages": "MSP", "technology": "TEK", "computer-science": "TEK",
    "computing-and-information": "TEK", "electronic-technology": "TEK", "engineering": "TEK",
    "architecture-and-design": "TEK", "nutrition": "HKK", "culinary-arts": "HKK",
}  # fmt: skip
_SAB = {
    "C": "REL", "Do": "PSK", "D": "FIL", "Fe": "ENG", "Ff": "MSP", "Fi": "MSP", "Fj": "MSP", "Fk": "MSP", "Fc": "SVE",
    "Hc": "SVE", "He": "ENG", "I": "BIL", "K": "HIS", "N": "GEO", "O": "SAM", "P": "TEK", "Qcad": "HKK", "R": "IDR",
    "T": "MAT", "Ua": "", "Uc": "FYS", "Ud": "GEO", "Ue": "BIO", "Uf": "BIO", "Ug": "BIO", "Cc": "REL", "Cm": "REL",
    "Cde": "REL", "U": "", "Ucc": "FYS", "Uce": "KEM", "X": "MUS", "Y": "MUS", "Ab": "", "Ma": "SAM",
}  # fmt: skip
_DEWEY = {
    "1": "FIL", "15": "PSK", "2": "REL", "3": "SAM", "42": "ENG", "43": "MSP", "44": "MSP", "46": "MSP", "439.7": "SVE",
    "51": "MAT", "52": "FYS", "53": "FYS", "54": "KEM", "55": "GEO", "57": "BIO", "58": "BIO", "59": "BIO", "62": "TEK",
    "641": "HKK", "646": "SLJ", "7": "BIL", "78": "MUS", "79": "IDR", "820": "ENG", "823": "ENG", "839.7": "SVE",
    "91": "GEO", "9": "HIS",
}  # fmt: skip


def school(code: str) -> SubjectDraft:
    """The school subject with this code."""
    return SubjectDraft("school", code, SCHOOL[code])


def school_by_name(written: str) -> SubjectDraft | None:
    """The school subject that somebody wrote as name, as `MAT` or as `GRGRMAT01`."""
    text = written.strip()
    code = text[4:7] if len(text) >= 7 and text[:4].isupper() and text[-2:].isdigit() else text
    code = code if code in SCHOOL else _CODES.get(text.casefold(), "")
    return school(code) if code else None


@lru_cache(maxsize=8192)
def _longest(table: str, code: str) -> str:
    values = {"lcc": _LCC, "sab": _SAB, "dewey": _DEWEY}[table]
    for end in range(len(code), 0, -1):
        if code[:end] in values:
            return values[code[:end]]
    return ""


def from_lcc(code: str) -> SubjectDraft | None:
    """The school subject of a Library of Congress class."""
    found = _longest("lcc", code.strip().upper()[:3])
    return school(found) if found else None


@lru_cache(maxsize=4096)
def lcc(code: str) -> SubjectDraft:
    """The Library of Congress class, with its words in Swedish."""
    text = code.strip()
    word = next((_LCC_WORDS[text[:end].upper()] for end in (2, 1) if text[:end].upper() in _LCC_WORDS), text)
    return SubjectDraft("lcc", text[:400], word)


def from_oer(code: str) -> SubjectDraft | None:
    """The school subject of an OER Commons subject."""
    return school(_OER[code]) if code in _OER else None


def from_sab(code: str) -> SubjectDraft | None:
    """The school subject of a class in SAB, the older Swedish classification."""
    text = code.strip().removeprefix("u").removeprefix("h")
    found = _longest("sab", text[:4])
    return school(found) if found else None


def from_dewey(code: str) -> SubjectDraft | None:
    """The school subject of a Dewey number."""
    found = _longest("dewey", code.strip()[:6])
    return school(found) if found else None


def unique(subjects: Sequence[SubjectDraft | None]) -> tuple[SubjectDraft, ...]:
    """Each subject once, in order."""
    seen: dict[tuple[str, str], SubjectDraft] = {}
    for subject in subjects:
        if subject is not None and subject.code and subject.label:
            seen.setdefault((subject.scheme, subject.code), subject)
    return tuple(seen.values())
