"""Objections to a record: who can raise one, who answers it, and that its record stays where it is until then.

A kind says by its states where it is heard (`heard`); an objection is itself a record, of a kind whose request says
`about` (ADR 21). What is decided on it alters nothing by itself. Whom a decision concerns objects once, each for
himself: an organisation's objection is not that of the person who is commended there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from xianfeng.accounts import abilities
from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import history, mentions, powers, versions
from xianfeng.ledger.history import Event
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry import desks, places
from xianfeng.registry.lineage import Lineage
from xianfeng.registry.models import Appointment
from xianfeng.scheme.flowing import REQUESTER, State
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.sentences import say


class Decision(NamedTuple):
    """Where a record stands: since which entry, and by which organisation and appointment it was put there."""

    seq: int
    organisation: int
    appointment: int | None


def state(record: Record) -> State:
    return versions.scheme(record.scheme_id).kinds[record.kind].flow.states[record.state]


def decision(record: Record) -> Decision:
    """The step that led to where it stands now, or altered what is decided there or of whom, whoever it concerns making
    none; what came by itself, its holder's."""
    last = _deciding(versions.scheme(record.scheme_id).kinds[record.kind], history.history(record.id))
    if last is None:
        return Decision(record.id, record.holder, None)
    kind, _, number = last.actor.partition(":")
    return Decision(last.seq, last.organisation or record.holder, int(number) if kind == "appointment" else None)


def _deciding(kind: Kind, events: Sequence[Event]) -> Event | None:
    decided, own = {"state", *kind.deciding}, {move.name for move in kind.flow.moves.values() if move.yields}
    made = (one for one in reversed(events) if one.action not in own)
    return next((one for one in made if any(each.field in decided for each in one.changes)), None)


def kind_of(record: Record) -> tuple[Scheme, Kind] | None:
    """In which kind of its campaign one can object to it now, if one can."""
    scheme = versions.current(versions.scheme(record.scheme_id).name)
    own = scheme.kinds.get(record.kind)
    if own is None or state(record).heard is None:
        return None
    return next(((scheme, kind) for kind in scheme.kinds.values() if own.objected_in(kind)), None)


def about(records: Iterable[int]) -> QuerySet[Record]:
    """What was said against these records; what was withdrawn no longer names them."""
    kinds = ((scheme, kind) for scheme in versions.all_current() for kind in scheme.kinds.values() if kind.objects)
    registers = {scheme.key(kind.name) for scheme, kind in kinds}
    return Record.objects.filter(register__in=registers, id__in=mentions.naming(*records)).order_by("id")


def contested(records: Iterable[Record]) -> frozenset[int]:
    """Those among them of which an objection waits for its answer."""
    heard = [record.id for record in records if state(record).heard is not None]
    return frozenset(target(one) for one in about(heard) if state(one).open) if heard else frozenset()


def target(objection: Record) -> int:
    """The record to which one objects."""
    kind = versions.scheme(objection.scheme_id).kinds[objection.kind]
    return int(json.loads(objection.values).get(kind.objects, 0))


def answers(record: Record, day: dt.date) -> int:
    """Which organisation answers, as they stand on a day: the one above whoever decided, or else that one itself."""
    scheme = versions.scheme(record.scheme_id)
    root, lineage = powers.root_of(scheme), Lineage()
    above = lineage.above(lineage.place(decision(record).organisation, day))
    bound = above[: above.index(root) + 1] if root in above else (root,)
    return bound[1] if len(bound) > 1 else bound[0]


def concerned(record: Record, *, by: Actor) -> bool:
    """Whether it is about whoever acts, himself or his organisation, and he is told of it where it stands."""
    return concerning(record, by=by) != ""


def concerning(record: Record, *, by: Actor) -> str:
    """The field by which it does: of several, one for which nobody has objected yet."""
    kind, values = versions.scheme(record.scheme_id).kinds[record.kind], json.loads(record.values)
    head = desks.head(by.organisation) if by.organisation else None
    names = powers.concerning(kind, record.state, values, by, head=head)
    if len(names) < 2:
        return "".join(names)
    known = _objected([record]).get(record.id, [])
    return next((name for name in names if not _among(frozenset([values[name]]), known)), names[0])


def able(records: Collection[Record], *, mine: Collection[int]) -> frozenset[int]:
    """Those of the records to which one can object now for one of these, a person or organisations, by number."""
    known, found = _objected(records), set[int]()
    for one in records:
        kind, values = versions.scheme(one.scheme_id).kinds[one.kind], json.loads(one.values)
        whose = (frozenset([values[name]]) for name in kind.concerned if values.get(name) in mine)
        if one.id in known and not all(_among(each, known[one.id]) for each in whose):
            found.add(one.id)
    return frozenset(found)


def _objected(records: Iterable[Record]) -> dict[int, list[frozenset[int]]]:
    """To which of the records one can object now, by number; with whose objections there are to what is decided now."""
    heard = {one.id: one for one in records if kind_of(one) is not None}
    if not heard:
        return {}
    found: dict[int, list[frozenset[int]]] = {each: [] for each in heard}
    events = history.later({each: each - 1 for each in heard})
    for one in about(heard):
        record = heard[target(one)]
        last = _deciding(versions.scheme(record.scheme_id).kinds[record.kind], events[record.id])
        if last is None or one.id > last.seq:
            own = versions.scheme(one.scheme_id).kinds[one.kind]
            found[record.id].append(_requesting(own, json.loads(one.values)))
    return found


def _among(whose: frozenset[int], objected: Iterable[frozenset[int]]) -> bool:
    """Whether one of them objected; an objection that names nobody is everybody's."""
    return any(not said or not whose or said & whose for said in objected)


def _requesting(kind: Kind, values: Mapping[str, Any]) -> frozenset[int]:
    names = (field.name for field in kind.fields.values() if field.acts == REQUESTER)
    return frozenset(values[name] for name in names if name in values)


def held(record: int) -> Record:
    """What one objects to, which nobody moves on nor objects to until this objection stands; what is only tried holds
    nothing."""
    records = Record.objects.select_for_update() if connection.in_atomic_block else Record.objects
    return records.get(id=record)


def refuse(record: Record, kind: Kind, values: Mapping[str, Any], *, at: int, day: dt.date) -> None:
    """Unless one can object to the record now, at this organisation: it is heard, and whose objection it is has not
    objected since the decision. `values`: of the objection, of this kind."""
    known = _objected([record]).get(record.id)
    if known is None:
        title = state(record).title
        hint = say("请看办理经过；还有意见的，可以向作决定的组织反映。")
        raise Problem("ledger.not_heard", say("现在是“{state}”，不能提异议。", state=title), hint=hint)
    if _among(_requesting(kind, values), known):
        hint = say("一项决定提一次；答复以后决定有变的，可以再提。")
        raise Problem("ledger.objected_already", say("对这项决定已经提过异议。"), hint=hint)
    _refuse_elsewhere(record, at=at, day=day)


def refuse_elsewhere(kind: Kind, record: int, *, at: int, day: dt.date) -> None:
    """An objection is at home nowhere but at the organisation that answers it."""
    if kind.objects:
        _refuse_elsewhere(Record.objects.get(id=target(Record.objects.get(id=record))), at=at, day=day)


def _refuse_elsewhere(record: Record, *, at: int, day: dt.date) -> None:
    if at != answers(record, day):
        hint = say("由作决定的组织的上级答复；没有上级的，由作决定的组织答复。")
        raise Problem("ledger.answered_elsewhere", say("这件异议不由这个组织答复。"), hint=hint)


def refuse_judging_oneself(objection: Record, *, by: Actor) -> None:
    """Whoever decided does not answer the objection to it, wherever he does, if somebody else there could."""
    decided = Record.objects.filter(id=target(objection)).first()
    made = decision(decided) if decided is not None else None
    if made is None or made.appointment is None or by.person is None:
        return
    person = Appointment.objects.filter(id=made.appointment).values_list("person", flat=True).first()
    if by.person != person:
        return
    here = Appointment.objects.filter(places.on(timezone.localdate(by.moment)), organisation=by.organisation)
    if any(Ability.REVIEW in abilities.of(role) for role in here.exclude(person=person).values_list("role", flat=True)):
        hint = say("请由本组织的其他同志答复。")
        raise Problem("ledger.judging_oneself", say("这项决定是您作的，异议不能由您答复。"), hint=hint)
