"""What the books themselves have against a page is told on a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from xianfeng.problems import Problem
from xianfeng.web import errors


class Stopping:
    """The middleware next to the views: a `Problem` that nobody expected stops the page, with its words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.stopped(request, exception) if isinstance(exception, Problem) else None
