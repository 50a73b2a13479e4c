"""What Kalmar's centre lends besides its books and games: kits with their parts, equipment and films on disc.

A line is: media | title | grades | school subject | description | copies | value | parts, of which those without a
number are accessories. Nothing here is a real product.
"""

from __future__ import annotations

THINGS = """
kit|Golvrobotar: tolv stycken|-1 3|TEK|Tolv små robotar med knappar på ryggen. Lär ut fram, sväng och loop på golvet.|6|8900|12 robotar; 1 laddstation; 4 rutmattor; 30 uppdragskort; Klistermärken
kit|Golvrobotar: startlåda|-1 0|TEK|Fyra robotar, en matta och sagor att spela upp.|8|3200|4 robotar; 1 rutmatta; 12 sagokort
kit|Byggrobotar med motorer|4 9|TEK|Byggsatser med motorer, hjul och sensorer till åtta grupper.|4|14500|8 byggsatser; 8 styrenheter; 16 motorer; 8 laddkablar; 1 sorteringslåda; Reservgummiband
kit|Mikrodatorer, femton stycken|4 9|TEK|Små datorer att programmera, med batterier och sensorer.|6|5400|15 mikrodatorer; 15 batterilådor; 15 kablar; 10 sensorer; Batterier
kit|Animera med dockor|3 6|BIL|Stativ, dockor och bakgrunder för stop motion.|5|2900|4 stativ; 16 dockor; 8 bakgrunder; 2 lampor
kit|Greenscreen i en väska|3 9|BIL|Grön duk, stativ, klämmor och lampor till en liten filmstudio.|4|2600|1 grön duk; 1 dukstativ; 6 klämmor; 2 lampor; 1 förlängningssladd
kit|Poddstudion|4 9|SVE|Mikrofoner, hörlurar och inspelare för fyra röster.|5|6800|4 mikrofoner; 4 bordsstativ; 4 hörlurar; 1 inspelare; 6 kablar; Puffskydd
kit|Vattenprov från Östersjön|4 9|BIO|Håvar, luppar och snabbtest för salt, syre och näring.|4|3100|6 håvar; 6 luppar; 4 hinkar; 1 syremätare; Teststickor
kit|Lägg märke till ljudet|-1 3|MUS|Inspelare med stora knappar och hörlurar till sex barn.|5|1900|3 inspelare; 6 hörlurar; 1 fördelare
kit|Kroppens organ att hålla i|3 6|BIO|Modeller av hjärta, lungor, öga och öra, och en torso.|3|7200|1 torso; 9 lösa organ; 1 ögonmodell; 1 öronmodell
kit|Elektricitet: koppla och mät|4 6|FYS|Lampor, brytare, motorer och mätare till åtta grupper.|5|3900|8 kopplingsplattor; 24 lampor; 16 brytare; 8 mätare; Sladdar
kit|Högläsningsväskan för Kalmars förskolor|-1 -1|SVE|Tolv bilderböcker, samtalskort och en filt.|8|1850|12 bilderböcker; 20 samtalskort; 1 filt
equipment|VR-glasögon, sex stycken|7 9|TEK|Glasögon med färdiga resor i tid och rum. Laddas över natten.|4|21000|6 glasögon; 12 handkontroller; 1 laddväska; 1 router
equipment|360-kamera|4 9|BIL|Kamera som filmar åt alla håll, med stativ.|3|4700|1 kamera; 1 stativ; 1 fodral; 1 minneskort
equipment|Dokumentkamera|1 9|TEK|Visa experiment och texter stort för hela klassen.|6|2400|1 kamera; 1 usb-kabel
equipment|Digitalt mikroskop|4 9|BIO|Mikroskop som visar bilden på skärmen.|8|1600|1 mikroskop; 1 stativ; 6 preparat
equipment|Videokamera med mikrofon|7 9|BIL|Kamera, mygga och stativ för klassens reportage.|5|9800|1 kamera; 1 mygga; 1 stativ; 2 batterier; 1 laddare
equipment|3D-skrivare att låna hem till skolan|7 9|TEK|Skriv ut det ni ritat. Kräver att en lärare gått kursen.|2|12900|1 skrivare; 1 byggplatta; 1 spackel; Filament
equipment|Lärplattor, sexton i vagn|1 6|TEK|Sexton lärplattor i en låst vagn som laddar dem.|3|64000|16 lärplattor; 16 skal; 1 vagn; 2 nycklar
film|Glasrikets sista hytta|4 9|HIS|Film på skiva om folket kring ugnarna, inspelad i länet.|6|895|
film|Ölands alvar: ett år|4 9|BIO|Film på skiva. Fyra årstider på kalkstenen, nästan utan ord.|8|895|
film|Mamma kom från kriget|7 9|SAM|Film på skiva. Tre ungdomar i Västervik berättar om mödrarnas flykt.|5|1295|
film|Vad är en bråkdel?|4 6|MAT|Film på skiva med nio korta avsnitt att stanna vid.|7|695|
film|Skeppet på havets botten|3 6|HIS|Film på skiva om dykarna och kanonerna utanför Öland.|6|895|
film|Kemi i köket|7 9|KEM|Film på skiva. Åtta försök som går att göra i hemkunskapen.|5|795|
"""
