"""The demo's own shelves, written by hand: invented works as a centre might keep them.

A line is: media types | title | grades | school subjects | themes | languages | description | number, time or extent.
"""

SHELVES = {
    "Robotar och programmering": """
kit|Golvrobotar, klasslåda|-1 3|TEK MAT|programmering, robotar|zxx|Tolv små robotar med knappar på ryggen, laddstation, rutmattor och uppdragskort. Börja med fram, sväng och loop på golvet.|12 robotar, 4 mattor
kit|Golvrobotar, grupplåda|-1 3|TEK MAT|programmering, robotar|zxx|Fyra små robotar med knappar på ryggen, två rutmattor och uppdragskort för en station i klassrummet.|4 robotar, 2 mattor
kit guide|Mikrodatorlådan|4 9|TEK MAT|programmering, mikrodatorer, sensorer|sv|Femton mikrodatorer med batterier, kablar och sensorer för ljus, ljud och fukt. Handledningen har åtta uppdrag, från blinkande namn till stegräknare.|15 mikrodatorer
kit|Sensorlåda: mät klassrummet|4 9|TEK FYS|sensorer, mätning, inomhusluft|sv|Koldioxid, temperatur, buller och ljus. Koppla sensorerna till en dator och rita klassrummets dag som diagram.|6 sensorer
kit|Bygg en strandrensare|4 6|TEK BIO|robotar, nedskräpning, hållbar utveckling|sv|Byggsats för robotar som samlar skräp. Klassen planerar, bygger, provar och förbättrar.|8 byggsatser
equipment|Programmerbar ritrobot|1 6|TEK BIL MAT|programmering, geometri|zxx|En robot med penna som ritar det man programmerar. Bra för vinklar, mönster och loopar.|1 robot
web|Blockvägen|1 6|TEK MAT|programmering, loopar|sv en|Fyrtio banor där figuren går dit blocken säger. Börjar med ordning och slutar med villkor. Inget konto behövs.|
app|Djupdykaren|2 5|MAT TEK|programmering, koordinater|sv en fi|Styr en ubåt med koordinater och slå på strålkastaren i rätt ögonblick.|
guide|Programmera utan dator|-1 3|TEK MAT|programmering, analog programmering|sv|Tio lektioner på mattan och skolgården: sortera, beskriva, rätta fel och dansa en loop.|48 sidor
stream|Hur tänker en robot?|4 6|TEK|robotar, artificiell intelligens|sv|En robot, tre syskon och ett stökigt kök. Filmen visar skillnaden mellan att följa regler och att lära av exempel.|13:20
podcast|Kodpratarna|7 12|TEK PRR|programmering, yrken|sv|Sex samtal med unga som programmerar på jobbet: i gruvan, i skogen, på sjukhuset och i ett spelstudio.|25:00
game|Felsökarna|4 9|TEK MAT|programmering, felsökning|sv|Samarbetsspel där laget hittar felet i kortraden innan roboten kör i diket.|2–5 spelare, 30 min
""",
    "Medie- och informationskunnighet": """
stream guide|Sant, falskt eller mittemellan|4 6|SVE SAM|källkritik, nyheter|sv|Tre klasskamrater följer ett rykte bakåt tills de hittar den som började. Med stoppunkter att prata om.|16:40
guide|Källkritik på tjugo minuter|7 9|SVE SAM|källkritik|sv|Tjugo korta övningar som får plats i början av en lektion: bilden, rubriken, avsändaren, siffran.|64 sidor
web|Bilddetektiven|4 9|BIL SVE|källkritik, bilder, artificiell intelligens|sv en|Jämför bilder, leta efter skuggor och händer, och lär dig söka baklänges efter var bilden kommer ifrån.|
podcast|Bakom rubriken|7 12|SVE SAM|nyheter, källkritik, journalistik|sv|Reportrar från lokaltidningen berättar hur en nyhet blir till, och när de hade fel.|22:00
game|Flödet|6 9|SAM SVE|sociala medier, algoritmer|sv|Kortspel där spelarna är algoritmer som tävlar om uppmärksamhet. Efteråt: vem vann, och vem förlorade?|3–6 spelare, 40 min
kit|Stoppa pressarna, en redaktion i en låda|4 9|SVE BIL|journalistik, skrivande|sv|Presskort, mikrofon, kamera och mallar för att göra klassens tidning på två dagar.|1 låda
stream|Vem äger min bild?|4 6|SAM BIL|upphovsrätt, nätetik|sv|Om att dela, fråga först och ta bort. Fyra fall som slutar öppet.|11:10
book|Ord som förför|9 12|SVE SAM|retorik, propaganda|sv|Retorikens knep från torget till telefonen, med talen utskrivna och kommenterade.|112 sidor
guide|MIK i skolbiblioteket|1 9|SVE|källkritik, skolbibliotek, informationssökning|sv|En plan för läsåret: vad bibliotekarien gör, vad läraren gör och vad de gör tillsammans.|40 sidor
web|Sökskolan|3 6|SVE SAM|informationssökning|sv|Lär dig välja sökord, läsa träfflistan och veta när du är klar.|
stream|Algoritmen och jag|7 9|SAM TEK|algoritmer, sociala medier, artificiell intelligens|sv|Fyra ungdomar byter telefon i en vecka. Vad tror flödet att de är?|24:30
guide|Prata om AI i klassrummet|4 9|SVE TEK SAM|artificiell intelligens, källkritik|sv|Lektioner om vad språkmodeller kan, var de har fel och hur vi säger att vi har använt dem.|56 sidor
""",
    "Sápmi och nationella minoriteter": """
stream|Renarna på Bergvattenfjället|3 6|GEO BIO SAM|renskötsel, Sápmi|sv se|Ett år med en familj och deras renar: kalvmärkning, flytt och en vinter när isen låser betet.|18:15
book|Sju ord för snö|1 4|SVE SAP|snö, Sápmi, samiska|sv sma|En bilderbok på svenska och sydsamiska där varje snö har sitt ord och sin lek.|32 sidor
podcast|Fjällradion|4 9|SAM HIS SAP|Sápmi, samer, språk|sv se|Barn berättar om skolan, joiken, renarna och språket som mormor inte fick tala.|15:00
kit|Duodji-lådan|3 9|SLJ SAM|duodji, Sápmi, slöjd|sv se|Prover på skinn, horn, tenn och band med berättelser om vem som gjort dem och varför.|18 föremål
guide|Sápmi i undervisningen|4 9|SAM HIS GEO|Sápmi, samer, nationella minoriteter|sv|Vad läroplanen säger, vad man kan behöva prata om först och vilka man kan bjuda in.|72 sidor
stream|Tornedalen talar|4 9|SAM HIS|meänkieli, tornedalingar, nationella minoriteter|sv fit|Tre generationer om språket som förbjöds i skolan och som nu sjungs på scenen.|21:45
book|Kettu kulkee, räven går|-1 2|SVE MOD|meänkieli, djur|sv fit|Räven går genom byn. Upprepningar som hela gruppen kan säga med, på svenska och meänkieli.|24 sidor
web|Suomea yhdessä|1 6|MOD|finska, språk|fi sv|Ord, sånger och små samtal för den som har finska hemma eller vill börja.|
podcast|Metsäpolku|1 4|MOD|finska, natur|fi|Berättelser från skogsstigen på lätt finska, sju minuter i taget.|07:00
stream|Vi som alltid har rest|7 9|SAM HIS|romer, nationella minoriteter, mänskliga rättigheter|sv rom|Fyra röster om stolthet, fördomar och femhundra år i Sverige.|26:00
book|Mormors kaffebröd|1 4|SVE MOD|judar, jiddisch, nationella minoriteter|sv yi|Recept, ord och minnen från ett kök där man talade jiddisch.|36 sidor
web|Fem språk, ett land|4 9|SAM SVE|nationella minoriteter, språk|sv fi se fit yi rom|Lyssna på de nationella minoritetsspråken, pröva en hälsning och se var de talas.|
""",
    "Språk och läsning": """
book|Båten som ville hem|-1 2|SVE SVA|bilderböcker, hav|sv ar so ti|En bilderbok om en båt och en ö, med text på fyra språk på samma uppslag.|28 sidor
stream|Läsa mellan raderna|4 6|SVE|läsförståelse, lässtrategier|sv|En klass läser samma novell och hittar tre olika slut. Filmen stannar när eleverna ska tänka.|14:30
kit|Högläsningsväskan|-1 3|SVE|högläsning, läsning|sv|Tolv bilderböcker, samtalskort och en filt. Byt väska efter fyra veckor.|12 böcker
kit|Läsgrupper: tio titlar, sex av varje|4 6|SVE|läsning, boksamtal|sv|Tio romaner i sex exemplar med frågor till boksamtal i tre nivåer.|60 böcker
web|Ordbanken no|4 9|SVA BIO FYS KEM|ordförråd, språkutvecklande|sv ar so fa uk|Naturvetenskapens ord med bild, uppläsning och modersmål.|
web|Ordbanken so|4 9|SVA SAM HIS GEO|ordförråd, språkutvecklande|sv ar so fa uk|Samhällsorientering ord för ord: riksdag, revolution, rättighet.|
podcast|Lätt svenska i kaffekön|7 12|SVA|nybörjarsvenska, samtal|sv|Korta samtal på lätt svenska med text att läsa efteråt.|06:00
stream|Small talk in the snow|4 6|ENG|engelska, samtal|en|An exchange pupil spends a week in northern Sweden and has to talk about the weather. Undertexter på engelska.|12:50
game|Mystery at the station|6 9|ENG|engelska, samtal|en|A role-play in English: six passengers, one missing suitcase, forty minutes.|6 roller, 40 min
app|Les mots du jour|6 9|MSP|franska, ordförråd|fr sv|Tio franska ord om dagen, upplästa av barn i Senegal, Belgien och Frankrike.|
stream|Un día en el mercado|6 9|MSP|spanska, mat|es|Följ med Lucía till torget och lär dig handla, räkna och tacka.|09:40
stream|Hände som talar|1 6|TSP SVE|teckenspråk|swl sv|Hundra vardagliga tecken i små scener, långsamt och sedan i vanlig takt.|20:00
guide|Skriva för att bli läst|7 9|SVE|skrivande, respons|sv|Åtta skrivuppdrag med riktiga mottagare: insändaren, manualen, talet, dikten på bussen.|60 sidor
""",
    "Naturvetenskap och matematik": """
stream guide|Vattnets långa resa|4 6|BIO GEO KEM|vattnets kretslopp, hållbar utveckling|sv|Från regnmolnet över fjället till kranen i köket och tillbaka. Med tre försök att göra själv.|15:30
kit|Vattenlådan|4 9|BIO KEM|vatten, ekosystem, fältstudier|sv|Håvar, luppar, pH-stickor och bestämningsdukar för en dag vid bäcken.|30 elever
kit|Kraft och rörelse|4 6|FYS TEK|krafter, rörelse, experiment|sv|Vagnar, ramper, dynamometrar och fjädrar till åtta grupper, med försöken på kort.|8 stationer
kit|Ljus och skugga|-1 3|FYS BIL|ljus, experiment|sv|Ficklampor, prismor, färgfilter och en skuggteater.|10 stationer
equipment|Digitala mikroskop, sex stycken|4 9|BIO|mikroskop, celler|zxx|Mikroskop som visar bilden på en skärm. Preparat av lök, vingar och salt följer med.|6 mikroskop
stream|Cellen, en liten fabrik|7 9|BIO|celler, genetik|sv en|Följ en signal genom cellen, från membranet till kärnan. Animerad, med svenska och engelska.|17:20
stream|Myren minns|7 9|BIO GEO|myrar, klimat, ekosystem|sv|Vad en meter torv berättar om tre tusen år, och varför myren spelar roll för klimatet.|19:10
podcast|Stjärnor över Stöttingfjället|4 9|FYS GEO|rymden, norrsken|sv|Om norrsken, stjärnbilder och hur mörkt det får vara.|14:00
web|Kemi i köket|4 6|KEM HKK|kemi, experiment, mat|sv|Tjugo ofarliga försök med det som finns i skafferiet, med förklaringar i två nivåer.|
kit guide|Matte i skogen|-1 3|MAT IDR|utomhuspedagogik, taluppfattning, geometri|sv|Rep, måttband, tärningar och femton uppdrag på laminerade kort.|25 barn
game|Bråkmästaren|4 6|MAT|bråk, procent|sv|Bygg hela pizzor av halvor, tredjedelar och åttondelar snabbare än grannen.|2–4 spelare, 20 min
app|Tallinjen|1 4|MAT|taluppfattning, subtraktion|sv en ar|Hoppa, gissa och zooma på en tallinje som aldrig tar slut.|
web|Diagramverkstan|4 9|MAT SAM|diagram, statistik, källkritik|sv|Rita diagram av egna siffror, och lär dig se när ett diagram luras.|
stream|Sannolikt, kanske, omöjligt|4 6|MAT|sannolikhet|sv|Klassen kastar tusen tärningar. Vad borde hända, och vad händer?|10:45
kit|Makerlåda: hållfasta broar|4 9|TEK FYS|konstruktion, hållfasthet|sv|Glasspinnar, klämmor, vikter och en våg. Vilken bro bär mest?|30 elever
""",
    "Samhälle, historia och världen": """
stream|Dagen då järnvägen kom|4 9|HIS|industrialisering, lokalhistoria|sv|Inlandet när rälsen nådde fram: rallarna, handlarn, breven hem.|22:10
kit|Stenålderslådan|3 6|HIS SLJ|stenåldern, föremål|sv|Kopior av yxor, skrapor och krukor att hålla i, med kort om fynden.|22 föremål
book|Tusen år vid älven|4 6|HIS GEO|lokalhistoria, medeltiden|sv|En familj per århundrade vid samma älv, från handelsplats till vattenkraft.|96 sidor
stream|Hur en lag blir till|7 9|SAM|demokrati, riksdagen|sv|En elevs idé om cykelhjälmar följs från klassrummet till utskottet.|16:00
game|Kommunfullmäktige|6 9|SAM|demokrati, kommunen, beslut|sv|Rollspel i tre partier: badhus, bibliotek eller broar? Pengarna räcker inte till allt.|9–27 spelare, 90 min
podcast|Barnens paragrafer|4 6|SAM|barnkonventionen, mänskliga rättigheter|sv|En artikel ur barnkonventionen i varje avsnitt, med barn som tycker olika.|12:00
web|Kartan och terrängen|4 9|GEO|kartor, GIS|sv|Lär dig lager, skalor och höjdkurvor på kartor över din egen kommun.|
stream|Kaffets väg till koppen|7 9|GEO SAM HKK|handel, hållbar utveckling|sv|Från odlaren till butiken: vem får vad av fyrtio kronor?|18:50
stream|Fem högtider, en gata|1 6|REL|högtider, religion|sv|Barnen på Skolgatan firar, och bjuder varandra.|13:30
kit|Världens högtider i en väska|-1 3|REL|högtider, föremål|sv|Ljus, tyger, bilder och sånger från åtta högtider.|8 teman
book|Min krona, din krona|6 9|SAM HKK|privatekonomi, reklam|sv|Om lön, lån, köplust och att räkna på sin första månad.|80 sidor
guide|Demokrati i klassrådet|1 6|SAM|demokrati, klassråd|sv|Mallar och roller så att klassrådet beslutar något, och får veta vad som hände.|32 sidor
""",
    "Förskola, skapande och kropp": """
kit|Trollväskan|-1 -1|SVE BIL|lek, språk, sagor|sv|Handdockor, tyger och sånger till tre sagor som barnen får ändra slutet på.|1 väska
kit|Ljudjakten|-1 0|MUS FYS|ljud, lek, digitala verktyg|sv|Mikrofoner, hörlurar och en inspelare med stora knappar. Fånga ljud ute och bygg en ljudmatta.|6 barn
equipment|Digitala förstoringslampor|-1 3|BIO BIL|lek, natur, digitala verktyg|zxx|Lampor som förstorar maskrosor och myror på väggen, lagom för små händer.|4 lampor
guide|Digitalt på mattan|-1 -1|TEK BIL|digitala verktyg, lek, förskola|sv|Femton aktiviteter där skärmen är ett verktyg bland andra, med frågor till arbetslaget.|44 sidor
kit|Animera med lera|1 6|BIL SVE|animation, berättande|sv|Stativ, lampor, lera och bakgrunder till sex grupper. Surfplatta har ni själva.|6 grupper
stream|Färgens hemligheter|4 9|BIL|färglära, konst|sv|En målare, en tryckare och en gamer om varför blått känns kallt.|12:15
stream|Från tråd till tröja|3 6|SLJ|textilslöjd, återbruk|sv|Ull, nålar och en tröja som fått tre ägare.|10:20
kit|Rytmlådan|-1 6|MUS|rytm, musik|zxx|Trummor, skakare och färgnoter för en hel klass.|30 instrument
podcast|Låten bakom låten|6 9|MUS|låtskrivande, musik|sv|Hur en refräng blir till, steg för steg, av unga låtskrivare i länet.|18:00
kit|Orientering för nybörjare|3 6|IDR GEO|orientering, kartor|sv|Skärmar, stämplar och skolgårdskartor i tre svårigheter.|30 elever
stream|Maten, magen och jag|4 6|HKK BIO|mat, hälsa|sv|Vad händer med mackan? Resan genom kroppen med en kock och en läkare.|14:00
web|Matsvinnsräknaren|4 9|HKK MAT|matsvinn, hållbar utveckling|sv|Väg, räkna och följ klassens svinn vecka för vecka.|
guide|Samtyckessamtal|7 9|BIO IDR|sex och samlevnad, hälsa|sv|Samtal och värderingsövningar om samtycke, gränser och respekt.|40 sidor
equipment|VR-glasögon, klassuppsättning|6 9|GEO BIO HIS|virtuell verklighet, digitala verktyg|zxx|Sexton glasögon med laddväska och resor till korallrevet, gruvan och medeltidens Visby.|16 glasögon
equipment|Poddstudio i väska|4 12|SVE MUS|poddar, berättande|zxx|Fyra mikrofoner, mixer och hörlurar. Klara att spela in på fem minuter.|4 personer
""",
}

# Title, lead, text, and the titles in it with a line on why.
COLLECTIONS = (
    (
        "En vecka med källkritik",
        "Måndag till fredag, tjugo minuter om dagen.",
        "Vi har satt ihop en vecka som fungerar utan förberedelser. Börja med filmen på måndagen, så har klassen "
        "något gemensamt att prata om.\n\nPå fredagen gör ni egna rubriker.",
        (
            ("Sant, falskt eller mittemellan", "Måndag: se filmen och stanna vid frågorna."),
            ("Källkritik på tjugo minuter", "Tisdag: välj en av övningarna."),
            ("Bilddetektiven", "Onsdag: var kommer bilden ifrån?"),
            ("Flödet", "Torsdag: spela och prata om vem som vann."),
            ("Stoppa pressarna, en redaktion i en låda", "Fredag: gör en egen tidning."),
        ),
    ),
    (
        "Språk som hörs i Norrland",
        "Samiska, finska och meänkieli för öron, ögon och händer.",
        "Språken talas här, men hörs sällan i klassrummet. Det här är ett urval som går att använda också av den som "
        "inte kan språket själv.",
        (
            ("Fem språk, ett land", "Lyssna först."),
            ("Sju ord för snö", "Läs högt på båda språken."),
            ("Kettu kulkee, räven går", "Säg med i upprepningarna."),
            ("Suomea yhdessä", "För den som har finska hemma."),
            ("Fjällradion", "Barn berättar själva."),
        ),
    ),
    (
        "Ut med klassen",
        "Lådor att ta med till bäcken, skogen och skolgården.",
        "Allt ryms i en ryggsäck eller två. Handledningarna säger vad man gör när det regnar.",
        (
            ("Vattenlådan", "En dag vid bäcken."),
            ("Matte i skogen", "Femton uppdrag på kort."),
            ("Orientering för nybörjare", "Börja på skolgården."),
            ("Ljudjakten", "För de yngsta."),
        ),
    ),
)
