"""What contexts further up add to a page here, said in their manifests."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.template.loader import render_to_string

from resursnav.kernel.manifest import Manifest, Panel, load


def panels(request: HttpRequest, page: str, thing: Any) -> list[str]:
    """The drawn parts for this page, in order; those that have nothing to say are left out."""
    wanted: list[Panel] = []
    for config in apps.get_app_configs():
        manifest = getattr(config, "manifest", None)
        if isinstance(manifest, Manifest):
            wanted += [panel for panel in manifest.panels if panel.page == page]
    drawn: list[str] = []
    for panel in sorted(wanted, key=lambda panel: panel.order):
        context = load(panel.run)(thing, request.user)
        if context is not None:
            drawn.append(render_to_string(panel.template, context, request=request))
    return drawn
