"""Whose turn it is: which move a record waits for where it stands, and which organisation or appointment makes it.

Duties, inboxes, boards and sentences all ask here, so that nobody is told to wait for somebody who was told nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xianfeng.calendars.deadline import Deadline
from xianfeng.ledger import clocks, powers, projection, versions
from xianfeng.ledger.models import Record
from xianfeng.registry import desks
from xianfeng.registry.lineage import Lineage
from xianfeng.registry.models import Appointment
from xianfeng.scheme import flowing
from xianfeng.scheme.flowing import Clock, Flow, Move
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.types import FieldType


class Turn(NamedTuple):
    """Who is next. `appointment`: who of the organisation, where a role or a person is meant; else 0."""

    organisation: int
    appointment: int = 0


class Stand(NamedTuple):
    """Of a record, what says whose turn it is. `values`: whatever it names by a number is among them."""

    holder: int
    place: int
    day: dt.date
    values: Mapping[str, Any]


def awaited(flow: Flow, clock: Clock, state: str) -> Move:
    """Which move comes next while a clock runs: its own where it can be made, elsewhere the one that leads on there."""
    move = flow.moves[clock.move]
    return move if state in move.origins else flow.next(state) or move


class Due(NamedTuple):
    """A move that somebody waits for, and by when it is to be made."""

    move: Move
    deadline: Deadline


def due(record: Record) -> tuple[Due, ...]:
    """What falls due where a record stands, the earliest first."""
    flow = versions.scheme(record.scheme_id).kinds[record.kind].flow
    running = clocks.running(projection.clocks_of(record))
    found = ((flow.clocks[name], one.due) for name, one in running.items())
    return tuple(Due(awaited(flow, clock, record.state), deadline) for clock, deadline in found if deadline)


@dataclass
class Turns:
    """Finds who is next; what many records share is learnt once."""

    lineage: Lineage = field(default_factory=Lineage)
    _roots: dict[str, int] = field(default_factory=dict)
    _held: dict[tuple[str, int, tuple[int, ...], dt.date], Turn | None] = field(default_factory=dict)

    def of(self, scheme: Scheme, kind: Kind, move: Move, stand: Stand) -> Turn:
        """The first of those who may make it that there is; where there is none, whoever stands above its holder."""
        above = self.lineage.above(stand.place)
        wanted = (self._one(scheme, kind, by, stand, above) for by in move.by)
        return next((turn for turn in wanted if turn is not None), Turn(self._superior(stand, above)))

    def _one(self, scheme: Scheme, kind: Kind, by: str, stand: Stand, above: tuple[int, ...]) -> Turn | None:
        match by:
            case flowing.AUTHOR:
                return Turn(stand.holder)
            case powers.SUPERIOR:
                return Turn(self._superior(stand, above))
            case powers.OFFICE:
                return Turn(self._root(scheme))
            case flowing.HANDLER:
                return self._handler(kind, stand)
            case flowing.REQUESTER | flowing.CLOCK:
                return None
            case _:
                return self._appointed(by, 0, (stand.holder, *above), stand.day)

    def _superior(self, stand: Stand, above: tuple[int, ...]) -> int:
        """Whoever stands above its desk: of a body, not the division that it is attached to, while there is another."""
        if len(above) < 2:
            return stand.holder
        own, over = (self.lineage.node(each, stand.day) for each in above[:2])
        attached = own is not None and own.type == desks.BODY and over is not None and over.type != desks.BODY
        return above[2] if attached and len(above) > 2 else above[1]

    def _root(self, scheme: Scheme) -> int:
        if scheme.name not in self._roots:
            self._roots[scheme.name] = powers.root_of(scheme)
        return self._roots[scheme.name]

    def _handler(self, kind: Kind, stand: Stand) -> Turn | None:
        """An organisation that the record names, or the person, where he holds an appointment."""
        organisations = powers.handlers(kind, stand.values)
        if organisations:
            return Turn(min(organisations))
        people = (
            one.name for one in kind.fields.values() if one.acts == flowing.HANDLER and one.type is FieldType.PERSON
        )
        named = next((stand.values[name] for name in people if name in stand.values), None)
        return None if named is None else self._appointed("", named, (), stand.day)

    def _appointed(self, role: str, person: int, organisations: tuple[int, ...], day: dt.date) -> Turn | None:
        """Who holds a role there, the nearest first; or a person's appointment, wherever it is."""
        key = role, person, organisations, day
        if key not in self._held:
            wanted = {"person": person} if person else {"role": role, "organisation__in": organisations}
            rows = Appointment.objects.filter(**wanted).order_by("id")
            known = [one for one in rows if (one.since or day) <= day and (one.until is None or one.until > day)]
            near = {one: number for number, one in enumerate(reversed(organisations))}
            first = max(known, key=lambda one: near.get(one.organisation_id, 0), default=None)
            self._held[key] = None if first is None else Turn(first.organisation_id, first.id)
        return self._held[key]
