"""A small curriculum of our own for the demo: eight subjects with points that we have phrased as examples.

The subjects' codes and names are public facts. The points are ours, made to be recognised by a teacher without
being the authority's text; the pages say so, and they give way when the real syllabuses are read in.
"""

from __future__ import annotations

from datetime import datetime

from resursnav.foundation.people.models import Person

from . import actions
from .syllabus import Syllabus, read

# code: (name, {years: {heading: points}})
EXAMPLES: dict[str, tuple[str, dict[str, dict[str, tuple[str, ...]]]]] = {
    "GRGRMAT01": (
        "Matematik",
        {
            "1-3": {
                "Tal": (
                    "Räkna, jämföra och storleksordna hela tal upp till tusen.",
                    "Dela en helhet i lika delar och säga hur stor varje del är.",
                ),
                "Mönster och programmering": (
                    "Följa och skriva instruktioner steg för steg, till exempel för en robot.",
                ),
            },
            "4-6": {
                "Tal": (
                    "Växla mellan bråk, decimaltal och procent i vardagliga situationer.",
                    "Negativa tal i sammanhang som temperatur och skuld.",
                ),
                "Form och mått": ("Mäta, uppskatta och räkna ut omkrets och yta av månghörningar.",),
                "Chans och data": ("Läsa, rita och ifrågasätta diagram.",),
            },
            "7-9": {
                "Samband": ("Beskriva räta linjer med ord, tabell, graf och formel.",),
                "Chans och data": (
                    "Lägesmått och spridning, och hur de kan vilseleda.",
                    "Räkna ut sannolikhet för händelser i flera steg.",
                ),
            },
        },
    ),
    "GRGRSVE01": (
        "Svenska",
        {
            "1-3": {
                "Läsa och skriva": (
                    "Knäcka läskoden: ljud, bokstäver och hur de hör ihop.",
                    "Berätta en historia med början, mitt och slut, i text och bild.",
                ),
                "Tala och lyssna": ("Återberätta och samtala om sagor från olika delar av världen.",),
            },
            "4-6": {
                "Läsa och skriva": (
                    "Strategier för att förstå faktatexter med svåra ord.",
                    "Skriva, ge respons och arbeta om en text på dator.",
                ),
                "Källor": ("Söka efter uppgifter i bibliotek och på nätet, och jämföra vad olika källor säger.",),
            },
            "7-9": {
                "Litteratur": ("Läsa romaner, dikter och drama från olika tider och tala om vad de säger i dag.",),
                "Källor": (
                    "Värdera avsändare, syfte och tillförlitlighet, också när en text är skriven av en maskin.",
                ),
            },
        },
    ),
    "GRGRENG01": (
        "Engelska",
        {
            "1-3": {
                "Lyssna och tala": (
                    "Ramsor, sånger och enkla samtal om sig själv och sin familj.",
                    "Förstå och följa enkla instruktioner i lek och spel.",
                )
            },
            "4-6": {
                "Lyssna och läsa": ("Förstå tydligt tal och korta texter om vardag, fritid och platser.",),
                "Tala och skriva": ("Be någon upprepa och hitta ett annat ord när det rätta saknas.",),
            },
            "7-9": {
                "Lyssna och läsa": ("Följa nyheter, intervjuer och berättelser från länder där engelska talas.",),
                "Tala och skriva": ("Lägga fram en åsikt och bemöta andras, muntligt och skriftligt.",),
            },
        },
    ),
    "GRGRBIO01": (
        "Biologi",
        {
            "1-3": {
                "Naturen nära oss": (
                    "Djur och växter runt skolan under årets gång.",
                    "Jämföra och sortera det man hittar ute, och visa hur man tänkte.",
                )
            },
            "4-6": {
                "Ekosystem": ("Näringskedjor och kretslopp i skog, sjö och hav.",),
                "Kroppen": ("Hur sömn, mat och rörelse påverkar hur vi mår.",),
            },
            "7-9": {
                "Ekosystem": ("Hur människan påverkar biologisk mångfald, lokalt och i världen.",),
                "Arv och utveckling": (
                    "Gener, arv och hur nya arter uppstår.",
                    "Vad genteknik används till, och frågor som den väcker.",
                ),
            },
        },
    ),
    "GRGRTEK01": (
        "Teknik",
        {
            "1-3": {"Vardagens teknik": ("Enkla mekanismer som hävstång och hjul, i leksaker och lekredskap.",)},
            "4-6": {
                "Konstruera": (
                    "Bygga något som rör sig eller lyser, pröva det och göra det bättre.",
                    "Rita en skiss som någon annan kan bygga efter.",
                ),
                "Styra": ("Styra en egen konstruktion med ett program.",),
            },
            "7-9": {
                "Styra": ("Sensorer, reglering och hur tekniska system samarbetar.",),
                "Teknik och samhälle": ("Vad som händer med data, arbete och miljö när ny teknik införs.",),
            },
        },
    ),
    "GRGRSAM01": (
        "Samhällskunskap",
        {
            "1-3": {
                "Leva tillsammans": (
                    "Regler, rättigheter och hur man bestämmer något gemensamt.",
                    "Yrken och platser i närheten, och vad de betyder för oss.",
                )
            },
            "4-6": {
                "Demokrati": ("Vem som bestämmer vad i kommun, region och riksdag.",),
                "Medier": ("Skilja på nyhet, reklam och åsikt i olika medier.",),
            },
            "7-9": {
                "Medier": ("Hur flöden och rekommendationer på nätet formar vad vi får se.",),
                "Ekonomi": ("Lön, skatt, sparande och lån i ett hushåll.",),
                "Demokrati": ("Hur man påverkar, från elevråd till val.",),
            },
        },
    ),
    "GRGRHIS01": (
        "Historia",
        {
            "1-3": {
                "Förr och nu": (
                    "Hur barn på orten levde, lekte och arbetade förr.",
                    "Ordna händelser på en tidslinje, från egna minnen till forntid.",
                )
            },
            "4-6": {
                "Norden": ("Möten och handel i Norden från vikingatid till stormaktstid.",),
                "Källor": ("Vad föremål, kartor och brev kan berätta, och inte berätta.",),
            },
            "7-9": {
                "Moderna tider": ("Industrin, rösträtten och folkrörelserna i Sverige.",),
                "Världskrigen": ("Orsaker till och följder av nittonhundratalets krig och folkmord.",),
            },
        },
    ),
    "GRGRMUS01": (
        "Musik",
        {
            "1-3": {"Sjunga och spela": ("Sjunga tillsammans och hålla en enkel rytm.",)},
            "4-6": {
                "Sjunga och spela": (
                    "Spela ackord och melodi i grupp.",
                    "Lyssna efter instrument, form och stämning.",
                ),
                "Skapa": ("Göra egen musik med digitala verktyg.",),
            },
            "7-9": {
                "Skapa": ("Ge en låt form, text och ljudbild.",),
                "Musik i världen": ("Hur musik används i film, reklam och spel.",),
            },
        },
    ),
}


def syllabuses() -> list[Syllabus]:
    """The examples, through the same reader as everything else."""
    return [
        read(
            {
                "source": {"curriculum": "Lgr22"},
                "subject": {
                    "code": code,
                    "name": name,
                    "gradeBands": [
                        {
                            "label": f"Årskurs {years}",
                            "competenceGoals": [
                                {"text": text, "coreElements": [heading]}
                                for heading, texts in headings.items()
                                for text in texts
                            ],
                        }
                        for years, headings in stages.items()
                    ],
                },
            },
            code,
        )
        for code, (name, stages) in EXAMPLES.items()
    ]


def load(*, by: Person | None, at: datetime) -> actions.Report:
    """Take the examples in; a subject whose real syllabus is here is left as it is."""
    return actions.take_in(syllabuses=syllabuses(), by=by, at=at, is_example=True)
