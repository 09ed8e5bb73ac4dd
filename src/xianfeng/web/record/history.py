"""What was done to a record, line by line: when, by whom, why, and from what to what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.accounts import abilities
from xianfeng.ledger.history import Change, Event
from xianfeng.ledger.models import Record
from xianfeng.ledger.saying import ACTORS
from xianfeng.log.actors import ActorKind
from xianfeng.registry.models import Appointment
from xianfeng.sentences import translated
from xianfeng.web import cells
from xianfeng.web.cells import Cell
from xianfeng.web.record.files import FileLink
from xianfeng.web.record.values import Speaker, state_title
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table


@dataclass(frozen=True)
class ChangeLine:
    """`left`: the files that were taken off by it, for those who may see them."""

    title: str
    before: str
    after: str
    left: tuple[FileLink, ...] = ()

    @property
    def words(self) -> str:
        said = gettext("{title}：{before} → {after}")
        return said.format(title=self.title, before=self.before or "—", after=self.after or "—")


@dataclass(frozen=True)
class EventLine:
    seq: int
    at: dt.datetime
    day: dt.date
    title: str
    who: str
    reason: str
    changes: tuple[ChangeLine, ...]
    on_behalf: str = ""


def changed(lines: Iterable[ChangeLine], *, name: str, title: str) -> Table:
    """From what to what, as a correction would write it; an answer to a form, and no file."""
    columns = (Column(gettext("栏目")), Column(gettext("原为")), Column(gettext("改为")))
    rows = [(cells.text(one.title), cells.text(one.before or "—"), cells.text(one.after or "—")) for one in lines]
    return Table(name, title, columns, rows, level=3, file=False)


def told(events: Iterable[EventLine]) -> Table:
    """The course of a record as a file keeps it."""
    columns = (
        Column(gettext("办理")),
        Column(gettext("办理日期")),
        Column(gettext("录入时间")),
        Column(gettext("顺序号")),
        Column(gettext("办理人")),
        Column(gettext("理由")),
        Column(gettext("改动")),
    )
    return Table("history", gettext("办理经过"), columns, [_row(event) for event in events])


def _row(event: EventLine) -> tuple[Cell, ...]:
    who = gettext("{who}，代 {name} 填报").format(who=event.who, name=event.on_behalf) if event.on_behalf else event.who
    return (
        cells.text(event.title),
        cells.day(event.day),
        cells.text(timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M")),
        cells.text(event.seq),
        cells.text(who),
        cells.text(event.reason),
        cells.text("\n".join(one.words for one in event.changes)),
    )


def sides(events: Iterable[Event]) -> Iterator[Mapping[str, Any]]:
    """Every value that was ever changed, before and after, for whom they name."""
    for event in events:
        for change in event.changes:
            yield {change.field: change.before}
            yield {change.field: change.after}


def lines(events: Sequence[Event], says: Speaker, found: Record, seen: Scope) -> tuple[EventLine, ...]:
    """As this reader may see them: of what was changed, and why, only whoever may see the record in full."""
    return tuple(_event(event, says, found, seen, by) for event, by in zip(events, _who(events), strict=True))


def _who(events: Sequence[Event]) -> Iterator[str]:
    """As what each was done: in which role, or in which other way."""
    acted = [(kind, int(number or 0)) for kind, __, number in (event.actor.partition(":") for event in events)]
    held = {number for kind, number in acted if kind == ActorKind.APPOINTMENT}
    roles = dict(Appointment.objects.filter(id__in=held).values_list("id", "role"))
    for kind, number in acted:
        role = roles.get(number) if kind == ActorKind.APPOINTMENT else None
        yield abilities.title(role) if role else translated(ACTORS[kind])


def _event(event: Event, says: Speaker, found: Record, seen: Scope, by: str) -> EventLine:
    full = seen.full(found)
    organisation = says.organisations.get(event.organisation) if event.organisation else None
    on_behalf = says.organisations.get(event.on_behalf) if event.on_behalf else None
    return EventLine(
        seq=event.seq,
        at=event.at,
        day=event.day,
        title=translated(event.title),
        who=f"{organisation.name} · {by}" if organisation else by,
        on_behalf=on_behalf.name if on_behalf else "",
        reason=event.reason if full or seen.public_reason(found, event) else "",
        changes=tuple(_change(change, says) for change in event.changes) if full else (),
    )


def _change(change: Change, says: Speaker) -> ChangeLine:
    if change.personal:
        return ChangeLine(change.title, "", gettext("（个人信息，不显示）"))
    field = says.kind.fields.get(change.field)
    if field is not None:
        left = tuple(file for file in says.held(field, change.before) if file.sha256 not in (change.after or ()))
        return ChangeLine(change.title, says.text(field, change.before), says.text(field, change.after), left)
    return ChangeLine(
        translated(change.title), _plain(change.field, change.before, says), _plain(change.field, change.after, says)
    )


def _plain(name: str, value: object, says: Speaker) -> str:
    """A value of the record's header: its state, its holder, its reviewer."""
    if value is None:
        return ""
    if name == "state":
        return state_title(says.kind, str(value))
    node = says.organisations.get(value) if isinstance(value, int) else None
    return node.name if node else str(value)
