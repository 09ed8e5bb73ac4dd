"""The inbox: what those below sent and what else waits for the reader, what came first before what came later."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reach import Reach
from xianfeng.ledger import versions
from xianfeng.ledger.flow import REASON
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.web import access, scope
from xianfeng.web.frame import SchemeLink, campaigns, number_or_404
from xianfeng.web.parts import Pages
from xianfeng.web.record import files
from xianfeng.web.record.beside import Beside, beside
from xianfeng.web.record.files import FileLink
from xianfeng.web.record.filter import Filter, filtered, of_kind
from xianfeng.web.record.values import state_title
from xianfeng.web.record.waiting import Ways, counts, waiting
from xianfeng.web.scope import Scope

SHOWN = 50


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
    record: Record
    kind: str
    organisation: Node
    state: str
    since: dt.date
    beside: Beside | None
    moves: tuple[tuple[str, str], ...]
    files: tuple[FileLink, ...]


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
    lines: tuple[Line, ...]
    buttons: tuple[Button, ...]
    pages: Pages
    back: str


@require_safe
@never_cache
@access.needs(Ability.REVIEW)
def inbox(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    own = seen.reader.organisation
    if own is None:
        raise Http404(gettext("没有现任的任职"))
    chosen = filtered(request.GET, seen)
    after = number_or_404(request, "after") or 0
    rows = waiting(seen, own, name=chosen.campaign, below=chosen.below)
    kinds = _kinds(counts(seen, own, name=chosen.campaign, below=chosen.below), chosen)
    records = list(of_kind(rows, chosen).filter(seq__gt=after).order_by("seq")[: SHOWN + 1])
    lines = _lines(records[:SHOWN], seen)
    page = InboxPage(
        own=own,
        filter=chosen,
        campaigns=campaigns(),
        below=tree.children(own.id, timezone.localdate()),
        kinds=kinds,
        total=sum(one.count for one in kinds if one.chosen or not chosen.kind),
        lines=lines,
        buttons=_buttons(lines),
        pages=Pages(
            next=chosen.address(after=records[SHOWN - 1].seq) if len(records) > SHOWN else "",
            first=chosen.address() if after else "",
        ),
        back=request.get_full_path(),
    )
    return render(request, "desk/inbox.html", {"page": page})


def _kinds(waiting_: Iterable[tuple[str, str, int]], chosen: Filter) -> tuple[KindCount, ...]:
    """How many wait, by campaign and kind, whatever the version under which they were filed; most first."""
    counted: dict[tuple[str, str], tuple[int, str, str]] = {}
    for version, kind, count in waiting_:
        scheme = versions.scheme(version)
        before = counted.get((scheme.name, kind), (0, "", ""))[0]
        counted[scheme.name, kind] = (before + count, scheme.kinds[kind].title, scheme.title)
    return tuple(
        KindCount(value, title, campaign, count, chosen.address(kind=value), value == chosen.kind)
        for (name, kind), (count, title, campaign) in sorted(counted.items(), key=lambda item: -item[1][0])
        for value in [f"{name}/{kind}"]
    )


def _lines(records: Sequence[Record], seen: Scope) -> tuple[Line, ...]:
    nodes = tree.named({record.organisation for record in records}, timezone.localdate())
    figures = beside(records, Reach(seen.reader.paths)) if records else {}
    held = files.of_records(record.id for record in records)
    ways = Ways(seen)
    ways.learn(records)
    lines = []
    for record in records:
        scheme = versions.scheme(record.scheme_id)
        kind = scheme.kinds[record.kind]
        lines.append(
            Line(
                record=record,
                kind=kind.title,
                organisation=nodes[record.organisation],
                state=state_title(kind, record.state),
                since=dt.date.fromisoformat(json.loads(record.entered)[record.state]),
                beside=figures.get(record.id),
                moves=tuple((way.move, way.title) for way in ways.of(record, scheme, kind) if not way.own),
                files=tuple(chain.from_iterable(held.get(record.id, {}).values())),
            )
        )
    return tuple(lines)


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
