"""What templates need: numbers as numbers, never a zero for what nobody reported; addresses of what was built."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from xianfeng import amounts
from xianfeng.figures.interface import Figure
from xianfeng.scheme import titles
from xianfeng.sentences import translated
from xianfeng.web import built, outward
from xianfeng.web.devices import device
from xianfeng.web.language import TAGS

register = template.Library()


@register.filter
def exact(value: int | Decimal | None) -> str:
    return "" if value is None else amounts.exact(value)


@register.filter
def listed(items: Iterable[str]) -> str:
    return translated(titles.listed(items))


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
    return translated(titles.RANKS.get(value, ""))


register.filter(device)


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file: `{% asset "chart.js" %}`."""
    return built.address(name)


@register.simple_tag
def largest_form() -> int:
    """How many bytes a form may send, files not counted."""
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0


@register.simple_tag(takes_context=True)
def this_page(context: template.Context) -> str:
    """The page's whole address, for paper."""
    request = context["request"]
    return outward.address(request, request.get_full_path())


@register.simple_tag
def spoken() -> str:
    """The page's language as its `lang` attribute wants it."""
    return TAGS.get(get_language() or "", "zh-Hans")
