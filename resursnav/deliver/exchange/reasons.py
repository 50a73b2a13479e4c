"""The reasons that the formats give, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "import.no_owner": _("Säg vilket centrum resurserna hör till och vilken källa de kommer från."),
    "import.others_wait": _(
        "Filen är stor. Medan den tas in, i ungefär %(seconds)s sekunder, kan ingen annan spara något; "
        "de ombeds försöka igen. Välj helst en lugn stund."
    ),
    "import.mostly_missing": _(
        "Filen saknar de flesta av källans resurser: %(missing)s av %(total)s dras tillbaka. "
        "Är det rätt fil, och hela katalogen?"
    ),
    "files.not_together": _(
        "Filerna hör inte ihop (%(names)s). Flera filer på en gång går bara för Project Gutenberg: verk, ämnen och "
        "författare. Skicka annars en fil i taget."
    ),
    "gutenberg.no_part": _("%(file)s är varken Gutenbergs verk, ämnen eller författare. Skicka den för sig."),
    "gutenberg.twice": _("%(file)s är samma tabell som en annan av filerna. Skicka den bara en gång."),
    "gutenberg.no_works": _("Filen med Gutenbergs verk (works) saknas. Skicka den tillsammans med de andra."),
    "points.unknown": _("Punkten finns inte bland kursplanerna här. Den sparas, men ger ingen koppling."),
    "points.recognised": _("Kopplingar till kursplanen som känns igen: %(count)s, för %(resources)s resurser."),
    "points.not_recognised": _(
        "Punkter som inte finns bland kursplanerna här: %(count)s. De sparas och lämnas tillbaka vid export."
    ),
    "record.other_form": _(
        "Poster som redan finns, lästa i ett annat format: %(count)s. De får nu det här formatets uppgifter. "
        "Därefter ändras de bara när källan säger något nytt."
    ),
    "file.not_in_order": _("Filen är inte sorterad efter %(column)s, så raderna går inte att para ihop."),
    "table.no_title_column": _("Ingen kolumn är parad med Titel. Filen har: %(found)s."),
    "title.missing": _("Posten har ingen titel. Den togs in som [Utan titel]."),
    "url.wrong": _("Adressen går inte att använda. Den ska börja med https://."),
    "isbn.wrong": _("ISBN stämmer inte: kontrollsiffran är fel. Numret togs inte med."),
    "isbn.unknown_form": _("ISBN ska ha 10 eller 13 siffror. Numret togs inte med."),
    "issn.wrong": _("ISSN stämmer inte. Numret togs inte med."),
    "identifier.taken": _("Numret används redan av en annan resurs på centret. Posten togs in utan det: ”%(title)s”."),
    "own_number.taken": _("Det egna numret används redan av en annan resurs. Posten togs in utan det: ”%(title)s”."),
    "language.unknown": _("Språket känns inte igen och togs inte med."),
    "media.unknown": _("Medietypen känns inte igen. Posten fick den vanligaste."),
    "duration.unknown_form": _("Speltiden går inte att läsa. Skriv till exempel 45 min."),
    "school_form.unknown": _("Skolformen känns inte igen och togs inte med."),
    "grade.unknown_form": _("Årskursen går inte att läsa. Skriv till exempel 4-6 eller F-3."),
    "age.unknown_form": _("Åldern går inte att läsa. Skriv till exempel 6-9."),
    "accessibility.unknown": _("Tillgängligheten känns inte igen och togs inte med."),
    "json.broken": _("Raden är inte giltig JSON (tecken %(column)s)."),
    "json.not_utf8": _("Raden är inte UTF-8. JSON måste vara det."),
    "json.no_object": _("Raden är inget JSON-objekt."),
    "json.line_too_long": _("Raden är längre än %(limit)s tecken."),
    "json.too_large": _("JSON-filen är större än %(limit)s MB. Dela den, eller spara ett objekt på varje rad."),
    "marc.authority": _("Posten är en auktoritetspost, ingen resurs. Den hoppades över."),
    "marc.holding": _("Posten är en beståndspost, ingen resurs. Den hoppades över."),
    "marc.no_leader": _("Posten har ingen läsbar postetikett (leader)."),
    "marc.directory": _("Postens innehållsförteckning stämmer inte: %(tags)s fält utlovas, %(fields)s finns."),
    "marc.cut_off": _("Filen slutar mitt i en post."),
    "marc.endless": _("En post tar aldrig slut. Filen är skadad."),
    "marc.encoding": _("Posten säger sig vara %(says)s men är kodad som %(found)s. Den lästes så."),
    "marc.json": _("Posten är inte MARC i JSON."),
    "marc.line": _("Raden är inget MARC-fält."),
    "kbv.unknown_form": _("Posten har en form som inte känns igen."),
    "oai.empty": _("Posten har ingen beskrivning."),
    "oai.unknown_format": _("Postens beskrivning är i ett format som inte känns igen."),
    "harvest.error": _("Katalogen svarade med ett fel: %(said)s (%(code)s)."),
    "harvest.circle": _("Katalogen går runt i sina egna svar och tar aldrig slut."),
    "harvest.no_answer": _("Katalogen svarar inte (%(fault)s). Försök igen senare, eller kontrollera adressen."),
    "harvest.no_such_host": _("Det finns ingen server som heter %(host)s. Kontrollera adressen."),
    "harvest.late": _("Katalogen svarade inte inom en minut. Försök igen senare."),
    "harvest.certificate": _("Katalogens certifikat går inte att lita på, så inget hämtas: %(fault)s"),
    "harvest.gone": _("Det finns inget på den adressen (HTTP %(status)s). Fråga katalogen efter adressen för OAI-PMH."),
    "harvest.status": _("Katalogen svarade med felet HTTP %(status)s. Försök igen senare."),
    "harvest.web_page": _("Adressen visar en vanlig webbsida. Fråga katalogen efter adressen för OAI-PMH."),
    "harvest.too_large": _("Ett svar var större än %(limit)s MB."),
    "harvest.redirects": _("Katalogen skickar vidare för många gånger."),
    "harvest.address": _("Adressen går inte att använda: %(address)s"),
    "harvest.private": _("%(host)s ligger på ett internt nät och hämtas inte."),
    "amb.missing": _("%(wanted)s saknas."),
    "amb.not_text": _("Värdet ska vara text."),
    "amb.not_truth": _("Värdet ska vara true eller false."),
    "amb.not_uri": _("Värdet ska vara en fullständig adress (URI)."),
    "amb.not_date": _("Datumet ska skrivas som 2025-02-03, eller med klockslag som 2025-02-03T10:00:00+01:00."),
    "amb.not_allowed": _("Värdet är inte tillåtet här. Tillåtet: %(wanted)s."),
    "amb.not_list": _("Värdet ska vara en lista."),
    "amb.not_object": _("Värdet ska vara ett objekt."),
    "amb.not_by_language": _("Texten ska stå under sitt språk, som {\"sv\": \"Matematik\"}."),
    "amb.not_language": _("Språkkoden ska ha två bokstäver enligt ISO 639-1."),
    "amb.not_duration": _("Tiden ska skrivas enligt ISO 8601, som PT45M."),
    "amb.not_digits": _("Värdet ska bara ha siffror, utan enhet."),
    "amb.not_sha256": _("Kontrollsumman ska vara SHA-256 i hexadecimal form."),
    "amb.not_media_type": _("Filtypen ska vara en MIME-typ, som video/mp4."),
    "amb.no_address": _("Filen behöver typ och adress (contentUrl eller embedUrl)."),
    "amb.no_known_concept": _("Minst ett begrepp ska komma ur en vokabulär som AMB nämner: %(wanted)s."),
    "amb.no_learning_resource": _("Listan över typer ska innehålla LearningResource."),
    "amb.context": _("@context ska innehålla %(wanted)s."),
    "amb.context_language": _("@context ska säga ett språk med två bokstäver, som {\"@language\": \"sv\"}."),
    "amb.licence": _("Licensen är inte en av dem som AMB tillåter (Creative Commons, GNU, Apache, MIT, BSD)."),
}  # fmt: skip
