"""Pages are sent compressed: a village's network is slow, and a demonstration has no server before it that would do it.

Django's own middleware lengthens each answer at random, against guessing what is in it from how long it is. Workbooks,
documents and pictures are compressed already.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_SHRINKS = ("text/", "image/svg", "application/json", "application/geo+json", "application/atom+xml")


class Compressed(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        return super().process_response(request, response) if kind.startswith(_SHRINKS) else response
