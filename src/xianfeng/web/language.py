"""Which language the pages speak: what the reader chose, else what the browser says it can read, else Chinese.

A browser that reads Chinese at all is answered in Chinese: that English stands before it in its list is no wish for
English, it came with the system. What is filed and what schemes say stays as it was written (ADR 15).
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from xianfeng.scheme.faults import Language
from xianfeng.web import tongues
from xianfeng.web.access import public

YEAR = 365 * 24 * 60 * 60
TRADITIONAL = {"hant", "tw", "hk", "mo"}
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


def chosen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wish if wish in TAGS else read_by(request.headers.get("Accept-Language", ""))
        with translation.override(language):
            response = get_response(request)
        if language == "en" and not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = tongues.marked(response.content.decode()).encode()
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        return response

    return answer


def read_by(browser: str) -> str:
    """The language for a browser, of what it says it reads: `zh-TW,zh;q=0.9,en;q=0.8`."""
    readable = [part.partition(";")[0].strip().lower() for part in browser.split(",")]
    chinese = next((tag for tag in readable if tag.split("-")[0] == "zh"), "")
    if chinese:
        return "zh-hant" if TRADITIONAL.intersection(chinese.split("-")) else "zh-hans"
    return "en" if any(tag.split("-")[0] == "en" for tag in readable) else settings.LANGUAGE_CODE


def explaining() -> Language:
    """The language in which schemes are explained to the reader: they are explained in two."""
    return "en" if translation.get_language() == "en" else "zh"


@csrf_exempt  # another site can at most change the language, and public pages need no session for it
@require_POST
@public
def language(request: HttpRequest) -> HttpResponse:
    wish, back = request.POST.get("language", ""), request.POST.get("next", "")
    response = HttpResponseRedirect(back if get_adapter(request).is_safe_url(back) else reverse("home"))
    if wish in TAGS:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wish, max_age=YEAR, httponly=True, samesite="Lax")
    return response
