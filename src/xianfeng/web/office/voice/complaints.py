"""What asks too much: the burden as the scheme reckons it beside what people said, and what waits for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.scheme.burden import burdens, seconds
from xianfeng.scheme.nodes import Scheme
from xianfeng.voice import complaints as voice
from xianfeng.voice import flood
from xianfeng.voice.complaints import Weight
from xianfeng.voice.models import Complaint, Outcome
from xianfeng.voice.reasons import BURDENS
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell
from xianfeng.web.frame import asked, number_or_404, own_campaigns, scheme_or_404
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.said import OUTCOMES
from xianfeng.web.tables import Column, Table, answer

SHOWN = 25
_NONE = Weight(0, 0, None)


@dataclass(frozen=True)
class Heard:
    """A complaint as the office reads it."""

    complaint: Complaint
    kind: str
    obligation: str
    blamed: str | Promise
    outcome: str | Promise


@dataclass(frozen=True)
class ComplaintsPage:
    scheme: Scheme
    campaigns: tuple[Tab, ...]
    tabs: tuple[Tab, ...]
    table: Table
    complaints: tuple[Heard, ...]
    pages: Pages


@require_safe
@access.needs(Ability.OFFICE)
def complaints(request: HttpRequest) -> HttpResponse:
    """`?scheme=`, `?done=1`, `?kind=`."""
    flood.clear()
    campaigns = own_campaigns(scope.of(request))
    scheme = _chosen(campaigns, asked(request, "scheme"))
    done, kind, after = asked(request, "done") == "1", asked(request, "kind"), number_or_404(request, "after")
    rows = Complaint.objects.filter(scheme=scheme.name).select_related("organisation")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.exclude(outcome=Outcome.WAITING) if done else rows.filter(outcome=Outcome.WAITING)
    rows = (rows.filter(id__lt=after) if after else rows).order_by("-id")
    some = list(rows[: SHOWN + 1])
    weights = voice.weights(scheme.name)
    here = _address(scheme.name, kind, done)
    page = ComplaintsPage(
        scheme=scheme,
        campaigns=tuple(Tab(one.title, _address(one.name, "", False), one.name == scheme.name) for one in campaigns),
        tabs=tuple(_tabs(scheme, kind, done, weights)),
        table=_table(scheme, weights),
        complaints=tuple(heard(row, scheme) for row in some[:SHOWN]),
        pages=Pages(
            next=f"{here}&after={some[SHOWN - 1].pk}" if len(some) > SHOWN else "", first=here if after else ""
        ),
    )
    return answer(request, page.table) or render(request, "office/voice/complaints.html", {"page": page})


def heard(row: Complaint, scheme: Scheme) -> Heard:
    kind, rule = scheme.kinds.get(row.kind), scheme.obligations.get(row.obligation)
    return Heard(
        complaint=row,
        kind=kind.title if kind else row.kind,
        obligation=rule.title if rule else row.obligation,
        blamed=BURDENS.get(row.sort, row.sort),
        outcome=OUTCOMES.get(row.outcome, ""),
    )


def _chosen(campaigns: Iterable[Scheme], name: str) -> Scheme:
    names = [link.name for link in campaigns]
    if not names or (name and name not in names):
        raise Http404(gettext("没有这个活动"))
    return scheme_or_404(name or names[0])


def _table(scheme: Scheme, weights: Mapping[str, Weight]) -> Table:
    """A row for each kind that is owed, or that somebody complained of: the most complained of first."""
    forms: dict[str, int] = {}
    for one in burdens(scheme):
        forms[one.kind] = forms.get(one.kind, 0) + one.least
    concerned = [name for name in scheme.kinds if name in forms or name in weights]
    kinds = sorted(concerned, key=lambda name: -weights.get(name, _NONE).said)
    rows = [_row(scheme, name, forms.get(name), weights.get(name, _NONE)) for name in kinds]
    sources = f"{reverse('rules', args=[scheme.name])}#burden"
    columns = (
        Column(gettext("台账")),
        Column(gettext("每年至少填"), gettext("份"), "right"),
        Column(gettext("推算一份用时"), gettext("分钟"), "right"),
        Column(gettext("反映一份用时，平均"), gettext("分钟"), "right"),
        Column(gettext("意见"), gettext("条"), "right"),
        Column(gettext("待答复"), gettext("条"), "right"),
    )
    return Table("burden", gettext("按方案推算的负担和收到的意见"), columns, rows, sources=sources)


def _row(scheme: Scheme, kind: str, forms: int | None, weight: Weight) -> tuple[Cell, ...]:
    took = None if weight.minutes is None else round(Decimal(str(weight.minutes)))
    return (
        cells.text(scheme.kinds[kind].title),
        cells.number(forms),
        cells.number(-(-seconds(scheme.kinds[kind]) // 60)),
        cells.number(took),
        cells.number(weight.said, link=_address(scheme.name, kind, False) if weight.said else ""),
        cells.number(weight.waiting),
    )


def _tabs(scheme: Scheme, kind: str, done: bool, weights: Mapping[str, Weight]) -> Iterable[Tab]:
    chosen = [weights.get(kind, _NONE)] if kind else list(weights.values())
    waiting, said = sum(one.waiting for one in chosen), sum(one.said for one in chosen)
    yield Tab(gettext("待答复"), _address(scheme.name, kind, False), not done, waiting)
    yield Tab(gettext("已答复"), _address(scheme.name, kind, True), done, said - waiting)


def _address(scheme: str, kind: str, done: bool) -> str:
    asked_ = {"scheme": scheme} | ({"kind": kind} if kind else {}) | ({"done": "1"} if done else {})
    return f"{reverse('office_complaints')}?{urlencode(asked_)}"
