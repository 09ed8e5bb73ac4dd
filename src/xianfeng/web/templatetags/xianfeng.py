"""What templates need to show numbers as numbers: grouped, exact, and never a zero for what nobody reported."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xianfeng import amounts
from xianfeng.figures.interface import Figure
from xianfeng.scheme import titles

register = template.Library()


@register.filter
def exact(value: int | Decimal | None) -> str:
    return "" if value is None else amounts.exact(value)


@register.filter
def listed(items: Iterable[str]) -> str:
    return titles.listed(items)


@register.filter
def or_absent(text: str, figure: Figure) -> str | SafeString:
    """The text of a figure; or 未报, looking like nothing else, where somebody owes it; or a dash: there is nothing."""
    if text:
        return text
    if figure.missing:
        return format_html('<span class="unreported">{}</span>', "未报")
    return format_html('<span title="{}">—</span>', "没有可以计算的对象")


@register.filter
def level(value: int) -> str:
    return titles.RANKS.get(value, "")
