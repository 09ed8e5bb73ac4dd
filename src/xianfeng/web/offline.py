"""The desk without network: its worker, its manifest, the page shown instead, and what the outbox is told.

Reading again later is for pages marked `@kept`. Filing later is the browser's outbox (assets/parts/outbox.ts): it sends
a form by itself, and is told where the answer would have led instead of being led there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.web import built
from xianfeng.web.access import public
from xianfeng.web.language import TAGS

View = TypeVar("View", bound=Callable[..., HttpResponse])
KEEP = "X-Xianfeng-Keep"
OUTBOX = "X-Outbox"
LOCATION = "X-Location"
SEE_OTHER = (301, 302, 303)


def kept(view: View) -> View:
    """The reader's device keeps the page: a form to fill in where there is no network."""

    @wraps(view)
    def marked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers[KEEP] = "offline"
        return response

    return cast("View", marked)


def told(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a script cannot see where a redirect leads, so the outbox gets it as a header."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if OUTBOX in request.headers and response.status_code in SEE_OTHER:
            response.headers[LOCATION] = response.headers["Location"]
            del response.headers["Location"]
            response.status_code = 204
        return response

    return answer


@require_safe
@public
def worker(request: HttpRequest) -> HttpResponse:
    return HttpResponse(built.worker(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
@public
def manifest(request: HttpRequest) -> HttpResponse:
    desk = reverse("offline").removesuffix("offline")
    about = {
        "name": gettext("先锋工作台"),
        "short_name": gettext("先锋"),
        "lang": TAGS["zh-hans"],
        "id": desk,
        "start_url": desk,
        "scope": desk,
        "display": "standalone",
        "background_color": "#f6f3ef",
        "theme_color": "#a61b1b",
        "icons": [
            {"src": static("icon.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"},
            {"src": static("icon-192.png"), "type": "image/png", "sizes": "192x192"},
            {"src": static("icon-512.png"), "type": "image/png", "sizes": "512x512", "purpose": "any maskable"},
        ],
    }
    return JsonResponse(about, content_type="application/manifest+json")


@require_safe
@public
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "components/offline.html")
