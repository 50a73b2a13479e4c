"""What the demo's catalogue is about: invented works on real school topics; titles and sentences are our own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """A topic: its words, its school subject, the grades it suits, and a sentence of what one learns."""

    word: str
    subject: str
    grades: tuple[int, int]
    sentence: str

    @property
    def label(self) -> str:
        """The topic as a subject term: a small letter first, and proper names as they are."""
        return self.word[:1].lower() + self.word[1:]


TOPICS = tuple(
    Topic(*line)
    for line in (
        (
            "Vikingar",
            "HIS",
            (3, 6),
            "Hur människor levde i Norden för tusen år sedan: gårdar, resor, runor och handel.",
        ),
        ("Stenåldern", "HIS", (3, 6), "Jägare och samlare, de första åkrarna och redskap av flinta och ben."),
        ("Andra världskriget", "HIS", (7, 9), "Orsaker, vardag och följder, med röster från dem som var barn då."),
        ("Industrialiseringen", "HIS", (7, 9), "När fabrikerna kom: järnväg, barnarbete, folkrörelser och rösträtt."),
        ("Samernas historia", "SAM", (4, 9), "Land, språk och rättigheter i Sápmi, då och nu, berättat inifrån."),
        ("Nationella minoriteter", "SAM", (4, 9), "Fem minoriteter, fem språk och vad lagen lovar dem."),
        ("Demokrati", "SAM", (4, 9), "Hur beslut fattas i klassen, kommunen och riksdagen, och hur man påverkar dem."),
        ("Barnkonventionen", "SAM", (1, 6), "Barns rättigheter i situationer som barn själva känner igen."),
        ("Privatekonomi", "SAM", (7, 9), "Lön, lån, reklam och sparande, med räkneexempel ur vardagen."),
        (
            "Källkritik",
            "SVE",
            (4, 9),
            "Vem säger det, varför, och hur vet man? Övningar med bilder, rubriker och klipp.",
        ),
        (
            "Läsförståelse",
            "SVE",
            (2, 6),
            "Strategier för att läsa på, mellan och bortom raderna, tillsammans i klassen.",
        ),
        ("Sagor och myter", "SVE", (0, 3), "Berättelser från hela världen att lyssna till, leka och skriva vidare på."),
        ("Poesi och rap", "SVE", (4, 9), "Rytm, rim och bilder i språket, från gamla visor till egna texter."),
        ("Skriva argumenterande", "SVE", (6, 9), "Från åsikt till insändare, med mallar och elevexempel."),
        ("Nybörjarsvenska", "SVA", (1, 9), "Bilder, ord och samtal för den som just har börjat lära sig svenska."),
        ("Ordförråd i skolans ämnen", "SVA", (4, 9), "Svåra ord i no och so, förklarade med bild, film och modersmål."),
        ("Bråk och procent", "MAT", (4, 6), "Delar av en hel med pizza, remsor och tallinje, steg för steg."),
        ("Geometri", "MAT", (1, 6), "Former, omkrets och area i klassrummet och ute på skolgården."),
        ("Sannolikhet", "MAT", (4, 9), "Tärningar, lotter och chansen att ha rätt."),
        ("Algebra och mönster", "MAT", (4, 9), "Från mönster med stickor till uttryck med bokstäver."),
        ("Problemlösning", "MAT", (1, 9), "Problem som hela gruppen kan börja på och ingen blir klar med för fort."),
        ("Programmering med robotar", "TEK", (1, 6), "Instruktioner, loopar och villkor med små robotar på golvet."),
        (
            "Programmering i text",
            "TEK",
            (7, 9),
            "Variabler, villkor och funktioner i små spel som eleverna bygger själva.",
        ),
        (
            "Broar och konstruktioner",
            "TEK",
            (4, 9),
            "Bygg, belasta och förbättra: hållfasthet i papper, trä och metall.",
        ),
        (
            "Elektricitet",
            "FYS",
            (4, 9),
            "Kretsar, sensorer och säkerhet, med försök som går att göra i ett vanligt klassrum.",
        ),
        ("Rymden", "FYS", (1, 9), "Solsystemet, stjärnorna och hur vi vet det vi vet."),
        ("Ljud och ljus", "FYS", (4, 6), "Eko, skuggor, färger och varför åskan hörs efter blixten."),
        ("Ämnens egenskaper", "KEM", (4, 6), "Fast, flytande, gas; lösa, blanda och skilja."),
        ("Syror och baser", "KEM", (7, 9), "Rödkål, lut och pH, med riskbedömning till varje försök."),
        ("Kroppen", "BIO", (1, 6), "Hjärta, lungor och muskler, och hur de hänger ihop."),
        ("Fotosyntes", "BIO", (4, 9), "Hur växter gör socker av ljus, luft och vatten."),
        ("Skogens djur", "BIO", (-1, 3), "Spår, läten och liv i skogen under ett år."),
        (
            "Ekosystem i Östersjön",
            "BIO",
            (4, 9),
            "Blåstång, strömming och övergödning i ett hav som är ungt och bräckt.",
        ),
        ("Klimatförändringar", "GEO", (4, 9), "Växthuseffekten, vad som redan märks och vad som går att göra."),
        ("Kartor och gps", "GEO", (3, 9), "Läsa, rita och lita på kartor, på papper och i telefonen."),
        ("Vulkaner och jordbävningar", "GEO", (4, 9), "Plattor som rör sig, och människor som bor där de gör det."),
        ("Världsreligioner", "REL", (4, 9), "Högtider, platser och levnadsregler, berättade av unga som tror."),
        ("Livsfrågor", "REL", (1, 9), "Samtal om vänskap, rättvisa och vad som är viktigt."),
        ("Engelska för nybörjare", "ENG", (1, 3), "Sånger, lekar och korta samtal på engelska."),
        (
            "Life in Britain today",
            "ENG",
            (7, 9),
            "Young people tell about school, work and dreams; with glossary and exercises.",
        ),
        ("Franska från början", "MSP", (6, 9), "Hälsa, handla och berätta om sig själv på franska."),
        ("Spanska från början", "MSP", (6, 9), "Uttal, vardag och resor i spanskspråkiga länder."),
        ("Färglära", "BIL", (1, 6), "Blanda, jämföra och använda färg med avsikt."),
        ("Animation", "BIL", (4, 9), "Stop motion med lera, papper och läsplatta, från manus till visning."),
        ("Rytm och ensemble", "MUS", (1, 9), "Spela tillsammans med trummor, röster och det som finns i rummet."),
        ("Musikskapande digitalt", "MUS", (7, 9), "Loopar, inspelning och upphovsrätt när man gör egen musik."),
        ("Träslöjd", "SLJ", (3, 9), "Såga, tälja och foga, säkert och med egna idéer."),
        ("Laga mat hållbart", "HKK", (6, 9), "Råvaror, säsong och svinn, med recept för ett klassrum."),
        ("Rörelse och hälsa", "IDR", (0, 9), "Lekar, balans och vila för alla kroppar."),
        ("Orientering", "IDR", (4, 9), "Hitta ut, hitta hem och hitta mod, i skog och i stad."),
        ("Digital säkerhet", "TEK", (4, 9), "Lösenord, bedrägerier och vad som sparas om en."),
        (
            "Artificiell intelligens",
            "TEK",
            (7, 9),
            "Hur maskiner lär sig av exempel, vad de kan och när man ska tveka.",
        ),
        ("Filmkunskap", "SVE", (4, 9), "Bildutsnitt, klippning och ljud: att se film och att göra den."),
        ("Bilderböcker i förskolan", "SVE", (-1, 0), "Högläsning, samtal och lek kring bilderböcker, med flera språk."),
        (
            "Lek och digitala verktyg",
            "TEK",
            (-1, 0),
            "Projektor, lupp och läsplatta i leken, med barnen som medskapare.",
        ),
        ("Naturvetenskap i förskolan", "BIO", (-1, 0), "Vatten, snö och frön: försök som små händer kan göra."),
        (
            "Digitalt först på biblioteket",
            "SAM",
            (9, 9),
            "Handledning för den som hjälper andra med e-legitimation och e-tjänster.",
        ),
        (
            "Medie- och informationskunnighet",
            "SAM",
            (4, 9),
            "Att söka, förstå och skapa, för skolbibliotek och klassrum.",
        ),
    )
)

PUBLISHERS = (
    "Norrsken Läromedel",
    "Björkfilm Utbildning",
    "Tallkotten Förlag",
    "Polstjärnan Media",
    "Lilla Sluttningen",
)
MAKERS = (
    "Maria Granvik", "Olle Rönnmark", "Amina Warsame", "Berit Sandsele", "Kim Asplid", "Tova Hällnäs", "Paulo Ferreira",
    "Sten-Åke Lidvall", "Noomi Aikio", "Rana Khoury",
)  # fmt: skip

# Title of the work, headline and text of a teacher's tip.
TIPS = (
    (
        "Robotar på mattan",
        "Lär robotarna hitta hem",
        "Vi lade ut en karta över byn på golvet. Eleverna skrev instruktioner på lappar, bytte med en annan "
        "grupp och såg om roboten hittade till affären. Räkna med två lektioner.",
    ),
    (
        "Vikingatiden i en kista",
        "Börja med sakerna",
        "Låt varje grupp välja ett föremål ur lådan och gissa vad det användes till innan de läser. Då läser "
        "de för att få veta om de hade rätt.",
    ),
    (
        "Fem frågor till källan",
        "Samma bild, två rubriker",
        "Visa bilden utan text först och låt klassen skriva rubriker. Jämför sedan med den riktiga. Samtalet "
        "om skillnaden blev det bästa på hela temat.",
    ),
)
# Title, lead and text of a collection, and the titles in it.
COLLECTIONS = (
    (
        "Kom igång med programmering",
        "Från golvrobot till egna spel",
        "Vi har valt sådant som fungerar utan förkunskaper. Börja med lådan, fortsätt med filmen och låt "
        "eleverna bygga själva till sist.",
        ("Robotar på mattan", "Robotens första steg", "Ditt första spel i Python", "Maskinen som gissade"),
    ),
    (
        "Sápmi i undervisningen",
        "Historia, språk och nutid",
        "Material där samer själva berättar. Handledningarna säger vad man kan behöva prata om före och efter.",
        ("Landet som alltid fanns", "Siidans röster", "Samisk historia i undervisningen", "Rätten till språket"),
    ),
)
