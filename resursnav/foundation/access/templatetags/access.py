"""{% may "resources.edit" resource as ok %}: the same rules in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model

from resursnav.foundation.access import may, rule_named

register = template.Library()


@register.simple_tag(takes_context=True, name="may")
def may_tag(context: Any, name: str, thing: Model | None = None) -> bool:
    """Whether the person who looks may do this; False when the page has no person."""
    return may(context.get("user"), rule_named(name), thing)
