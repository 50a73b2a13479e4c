"""How a component is made: a function gives the values, a template of the same name draws them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()
Values = dict[str, Any]


def _draw(context: Context, name: str, values: Values) -> SafeString:
    engine = context.template.engine  # type: ignore[union-attr]  # set while a template is being drawn
    drawn = context.new(values)
    for kept in ("request", "csrf_token", "frame", "LANGUAGE_CODE"):
        if kept in context and kept not in values:
            drawn[kept] = context[kept]
    return engine.get_template(f"ui/parts/{name}.html").render(drawn)


def tag(function: Callable[..., Values]) -> Callable[..., Values]:
    """A component without content: {% name … %}. The function takes the context first."""
    name = function.__name__

    @wraps(function)
    def render(context: Context, *args: Any, **kwargs: Any) -> SafeString:
        return _draw(context, name, function(context, *args, **kwargs))

    register.simple_tag(render, takes_context=True, name=name)
    return function


def block(function: Callable[..., Values]) -> Callable[..., Values]:
    """A component around content: {% name … %} … {% endname %}. The function takes context and content first."""
    name = function.__name__

    @wraps(function)
    def render(context: Context, content: SafeString, *args: Any, **kwargs: Any) -> SafeString:
        return _draw(context, name, {"content": content, **function(context, content, *args, **kwargs)})

    register.simple_block_tag(render, takes_context=True, name=name)
    return function
