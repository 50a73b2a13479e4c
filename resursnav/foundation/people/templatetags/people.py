"""What templates ask about people."""

from __future__ import annotations

from django import template

from resursnav.foundation.people.personas import Persona, personas

register = template.Library()


@register.simple_tag
def demo_personas() -> list[Persona]:
    """{% demo_personas as chosen %}: whom a visitor of the demo may be."""
    return personas()
