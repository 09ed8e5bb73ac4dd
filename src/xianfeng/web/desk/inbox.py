"""The inbox: what those below sent and what else waits for the reader, what came first before what came later."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reach import Reach
from xianfeng.gradings.grounds import grounds
from xianfeng.ledger import versions
from xianfeng.ledger.flow import REASON
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell
from xianfeng.web.frame import SchemeLink, campaigns, number_or_404, own_or_404
from xianfeng.web.parts import Pages
from xianfeng.web.record import decided, files
from xianfeng.web.record.beside import Beside, beside
from xianfeng.web.record.filter import Filter, filtered, of_kind
from xianfeng.web.record.values import state_title
from xianfeng.web.record.waiting import Counted, Ways, counts, later, later_count, waiting
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer, wanted
from xianfeng.web.templatetags.xianfeng import exact

SHOWN, IN_A_FILE = 50, 2000


@dataclass(frozen=True)
class KindCount:
    value: str
    title: str
    campaign: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """`head`, `filed`: what every record's line has. `decided`: the class that it decides, of whom and why; () for one
    that decides none. `moves`: what can be made of it from here, by name, with its title."""

    record: Record
    kind: str
    head: tuple[Cell, ...]
    filed: tuple[Cell, ...]
    compared: tuple[Cell, ...]
    decided: tuple[Cell, ...]
    moves: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Button:
    """A move that can be made of what is ticked; called differently in different kinds, it bears all their words."""

    move: str
    title: str
    asks_reason: bool


@dataclass(frozen=True)
class InboxPage:
    own: Node
    filter: Filter
    campaigns: tuple[SchemeLink, ...]
    below: tuple[Node, ...]
    kinds: tuple[KindCount, ...]
    total: int
    others: int  # of campaigns that have ended, or where those are looked at, of campaigns that run
    elsewhere: str  # where they stand
    table: Table
    later: Table | None  # what nobody can do yet, with the day
    later_count: int
    buttons: tuple[Button, ...]
    pages: Pages
    back: str


@require_safe
@never_cache
@access.needs(Ability.REVIEW)
def inbox(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    own = own_or_404(seen)
    chosen = filtered(request.GET, seen)
    after = number_or_404(request, "after") or 0
    rows = waiting(seen, own, name=chosen.campaign, below=chosen.below)
    counted = counts(seen, own, name=chosen.campaign, below=chosen.below, rows=rows)
    kinds = _kinds((one for one in counted if chosen.shows(versions.scheme(one.version).name)), chosen)
    most = IN_A_FILE if wanted(request) else SHOWN
    listed, to_come = of_kind(rows, chosen), later(timezone.now())
    records = list(listed.exclude(to_come).filter(seq__gt=after).order_by("seq")[: most + 1])
    held = listed.filter(to_come).order_by("opens", "id")
    held_count = 0 if after else later_count(seen, own, listed, asked=chosen.address())
    lines = _lines(records[:most], seen, back=request.get_full_path())
    page = InboxPage(
        own=own,
        filter=chosen,
        campaigns=campaigns(),
        below=tree.children(own.id, timezone.localdate()),
        kinds=kinds,
        total=sum(one.count for one in kinds if one.chosen or not chosen.kind),
        others=sum(one.count for one in counted if not chosen.shows(versions.scheme(one.version).name)),
        elsewhere=chosen.address(kind="", ended="" if chosen.ended else "1"),
        table=_table(lines),
        later=_later(held[:most], back=request.get_full_path()) if held_count else None,
        later_count=held_count,
        buttons=_buttons(lines),
        pages=Pages(
            next=chosen.address(after=records[most - 1].seq) if len(records) > most else "",
            first=chosen.address() if after else "",
        ),
        back=request.get_full_path(),
    )
    tables = (page.table, page.later) if page.later else (page.table,)
    return answer(request, *tables) or render(request, "desk/inbox.html", {"page": page})


def _kinds(waiting_: Iterable[Counted], chosen: Filter) -> tuple[KindCount, ...]:
    """How many wait, by campaign and kind, whatever the version under which they were filed; most first."""
    counted: dict[tuple[str, str], tuple[int, str, str]] = {}
    for one in waiting_:
        scheme = versions.scheme(one.version)
        before = counted.get((scheme.name, one.kind), (0, "", ""))[0]
        counted[scheme.name, one.kind] = (before + one.count, scheme.kinds[one.kind].title, scheme.title)
    return tuple(
        KindCount(value, title, campaign, count, chosen.address(kind=value), value == chosen.kind)
        for (name, kind), (count, title, campaign) in sorted(counted.items(), key=lambda item: -item[1][0])
        for value in [f"{name}/{kind}"]
    )


def _lines(records: Sequence[Record], seen: Scope, *, back: str) -> tuple[Line, ...]:
    about = {record.subject for record in records if record.subject}
    nodes = tree.named({record.organisation for record in records} | about, timezone.localdate())
    figures = beside(records, Reach(seen.reader.paths)) if records else {}
    held = files.of_records(record.id for record in records)
    classes = grounds(records)
    ways = Ways(seen)
    ways.learn(records)
    lines = []
    for record in records:
        kind = versions.scheme(record.scheme_id).kinds[record.kind]
        moves = tuple(
            (way.move, way.title) for way in ways.of(record, versions.scheme(record.scheme_id), kind) if not way.own
        )
        what = gettext("{kind}第 {number} 号").format(kind=kind.title, number=record.id)
        link = f"{reverse('record', args=[record.id])}?{urlencode({'back': back})}"
        drawn = files.drawn(chain.from_iterable(held.get(record.id, {}).values()))
        subject = nodes[record.subject].name if record.subject and record.subject != record.organisation else ""
        lines.append(
            Line(
                record=record,
                kind=kind.title,
                head=(
                    _box(record.id) if moves else cells.text(""),
                    cells.text(what, link=link, note=subject, beside=drawn),
                ),
                filed=(
                    cells.text(nodes[record.organisation].name),
                    cells.day(record.day),
                    cells.text(state_title(kind, record.state)),
                    cells.day(dt.date.fromisoformat(json.loads(record.entered)[record.state])),
                ),
                compared=_compared(figures.get(record.id)),
                decided=decided.row(classes[record.id], nodes) if record.id in classes else (),
                moves=moves,
            )
        )
    return tuple(lines)


def _later(records: Iterable[Record], *, back: str) -> Table:
    """What can be done from a later day on, the first of them in front."""
    records = list(records)
    about = {record.subject for record in records if record.subject}
    nodes = tree.named({record.organisation for record in records} | about, timezone.localdate())
    columns = (
        Column(gettext("从哪天起可以办")),
        Column(gettext("台账")),
        Column(gettext("单位")),
        Column(gettext("状态")),
    )
    rows = []
    for record in records:
        kind = versions.scheme(record.scheme_id).kinds[record.kind]
        what = gettext("{kind}第 {number} 号").format(kind=kind.title, number=record.id)
        since = timezone.localtime(dt.datetime.fromisoformat(record.opens or ""))
        rows.append(
            (
                cells.text(f"{since:%Y-%m-%d %H:%M}"),
                cells.text(what, link=f"{reverse('record', args=[record.id])}?{urlencode({'back': back})}"),
                cells.text(nodes[record.subject or record.organisation].name),
                cells.text(state_title(kind, record.state)),
            )
        )
    return Table("later", gettext("到期才能办的"), columns, rows)


def _box(number: int) -> Cell:
    label = gettext("选第 {number} 号").format(number=number)
    return cells.text(
        "", beside=format_html('<input type="checkbox" name="n" value="{}" aria-label="{}">', number, label)
    )


def _compared(found: Beside | None) -> tuple[Cell, Cell, Cell]:
    """Its figure, its unit's last, and the middle of its neighbours'."""
    if found is None:
        return cells.nothing(), cells.nothing(), cells.nothing()
    now = gettext("{title} {value} {unit}").format(title=found.title, value=exact(found.value), unit=found.unit)
    units = ngettext("（{n} 个单位）", "（{n} 个单位）", found.neighbours).format(n=found.neighbours)
    return (
        cells.unreported(gettext("未填")) if found.value is None else cells.number(found.value, shown=now.strip()),
        cells.number(found.last),
        replace(cells.number(found.median), note=units if found.median is not None else ""),
    )


def _table(lines: Sequence[Line]) -> Table:
    """Where every record decides a class, the classes stand in the place of figures and days."""
    deciding = bool(lines) and all(line.decided for line in lines)
    head = (Column(gettext("选"), tool=True), Column(gettext("台账")))
    filed = (
        Column(gettext("填报组织")),
        Column(gettext("发生日期")),
        Column(gettext("状态")),
        Column(gettext("等待起")),
    )
    compared = (
        Column(gettext("这一次"), align="right"),
        Column(gettext("本单位上一次"), align="right"),
        Column(gettext("同级各单位最近一次的中位数"), align="right"),
    )
    if deciding:
        columns = (*head, *decided.columns(), filed[0], *filed[2:])
        rows = [
            (one.head[0], replace(one.head[1], note=""), *one.decided, one.filed[0], *one.filed[2:]) for one in lines
        ]
    else:
        columns = (*head, *filed, *compared)
        rows = [(*one.head, *one.filed, *one.compared) for one in lines]
    return Table("waiting", gettext("等待办理的"), columns, rows, head=1)


def _buttons(lines: Iterable[Line]) -> tuple[Button, ...]:
    titles: dict[str, dict[str, None]] = {}
    reasons: set[str] = set()
    for line in lines:
        flow = versions.scheme(line.record.scheme_id).kinds[line.record.kind].flow
        for move, title in line.moves:
            titles.setdefault(move, {})[title] = None
            if REASON in flow.moves[move].needs:
                reasons.add(move)
    joined = gettext("、")
    found = (Button(move, joined.join(words), move in reasons) for move, words in titles.items())
    return tuple(sorted(found, key=lambda button: button.asks_reason))
