"""What the gallery shows: invented values for every component."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from .charts import Chart, Series
from .components.lists import FacetChoice, FacetGroup
from .frame import Contact

HERE = ZoneInfo("Europe/Stockholm")
WRONG = {"title": "", "email": "åsa", "copies": "0", "day": "2026-02-30", "way": "", "kinds": [], "agree": ""}


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label=_("Vad heter kursen?"), help_text=_("Som den ska stå i programmet."), max_length=80)
    email = forms.EmailField(label=_("E-postadress"), required=False)
    copies = forms.IntegerField(label=_("Antal exemplar"), min_value=1, max_value=30)
    day = forms.DateField(label=_("Första dag i klassrummet"), widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.ChoiceField(label=_("Kommun"), choices=[("2425", "Dorotea"), ("2421", "Storuman"), ("2463", "Åsele")])
    way = forms.ChoiceField(
        label=_("Hur vill du få materialet?"),
        help_text=_("Bussen går varje tisdag."),
        widget=forms.RadioSelect,
        choices=[
            ("route", _("Med bussen till skolan")),
            ("post", _("Med posten")),
            ("fetch", _("Jag hämtar på centret")),
        ],
    )
    kinds = forms.MultipleChoiceField(
        label=_("Årskurser"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "Åk 1–3"), ("4", "Åk 4–6"), ("7", "Åk 7–9")],
    )
    words = forms.CharField(label=_("Hälsning till centret"), required=False, widget=forms.Textarea)
    file = forms.FileField(label=_("Bifoga en fil"), required=False)
    agree = forms.BooleanField(label=_("Jag ansvarar för att materialet lämnas tillbaka"))


SWATCHES = (
    ("accent", "gran"),
    ("neutral", "natt"),
    ("info", "is"),
    ("success", "mossa"),
    ("warning", "hjortron"),
    ("danger", "lingon"),
)
YEARS = ("2019", "2020", "2021", "2022", "2023", "2024", "2025")
SAMPLE: dict[str, Any] = {
    "key": "j",
    "name": "Åsa Lindqvist",
    "town": "Umeå",
    "school": "Bergvattenskolan",
    "path": "Västerbotten › Dorotea",
    "day": date(2026, 11, 24),
    "moment": datetime(2026, 11, 17, 14, 5, tzinfo=HERE),
    "contact": Contact(
        name="Resurscentrum Norrland",
        email="centret@example.org",
        phone="090-12 34 56",
        address="Storgatan 1, Umeå",
        hours="vardagar 8–16",
    ),
    "steps": ("Välj material", "Välj dag", "Kontrollera"),
    "page": Paginator(range(940), 20).get_page(7),
    "rows": (
        ("Robotar i förskolan", "Dorotea", 12, "good", "Ledig"),
        ("Källkritik med film", "Storuman", 4, "warning", "Kö: 3 klasser"),
        ("Grönska, årstider och växter", "Åsele", 31, "plain", "Utlånad till 8 dec"),
    ),
    "facets": (
        FacetGroup(
            "kind",
            "Typ",
            (
                FacetChoice("film", "Film", 128, selected=True),
                FacetChoice("book", "Bok", 1204),
                FacetChoice("kit", "Låda med material", 17),
            ),
        ),
        FacetGroup(
            "subject",
            "Ämne",
            tuple(
                FacetChoice(str(number), name, 220 - 17 * number)
                for number, name in enumerate(
                    (
                        "Bild",
                        "Biologi",
                        "Engelska",
                        "Fysik",
                        "Historia",
                        "Hem- och konsumentkunskap",
                        "Kemi",
                        "Matematik",
                    )
                )
            ),
        ),
    ),
    "bars": Chart(
        "Skellefteå lånar mest, Dorotea mest per elev",
        ("Skellefteå", "Umeå", "Storuman", "Dorotea", "Sorsele"),
        (Series("Lån", (1204, 1108, 340, 286, None)),),
        unit="lån",
        note="Läsåret 2025/26. Sorsele visas inte: färre än fem personer står bakom siffran.",
        missing="visas inte",
    ),
    "pairs": Chart(
        "Fler kvinnor än män går utbildningarna, i alla kommuner",
        ("Umeå", "Lycksele", "Åsele"),
        (Series("Kvinnor", (212, 96, 31)), Series("Män", (74, 41, 12))),
        unit="deltagare",
    ),
    "lines": Chart(
        "Strömmad film gick om utlånade exemplar 2021",
        YEARS,
        (
            Series("Strömmat", (820, 1400, 2650, 3120, 3480, 3900, 4310)),
            Series("Exemplar", (2900, 2100, 1980, 1730, 1540, 1490, 1450)),
            Series("Utrustning", (310, 260, 420, 610, 840, None, 1120)),
        ),
        unit="Lån per år",
        note="Uppgift om utrustning saknas för 2024.",
    ),
    "multiples": Chart(
        "Utlåningen växer i inlandet och står stilla vid kusten",
        YEARS,
        (
            Series("Dorotea", (80, 96, 120, 150, 190, 240, 286)),
            Series("Lycksele", (210, 230, 260, 300, 350, 390, 440)),
            Series("Umeå", (1090, 1010, 1120, 1080, 1130, 1100, 1108)),
            Series("Storuman", (140, 150, 190, 220, 260, 310, 340)),
        ),
        unit="Lån per år",
    ),
}
