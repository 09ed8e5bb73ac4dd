"""Which of the waiting records are looked at: of a campaign, a kind, an organisation, as the inbox's address says."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.ledger import versions
from xianfeng.ledger.models import Record, SchemeVersion
from xianfeng.registry import tree
from xianfeng.web.frame import campaigns
from xianfeng.web.scope import Scope


@dataclass(frozen=True)
class Filter:
    """`kind` is 'campaign/kind' in the address; `at` a code. `over`: the campaigns that have ended, where others run;
    what waits in them stands apart, and is looked at where `ended`."""

    campaign: str
    kind: str
    at: str
    below: int | None
    over: frozenset[str] = frozenset()
    ended: bool = False

    def shows(self, campaign: str) -> bool:
        """Whether what waits in a campaign stands in the list that is looked at."""
        return bool(self.campaign) or not self.over or (campaign in self.over) == self.ended

    def address(self, **changed: str | int) -> str:
        known = {"campaign": self.campaign, "kind": self.kind, "at": self.at, "ended": "1" if self.ended else ""}
        said = known | changed
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
    over = ended_campaigns()
    ended = query.get("ended") == "1" or kind.partition("/")[0] in over
    return Filter(campaign, kind, at, found.id if found else None, over, ended)


def ended_campaigns() -> frozenset[str]:
    """Those that have ended, where others still run; none where all have."""
    today = timezone.localdate()
    known = versions.all_current()
    over = frozenset(scheme.name for scheme in known if scheme.until < today)
    return over if len(over) < len(known) else frozenset()


def of_kind(rows: QuerySet[Record], chosen: Filter) -> QuerySet[Record]:
    """Those of the kind that was chosen, if one was; else those that stand in the list."""
    if not chosen.kind and (chosen.campaign or not chosen.over):
        return rows
    if not chosen.kind:
        shown = [link.name for link in campaigns() if chosen.shows(link.name)]
        return rows.filter(scheme__in=SchemeVersion.objects.filter(name__in=shown).values("hash"))
    name, _, kind = chosen.kind.partition("/")
    return rows.filter(kind=kind, scheme__in=SchemeVersion.objects.filter(name=name).values("hash"))
