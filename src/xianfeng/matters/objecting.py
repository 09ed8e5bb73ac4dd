"""Whom a record concerns objects to it: at whoever has to answer, who is told of it and by when at once."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone

from xianfeng.calendars import deadlines, store
from xianfeng.calendars.deadline import Deadline
from xianfeng.calendars.pausing import paused
from xianfeng.ledger import actions, objecting, versions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.matters import arrival
from xianfeng.problems import Problem
from xianfeng.scheme.flowing import REQUESTER
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.sentences import say


@transaction.atomic
def raise_(*, by: Actor, record: Record, grounds: str, reference: str) -> Record:
    """An objection of whom it concerns. The same form (`reference`) again is the same objection."""
    found = objecting.kind_of(record)
    if found is None or not objecting.concerned(record, by=by):
        hint = say("当事的组织或本人可以提，要在可以提异议的时候。")
        raise Problem("matters.no_objection", "现在不能对这条记录提异议。", hint=hint)
    scheme, kind = found
    known = Record.objects.filter(register=scheme.key(kind.name), reference=reference).first()
    if known is not None:
        return known
    filed = actions.file(
        by=by,
        scheme=scheme.name,
        kind=kind.name,
        organisation=objecting.answers(record, timezone.localdate(by.moment)),
        day=timezone.localdate(by.moment),
        values=_values(scheme, kind, record, grounds, by),
        reference=reference,
    )
    arrival.tell(filed, now=by.moment)
    return filed


def due(record: Record, *, by: Actor) -> Deadline | None:
    """By when one that is raised now is answered, by the calendar of whoever answers."""
    span = objecting.state(record).heard
    if span is None:
        return None
    scheme = versions.scheme(record.scheme_id)
    answers = objecting.answers(record, timezone.localdate(by.moment))
    return deadlines.after(span, by.moment, paused(store.calendar(answers), scheme))


def _values(scheme: Scheme, kind: Kind, record: Record, grounds: str, by: Actor) -> dict[str, object]:
    """What the objection says: what it is about, whose it is, and by when it is answered."""
    own, name = scheme.kinds[record.kind], objecting.concerning(record, by=by)
    concerned, type_ = json.loads(record.values)[name], own.fields[name].type
    whose = (one.name for one in kind.fields.values() if one.acts == REQUESTER and one.type is type_)
    until = next((clock.until for clock in kind.flow.due(kind.flow.initial) if clock.until), "")
    answered = due(record, by=by)
    return {
        kind.roles["text"]: grounds,
        kind.objects: record.id,
        **dict.fromkeys(whose, concerned),
        **({until: timezone.localdate(answered.due).isoformat()} if until and answered else {}),
    }
