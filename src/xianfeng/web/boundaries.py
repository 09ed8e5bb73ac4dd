"""The boundary files that maps ask for. What an administrative division looks like is nobody's secret."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from xianfeng.web import access, maps

DAY = 24 * 60 * 60


@access.public
def boundaries(request: HttpRequest, code: str) -> HttpResponse:
    found = maps.geojson(code)
    if found is None:
        raise Http404(gettext("没有这里的边界"))
    answer = JsonResponse(found, content_type="application/geo+json", json_dumps_params={"separators": (",", ":")})
    answer.headers["Cache-Control"] = f"private, max-age={DAY}"
    return answer
