"""What an AMB record (edition 20231019) may look like: our own statement of the profile, as shapes in Python.

AMB is the German-speaking countries' profile of schema.org/LRMI for learning resources. `faults(record)` says what is
wrong and where; an empty list means that the record is valid. Properties that the profile does not name pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

CONTEXT = "https://w3id.org/kim/amb/context.jsonld"
_ISO_639_1 = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
    et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki
    kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no
    nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"""
LANGUAGES = frozenset(_ISO_639_1.split())
_SCHEMA_ORG = """
    3DModel AmpStory Article Atlas Audiobook AudioObject Blog Book BookSeries Chapter Clip Collection ComicStory Comment
    Conversation Course CreativeWorkSeason CreativeWorkSeries DataDownload Diet DigitalDocument Drawing Episode Guide
    ExercisePlan FAQPage Game HowTo ImageGallery ImageObject LearningResource LegislationObject Manuscript Map Recipe
    MathSolver MediaGallery MediaObject Message MobileApplication Movie MovieClip MovieSeries MusicAlbum MusicPlaylist
    MusicComposition MusicRecording MusicRelease MusicVideoObject NewsArticle Painting Periodical Photograph Play Poster
    PodcastEpisode PodcastSeason PodcastSeries PresentationDigitalDocument PublicationIssue PublicationVolume Quotation
    Quiz RadioClip RadioEpisode RadioSeason RadioSeries Review Report ScholarlyArticle Sculpture SheetMusic ShortStory
    SoftwareApplication SoftwareSourceCode SpreadsheetDigitalDocument TVClip TVEpisode TVSeason TVSeries Thesis WebPage
    TextDigitalDocument VideoGallery VideoGame VideoGameClip VideoGameSeries VideoObject VisualArtwork WebApplication
    WebContent"""
TYPES = frozenset(_SCHEMA_ORG.split())
SUBJECTS = ("https://w3id.org/kim/hochschulfaechersystematik/", "http://w3id.org/kim/schulfaecher/")
RESOURCE_TYPES = ("https://w3id.org/kim/hcrt/", "http://w3id.org/openeduhub/vocabs/new_lrt/")
LEVELS = ("https://w3id.org/kim/educationalLevel/",)
ACCESS = frozenset({"http://w3id.org/kim/conditionsOfAccess/no_login", "http://w3id.org/kim/conditionsOfAccess/login"})
INTERACTIVITY = frozenset(
    f"http://purl.org/dcx/lrmi-vocabs/interactivityType/{how}" for how in ("active", "expositive", "mixed")
)
LICENCE = re.compile(
    r"^https?://(?:creativecommons\.org/(?:licenses|licences|publicdomain)/|www\.gnu\.org/licenses/|www\.apache\.org/licenses/"
    r"|opensource\.org/licenses/MIT|www\.opensource\.org/licenses/BSD)"
)
MEDIA_TYPE = re.compile(
    r"(?:application|audio|example|font|image|message|model|multipart|text|video)/[a-zA-Z0-9\-+_.]+"
)
DURATION = re.compile(r"-?P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+[DW])?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?")
DIGITS = re.compile(r"\d+")
SHA256 = re.compile(r"[A-Fa-f0-9]{64}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place: a reason code (amb.*), the path to it, and what stood there."""

    reason: str
    path: str
    value: str
    wanted: str = ""


Shape = Callable[[Any, str], Iterator[Fault]]


def faults(record: object) -> list[Fault]:
    """Everything that keeps the record from being valid."""
    return list(RECORD(record, ""))


def _fault(reason: str, path: str, value: Any, wanted: str = "") -> Fault:
    text = value if isinstance(value, str) else repr(value)
    return Fault(reason, path or "/", text[:200], wanted)


def _text(value: Any, path: str) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield _fault("amb.not_text", path, value)


def _truth(value: Any, path: str) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield _fault("amb.not_truth", path, value)


def is_uri(value: str) -> bool:
    """Whether the text is an absolute URI."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*", parts.scheme)) and not re.search(r"[\s<>\"{}|\\^`]", value)


def _uri(value: Any, path: str) -> Iterator[Fault]:
    if not isinstance(value, str) or not is_uri(value):
        yield _fault("amb.not_uri", path, value)


def _date(value: Any, path: str) -> Iterator[Fault]:
    if not isinstance(value, str) or not re.match(r"\d{4}-\d{2}-\d{2}", value):
        yield _fault("amb.not_date", path, value)
        return
    try:
        if len(value) == 10:
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        yield _fault("amb.not_date", path, value)


def _one_of(allowed: frozenset[str], shown: str = "") -> Shape:
    def shape(value: Any, path: str) -> Iterator[Fault]:
        if not isinstance(value, str) or value not in allowed:
            yield _fault("amb.not_allowed", path, value, shown or ", ".join(sorted(allowed)))

    return shape


def _matching(pattern: re.Pattern[str], reason: str) -> Shape:
    def shape(value: Any, path: str) -> Iterator[Fault]:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            yield _fault(reason, path, value)

    return shape


def _list(of: Shape) -> Shape:
    def shape(value: Any, path: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield _fault("amb.not_list", path, value)
            return
        for at, one in enumerate(value):
            yield from of(one, f"{path}[{at}]")

    return shape


def _object(fields: Mapping[str, Shape], *required: str) -> Shape:
    def shape(value: Any, path: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield _fault("amb.not_object", path, value)
            return
        for name in required:
            if name not in value:
                yield _fault("amb.missing", f"{path}/{name}".lstrip("/"), "", name)
        for name, of in fields.items():
            if name in value:
                yield from of(value[name], f"{path}/{name}".lstrip("/"))

    return shape


def _within(of: Shape, prefixes: tuple[str, ...]) -> Shape:
    """A list of which at least one entry's id begins with one of these."""

    def shape(value: Any, path: str) -> Iterator[Fault]:
        yield from of(value, path)
        if isinstance(value, list):
            ids = [str(one.get("id", "")) for one in value if isinstance(one, dict)]
            if not any(one.startswith(prefixes) for one in ids):
                yield _fault("amb.no_known_concept", path, ", ".join(ids), " ".join(prefixes))

    return shape


def _labels(value: Any, path: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield _fault("amb.not_by_language", path, value)
        return
    for language, text in value.items():
        if language not in LANGUAGES:
            yield _fault("amb.not_language", f"{path}/{language}", language)
        yield from _text(text, f"{path}/{language}")


def _context(value: Any, path: str) -> Iterator[Fault]:
    if not isinstance(value, list) or CONTEXT not in [one for one in value if isinstance(one, str)]:
        yield _fault("amb.context", path, value, CONTEXT)
        return
    said = [one.get("@language") for one in value if isinstance(one, dict)]
    if not any(isinstance(language, str) and language in LANGUAGES for language in said):
        yield _fault("amb.context_language", path, next((one for one in said if one), ""))


def _types(value: Any, path: str) -> Iterator[Fault]:
    yield from _list(_one_of(TYPES, "schema.org"))(value, path)
    if isinstance(value, list) and "LearningResource" not in value:
        yield _fault("amb.no_learning_resource", path, value)


def _licence_id(value: Any, path: str) -> Iterator[Fault]:
    yield from _uri(value, path)
    if isinstance(value, str) and not LICENCE.match(value):
        yield _fault("amb.licence", path, value)


def _level_id(value: Any, path: str) -> Iterator[Fault]:
    yield from _uri(value, path)
    if isinstance(value, str) and not value.startswith(LEVELS):
        yield _fault("amb.not_allowed", path, value, LEVELS[0])


def _media(value: Any, path: str) -> Iterator[Fault]:
    yield from _MEDIA_FIELDS(value, path)
    if isinstance(value, dict) and not ("type" in value and ("contentUrl" in value or "embedUrl" in value)):
        yield _fault("amb.no_address", path, value, "contentUrl, embedUrl")


_LANGUAGE = _one_of(LANGUAGES, "ISO 639-1")
_KIND = _one_of(frozenset({"Concept"}))
_CONCEPT = _object({"type": _KIND, "id": _uri, "prefLabel": _labels}, "id")
_SKILL = _object({"id": _uri, "prefLabel": _labels}, "id")
_WHO = _one_of(frozenset({"Person", "Organization"}))
_BODY = _object({"type": _one_of(frozenset({"Organization"})), "id": _uri, "name": _text}, "name", "type")
_MAKER = _object(
    {"type": _WHO, "id": _uri, "name": _text, "honorificPrefix": _text, "affiliation": _BODY}, "name", "type"
)
_PROVIDER = _object({"id": _uri, "type": _text, "name": _text}, "id")
_MEDIA_TYPE = _matching(MEDIA_TYPE, "amb.not_media_type")
_MEDIA_FIELDS = _object(
    {
        "type": _one_of(frozenset({"MediaObject", "VideoObject", "AudioObject"})),
        "contentUrl": _uri,
        "embedUrl": _uri,
        "encodingFormat": _MEDIA_TYPE,
        "contentSize": _matching(DIGITS, "amb.not_digits"),
        "bitrate": _matching(DIGITS, "amb.not_digits"),
        "sha256": _matching(SHA256, "amb.not_sha256"),
    }
)
_PART = _object({"id": _uri, "type": _types, "name": _text}, "id")
_LICENCE = _object({"id": _licence_id}, "id")

RECORD: Shape = _object(
    {
        "@context": _context,
        "id": _uri,
        "type": _types,
        "name": _text,
        "description": _text,
        "creator": _list(_MAKER),
        "contributor": _list(_MAKER),
        "publisher": _list(_object({"type": _WHO, "id": _uri, "name": _text}, "name", "type")),
        "funder": _list(
            _object(
                {"type": _one_of(frozenset({"Person", "FundingScheme", "Organization"})), "id": _uri, "name": _text},
                "type",
                "name",
            )
        ),
        "about": _within(_list(_CONCEPT), SUBJECTS),
        "learningResourceType": _within(_list(_CONCEPT), RESOURCE_TYPES),
        "audience": _list(_CONCEPT),
        "educationalLevel": _list(_object({"type": _KIND, "id": _level_id, "prefLabel": _labels}, "id")),
        "assesses": _list(_SKILL),
        "teaches": _list(_SKILL),
        "competencyRequired": _list(_SKILL),
        "conditionsOfAccess": _object({"type": _KIND, "id": _one_of(ACCESS), "prefLabel": _labels}, "id"),
        "interactivityType": _object({"type": _KIND, "id": _one_of(INTERACTIVITY), "prefLabel": _labels}, "id"),
        "isAccessibleForFree": _truth,
        "license": _LICENCE,
        "image": _uri,
        "keywords": _list(_text),
        "inLanguage": _list(_LANGUAGE),
        "dateCreated": _date,
        "datePublished": _date,
        "dateModified": _date,
        "duration": _matching(DURATION, "amb.not_duration"),
        "encoding": _list(_media),
        "trailer": _media,
        "caption": _list(
            _object(
                {
                    "type": _one_of(frozenset({"MediaObject"})),
                    "id": _uri,
                    "encodingFormat": _text,
                    "inLanguage": _LANGUAGE,
                },
                "id",
                "type",
            )
        ),
        "hasPart": _list(_PART),
        "isPartOf": _list(_PART),
        "isBasedOn": _list(
            _object(
                {
                    "id": _uri,
                    "type": _types,
                    "name": _text,
                    "creator": _list(_MAKER),
                    "license": _LICENCE,
                    "provider": _PROVIDER,
                },
                "name",
            )
        ),
        "mainEntityOfPage": _list(
            _object(
                {
                    "id": _uri,
                    "type": _one_of(frozenset({"WebContent"})),
                    "provider": _PROVIDER,
                    "dateCreated": _date,
                    "dateModified": _date,
                },
                "id",
            )
        ),
    },
    "@context",
    "id",
    "type",
    "name",
)
