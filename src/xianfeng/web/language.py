"""Which language the pages speak: Chinese, until the reader asks for another.

A browser that came with an English Windows is no wish for English, so what browsers ask for is not heard.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from xianfeng.web.access import public

YEAR = 365 * 24 * 60 * 60
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


def chosen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(wish if wish in TAGS else settings.LANGUAGE_CODE):
            response = get_response(request)
        patch_vary_headers(response, ("Cookie",))
        return response

    return answer


@csrf_exempt  # another site can at most change the language, and public pages need no session for it
@require_POST
@public
def language(request: HttpRequest) -> HttpResponse:
    wish, back = request.POST.get("language", ""), request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(back if inside else reverse("home"))
    if wish in TAGS:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wish, max_age=YEAR, httponly=True, samesite="Lax")
    return response
