"""A record that its subject has to act on, as the paper it is handed (限期整改通知书)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xianfeng.inspections import orders
from xianfeng.problems import Problem
from xianfeng.web import access, scope
from xianfeng.web.papers import kept
from xianfeng.web.record.finding import record_or_404


@require_safe
@access.public
def order_file(request: HttpRequest, number: int, suffix: str) -> HttpResponse:
    opened = record_or_404(number, scope.of(request).full)
    try:
        paper = orders.dispatch(opened.record)
    except Problem as problem:
        raise Http404(problem.message) from problem
    return kept(paper, f"{opened.kind.title}-{number}", suffix)
