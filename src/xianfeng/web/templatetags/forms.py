"""`{% csrf_token %}` with the reader beside it, for whom a page is made (web/whose.py): no form can forget him."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xianfeng.web import whose

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context, made_for: str | None = None) -> SafeString:
    """`made_for`: the token of a form that is offered once more; else the present reader's."""
    request = context.get("request")
    reader = made_for if made_for is not None or request is None else whose.token(request)
    field = format_html('<input type="hidden" name="{}" value="{}">', whose.FIELD, reader) if reader else ""
    return format_html("{}{}", CsrfTokenNode().render(context), field)
