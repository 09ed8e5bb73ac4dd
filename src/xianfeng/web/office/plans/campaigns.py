"""The campaigns that lay something out backwards, those that run first."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import versions
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access
from xianfeng.web.frame import campaigns


@dataclass(frozen=True)
class CampaignLine:
    scheme: Scheme
    over: bool


@dataclass(frozen=True)
class CampaignsPage:
    lines: tuple[CampaignLine, ...]


@require_safe
@access.needs(Ability.READ)
def plans_of_campaigns(request: HttpRequest) -> HttpResponse:
    known = [versions.current(link.name) for link in campaigns()]
    lines = [CampaignLine(scheme, scheme.until < timezone.localdate()) for scheme in known if scheme.plans]
    page = CampaignsPage(tuple(sorted(lines, key=lambda line: line.over)))
    return render(request, "office/plans/campaigns.html", {"page": page})
