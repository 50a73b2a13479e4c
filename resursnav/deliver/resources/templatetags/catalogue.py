"""Covers and words of resources for templates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from resursnav.deliver.curriculum.models import years
from resursnav.deliver.resources import drawn, opening, pictures, wording
from resursnav.deliver.resources.models import Resource
from resursnav.deliver.resources.vocabulary import MediaType
from resursnav.foundation.ui import icons

register = template.Library()


@register.simple_tag
def cover(resource: Resource, size: str = "row") -> SafeString:
    """The front of a resource: its picture, or a small landscape of its own. `size` is row, card or page."""
    sizes = {"row": "96px", "card": "(max-width: 40em) 40vw, 200px", "page": "(max-width: 60em) 60vw, 288px"}[size]
    if not resource.cover:
        return _drawing(resource, size)
    addresses = [(_address(resource, width), width) for width in pictures.WIDTHS]
    return format_html(
        '<img class="rs-cover rs-cover--{}" src="{}" srcset="{}" sizes="{}" alt="{}" width="160" height="200"'
        ' loading="{}">',
        size,
        addresses[1][0],
        format_html_join(", ", "{} {}w", addresses),
        sizes,
        resource.cover_alt if size == "page" else "",
        "eager" if size == "page" else "lazy",
    )


def _address(resource: Resource, width: int) -> str:
    return reverse("resources:cover", args=[resource.pk, width, resource.cover[:16]])


def _drawing(resource: Resource, size: str) -> SafeString:
    subjects = list(resource.subjects.all())
    return format_html(
        '<svg class="rs-cover rs-cover--{} rs-art--{}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}'
        '<g class="rs-art__icon" transform="translate(68 92)">{}</g></svg>',
        size,
        drawn.hue_of(subjects[0].code if subjects else ""),
        drawn.WIDTH,
        drawn.HEIGHT,
        format_html_join("", '<path class="rs-art__{}" d="{}"/>', drawn.landscape(str(resource.pk))),
        icons.icon(wording.media_icon(resource)),
    )


@register.filter
def media_words(resource: Resource) -> str:
    return wording.media_words(resource)


@register.filter
def media_icon(resource: Resource) -> str:
    return wording.media_icon(resource)


@register.filter
def type_icon(code: str) -> str:
    return wording.ICONS[MediaType(code)]


@register.filter
def audience_words(resource: Resource) -> str:
    return wording.audience_words(resource)


@register.filter
def grades(thing: Any) -> str:
    """The span of school years of a resource or a tip."""
    return wording.grade_words(thing.grade_from, thing.grade_to)


@register.filter
def ages(resource: Resource) -> str:
    return wording.age_words(resource.age_from, resource.age_to)


@register.filter
def language_words(codes: Iterable[str]) -> str:
    return wording.language_words(codes)


@register.filter
def school_form_words(codes: Iterable[str]) -> str:
    return wording.school_form_words(codes)


@register.filter
def accessibility_words(codes: Iterable[str]) -> str:
    return wording.listed(wording.accessibility_words(codes))


@register.filter
def duration_words(seconds: int | None) -> str:
    return wording.duration_words(seconds)


@register.filter
def uses_words(count: int) -> str:
    return wording.uses_words(count)


@register.filter
def subject_words(resource: Resource) -> str:
    """The subjects as a row shows them: at most three."""
    return wording.subject_words(resource)


@register.filter
def language_tag(resource: Resource) -> str:
    """The language of the resource's own title, for screen readers; empty when it is ours or unknown."""
    return wording.language_tag(resource)


@register.filter
def is_online(resource: Resource) -> bool:
    """Whether some edition can be opened on the web."""
    return any(edition.url for edition in resource.editions.all())


@register.filter
def online_edition(resource: Resource) -> Any:
    """The first edition that can be opened on the web, with `way_in`, where one opens it; None when there is none."""
    return next((edition for edition in opening.editions_of(resource) if edition.url), None)


@register.filter
def facet_code(term: Any) -> str:
    """A subject as it stands in the search page's address."""
    return f"{term.scheme}:{term.code}"


@register.filter
def stage_words(point: Any) -> str:
    """ "årskurs 4–6"."""
    return years(point.stage_code)


@register.filter
def author_words(tip: Any) -> str:
    """Who wrote a tip: role and place, and the name when the author wants it and may be named."""
    return wording.author_words(tip)


@register.filter
def at(found: dict[int, Any], key: int) -> Any:
    """What a table of things by number has at the number."""
    return found.get(key, ())
