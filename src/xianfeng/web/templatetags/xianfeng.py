"""What templates need to show numbers as numbers: grouped, exact, and never a zero for what nobody reported."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

LEVELS = {0: "草稿", 1: "已报", 2: "已审", 3: "已上报"}


@register.filter
def exact(value: int | Decimal | None) -> str:
    """Every digit, in groups of three; a fraction without trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        value = value.normalize()
        if value == value.to_integral_value():
            value = value.quantize(Decimal(1))
    return f"{value:,}"


@register.filter
def or_unreported(text: str) -> str | SafeString:
    """The text of a figure, or the words that say that nothing was reported, looking like nothing else."""
    return text or format_html('<span class="unreported">{}</span>', "未报")


@register.filter
def level(value: int) -> str:
    return LEVELS.get(value, "")
