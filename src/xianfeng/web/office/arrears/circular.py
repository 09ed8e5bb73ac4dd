"""A circular as a paper to hand out.

While it is a draft only who decides about it reads it; once it is issued, those whom it names too, and whoever reads
all of the organisation that issued it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.duties import circulars
from xianfeng.duties.circulars import Drafted
from xianfeng.duties.models import Circular
from xianfeng.papers.dispatch import Dispatch
from xianfeng.registry import desks
from xianfeng.web import access, scope
from xianfeng.web.entries import actors
from xianfeng.web.papers import FILES, kept
from xianfeng.web.scope import Scope


@dataclass(frozen=True)
class CircularPage:
    one: Drafted
    paper: Dispatch
    files: tuple[str, ...]
    decided_by: str


@require_safe
@access.needs(Ability.READ)
def circular(request: HttpRequest, number: int) -> HttpResponse:
    one = _circular_or_404(request, number)
    page = CircularPage(
        one=one,
        paper=circulars.dispatch(one),
        files=tuple(FILES),
        decided_by=actors([one.decided_by]).get(one.decided_by, "") if one.decided_by else "",
    )
    return render(request, "office/arrears/circular.html", {"page": page})


@require_safe
@access.needs(Ability.READ)
def circular_file(request: HttpRequest, number: int, suffix: str) -> HttpResponse:
    paper = circulars.dispatch(_circular_or_404(request, number))
    return kept(paper, f"{''.join(paper.title)}-{number}", suffix)


def _circular_or_404(request: HttpRequest, number: int) -> Drafted:
    for one in circulars.told(list(Circular.objects.filter(id=number))):
        if _may_read(scope.of(request), one):
            return one
    raise Http404(gettext("没有这份通报"))


def _may_read(seen: Scope, one: Drafted) -> bool:
    own = seen.reader.organisation
    if own is None:
        return False
    desk = desks.of(own.id)
    if one.organisation in desk and seen.reader.can(Ability.REVIEW):
        return True
    named = not set(desk).isdisjoint(one.organisations)
    return one.decision == "issued" and (named or seen.within(one.organisation))
