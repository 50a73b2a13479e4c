"""Numbers, days and addresses as people write them, in the language of the page."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from django.template.defaultfilters import date as date_text
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

from .library import register


@register.filter
def number(value: float | Decimal | None) -> str:
    """1234567.5 as "1 234 567,5" in Swedish and "1,234,567.5" in English; at most two decimals."""
    if value is None or value == "":
        return ""
    text = f"{Decimal(str(value)):,.2f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if (get_language() or "sv").startswith("en"):
        return text
    return text.replace(",", "\u00a0").replace(".", ",").replace("-", "\u2212")


@register.filter
def kronor(value: Decimal | None) -> str:
    """An amount: whole kronor as "12 500", and with öre always two digits, "12 500,50"."""
    if value is None or value == value.to_integral_value():
        return number(value)
    text = f"{value:,.2f}"
    return text if _english() else text.replace(",", "\u00a0").replace(".", ",").replace("-", "\u2212")


@register.filter
def plain(value: float) -> str:
    """A number for an SVG attribute, whatever the language: always with a point."""
    return f"{value:g}"


def _here(value: date | datetime) -> date | datetime:
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as "tisdag 24 november"."""
    if not value:
        return ""
    text = date_text(_here(value), "l j F")
    return text if _english() else text.lower()


@register.filter
def day_year(value: date | datetime | None) -> str:
    """A day as "24 november 2026"."""
    return date_text(_here(value), "j F Y") if value else ""


@register.filter
def day_short(value: date | datetime | None) -> str:
    """A day in a table as "24 nov 2026", which never breaks over two lines."""
    if not value:
        return ""
    return date_text(_here(value), "j M Y" if _english() else "j b Y").replace(" ", "\u00a0")


@register.filter
def moment_short(value: datetime | None) -> str:
    """A moment in a table as "24 nov 2026 14.05"."""
    if not value:
        return ""
    return f"{day_short(value)} {date_text(_here(value), 'H:i' if _english() else 'H.i')}"


@register.filter
def moment_text(value: datetime | None) -> str:
    """A moment as "24 november 2026 kl. 14.05"."""
    if not value:
        return ""
    return date_text(_here(value), "j F Y, H:i" if _english() else "j F Y \\k\\l. H.i")


@register.filter
def machine_time(value: date | datetime) -> str:
    """A day or moment for <time datetime>."""
    return value.isoformat()


@register.filter
def tel(value: str) -> str:
    """A telephone number as a link wants it: digits and a leading plus."""
    digits = re.sub(r"[^0-9+]", "", value)
    return digits if digits.startswith("+") else re.sub(r"^0", "+46", digits)


@register.filter
def breakable(value: str) -> SafeString:
    """An e-mail address that a narrow line breaks before the @ or a point, and not inside a word."""
    first, *others = re.split(r"(?=[@.])", value)
    return format_html("{}{}", first, format_html_join("", "<wbr>{}", ((part,) for part in others)))


@register.filter
def bare_url(value: str) -> str:
    """An address without its scheme, as people say it."""
    return re.sub(r"^https?://(www\.)?", "", value).rstrip("/")


def _english() -> bool:
    return (get_language() or "sv").startswith("en")
