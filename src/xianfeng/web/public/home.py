"""The first page: the campaigns that are kept here, what was promised, and what was published last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xianfeng.ledger import versions
from xianfeng.log.append import head
from xianfeng.registry import tree
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, scope
from xianfeng.web.frame import campaigns
from xianfeng.web.public.issues import Issue, closed_issues
from xianfeng.web.record import standing
from xianfeng.web.record.standing import Counts

LATEST = 5


@dataclass(frozen=True)
class CampaignCard:
    scheme: Scheme
    at: str  # the organisation that runs it
    over: bool


@dataclass(frozen=True)
class HomePage:
    entries: int
    campaigns: tuple[CampaignCard, ...]
    counts: Counts
    latest: tuple[Issue, ...]


@access.reading
def home(request: HttpRequest) -> HttpResponse:
    page = HomePage(
        entries=head(),
        campaigns=_campaigns(),
        counts=standing.counts(standing.published(scope.of(request)), timezone.localdate()),
        latest=closed_issues(most=LATEST),
    )
    return render(request, "public/home.html", {"page": page})


def _campaigns() -> tuple[CampaignCard, ...]:
    """Those that run first, the newest first."""
    today = timezone.localdate()
    schemes = [versions.current(link.name) for link in campaigns()]
    names = _names(schemes)
    cards = (CampaignCard(scheme, names.get(scheme.at, ""), scheme.until < today) for scheme in schemes)
    return tuple(sorted(cards, key=lambda card: (card.over, -card.scheme.since.toordinal())))


def _names(schemes: list[Scheme]) -> Mapping[str, str]:
    """By code, as each was called when its campaign began."""
    found = ((scheme, tree.by_any_code(scheme.at)) for scheme in schemes)
    return {scheme.at: tree.named([root.id], scheme.since)[root.id].name for scheme, root in found if root}
