"""The site map with addresses that go wrong in every way."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.urls import path

from xianfeng.config import urls
from xianfeng.config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bad(request: HttpRequest) -> NoReturn:
    raise SuspiciousOperation


def forbidden(request: HttpRequest) -> NoReturn:
    raise PermissionDenied


def broken(request: HttpRequest) -> NoReturn:
    raise RuntimeError


urlpatterns = [path("bad", bad), path("forbidden", forbidden), path("broken", broken), *urls.urlpatterns]
