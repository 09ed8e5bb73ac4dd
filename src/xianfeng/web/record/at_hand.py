"""What the reader of a record can do with it: its moves with who is next, a correction, a look at what is personal."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.utils import timezone

from xianfeng.ledger.flow import REASON
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.web.record import steps
from xianfeng.web.record.waiting import Way, Ways, asks_for_correction
from xianfeng.web.scope import Scope


@dataclass(frozen=True)
class Doing:
    """`then`: what becomes of the record, and who is next. `is_usual`: what most will do; of what asks for a reason
    nothing is."""

    way: Way
    then: str
    is_usual: bool


@dataclass(frozen=True)
class AtHand:
    """`next`: who is waited for, told to those who are part of it. `personal`: the fields that may be asked for."""

    doings: tuple[Doing, ...]
    next: str
    corrects: bool
    withdraws: bool
    personal: tuple[str, ...]
    asks: bool = False  # for a correction, of those who may correct it


def at_hand(record: Record, scheme: Scheme, kind: Kind, seen: Scope) -> AtHand:
    if not seen.reader.signed_in or not seen.full(record):
        return AtHand((), "", False, False, ())
    ways = Ways(seen)
    return AtHand(
        doings=tuple(
            _doing(record, scheme, kind, way, is_first=not at) for at, way in enumerate(ways.of(record, scheme, kind))
        ),
        next=_next(record, scheme, kind),
        corrects=ways.corrects(record, scheme),
        withdraws=ways.withdraws(record, scheme),
        personal=held(record, kind) if seen.personal(record) else (),
        asks=asks_for_correction(record, kind, seen),
    )


def _doing(record: Record, scheme: Scheme, kind: Kind, way: Way, *, is_first: bool) -> Doing:
    move = kind.flow.moves[way.move]
    then = steps.then(scheme, kind, move.leads(record.state))
    return Doing(way, then, is_usual=is_first and REASON not in move.needs)


def held(record: Record, kind: Kind) -> tuple[str, ...]:
    """The personal fields of which a record holds something, by their titles."""
    return tuple(kind.fields[name].title for name in json.loads(record.personal) if name in kind.fields)


def _next(record: Record, scheme: Scheme, kind: Kind) -> str:
    day = timezone.localdate()
    holder = tree.named([record.holder], day).get(record.holder)
    return steps.next_of(scheme, kind, record.state, holder, day) if holder else ""
