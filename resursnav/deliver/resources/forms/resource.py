"""What people type about a resource."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resursnav.foundation.organisations.models import Organisation

from ..facts import COLUMNS, EditionFacts, Facts
from ..models import Resource, SubjectTerm
from ..vocabulary import (
    Accessibility,
    CreatorRole,
    Grade,
    Licence,
    LinkKind,
    MediaType,
    Scheme,
    SchoolForm,
    Visibility,
)
from .fields import Codes, Duration, LanguageCodes, Lines, is_isbn

GRADES = [("", gettext_lazy("Välj")), *Grade.choices]


def _capital(choices: list[tuple[Any, Any]]) -> list[tuple[Any, str]]:
    return [(value, str(label)[:1].upper() + str(label)[1:]) for value, label in choices]


class ResourceForm(forms.Form):
    """Everything that is said about a resource; its editions and creators have forms of their own."""

    title = forms.CharField(
        label=gettext_lazy("Titel"), max_length=1000, error_messages={"required": gettext_lazy("Skriv en titel.")}
    )
    subtitle = forms.CharField(label=gettext_lazy("Undertitel"), max_length=1000, required=False)
    description = forms.CharField(
        label=gettext_lazy("Beskrivning"),
        help_text=gettext_lazy("Vad är det, och hur kan det användas? De två första raderna syns i träfflistan."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    subjects = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Skolämnen"),
        queryset=SubjectTerm.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = Lines(
        label=gettext_lazy("Teman"),
        help_text=gettext_lazy("Ett på varje rad, till exempel källkritik eller renskötsel."),
        longest=80,
    )
    school_forms = Codes(label=gettext_lazy("Skolformer"), required=False)
    grade_from = forms.TypedChoiceField(
        label=gettext_lazy("Från"), choices=GRADES, coerce=int, empty_value=None, required=False
    )
    grade_to = forms.TypedChoiceField(
        label=gettext_lazy("Till och med"), choices=GRADES, coerce=int, empty_value=None, required=False
    )
    age_from = forms.IntegerField(label=gettext_lazy("Ålder från"), min_value=0, max_value=99, required=False)
    age_to = forms.IntegerField(label=gettext_lazy("Ålder till"), min_value=0, max_value=99, required=False)
    languages = LanguageCodes(
        label=gettext_lazy("Språk"),
        help_text=gettext_lazy("Med komma emellan, till exempel svenska, nordsamiska."),
        required=False,
        max_length=200,
    )
    publisher = forms.CharField(label=gettext_lazy("Utgivare"), max_length=300, required=False)
    year = forms.IntegerField(label=gettext_lazy("Utgivningsår"), min_value=1000, max_value=2100, required=False)
    own_number = forms.CharField(
        label=gettext_lazy("Eget nummer"),
        help_text=gettext_lazy("Centrets eget nummer, till exempel D 1234."),
        max_length=40,
        required=False,
    )
    licence = forms.ChoiceField(label=gettext_lazy("Licens"), required=False)
    licence_url = forms.URLField(
        label=gettext_lazy("Licensens adress"), max_length=500, required=False, assume_scheme="https"
    )
    accessibility = Codes(
        label=gettext_lazy("Tillgänglighet"),
        help_text=gettext_lazy("Det som gör att fler kan använda den."),
        required=False,
    )
    other_titles = Lines(label=gettext_lazy("Andra titlar"), help_text=gettext_lazy("En på varje rad."))
    identifiers = Lines(
        label=gettext_lazy("Nummer"),
        help_text=gettext_lazy("Ett på varje rad, med slaget först: ISBN 978-91-0-012345-6, DOI 10.1000/182."),
        longest=420,
    )
    links = Lines(
        label=gettext_lazy("Länkar"),
        help_text=gettext_lazy("En på varje rad: adressen först, sedan länktexten."),
        longest=1200,
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Vem får hitta den när den är publicerad?"), widget=forms.RadioSelect
    )
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: list[Organisation] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["subjects"].queryset = SubjectTerm.objects.school()  # type: ignore[attr-defined]  # a model field
        for name, choices in (
            ("school_forms", SchoolForm.choices),
            ("accessibility", Accessibility.choices),
            ("licence", [("", _("inte angiven")), *Licence.choices]),
            ("visibility", Visibility.choices),
        ):
            self.fields[name].choices = _capital(choices)  # type: ignore[attr-defined]  # all four are choice fields
        if owners is not None and len(owners) > 1:
            self.fields["owner"] = forms.TypedChoiceField(
                label=_("Vem ansvarar för den?"),
                choices=[(owner.pk, owner.name) for owner in owners],
                coerce=int,
            )

    def clean_identifiers(self) -> list[tuple[str, str]]:
        """ "ISBN 978-91-..." as ("isbn", "97891...")."""
        found = []
        for line in self.cleaned_data["identifiers"]:
            first, _space, rest = line.partition(" ")
            scheme = first.rstrip(":").casefold()
            scheme = {"libris-id": "libris", "url": "uri", "annat": "other"}.get(scheme, scheme)
            if scheme not in Scheme.values or not rest.strip():
                known = ", ".join(str(label) for label in Scheme.labels)
                raise ValidationError(
                    _("Skriv vad det är för nummer först på raden ”%(line)s”. Vi känner till: %(known)s.")
                    % {"line": line[:60], "known": known}
                )
            value = re.sub(r"[\s-]", "", rest).upper() if scheme in {"isbn", "issn", "ean"} else rest.strip()
            if scheme == "isbn" and not is_isbn(value):
                raise ValidationError(
                    _("”%(line)s” är inget ISBN: kontrollsiffran stämmer inte.") % {"line": line[:60]}
                )
            found.append((scheme, value))
        return found

    def clean_links(self) -> list[tuple[str, str, str]]:
        """ "https://... Länktext" as (kind, address, text)."""
        found = []
        for line in self.cleaned_data["links"]:
            url, _space, label = line.partition(" ")
            try:
                URLValidator(schemes=["http", "https"])(url)
            except ValidationError as wrong:
                raise ValidationError(
                    _("”%(line)s” börjar inte med en webbadress. Skriv hela adressen, med https:// först.")
                    % {"line": line[:60]}
                ) from wrong
            found.append((LinkKind.MORE.value, url, label.strip()[:200]))
        return found

    def clean(self) -> dict[str, Any]:
        """What must fit together."""
        said = super().clean() or {}
        for first, last in (("grade_from", "grade_to"), ("age_from", "age_to")):
            low, high = said.get(first), said.get(last)
            if low is not None and high is not None and high < low:
                self.add_error(last, _("Det sista måste komma efter det första."))
        if (said.get("grade_from") is None) != (said.get("grade_to") is None):
            self.add_error(
                "grade_to" if said.get("grade_to") is None else "grade_from",
                _("Ange både första och sista årskursen."),
            )
        return said

    def facts(self, creators: BaseFormSet[Any], editions: BaseFormSet[Any], resource: Resource | None) -> Facts:
        """All that was typed, as the actions take it."""
        said = self.cleaned_data
        columns: dict[str, Any] = {
            name: tuple(said[name]) if isinstance(said[name], list) else said[name] for name in COLUMNS
        }
        return Facts(
            **columns,
            subjects=frozenset(subject.pk for subject in said["subjects"]) | _kept_subjects(resource),
            topics=tuple(said["topics"]),
            identifiers=tuple(said["identifiers"]),
            links=_with_kinds(said["links"], resource),
            creators=tuple((row["name"], row["role"]) for row in _rows(creators) if row.get("name")),
            editions=tuple(_edition(row) for row in _rows(editions) if row.get("media_type")),
        )


def _kept_subjects(resource: Resource | None) -> frozenset[int]:
    """Terms of other vocabularies, which the form does not show, stay as they are."""
    if resource is None:
        return frozenset()
    others = resource.subjects.exclude(scheme__in=["school", "topic"])
    return frozenset(others.values_list("pk", flat=True))


def _with_kinds(links: list[tuple[str, str, str]], resource: Resource | None) -> tuple[tuple[str, str, str], ...]:
    """Links that were there keep their kind, which the form does not show."""
    known = dict(resource.links.values_list("url", "kind")) if resource is not None else {}
    return tuple((known.get(url, kind), url, label) for kind, url, label in links)


def _rows(formset: Any) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in formset if form.cleaned_data]


def _edition(row: dict[str, Any]) -> EditionFacts:
    return EditionFacts(
        key=row["key"],
        media_type=row["media_type"],
        label=row["label"],
        number=row["number"],
        url=row["url"],
        languages=tuple(row["languages"]),
        subtitles=tuple(row["subtitles"]),
        audio_description=row["audio_description"],
        duration_s=row["duration"],
        extent=row["extent"],
        year=row["year"],
    )


class CreatorForm(forms.Form):
    """One who made it."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=300, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Gjorde"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = _capital(CreatorRole.choices)  # type: ignore[attr-defined]  # a choice field

    def clean_role(self) -> str:
        """An author, unless something else is said."""
        return self.cleaned_data["role"] or CreatorRole.AUTHOR.value


class EditionForm(forms.Form):
    """One form in which the resource exists."""

    key = forms.IntegerField(widget=forms.HiddenInput, required=False)
    media_type = forms.ChoiceField(label=gettext_lazy("Medietyp"), required=False)
    label = forms.CharField(label=gettext_lazy("Benämning"), max_length=200, required=False)
    url = forms.URLField(
        label=gettext_lazy("Adress där den finns"), max_length=1000, required=False, assume_scheme="https"
    )
    number = forms.CharField(label=gettext_lazy("Nummer på hyllan"), max_length=40, required=False)
    duration = Duration(label=gettext_lazy("Speltid"), required=False)
    extent = forms.CharField(label=gettext_lazy("Omfång"), max_length=200, required=False)
    year = forms.IntegerField(label=gettext_lazy("År"), min_value=1000, max_value=2100, required=False)
    languages = LanguageCodes(label=gettext_lazy("Språk"), max_length=200, required=False)
    subtitles = LanguageCodes(label=gettext_lazy("Undertexter"), max_length=200, required=False)
    audio_description = forms.BooleanField(label=gettext_lazy("Har syntolkning"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("ingen")), *MediaType.choices]
        self.fields["media_type"].choices = _capital(choices)  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Something said about an edition without its type would be lost."""
        said = super().clean() or {}
        if not said.get("media_type") and any(
            said.get(name) for name in ("label", "url", "number", "duration", "extent")
        ):
            self.add_error("media_type", _("Välj vilken typ utgåvan är."))
        return said


CreatorFormSet = formset_factory(CreatorForm, extra=1, max_num=60, absolute_max=80)
EditionFormSet = formset_factory(EditionForm, extra=1, max_num=30, absolute_max=40)


def said_of(resource: Resource) -> dict[str, Any]:
    """What the form shows of a resource that is there."""
    terms = list(resource.subjects.all())
    return {
        **{name: getattr(resource, name) for name in COLUMNS if name != "other_titles"},
        "subjects": [term.pk for term in terms if term.scheme == "school"],
        "topics": "\n".join(term.label for term in terms if term.scheme == "topic"),
        "other_titles": "\n".join(resource.other_titles),
        "identifiers": "\n".join(str(number) for number in resource.identifiers.all()),
        "links": "\n".join(f"{link.url} {link.label}".strip() for link in resource.links.all()),
        "seen_at": resource.updated_at.isoformat(),
    }


def editions_of(resource: Resource) -> list[dict[str, Any]]:
    """The same for its editions."""
    names = ("media_type", "label", "number", "url", "languages", "subtitles", "audio_description", "extent", "year")
    return [
        {"key": edition.pk, "duration": edition.duration_s, **{name: getattr(edition, name) for name in names}}
        for edition in resource.editions.all()
    ]


def creators_of(resource: Resource) -> list[dict[str, Any]]:
    """The same for those who made it."""
    return [{"name": creator.name, "role": creator.role} for creator in resource.creators.all()]
