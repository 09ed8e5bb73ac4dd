"""A campaign's arrears under one organisation: demand by demand, and of the one chosen child by child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.duties import circulars, matching, naming, owed, text
from xianfeng.duties.circulars import Drafted
from xianfeng.duties.models import Circular, Round
from xianfeng.duties.owed import Arrears
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import translated
from xianfeng.web import access, cells, outward
from xianfeng.web.frame import number_or_404, scheme_or_404
from xianfeng.web.office.arrears.own import Own, heading, is_over, own_or_404, round_or_404
from xianfeng.web.parts import Tab
from xianfeng.web.tables import Column, Table, answer

_COUNTS = (
    Column(_("应办"), align="right"),
    Column(_("已办"), align="right"),
    Column(_("其中逾期办"), align="right"),
    Column(_("没有办"), align="right"),
    Column(_("其中已逾期"), align="right"),
    Column(_("超过规定次数"), align="right"),
)
_DECIDED = 10
_Demand = tuple[str, str, str]  # an obligation, or the kind and move of a flow


@dataclass(frozen=True)
class CircularLine:
    one: Drafted
    text: str

    @property
    def skipped(self) -> str:
        return gettext("、").join(self.one.skipped)


@dataclass(frozen=True)
class ArrearsPage:
    scheme: Scheme
    own: Node
    over: bool
    demands: Table
    periods: tuple[Tab, ...]  # of the demand chosen
    chosen: Round | None
    title: str
    children: Table | None
    lacking: int
    exceeding: int
    text: str
    waiting: tuple[CircularLine, ...]
    decided: tuple[CircularLine, ...]


@require_safe
@access.needs(Ability.REVIEW)
def arrears(request: HttpRequest, name: str) -> HttpResponse:
    scheme, own, now = scheme_or_404(name), own_or_404(request), timezone.now()
    matching.before_a_page(now=now)
    found = owed.arrears(scheme.name, own.place, now=now)
    number = number_or_404(request, "round")
    chosen = round_or_404(scheme.name, number) if number else _first(found)
    lacking = owed.lacking(chosen.id, own.place, now=now) if chosen else ()
    exceeding = owed.exceeding(chosen.id, own.place) if chosen else ()
    drafted = _circulars(scheme, own)
    page = ArrearsPage(
        scheme=scheme,
        own=own.node,
        over=is_over(scheme),
        demands=_demands(scheme, found),
        periods=_periods(scheme, found, chosen) if chosen else (),
        chosen=chosen,
        title=heading(chosen) if chosen else "",
        children=_children(owed.by_child(chosen.id, own.place, now=now), own) if chosen else None,
        lacking=len(lacking),
        exceeding=len(exceeding),
        text=_text(request, chosen, lacking, exceeding, now) if chosen else "",
        waiting=tuple(line for line in drafted if not line.one.decision),
        decided=tuple(line for line in drafted if line.one.decision)[:_DECIDED],
    )
    tables = [page.demands, *([page.children] if page.children else [])]
    return answer(request, *tables) or render(request, "office/arrears/arrears.html", {"page": page})


def _first(found: Sequence[Arrears]) -> Round | None:
    """The demand that is overdue since last, or was exceeded where nothing is; none when nothing was."""
    overdue = [one.round for one in found if one.overdue] or [one.round for one in found if one.over]
    return max(overdue, key=lambda row: (row.until, row.id), default=None)


def _demands(scheme: Scheme, found: Sequence[Arrears]) -> Table:
    """A line for each demand, over all its periods."""
    by_demand: dict[_Demand, list[Arrears]] = {}
    for one in found:
        by_demand.setdefault(_demand(one.round), []).append(one)
    told = sorted(by_demand.values(), key=lambda some: -sum(one.overdue for one in some))
    return Table(
        "demands",
        _("各项要求"),
        (Column(_("要求")), Column(_("时段"), _("个"), align="right"), *_COUNTS),
        [
            (
                cells.text(translated(naming.title(last.round)), link=_address(scheme, last.round)),
                cells.number(len(some)),
                *_counts(*some),
            )
            for some in told
            for last in [_last(some)]
        ],
        empty=_("下级在这个活动里没有要办的。"),
    )


def _demand(row: Round) -> _Demand:
    return row.obligation, row.kind, row.move


def _last(some: Sequence[Arrears]) -> Arrears:
    """The period that is overdue since last, or the last of all."""
    return max(some, key=lambda one: (one.overdue > 0, one.round.until, one.round.id))


def _address(scheme: Scheme, row: Round) -> str:
    return f"{reverse('arrears', args=[scheme.name])}?round={row.id}#chosen"


def _periods(scheme: Scheme, found: Sequence[Arrears], chosen: Round) -> tuple[Tab, ...]:
    """The periods of the demand chosen in which something is open, the latest first; none when there is only one."""
    same = [one for one in found if _demand(one.round) == _demand(chosen)]
    open_ = (one for one in same if one.open or one.round.id == chosen.id)
    shown = sorted(open_, key=lambda one: (one.round.until, one.round.id), reverse=True)
    tabs = (
        Tab(
            translated(naming.stretch(one.round)) or f"{one.round.since}",
            _address(scheme, one.round),
            one.round.id == chosen.id,
            one.open,
        )
        for one in shown
    )
    return tuple(tabs) if len(shown) > 1 else ()


def _children(found: Sequence[Arrears], own: Own) -> Table:
    nodes = tree.named(own.children.values(), timezone.localdate())
    told = sorted(found, key=lambda one: (-one.overdue, one.place))
    return Table(
        "children",
        _("各下级"),
        (Column(_("组织")), *_COUNTS),
        [(cells.text(nodes[own.children[one.place]].name), *_counts(one)) for one in told],
    )


def _counts(*some: Arrears) -> tuple[cells.Cell, ...]:
    left, late = sum(one.open for one in some), sum(one.late for one in some)
    over = sum(one.over for one in some)
    done = late + over + sum(one.met for one in some)
    return tuple(map(cells.number, (left + done, done, late, left, sum(one.overdue for one in some), over)))


def _text(
    request: HttpRequest, chosen: Round, lacking: Sequence[int], exceeding: Sequence[int], now: dt.datetime
) -> str:
    over = is_over(naming.scheme_of(chosen))
    link = "" if over else outward.address(request, reverse("duties") + f"?scheme={chosen.scheme}")
    return translated(text.missing(chosen, lacking, exceeding, now=now, link=link))


def _circulars(scheme: Scheme, own: Own) -> list[CircularLine]:
    rounds = Round.objects.filter(scheme=scheme.name).values("id")
    rows = Circular.objects.filter(organisation__in=own.desk, round__in=rounds).order_by("-id")
    return [CircularLine(one, translated(circulars.text(one))) for one in circulars.told(list(rows[:50]))]
