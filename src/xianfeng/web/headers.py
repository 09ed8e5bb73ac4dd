"""What every answer tells the browser: nothing from elsewhere, no scripts, no frames."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from xianfeng.config import paths

INSTALLATION = "X-Xianfeng-Installation"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
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
        return response

    return answer
