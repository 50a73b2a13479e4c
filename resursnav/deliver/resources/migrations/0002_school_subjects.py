"""The subjects of the Swedish school, by the three letters that Skolverket's codes have in them."""

from django.db import migrations

SUBJECTS = {
    "BIL": "Bild", "BIO": "Biologi", "ENG": "Engelska", "FIL": "Filosofi", "FYS": "Fysik", "FOR": "Företagsekonomi",
    "GEO": "Geografi", "HIS": "Historia", "HKK": "Hem- och konsumentkunskap", "IDR": "Idrott och hälsa", "KEM": "Kemi",
    "MAT": "Matematik", "MOD": "Modersmål", "MSP": "Moderna språk", "MUS": "Musik", "NAK": "Naturkunskap",
    "PRR": "Programmering", "PSK": "Psykologi", "REL": "Religionskunskap", "SAM": "Samhällskunskap", "SAP": "Samiska",
    "SLJ": "Slöjd", "SVA": "Svenska som andraspråk", "SVE": "Svenska", "TEK": "Teknik", "TSP": "Teckenspråk för hörande",
}


def plant(apps, schema_editor):
    term = apps.get_model("resources", "SubjectTerm")
    for code, label in SUBJECTS.items():
        term.objects.get_or_create(scheme="school", code=code, defaults={"label": label})


class Migration(migrations.Migration):
    dependencies = [("resources", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
