"""What holds for every page: it is only read, and a `Problem` that it meets is told on a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from xianfeng.problems import Problem
from xianfeng.web import errors

METHODS = ("GET", "HEAD")


class Reading:
    """The middleware next to the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if request.method in METHODS else errors.only_read(request, METHODS)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.stopped(request, exception) if isinstance(exception, Problem) else None
