"""Words from the school world with the parts a reader wants to be able to search for.

Half of each list was looked at while the splitter was written (TUNED), the other half only when it was
done (HELD_OUT): both figures are reported.  A part is the dictionary form; "läsa|läs" accepts either.
"""

from __future__ import annotations

TUNED_COMPOUNDS = """
undervisningsfilm undervisning film
läromedelsutlåning läromedel utlåning
surfplattor surf|surfa platta
skolbibliotek skola bibliotek
skolbibliotekarie skola bibliotekarie
förskollärare förskola lärare
läsförståelse läsa|läs förståelse
fallucka fall|falla lucka
klassrumsklimat klassrum klimat
gymnasieskola gymnasium skola
fritidshem fritid hem
fritidspedagog fritid pedagog
specialpedagogik special|speciell pedagogik
ljudbok ljud bok
ljudböckerna ljud bok
talbok tal|tala bok
bilderbok bild bok
bilderböcker bild bok
barnlitteratur barn litteratur
ungdomsböcker ungdom bok
hjärtesorg hjärta sorg
gatukök gata kök
gatubelysning gata belysning
matematikuppgifter matematik uppgift
historielärare historia lärare
religionskunskap religion kunskap
samhällskunskap samhälle kunskap
naturkunskap natur kunskap
musikinstrument musik instrument
bildanalys bild analys
programmeringsspråk programmering|programmera språk
robotprogrammering robot programmering
datorspel dator spel
läsårstider läsår tid
lärarhandledning lärare handledning
elevinflytande elev inflytande
elevhälsoteam elevhälsa team
föräldramöte förälder möte
utvecklingssamtal utveckling samtal
betygskriterier betyg kriterium|kriterie
kunskapskrav kunskap krav
kursplanering kurs planering
ämnesområde ämne område
ämneslärare ämne lärare
språkutveckling språk utveckling
svenskundervisning svenska|svensk undervisning
modersmålsundervisning modersmål undervisning
källkritik källa kritik
medieteknik media|medium|medie teknik
digitaliseringsstrategi digitalisering|digitalisera strategi
kommunfullmäktige kommun fullmäktige
länsbibliotek län bibliotek
stadsbiblioteket stad bibliotek
folkbibliotek folk bibliotek
låneregler lån|låna regel
lånekort lån|låna kort
bokbuss bok buss
filmvisning film visning
filmpedagog film pedagog
dokumentärfilm dokumentär film
kortfilm kort film
upphovsrättslag upphovsrätt lag
avtalsperiod avtal period
licenskostnad licens kostnad
streamingtjänst streaming tjänst
inloggningsuppgifter inloggning uppgift
användarkonto användare konto
lösenordsbyte lösenord byte
teknikstöd teknik stöd
hjälpmedelscentral hjälpmedel central
rörelsehinder rörelse hinder
synnedsättning syn|syna nedsättning
hörselskada hörsel skada
textremsa text remsa
teckenspråk tecken språk
lättläst lätt läst|läsa
skrivstöd skriva|skriv stöd
skrivuppgift skriva|skriv uppgift
talsyntes tal|tala syntes
räknespel räkna|räkne spel
laborationsutrustning laboration utrustning
mikroskopkamera mikroskop kamera
kameraväska kamera väska
projektorduk projektor duk
högtalarsystem högtalare system
ljudinspelning ljud inspelning
videoredigering video redigering
väskhjul väska hjul
byggsats bygga|bygg sats
experimentlåda experiment låda
rymdforskning rymd forskning
klimatförändringar klimat förändring
miljöförstöring miljö förstöring
världskriget värld krig
vikingatiden viking tid
medeltidsborg medeltid borg
djurrike djur rike
havsdjur hav djur
skogsväxter skog växt|växa
näringskedja näring kedja
blodomlopp blod omlopp
människokroppen människa kropp
hälsofrämjande hälsa främjande|främja
idrottslektion idrott lektion
kulturskola kultur skola
teaterföreställning teater föreställning
berättarteknik berättare teknik
sagosamling saga samling
högläsningsbok högläsning bok
poesiskrivande poesi skrivande|skriva
ordförråd ord förråd
grammatikövning grammatik övning
yrkeslärare yrke lärare
vuxenutbildning vuxen utbildning
lärplattform lära|lär plattform
skolledare skola ledare
ledningsgrupp ledning grupp
förvaltningsledare förvaltning ledare
handlingsplan handling plan
behovsanalys behov analys
nätverksträff nätverk träff
utbildningsdag utbildning dag
"""

HELD_OUT_COMPOUNDS = """
läsplatta läsa|läs platta
lärplattor lära|lär platta
skolfilmer skola film
filmarkiv film arkiv
naturfilm natur film
animationsfilm animation film
bokpåse bok påse
bokcirkel bok cirkel
faktaböcker fakta|faktum bok
kapitelbok kapitel bok
serieböcker serie bok
deckarförfattare deckare författare
barnboksförfattare barnbok författare
ungdomsroman ungdom roman
sommarläsning sommar läsning
läsecirkel läsa|läs|läse cirkel
läslust läsa|läs lust
läsutveckling läsa|läs utveckling
skrivutveckling skriva|skriv utveckling
matematiksvårigheter matematik svårighet
problemlösning problem lösning
bråkräkning bråk räkning
geometriövningar geometri övning
sannolikhetslära sannolikhet lära
kemilaboration kemi laboration
fysikexperiment fysik experiment
biologilektioner biologi lektion
solsystemet sol system
rymdfärjor rymd färja
vattenkraftverk vatten kraftverk
energikällor energi källa
återvinningsstation återvinning station
växthuseffekten växthus effekt
regnskogar regn skog
ekosystemtjänster ekosystem tjänst
fågelskådning fågel skådning
insektshotell insekt hotell
stenåldern sten ålder
järnåldersgrav järnålder grav
häxprocesser häxa process
kungahuset kung hus
fredsavtal fred avtal
demokratifrågor demokrati fråga
riksdagsval riksdag val
rättssäkerhet rätt säkerhet
barnkonventionen barn konvention
mänskorätt människa|mänsko rätt
minoritetsspråk minoritet språk
kyrkobesök kyrka besök
livsfrågor liv fråga
etikdiskussion etik diskussion
konsthistoria konst historia
färglära färg lära
bildkonst bild konst
körsång kör sång
notläsning not läsning
gitarrackord gitarr ackord
trumset trumma set
dansföreställning dans föreställning
slöjdsal slöjd sal
träslöjd trä slöjd
matlagning mat lagning
hemkunskap hem kunskap
simundervisning sim|simma undervisning
friluftsdag friluft|friluftsliv dag
orienteringskarta orientering karta
kartläsning karta läsning
engelskprov engelska|engelsk prov
ordlista ord lista
språkcafé språk café
nybörjarkurs nybörjare kurs
distansundervisning distans undervisning
fjärrundervisning fjärr undervisning
videomöte video möte
bildskärm bild skärm
datorvagn dator vagn
hörlurar hörlur|höra lur
laddskåp ladda|ladd skåp
skrivtavla skriva|skriv tavla
ljudredigering ljud redigering
kodningslektion kodning lektion
nätsäkerhet nät säkerhet
dataskydd data skydd
personuppgifter person uppgift
informationssökning information sökning
mediebevakning media|medium|medie bevakning
nyhetsvärdering nyhet värdering
reklamanalys reklam analys
bibliotekslagen bibliotek lag
utlåningsdisk utlåning disk
återlämningsdag återlämning dag
bokningskalender bokning kalender
fjärrlån fjärr lån
mediecentral media|medium|medie central
utrustningslista utrustning lista
leveransdag leverans dag
postlåda post låda
skolskjuts skola skjuts
skolmat skola mat
skolgård skola gård
förskolebarn förskola barn
förskoleklass förskola klass
grundskolelärare grundskola lärare
högskoleprov högskola prov
universitetsbibliotek universitet bibliotek
studievägledare studie|studium vägledare
studiehandledning studie|studium handledning
kuratorsamtal kurator samtal
trygghetsteam trygghet team
mobbningsfall mobbning fall
jämställdhetsarbete jämställdhet arbete
likabehandlingsplan likabehandling plan
barnomsorg barn omsorg
arbetslag arbete lag
rektorsutbildning rektor utbildning
lärarförbund lärare förbund
elevråd elev råd
kommunstyrelsen kommun styrelse
regionkontor region kontor
budgetuppföljning budget uppföljning
kvalitetsarbete kvalitet arbete
enkätsvar enkät svar
kompetensutveckling kompetens utveckling
"""

TUNED_SIMPLE = """
information riksdag internet samverkan kommun bibliotek elev lärare undervisning utbildning utlåning
förskola läsning skrivare böckerna filmer dator kamera mikroskop projektor program algoritm material
resurs litteratur kultur natur historia geografi religion biologi kemi fysik matematik musik teknik
slöjd engelska svenska franska spanska finska samiska grammatik stavelse poesi novell roman saga berättelse
författare kapitel artikel bokstav alfabet paragraf kontrakt avtal licens uppgift övning lektion betyg
rektor doktor motor mentor kurator pedagog ledare chef ansvarig deltagare handläggare person kamrat
förälder familj barndom ungdom sjukdom kunskap vetenskap landskap egenskap demokrati republik
digital analog lokal nationell internationell regional central material final festival signal portal
spindel sparris porträtt spektrum matris planet kabinett kassett protest kontakt kontrast minut
samhälle sommar vinter universum temperatur struktur skulptur figur fabrik polis
"""

HELD_OUT_SIMPLE = """
station nation pension version diskussion konferens intervju process projekt resultat rapport protokoll
dokument monument instrument argument element experiment moment testament komplement
hotell modell tablett paket biljett rosett parkett servett klarinett trumpet orkester kvartett
semester register kalender december mandat advokat kandidat formulär bibliotekarie arkiv museum teater
galleri utställning föreställning inspelning inlämning beställning bokning hantering förvaltning
utveckling uppföljning utvärdering bedömning överenskommelse ansökan anmälan
undersökning beskrivning användare utlåtande förslag beslut uppdrag inflytande förbud
medborgare president minister general kapten soldat pilot ingenjör journalist artist
kritik politik statistik logik etik estetik dramatik praktik mekanik elektronik keramik
planta karta krita tavla penna papper kategori kompass rakett telefon mobil tomat banan
kamel krokodil elefant giraff leopard pingvin kanin hamster marsipan
vänlig möjlig viktig trevlig arbetslös rolig läsbar tillgänglig ansvarsfull
handel formel titel cirkel vinkel triangel rektangel kapital digitalisering
"""


def compounds(text: str) -> list[tuple[str, list[set[str]]]]:
    """Each line as (word, wanted parts); a wanted part is the set of spellings that count."""
    rows = []
    for line in text.split("\n"):
        if line:
            word, *wanted = line.split()
            rows.append((word, [set(part.split("|")) for part in wanted]))
    return rows
