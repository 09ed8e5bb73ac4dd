"""What templates need: numbers as numbers, never a zero for what nobody reported; addresses of what was built."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from xianfeng.figures.interface import Figure
from xianfeng.scheme.titles import RANKS
from xianfeng.web import built
from xianfeng.web.language import TAGS

register = template.Library()


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
def or_absent(text: str, figure: Figure) -> str | SafeString:
    """The text of a figure; or 未报, looking like nothing else, where somebody owes it; or a dash: there is nothing."""
    if text:
        return text
    if figure.missing:
        return format_html('<span class="unreported">{}</span>', gettext("未报"))
    return format_html('<span title="{}">—</span>', gettext("没有可以计算的对象"))


@register.filter
def level(value: int) -> str:
    return RANKS.get(value, "")


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file: `{% asset "chart.js" %}`."""
    return built.address(name)


@register.simple_tag
def spoken() -> str:
    """The page's language as its `lang` attribute wants it."""
    return TAGS.get(get_language() or "", "zh-Hans")
