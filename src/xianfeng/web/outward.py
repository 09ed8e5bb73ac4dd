"""Addresses that leave the house: in chat groups, on paper, in feeds and files. A request says by which name it came,
and anybody may write another one there, so the address that people use is said by the settings, where they say it.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest, path: str) -> str:
    """The whole address of a page of this site; while the settings name none, by the name that was asked for."""
    return f"{settings.SITE}{path}" if settings.SITE_IS_GIVEN else request.build_absolute_uri(path)
