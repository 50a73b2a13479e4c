"""The demo's invented works by topic: each a letter for its form, and a title as a librarian would have written it.

s film to stream, b book, g teacher's guide, k kit, w web, p podcast, l game, a app. Nothing here is a real work.
"""

from __future__ import annotations

LINES = """
Vikingar: s Resan till Birka; b Kungar, trälar och köpmän; k Vikingatiden i en kista; w Läs runor; p Röster ur högen; g Vikingarna i klassrummet
Stenåldern: b Folket vid isranden; k Flinta, ben och skinn; s Elden som aldrig fick slockna; w Gräv där du står; l Jägare och samlare; g Tio tusen år på fyra veckor
Andra världskriget: s Barnen på andra sidan gränsen; b Krigets vardag; p Farmors ransoneringskort; g Att undervisa om förintelsen; w Tidslinjen 1933–1945; k Brev, bilder och föremål 1939–1945
Industrialiseringen: b Ångvisslan ljuder; s När bruket var hela världen; p Rallarliv; w Från torp till fabrik; l Strejken; g Folkrörelsernas Sverige
Samernas historia: s Landet som alltid fanns; b Vår egen historia; p Siidans röster; g Samisk historia i undervisningen; w Kartan med våra namn; k Renhud, näver och silver
Nationella minoriteter: g Fem minoriteter i läroplanen; s Mitt andra språk; p Tala så att farfar förstår; w Rätten till språket; b Vi har alltid bott här; k Ordlådor på fem språk
Demokrati: s En röst väger lika; l Riksdagsspelet; w Påverka din kommun; g Från elevråd till val; p Beslutet; b Demokratins långa väg
Barnkonventionen: b Alla barn har rätt; s Lyssna på mig; k Rättighetskorten; g Barnkonventionen på lågstadiet; w Vad säger artikeln?; p När barn får bestämma
Privatekonomi: s Första lönen; w Räkna på lånet; l Månadens slut; g Koll på pengarna; p Köp nu, betala sen; b Ekonomi för dig som snart flyttar
Källkritik: g Fem frågor till källan; s Ryktet går; w Sant eller påhittat?; l Faktajakten; p Granskarna; k Källkritik i kortlek
Läsförståelse: b Läs som en detektiv; g Samtal om text; k Läsfixare och lässtrategier; w Ett kapitel om dagen; p Bokprat i baksätet; a Läsloggen
Sagor och myter: b Tretton sagor från tretton länder; s Trollet under bron; p Sagostunden; k Sagopåsar; l Det var en gång; w Myternas karta
Poesi och rap: s Rim på riktigt; b Dikter att kasta boll med; w Skriv en vers; p Ordet är ditt; g Lyrik i takt; a Rimverkstan
Skriva argumenterande: g Insändaren; w Tes, argument, avslutning; s Övertyga mig; b Konsten att inte hålla med; p Debatt på tio minuter; k Rollkort för debatt
Nybörjarsvenska: b Min första svenska bildordbok; a Ord om dagen; k Bildkort för nyanlända; s Hej, vad heter du?; w Svenska från noll; p Lätt svenska till bussen
Ordförråd i skolans ämnen: w Ämnesord på åtta språk; b Svåra ord, enkelt sagt; s Vad betyder massa?; g Språket i no och so; a Begreppsjakten; k Ordväggen
Bråk och procent: s En halv, en fjärdedel, en pizza; k Bråkcirklar och procentremsor; w Procent på rea; b Delar av en hel; a Bråkjakten; g Bråk utan bråk
Geometri: k Geometri på skolgården; s Hur stor är en hektar?; b Cirkelns hemlighet; w Rita, mät och vrid; g Area och omkrets steg för steg; l Formjakten
Sannolikhet: s Slumpen slår till; l Tärningar och tur; w Chansen är liten; b Hur troligt är det?; g Sannolikhet med hela klassen; p Tal som lurar oss
Algebra och mönster: w Hemliga tal; k Tändstickor och tal; s Varför x?; b Från mönster till formel; g Algebra för alla; a Likhetsvågen
Problemlösning: b Hundra kluriga problem; g Rika problem; w Veckans nöt; k Problemlösning i grupp; p Så tänkte jag; l Nycklar och lås
Programmering med robotar: k Robotar på mattan; s Robotens första steg; b Fram, höger, hämta; g Blockprogrammera med robotar; w Robotskolan; l Robotrally
Programmering i text: w Kod på riktigt; b Ditt första spel i Python; g Textprogrammering i matematik och teknik; s Felet på rad sju; p Programmerarna; k Mikrodatorer och kod
Broar och konstruktioner: s Bron som föll; k Bygg en bro; b Varför står huset kvar?; w Konstruera i tre dimensioner; g Hållfasthet i slöjd och teknik; l Broingenjörerna
Elektricitet: k Kretsar och lampor; s Strömmen går; b Elen hemma; w Koppla rätt; g Ellära med vanliga saker; p Från älven till uttaget
Rymden: s Åtta planeter och en sol; b Natthimlen över Norrland; k Planetarium att blåsa upp; p Livet på rymdstationen; w Var är jorden nu?; a Stjärnkartan
Ljud och ljus: k Ljudlådan; s Ekot i berget; b Varför är himlen blå?; w Skuggor och speglar; g Ljud och ljus i tolv försök; p Lyssna på en glaciär
Ämnens egenskaper: k Fast, flytande och gas; s Sockret som försvann; w Blanda och separera; b Vad är saker gjorda av?; g Kemi utan labbrock; l Ämnesjakten
Syror och baser: s Surt eller basiskt?; k Rödkål och lut; b Syror, baser och salter; g Riskbedömda försök för högstadiet; w pH i vardagen; p Kemisten på reningsverket
Kroppen: b Kroppen inifrån; s Hjärtat som aldrig vilar; k Skelettet Sixten; w Följ en smörgås genom kroppen; a Pulsen; g Kroppen på lågstadiet
Fotosyntes: s Solens skafferi; k Växter under lampa; b Så äter en björk ljus; w Bladet under luppen; g Fotosyntes med enkla medel; p Skogens andetag
Skogens djur: b Spår i snön; s Ett år med älgen; k Skinn, spår och skallar; p Läten i skymningen; w Vem har gått här?; l Djurmemory från skogen
Ekosystem i Östersjön: s Under ytan i Bottenviken; b Blåstång och strömming; k Strandväskan; w Näringsväven i Östersjön; g Östersjön på schemat; p Fiskaren och forskaren
Klimatförändringar: s Permafrosten tinar; b Klimatet förklarat; w Räkna på koldioxid; p Framtidens väder; g Prata om klimat utan att skrämma; l Klimattoppmötet
Kartor och gps: k Kartor, kompasser och gps; s Så ritas en karta; w Hitta i din kommun; b Kartan ljuger; g Geografi med mobilen; a Skattjakten
Vulkaner och jordbävningar: s När Island öppnar sig; b Jordens skorpa rör sig; k Stenar från jordens inre; w Skalvkartan; p Att bo på en vulkan; g Naturkatastrofer i geografin
Världsreligioner: s Fem ungdomar om sin tro; b Heliga platser; k Föremål från fem religioner; w Högtidskalendern; g Religionsmöten; p Mellan moské och kyrka
Livsfrågor: p Vad är en vän?; k Filosofikorten; s Den orättvisa kakan; b Stora frågor för små; g Filosofera med barn; l Tänk om
Engelska för nybörjare: s Meet the Marsh family; k Songs and Stories Box; a Say it in English; w First Words; b My First English Storybook; g Playful English
Life in Britain today: s Four Teens, Four Towns; p Voices of Britain; b A Year in Leeds; w British Slang Explained; g Britain in the Classroom; l The Tube Game
Franska från början: s Bonjour, la classe; p Petit déjeuner; w Un mot, une image; b Mon premier roman; g Franska i åk 6; l Le marché
Spanska från början: s Buenos días, Bogotá; p Cinco minutos; w Verbos sin miedo; b Mis vacaciones; k Tapas y palabras; a Habla conmigo
Färglära: k Färgcirkeln i låda; s Blått som havet; b Måla med jord; w Blanda färg på skärmen; g Färg och form i bild; l Färgduellen
Animation: k Stopmotionlådan; s Så gör man en lerfigur levande; a Tolv bilder i sekunden; g Animera i skolan; w Bildmanus; b Filma med små medel
Rytm och ensemble: k Cajoner och claves; s Trumma med händerna; g Klassorkestern; w Takt och puls; p Sånger från fem kontinenter; b Spela i grupp
Musikskapande digitalt: a Loopverkstan; w Mixa din låt; s Beatmakern; g Digitalt musikskapande från åk 7; p Vem äger låten?; k Mikrofoner och ljudkort
Träslöjd: k Täljlådan; s Kniven, veden och jag; b Tjugo saker av en gren; g Säkert i träslöjden; w Fogar och förband; p Snickarna
Laga mat hållbart: b Mat som räcker; s Hela grönsaken; w Säsongskalendern; g Svinnsmart i hemkunskapen; p Runt köksbordet; l Handla för hundralappen
Rörelse och hälsa: k Balans och lek; s Tio minuter puls; g Rörelse i alla ämnen; w Pausgympa; p Sov gott; b Starka kroppar ser olika ut
Orientering: k Skärmar och stämplar; s Vilse i Vindelfjällen; a Hitta kontrollen; g Orientering på skolgården; w Karttecken; b Kompassen visar vägen
Digital säkerhet: s Klicka inte på länken; w Hur starkt är ditt lösenord?; l Lurad; g Trygg på nätet; p Bedragarna; b Ditt digitala jag
Artificiell intelligens: s Maskinen som gissade; w Träna en egen modell; g Undervisa om AI; p Tänk om den har fel; k Sorteringsmaskinen; b Kan en dator förstå?
Filmkunskap: s Klippet avgör; g Film i svenskämnet; k Filmväska med stativ och mikrofoner; w Bildutsnitt och kameravinklar; b Att läsa film; p Regissören berättar
Bilderböcker i förskolan: k Bokpåsar på fem språk; g Högläsning som lek; b Musen som ville ha mössa; s Boken blir teater; p Läs med mig; w Bilderbokens alla dörrar
Lek och digitala verktyg: k Projektorn i lekhallen; g Skärmar, lupp och lera; s Barnen bestämmer bilden; a Rita och berätta; b Digital lek i förskolan; p Pedagoger om lek
Naturvetenskap i förskolan: k Vattenbanan; s Snön som smälte inne; g Små forskare; b Varför flyter isen?; w Frön och skott; l Flyta eller sjunka
Digitalt först på biblioteket: g Hjälpa med e-legitimation; s En förmiddag på servicecentret; p Vid informationsdisken; k Övningsplattor för nybörjare; w Säkra val på nätet; b Digital hjälp steg för steg
Medie- och informationskunnighet: g MIK för alla stadier; s Bakom flödet; w Sökord som fungerar; l Nyhetsredaktionen; p Bibliotekarien svarar; k Bilder som luras
"""


def by_topic() -> dict[str, list[tuple[str, str]]]:
    """Topic -> its works as (letter of the form, title)."""
    found = {}
    for line in LINES.strip().splitlines():
        topic, _colon, works = line.partition(": ")
        found[topic] = [(work[0], work[2:]) for work in works.split("; ")]
    return found
