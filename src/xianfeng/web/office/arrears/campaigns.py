"""The campaigns, those that run first, each with a way to its arrears; and the circulars that wait for a decision."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.duties.models import Circular, Round
from xianfeng.ledger import versions
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access
from xianfeng.web.frame import campaigns
from xianfeng.web.office.arrears.own import is_over, own_or_404


@dataclass(frozen=True)
class CampaignLine:
    scheme: Scheme
    over: bool
    waiting: int  # circulars


@dataclass(frozen=True)
class CampaignsPage:
    own: Node
    lines: tuple[CampaignLine, ...]


@require_safe
@access.needs(Ability.REVIEW)
def arrears_of_campaigns(request: HttpRequest) -> HttpResponse:
    own = own_or_404(request)
    open_ = list(Circular.objects.filter(organisation__in=own.desk, decision="").values_list("round", flat=True))
    waiting = list(Round.objects.filter(id__in=open_).values_list("scheme", flat=True))
    known = [versions.current(link.name) for link in campaigns()]
    lines = [CampaignLine(scheme, is_over(scheme), waiting.count(scheme.name)) for scheme in known]
    page = CampaignsPage(own.node, tuple(sorted(lines, key=lambda line: line.over)))
    return render(request, "office/arrears/campaigns.html", {"page": page})
