"""A record as the console tells it: states and choices by their titles, organisations by their names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xianfeng.ledger.saying import ACTORS, WORDS, unit
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say, together

if TYPE_CHECKING:
    from xianfeng.ledger.history import Change, Event
    from xianfeng.ledger.models import Record
    from xianfeng.scheme.nodes import Field, Kind, Scheme

_HOLDERS = ("holder", "reviewer")


class Teller:
    """Tells one record; the organisations it names are read once."""

    def __init__(self, record: Record, scheme: Scheme, events: Sequence[Event]) -> None:
        self._record, self._scheme, self._events = record, scheme, events
        self._kind: Kind = scheme.kinds[record.kind]
        self._names = _names(self._kind, record, events)

    def lines(self) -> Iterator[str]:
        yield from self.heading()
        for event in self._events:
            yield self._event(event)
            for change in event.changes:
                yield say("    {title}：{change}", title=change.title, change=self._change(change))

    def heading(self) -> Iterator[str]:
        """Which record it is, and how it stands."""
        record = self._record
        yield say(
            "{scheme} · {kind} 第 {record} 号 · {state}",
            scheme=self._scheme.title,
            kind=self._kind.title,
            record=record.id,
            state=self._state(record.state),
        )
        yield say(
            "组织 {organisation}，负责组织 {holder}，日期 {day}",
            organisation=self._name(record.organisation),
            holder=self._name(record.holder),
            day=record.day,
        )

    def _event(self, event: Event) -> str:
        kind, _, number = event.actor.partition(":")
        who = together(filter(None, (ACTORS[kind], number)), by=" ")
        if event.organisation:
            who = together((self._name(event.organisation), who), by="，")
        if event.on_behalf:
            who = say("{who}，代{name}填", who=who, name=self._name(event.on_behalf))
        told = say("{seq}  {day}  {title}（{who}）", seq=event.seq, day=event.day, title=event.title, who=who)
        return say("{told}：{reason}", told=told, reason=event.reason) if event.reason else told

    def _change(self, change: Change) -> str:
        if change.personal:
            return say("（个人信息，已加密保存）")
        return together((self._text(change.field, side) for side in (change.before, change.after)), by=" → ")

    def _text(self, name: str, value: Any) -> str:
        if value is None:
            return say("（空）")
        field = self._kind.fields.get(name)
        if field is not None:
            return self._value(field, value)
        return self._name(value) if name in _HOLDERS else self._state(value)

    def _value(self, field: Field, value: Any) -> str:
        if field.type is FieldType.ORGANISATION:
            return self._name(value)
        words = WORDS.get(field.type)
        return together((words(field, value) if words else str(value), unit(field)), by="")

    def _state(self, state: str) -> str:
        states = self._kind.flow.states
        return states[state].title if state in states else say("已撤销")

    def _name(self, organisation: int) -> str:
        return self._names.get(organisation) or say("{number} 号", number=organisation)


def _names(kind: Kind, record: Record, events: Sequence[Event]) -> dict[int, str]:
    from xianfeng.registry import tree

    named = [name for name, field in kind.fields.items() if field.type is FieldType.ORGANISATION]
    changed = [change for event in events for change in event.changes if change.field in (*_HOLDERS, *named)]
    sides = [side for change in changed for side in (change.before, change.after)]
    acting = [number for event in events for number in (event.organisation, event.on_behalf)]
    wanted = {number for number in (record.organisation, record.holder, *acting, *sides) if isinstance(number, int)}
    day: dt.date = record.day
    return {number: node.name for number, node in tree.named(wanted, day).items()}
