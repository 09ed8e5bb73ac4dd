"""What every answer tells the browser: nothing from elsewhere, no code or style within a page, no frames."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from xianfeng import paths
from xianfeng.web.whose import token

INSTALLATION = "X-Xianfeng-Installation"
READER = "X-Xianfeng-Reader"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def content_security(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if settings.XIANFENG_SYNTHETIC:  # so that `xianfeng demo` knows its own pages from another demonstration's
            response.headers[INSTALLATION] = paths.installation()
        if reader := token(request):  # so that what a device keeps or has still to send stays with whose it is
            response.headers[READER] = reader
            # Signed out on a shared machine, the button 'back' must find nothing.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer
