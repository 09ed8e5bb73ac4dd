"""The board: the matters that the reader's organisation has or handles, and those below it, by state, what falls due
first in front. Those of campaigns that are over stand by themselves: nothing that is still awaited there is today's
work."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.duties import matching, owed
from xianfeng.ledger import powers, turns, versions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.matters import intake
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind
from xianfeng.sentences import translated
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Look
from xianfeng.web.desk.matters.rates import Rates, rates
from xianfeng.web.frame import asked, number_or_404
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.record.values import state_title
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN, IN_A_FILE = 50, 2_000
ENDED = "ended"  # in an address: those of campaigns that are over
_SHORT = 40  # characters of what somebody asks for
_COLUMNS = (
    Column(_("诉求")),
    Column(_("提交日期")),
    Column(_("状态")),
    Column(_("提给")),
    Column(_("承办单位")),
    Column(_("下一步")),
    Column(_("期限")),
)


@dataclass(frozen=True)
class BoardPage:
    own: Node
    rates: tuple[Rates, ...]
    tabs: tuple[Tab, ...]
    table: Table
    pages: Pages
    files: bool  # whether the reader may bring in one for somebody


@require_safe
@access.needs(Ability.READ)
def board(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    if seen.reader.organisation is None:
        raise Http404(gettext("没有现任的任职"))
    ended, state, shown = bool(asked(request, ENDED)), asked(request, "state"), number_or_404(request, "after") or 0
    now, limit, here = timezone.now(), IN_A_FILE if wanted(request) else SHOWN, reverse("matters")
    matching.before_a_page(now=now)
    rows = seen.records_in_full(Record.objects.filter(register__in=intake.registers()).exclude(state=WITHDRAWN))
    running = Q(scheme__name__in=[one.name for one in versions.all_current() if one.until >= timezone.localdate(now)])
    counted = dict(rows.filter(running).order_by().values_list("state").annotate(n=Count("id")))
    chosen = rows.exclude(running) if ended else _chosen(rows.filter(running), state, counted)
    due = chosen.annotate(due=owed.first_due("id")).order_by(F("due").asc(nulls_last=True), "id")
    some = list(due[shown : shown + limit + 1])
    question = {ENDED: "1"} if ended else {"state": state}
    page = BoardPage(
        own=seen.reader.organisation,
        rates=rates(seen.reader.organisation, timezone.localdate(now), seen),
        tabs=tuple(_tabs(here, question, counted, rows.exclude(running).count())),
        table=_table(some[:limit], now),
        pages=Pages(
            next=f"{here}?{urlencode({**question, 'after': shown + limit})}" if len(some) > limit else "",
            first=f"{here}?{urlencode(question)}" if shown else "",
        ),
        files=seen.reader.can(Ability.FILE),
    )
    return answer(request, page.table) or render(request, "desk/matters/board.html", {"page": page})


def _chosen(rows: QuerySet[Record], state: str, counted: dict[str, int]) -> QuerySet[Record]:
    """Those in a state, or in any that is not over."""
    if state and state not in counted:
        raise Http404(gettext("没有这个状态的诉求"))
    return rows.filter(state=state) if state else rows.filter(state__in=[one for one in counted if one not in _over()])


def _states() -> dict[str, tuple[str, bool]]:
    """The states of matters in the order of their flows, with their titles, and whether they are open."""
    found: dict[str, tuple[str, bool]] = {}
    for scheme in versions.all_current():
        for state in (state for kind in scheme.kinds.values() if kind.request for state in kind.flow.states.values()):
            found.setdefault(state.name, (translated(state.title), state.open))
    return found


def _over() -> frozenset[str]:
    return frozenset(name for name, (_, is_open) in _states().items() if not is_open)


def _tabs(here: str, question: Mapping[str, str], counted: Mapping[str, int], ended: int) -> Iterator[Tab]:
    over, state = _over(), question.get("state")
    yield Tab(_("没有办结的"), here, state == "", sum(n for name, n in counted.items() if name not in over))
    for name, (title, _open) in _states().items():
        if name in counted:
            yield Tab(title, f"{here}?state={name}", name == state, counted[name])
    if ended or ENDED in question:
        yield Tab(_("已结束活动的"), f"{here}?{ENDED}=1", ENDED in question, ended)


def _table(rows: Sequence[Record], now: dt.datetime) -> Table:
    values = {row.id: json.loads(row.values) for row in rows}
    kinds = {row.id: versions.scheme(row.scheme_id).kinds[row.kind] for row in rows}
    handled = {row.id: powers.handlers(kinds[row.id], values[row.id]) for row in rows}
    wanted = {row.organisation for row in rows}.union(*handled.values())
    named = tree.named(wanted, timezone.localdate(now))
    lines, back = [], urlencode({"back": reverse("matters")})
    for row in rows:
        who = next((named[one].name for one in handled[row.id]), "")
        state = state_title(kinds[row.id], row.state)
        lines.append(
            (
                cells.text(_short(intake.words(row)), link=f"{reverse('record', args=[row.id])}?{back}"),
                cells.day(row.day),
                cells.text(state, look=Look.TAG),
                cells.text(named[row.organisation].name),
                cells.text(who) if who else cells.nothing(),
                *_next(row, kinds[row.id], now),
            )
        )
    return Table("matters", _("群众诉求"), _COLUMNS, lines, empty=_("没有这样的诉求。"))


def _next(row: Record, kind: Kind, now: dt.datetime) -> tuple[cells.Cell, cells.Cell]:
    """What comes next, and by when."""
    first = next(iter(turns.due(row)), None)
    if first is None:
        move = kind.flow.next(row.state)
        return cells.text(translated(move.title)) if move else cells.nothing(), cells.nothing()
    due, over = timezone.localtime(first.deadline.due), first.deadline.due < now
    said = gettext("{moment}，已超期") if over else gettext("{moment}")
    moment = said.format(moment=f"{due:%Y-%m-%d %H:%M}")
    return cells.text(translated(first.move.title)), cells.text(moment, look=Look.ATTENTION if over else Look.PLAIN)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"
