"""What templates ask about people."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from resursnav.foundation.people.personas import Persona, personas

register = template.Library()


@register.simple_tag
def demo_personas() -> list[Persona]:
    """{% demo_personas as chosen %}: whom a visitor of the demo may be."""
    return personas()


@register.filter
def breakable(address: str) -> SafeString:
    """An e-mail address that a narrow screen breaks after the @ rather than inside a word."""
    local, at, domain = address.partition("@")
    return format_html("{}{}<wbr>{}", local, at, domain) if at else format_html("{}", address)
