"""Which of the waiting records are looked at: of a campaign, a kind, an organisation, as the inbox's address says."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from xianfeng.ledger.models import Record, SchemeVersion
from xianfeng.registry import tree
from xianfeng.web.frame import campaigns
from xianfeng.web.scope import Scope


@dataclass(frozen=True)
class Filter:
    """`kind` is 'campaign/kind' in the address; `at` a code."""

    campaign: str
    kind: str
    at: str
    below: int | None

    def address(self, **changed: str | int) -> str:
        said = {"campaign": self.campaign, "kind": self.kind, "at": self.at} | changed
        query = urlencode({name: value for name, value in said.items() if value})
        return reverse("inbox") + (f"?{query}" if query else "")


def filtered(query: QueryDict, seen: Scope) -> Filter:
    """What the inbox's address asks for."""
    campaign, kind, at = (query.get(key, "") for key in ("campaign", "kind", "at"))
    if not f"{campaign}{kind}{at}".isprintable():
        raise Http404(gettext("地址里有不能显示的字符"))
    if (campaign and campaign not in {link.name for link in campaigns()}) or (kind and "/" not in kind):
        raise Http404(gettext("没有这个活动或者台账"))
    found = tree.by_any_code(at) if at else None
    if at and (found is None or not seen.within(found.id)):
        raise Http404(gettext("没有这个组织"))
    return Filter(campaign, kind, at, found.id if found else None)


def of_kind(rows: QuerySet[Record], chosen: Filter) -> QuerySet[Record]:
    """Those of the kind that was chosen, if one was."""
    if not chosen.kind:
        return rows
    name, _, kind = chosen.kind.partition("/")
    return rows.filter(kind=kind, scheme__in=SchemeVersion.objects.filter(name=name).values("hash"))
