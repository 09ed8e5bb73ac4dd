"""`{% qr address %}`: an address as a QR code, for `components/qr.html` and for paper."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from xianfeng.web import codes

register = template.Library()


@register.simple_tag
def qr(address: str) -> SafeString:
    return codes.qr(address)
