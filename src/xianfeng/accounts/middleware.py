"""Every request knows its reader, who is asked for when first needed: `request.reader` in views and templates. A page
that only reads asks the books once for what several of its parts need.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from xianfeng.accounts import reader
from xianfeng.remembered import one_page

READING = ("GET", "HEAD")
Answer = Callable[[HttpRequest], HttpResponse]


def reading(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        request.reader = SimpleLazyObject(lambda: reader.of(request))  # type: ignore[attr-defined]
        with one_page() if request.method in READING else nullcontext():
            return get_response(request)

    return answer
