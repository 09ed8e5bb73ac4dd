"""The desk's first page: what there is to do today; what came back, what was put aside, what is owed and what else can
be filed, what was last."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from django.db.models import Count, F, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from xianfeng.accounts import drafts
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Draft
from xianfeng.duties import matching, standing
from xianfeng.duties.standing import Standing
from xianfeng.ledger import versions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.flowing import AUTHOR
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.usage import used_kinds
from xianfeng.sentences import translated
from xianfeng.web import access, cells, scope
from xianfeng.web.bound import unbound
from xianfeng.web.desk.draft import address_of
from xianfeng.web.desk.kinds import takes_part
from xianfeng.web.desk.own import OwnLine, own_records
from xianfeng.web.desk.today import Door, Task, doors, tasks
from xianfeng.web.record.values import state_title
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer

_MOST_RETURNED, _MOST_DRAFTS, _MOST_RECENT = 20, 10, 10


@dataclass(frozen=True)
class Returned:
    """A record that waits for its own organisation; sent back, with a reason, or never sent."""

    number: int
    kind: str
    day: dt.date
    state: str
    by: str
    reason: str
    steps: tuple[tuple[str, str], ...]  # the moves that are its own organisation's: name and title


@dataclass(frozen=True)
class DraftLine:
    title: str
    organisation: str
    address: str
    kept: dt.datetime


@dataclass(frozen=True)
class KindLine:
    name: str
    title: str
    help: str
    filed: int
    last: dt.date | None


@dataclass(frozen=True)
class OwedLine:
    """An obligation, with the kind's title and the stretch of time in words. `whose`: of the same desk, when it is not
    the reader's own organisation that still owes it."""

    one: Standing
    register: str
    stretch: str
    whose: Node | None


@dataclass(frozen=True)
class Campaign:
    """`usual`: what nobody demands, as the campaign's own or filed here in its time. `over`: since this day.
    `unbound`: how many owe something and are no organisation yet."""

    scheme: Scheme
    over: dt.date | None
    owed: tuple[OwedLine, ...]
    unbound: int
    usual: tuple[KindLine, ...]
    others: tuple[KindLine, ...]

    def order(self) -> tuple[bool, bool]:
        """What still runs first, then what is owed something."""
        return self.over is not None, not self.owed


@dataclass(frozen=True)
class DeskPage:
    organisation: Node
    title: str
    today: tuple[Task, ...]
    doors: tuple[Door, ...]
    returned: tuple[Returned, ...]
    begun: tuple[Returned, ...]
    mine: tuple[OwnLine, ...]
    drafts: tuple[DraftLine, ...]
    campaigns: tuple[Campaign, ...]
    recent: Table


@access.needs(Ability.READ)
def desk(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    reader, own = seen.reader, seen.reader.organisation
    if own is None or reader.account is None:
        raise Http404(gettext("没有现任的任职"))
    matching.before_a_page(now=timezone.now())
    waiting = _waiting(frozenset({own.id, seen.head or own.id})) if reader.can(Ability.FILE) else []
    returned = tuple(one for one in waiting if one.reason)
    begun = tuple(one for one in waiting if not one.reason)
    kept = _drafts(drafts.of(reader.account, reader.actor.id)[:_MOST_DRAFTS])
    ours = tuple(sorted(_campaigns(seen, own), key=Campaign.order)) if reader.can(Ability.FILE) else ()
    page = DeskPage(
        organisation=own,
        title=reader.appointment.title if reader.appointment else "",
        today=tasks(seen, own, _own_tasks(len(returned), len(begun) + len(kept), ours)),
        doors=doors(seen),
        returned=returned,
        begun=begun,
        mine=() if reader.can(Ability.FILE) or not reader.can(Ability.ANSWER) else own_records(seen, own),
        drafts=kept,
        campaigns=ours,
        recent=_recent(own, files=reader.can(Ability.FILE)),
    )
    return answer(request, page.recent) or render(request, "desk/home.html", {"page": page})


def _own_tasks(returned: int, unfinished: int, campaigns: Iterable[Campaign]) -> Iterator[Task]:
    """What stands further down on this page."""
    if returned:
        said = ngettext("{n} 条", "{n} 条", returned).format(n=returned)
        yield Task(gettext("退回来的"), "#returned", gettext("看了理由，改好再报"), said)
    if unfinished:
        said = ngettext("{n} 条", "{n} 条", unfinished).format(n=unfinished)
        yield Task(gettext("没有办完的"), "#drafts", gettext("草稿和没有报出去的"), said)
    for campaign in campaigns:
        lacking = sum(bool(line.one.missing) for line in campaign.owed)
        if lacking:
            said = ngettext("{n} 项没有报齐", "{n} 项没有报齐", lacking).format(n=lacking)
            about = gettext("{campaign}，已结束，还可以补报") if campaign.over else "{campaign}"
            title = gettext("本组织应报的")
            yield Task(title, f"#c-{campaign.scheme.name}", about.format(campaign=campaign.scheme.title), said)


def _waiting(desk: frozenset[int]) -> list[Returned]:
    """What the organisations of a desk answer for and nobody counts yet: it was sent back, or begun and not sent."""
    rows = Record.objects.filter(holder__in=desk, level=0).exclude(state=WITHDRAWN).order_by("-seq")[:_MOST_RETURNED]
    records = {row.seq: row for row in rows}
    entries = Entry.objects.filter(seq__in=records).values_list("seq", "body")
    bodies: Mapping[int, Mapping[str, object]] = {seq: json.loads(body) for seq, body in entries}
    acting = {seq: body.get("acting") for seq, body in bodies.items()}
    nodes = tree.named({number for number in acting.values() if isinstance(number, int)}, dt.date.max)
    return [
        _returned(row, bodies.get(seq, {}), nodes.get(by) if isinstance(by := acting.get(seq), int) else None, desk)
        for seq, row in sorted(records.items(), reverse=True)
    ]


def _returned(row: Record, body: Mapping[str, object], by: Node | None, desk: frozenset[int]) -> Returned:
    kind = versions.scheme(row.scheme_id).kinds[row.kind]
    returned = by is not None and by.id not in desk
    reason = str(body.get("reason", "")) if returned else ""
    return Returned(
        number=row.id,
        kind=kind.title,
        day=row.day,
        state=state_title(kind, row.state),
        by=by.name if by is not None and returned else "",
        reason=reason,
        steps=tuple(
            (move.name, translated(move.title))
            for move in kind.flow.moves.values()
            if row.state in move.origins and AUTHOR in move.by
        ),
    )


def _drafts(rows: Iterable[Draft]) -> tuple[DraftLine, ...]:
    kept = list(rows)
    nodes = tree.named({row.organisation_id for row in kept}, dt.date.max)
    schemes = {name: versions.current(name) for name in {row.scheme for row in kept}}
    lines = []
    for row in kept:
        kind = schemes[row.scheme].kinds.get(row.kind)
        if kind is not None:
            name = nodes[row.organisation_id].name
            address = f"{address_of(row.scheme, row.kind, many=row.many)}?draft={row.reference}"
            lines.append(DraftLine(kind.title, name, address, row.kept))
    return tuple(lines)


def _campaigns(seen: Scope, own: Node) -> Iterator[Campaign]:
    schemes = [scheme for scheme in versions.all_current() if takes_part(scheme, own)]
    found = standing.of_organisation(own.id, [scheme.name for scheme in schemes], now=timezone.now())
    others = {one.owing[0] for those in found.values() for one in those if one.owing and own.id not in one.owing}
    nodes = tree.named(seen.all_filed_for(others), timezone.localdate()) if others else {}
    for scheme in schemes:
        rules = _owed(scheme, found.get(scheme.name, ()), nodes)
        demanded = {line.one.kind for line in rules}
        usual, rest = _kinds(scheme, own, demanded)
        over = scheme.until if scheme.until < timezone.localdate() else None
        yield Campaign(scheme, over, rules, len(unbound(scheme)), usual, rest)


def _owed(scheme: Scheme, found: Iterable[Standing], nodes: Mapping[int, Node]) -> tuple[OwedLine, ...]:
    """Of the kinds that it has still; what is owed of others nobody can file."""
    return tuple(
        OwedLine(one, kind.title, translated(one.stretch), nodes.get(one.owing[0]) if one.owing else None)
        for one in found
        if (kind := scheme.kinds.get(one.kind)) is not None
    )


def _kinds(scheme: Scheme, own: Node, demanded: Set[str]) -> tuple[tuple[KindLine, ...], tuple[KindLine, ...]]:
    """The campaign's own kinds, then those of the library that it uses and that were filed here, the oftenest first;
    apart from them the rest, what the campaign uses before what nothing in it does."""
    filed, used = _filed(scheme, own), used_kinds(scheme)
    lines = {
        name: _line(scheme, kind, filed)
        for name, kind in scheme.kinds.items()
        if scheme.by_form(kind) and name not in demanded
    }
    ours = [name for name in lines if not scheme.kinds[name].shared]
    known = [name for name in lines if name in used and name not in ours and lines[name].filed]
    usual = [*ours, *sorted(known, key=lambda name: -lines[name].filed)]
    others = sorted((name for name in lines if name not in usual), key=lambda name: name not in used)
    return tuple(lines[name] for name in usual), tuple(lines[name] for name in others)


def _filed(scheme: Scheme, own: Node) -> Mapping[str, tuple[int, dt.date]]:
    """What was done in the campaign's time, by register: how much, and when last."""
    rows = Record.objects.filter(organisation=own.id, day__range=(scheme.since, scheme.until))
    counted = rows.exclude(state=WITHDRAWN).values("register").annotate(n=Count("id"), last=Max(F("day")))
    return {row["register"]: (row["n"], row["last"]) for row in counted}


def _line(scheme: Scheme, kind: Kind, filed: Mapping[str, tuple[int, dt.date]]) -> KindLine:
    count, last = filed.get(scheme.key(kind.name), (0, None))
    return KindLine(kind.name, kind.title, kind.help, count, last)


def _recent(own: Node, *, files: bool) -> Table:
    """What is filed there by whoever files; what a room found out about it, and what others asked of it, is no work of
    its own."""
    filed = {
        scheme.key(kind.name) for scheme in versions.all_current() for kind in scheme.kinds.values() if kind.by_form
    }
    held = Record.objects.filter(organisation=own.id, register__in=filed) if files else Record.objects.none()
    rows = []
    for row in held.order_by("-id")[:_MOST_RECENT]:
        kind = versions.scheme(row.scheme_id).kinds[row.kind]
        state = state_title(kind, row.state)
        link = reverse("record", args=[row.id])
        rows.append((cells.text(kind.title, link=link), cells.text(row.id), cells.day(row.day), cells.text(state)))
    columns = (Column(gettext("台账")), Column(gettext("编号")), Column(gettext("日期")), Column(gettext("状态")))
    return Table(name="recent", title=gettext("最近填报"), columns=columns, rows=rows)
