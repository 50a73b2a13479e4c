"""{% load ui %}: all components of the house."""

from __future__ import annotations

from resursnav.foundation.ui import components
from resursnav.foundation.ui.components.library import register

__all__ = ["components", "register"]
