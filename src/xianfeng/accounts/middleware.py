"""Every request knows its reader, who is asked for when first needed: `request.reader` in views and templates."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from xianfeng.accounts import reader

Answer = Callable[[HttpRequest], HttpResponse]


def reading(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        request.reader = SimpleLazyObject(lambda: reader.of(request))  # type: ignore[attr-defined]
        return get_response(request)

    return answer
