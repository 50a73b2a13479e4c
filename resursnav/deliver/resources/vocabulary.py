"""The codes that catalogue rows keep, with the words that people see."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

# Agreements, further down, speak of school forms too; here they are one vocabulary among the others.
from resursnav.foundation.organisations.school_forms import SchoolForm as SchoolForm


class MediaType(TextChoices):
    """What one gets: the form of an edition."""

    FILM = "film", _("film")
    STREAM = "stream", _("strömmande media")
    BOOK = "book", _("bok")
    GAME = "game", _("spel")
    KIT = "kit", _("låda eller set")
    EQUIPMENT = "equipment", _("utrustning")
    APP = "app", _("app")
    PODCAST = "podcast", _("podd")
    WEB = "web", _("webbresurs")
    GUIDE = "guide", _("lärarhandledning")


class Status(TextChoices):
    """How far a resource has come on its way to the shelf."""

    DRAFT = "draft", _("utkast")
    REVIEWED = "reviewed", _("granskad")
    PUBLISHED = "published", _("publicerad")
    WITHDRAWN = "withdrawn", _("tillbakadragen")


class Visibility(TextChoices):
    """Who may find what is published."""

    PUBLIC = "public", _("alla")
    BRANCH = "branch", _("bara den egna organisationen och allt under den")


class Grade(IntegerChoices):
    """School years in the order that a pupil walks them; 0 is förskoleklass and 10 the first year of gymnasiet."""

    PRESCHOOL = -1, _("förskola")
    F = 0, _("förskoleklass")
    ONE = 1, _("årskurs 1")
    TWO = 2, _("årskurs 2")
    THREE = 3, _("årskurs 3")
    FOUR = 4, _("årskurs 4")
    FIVE = 5, _("årskurs 5")
    SIX = 6, _("årskurs 6")
    SEVEN = 7, _("årskurs 7")
    EIGHT = 8, _("årskurs 8")
    NINE = 9, _("årskurs 9")
    GY1 = 10, _("gymnasiet år 1")
    GY2 = 11, _("gymnasiet år 2")
    GY3 = 12, _("gymnasiet år 3")


class Licence(TextChoices):
    """What one may do with it, in general; what an agreement allows whom is another matter."""

    CC0 = "CC0", _("CC0, fritt att använda")
    PD = "PD", _("upphovsrätten har gått ut")
    CC_BY = "CC-BY", _("CC BY, ange upphov")
    CC_BY_SA = "CC-BY-SA", _("CC BY-SA, ange upphov, dela lika")
    CC_BY_NC = "CC-BY-NC", _("CC BY-NC, ange upphov, inte kommersiellt")
    CC_BY_NC_SA = "CC-BY-NC-SA", _("CC BY-NC-SA, ange upphov, inte kommersiellt, dela lika")
    CC_BY_ND = "CC-BY-ND", _("CC BY-ND, ange upphov, inga bearbetningar")
    CC_BY_NC_ND = "CC-BY-NC-ND", _("CC BY-NC-ND, ange upphov, inte kommersiellt, inga bearbetningar")
    TEACHING = "TEACHING", _("får användas i undervisning")
    AGREEMENT = "AGREEMENT", _("enligt centrets avtal")
    RESERVED = "RESERVED", _("alla rättigheter förbehållna")
    OTHER = "OTHER", _("annan licens")


class CreatorRole(TextChoices):
    """What somebody did for the resource."""

    AUTHOR = "author", _("författare")
    DIRECTOR = "director", _("regissör")
    ILLUSTRATOR = "illustrator", _("illustratör")
    NARRATOR = "narrator", _("uppläsare")
    PRODUCER = "producer", _("producent")
    EDITOR = "editor", _("redaktör")
    TRANSLATOR = "translator", _("översättare")
    CONTRIBUTOR = "contributor", _("medverkande")
    ORGANISATION = "organisation", _("utgivande organisation")


class Scheme(TextChoices):
    """What kind of number an identifier is."""

    ISBN = "isbn", _("ISBN")
    ISSN = "issn", _("ISSN")
    DOI = "doi", _("DOI")
    LIBRIS = "libris", _("Libris-id")
    ISAN = "isan", _("ISAN")
    EAN = "ean", _("EAN")
    URI = "uri", _("URI")
    OTHER = "other", _("annat")


class SubjectScheme(TextChoices):
    """Where a subject term comes from."""

    SCHOOL = "school", _("skolämne")
    TOPIC = "topic", _("tema")
    SAB = "sab", _("SAB")
    DEWEY = "dewey", _("Dewey")
    SAO = "sao", _("Svenska ämnesord")
    LCSH = "lcsh", _("LCSH")
    LCC = "lcc", _("LCC")
    CONCEPT = "concept", _("begrepp i en annan vokabulär")


class LinkKind(TextChoices):
    """What stands at the other end of a link."""

    MORE = "more", _("läs mer")
    GUIDE = "guide", _("handledning")
    TRAILER = "trailer", _("smakprov")
    PUBLISHER = "publisher", _("utgivarens sida")
    RELATED = "related", _("hör ihop med")


class Accessibility(TextChoices):
    """What makes it usable for more people; the codes are schema.org's accessibilityFeature terms."""

    CAPTIONS = "captions", _("undertexter")
    AUDIO_DESCRIPTION = "audioDescription", _("syntolkning")
    SIGN_LANGUAGE = "signLanguage", _("teckenspråk")
    TRANSCRIPT = "transcript", _("utskrift av det som sägs")
    ALTERNATIVE_TEXT = "alternativeText", _("bilderna är beskrivna")
    BRAILLE = "braille", _("punktskrift")
    TACTILE = "tactileObject", _("kan kännas med händerna")
    LARGE_PRINT = "largePrint", _("stor stil")
    TTS = "ttsMarkup", _("kan läsas upp av en dator")
    SYNCHRONISED_AUDIO = "synchronizedAudioText", _("text och ljud följs åt")
    NAVIGATION = "structuralNavigation", _("går att hitta i med hjälpmedel")
    HIGH_CONTRAST = "highContrastDisplay", _("hög kontrast")
    TIMING = "timingControl", _("takten går att ändra")
    EASY_READ = "easyRead", _("lättläst")


class TipStatus(TextChoices):
    """Whether a tip is shown."""

    WAITING = "waiting", _("väntar på granskning")
    SHOWN = "shown", _("visas")
    DECLINED = "declined", _("visas inte")


class CollectionStatus(TextChoices):
    """Whether a collection is shown."""

    DRAFT = "draft", _("utkast")
    PUBLISHED = "published", _("publicerad")
    WITHDRAWN = "withdrawn", _("tillbakadragen")


class Deed(TextChoices):
    """What can be done with many resources at once."""

    REVIEW = "review", _("granska")
    PUBLISH = "publish", _("publicera")
    WITHDRAW = "withdraw", _("dra tillbaka")
    COLLECT = "collect", _("lägg i en samling")
