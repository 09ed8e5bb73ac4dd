"""Handling: what happens to a record after it was filed. Moved, amended, withdrawn, handed over; never rewritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from xianfeng.ledger import (
    clocks,
    conditions,
    files,
    flow,
    forms,
    growing,
    mentions,
    objecting,
    personal,
    projection,
    saying,
    writable,
)
from xianfeng.ledger.clocks import Times
from xianfeng.ledger.drafting import Taken, draft
from xianfeng.ledger.forms import Given, Values
from xianfeng.ledger.hops import Neighbours
from xianfeng.ledger.image import WITHDRAWN, Image
from xianfeng.ledger.models import Record
from xianfeng.ledger.opening import Opened, hold, open_many, seen
from xianfeng.ledger.powers import OFFICE, SUPERIOR, Powers, root_of, wrong_actor
from xianfeng.ledger.references import Named, resolve
from xianfeng.ledger.scribe import Scribe
from xianfeng.ledger.values import refuse_unnumbered, spoken
from xianfeng.log.actors import Actor
from xianfeng.log.append import append
from xianfeng.problems import Problem, Problems
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.flowing import AUTHOR, HANDLER
from xianfeng.scheme.nodes import Kind
from xianfeng.sentences import say

MOST_TOLD = 100  # problems of a bulk move told one by one; the rest are counted
CORRECTORS = (AUTHOR, SUPERIOR, OFFICE)


def move(
    *,
    by: Actor,
    record: int,
    move: str,
    day: dt.date,
    values: Given | None = None,
    reason: str = "",
    for_: int | None = None,
    seq: int | None = None,
    attachments: files.Given = files.NONE,
) -> Record:
    """Make one move of a record's flow. `seq`: the last entry the actor has seen; refused when another came since.

    `attachments`: files kept already (`files.keep`), by field; they come behind those that are there.
    """
    with transaction.atomic():
        (opened,) = open_many([record], by=by, day=day, reason=reason, for_=for_, seen=seen(record, seq))
        problems: list[Problem] = []
        taken = _moved(opened, move, values or {}, problems, attachments)
        forms.refuse(problems, opened.form)
        told = files.described(attachments, opened.before.values)
        (number,) = _write([(opened, taken)], by=by, on_behalf=for_, attachments=told)
        files.register([(record, number, told)])
    return Record.objects.get(id=record)


@transaction.atomic
def move_many(
    *,
    by: Actor,
    records: Iterable[int],
    move: str,
    day: dt.date,
    reason: str = "",
    seqs: Mapping[int, int] | None = None,
) -> int:
    """Make the same move of many records, or of none; how many there were. `seqs`: the last entry seen of each."""
    wanted = list(dict.fromkeys(records))
    refused: list[Problem] = []
    steps: list[tuple[Opened, Taken]] = []
    for opened in open_many(wanted, by=by, day=day, reason=spoken(reason), seen=seqs):
        problems: list[Problem] = []
        steps.append((opened, _moved(opened, move, {}, problems)))
        refused.extend(problem.at(saying.of_record(opened.id), record=opened.id) for problem in problems)
    if refused:
        raise Problems(
            refused[:MOST_TOLD],
            code="ledger.records",
            message=say("{count} 条记录中有 {faults} 处问题，都没有办理。", count=len(wanted), faults=len(refused)),
            hint="请去掉这些记录，或先逐条处理。",
        )
    _write(steps, by=by, on_behalf=None)
    return len(steps)


def amend(
    *,
    by: Actor,
    record: int,
    values: Given,
    reason: str,
    day: dt.date | None = None,
    for_: int | None = None,
    seq: int | None = None,
    attachments: files.Given = files.NONE,
    leaving: files.Leaving = files.NOTHING_LEAVES,
) -> Record:
    """Correct what a record says, with a reason; the entry keeps what it said before. `seq` as of `move`.

    `attachments`: files kept already, which come behind those that stay; `leaving`: those that were wrong.
    """
    with transaction.atomic():
        (opened,) = open_many([record], by=by, day=day, reason=spoken(reason), for_=for_, seen=seen(record, seq))
        after, told = _amended(opened, values, attachments, leaving)
        taken = _taken(opened, "amend", after, told=told)
        new = files.described(attachments, opened.before.values)
        (number,) = _write([(opened, taken)], by=by, on_behalf=for_, attachments=new)
        files.register([(record, number, new)])
    return Record.objects.get(id=record)


@transaction.atomic
def amended(
    *,
    by: Actor,
    record: int,
    values: Given,
    reason: str,
    for_: int | None = None,
    seq: int | None = None,
    attachments: files.Given = files.NONE,
    leaving: files.Leaving = files.NOTHING_LEAVES,
) -> tuple[Image, Image]:
    """What a record says and what it would say. Refuses what `amend` would refuse, and writes nothing."""
    (opened,) = open_many([record], by=by, day=None, reason=spoken(reason), for_=for_, seen=seen(record, seq))
    after, _ = _amended(opened, values, attachments, leaving)
    conditions.weigh([_writing(opened, after)])
    return opened.before, after


def withdraw(
    *,
    by: Actor,
    record: int,
    reason: str,
    day: dt.date | None = None,
    for_: int | None = None,
    seq: int | None = None,
) -> Record:
    """Take a record out of every figure, with a reason; its history stays. `seq` as of `move`.

    Where somebody asks for what others owe him, they cannot take it away: a superior of theirs does.
    """
    with transaction.atomic():
        (opened,) = open_many([record], by=by, day=day, reason=spoken(reason), for_=for_, seen=seen(record, seq))
        doing = say("撤销")
        _may_touch(opened, doing, withdrawers(opened.form.kind))
        _refuse_unexplained(opened, doing)
        flow.refuse_taking_away(opened.form, opened.before, opened.acting)
        taken = _taken(opened, "withdraw", flow.withdrawn(opened.before, opened.acting.day))
        _write([(opened, taken)], by=by, on_behalf=for_)
    return Record.objects.get(id=record)


def withdrawers(kind: Kind) -> tuple[str, ...]:
    """Who may take its records away. What somebody asks of an organisation is not that one's to take away."""
    return (SUPERIOR,) if kind.requested else CORRECTORS


def hand_over(*, by: Actor, record: int, to: int, day: dt.date, reason: str) -> Record:
    """Let another organisation answer for a record. What was done stays counted where it was done."""
    with transaction.atomic():
        (opened,) = open_many([record], by=by, day=day, reason=spoken(reason))
        _may_touch(opened, say("移交"), (SUPERIOR, OFFICE))
        _refuse_unexplained(opened, say("移交"))
        refuse_unnumbered(to)
        if to == opened.before.holder:
            raise Problem("ledger.nothing_changed", "记录本来就由它负责。", hint="请核对承接的组织。")
        objecting.refuse_elsewhere(opened.form.kind, record, at=to, day=day)
        Powers(root_of(opened.form.scheme), opened.near.lineage, by).chain(to, day)
        taken = _taken(opened, "hand_over", opened.before._replace(holder=to))
        _write([(opened, taken)], by=by, on_behalf=None)
    return Record.objects.get(id=record)


def open_one(*, by: Actor, record: int, day: dt.date | None = None) -> Opened:
    """A record held for handling, as its author or whoever may correct it; inside the caller's transaction."""
    (opened,) = open_many([record], by=by, day=day)
    _may_touch(opened, say("办理"))
    return opened


def write_one(opened: Opened, taken: Taken, *, by: Actor, attachments: Sequence[Mapping[str, object]] = ()) -> int:
    """Write one step of an opened record; its sequence number."""
    return _write([(opened, taken)], by=by, on_behalf=None, attachments=attachments)[0]


def pass_on(*, by: Actor, record: int, to: int, day: dt.date, reason: str) -> None:
    """Let a successor answer for a record whose organisation ends; the registry has decided who it is."""
    opened = _opened_by_registry(record, by=by, day=day, reason=reason)
    write_one(opened, _taken(opened, "hand_over", opened.before._replace(holder=to)), by=by)


def pass_handling_on(*, by: Actor, record: int, instead_of: int, to: int, day: dt.date, reason: str) -> None:
    """Let another organisation handle a record whose handler ends; where the record stands it stays."""
    opened = _opened_by_registry(record, by=by, day=day, reason=reason)
    fields = (field.name for field in opened.form.kind.fields.values() if field.acts == HANDLER)
    named = {name: to for name in fields if opened.before.values.get(name) == instead_of}
    after = flow.with_values(opened.form, opened.before, Values(named, {}))
    write_one(opened, _taken(opened, "hand_over", after), by=by)


def _opened_by_registry(record: int, *, by: Actor, day: dt.date, reason: str) -> Opened:
    (row,) = hold([record])
    form = forms.form(row.scheme_id, row.kind)
    before = projection.image_of(row, form.scheme.name)
    made, known = clocks.made(by, day, day), clocks.known(by, day)
    acting = flow.Acting(by.organisation, frozenset(), day, made, known, reason)
    return Opened(row.id, row.scheme_id, form, before, acting, day, Neighbours(Lineage()), Times())


def _moved(
    opened: Opened, name: str, values: Given, problems: list[Problem], attachments: files.Given = files.NONE
) -> Taken:
    read = _read(opened, values, problems)
    files.put(opened.form, attachments, read.clear, opened.before.values, problems)
    return flow.step(
        opened.form,
        opened.before,
        name,
        acting=opened.acting,
        values=read,
        near=opened.near,
        times=opened.times,
        today=opened.today,
        problems=problems,
    )


def _amended(
    opened: Opened, values: Given, attachments: files.Given, leaving: files.Leaving
) -> tuple[Image, Mapping[str, str]]:
    """The record with other values and files, and what is told in confidence."""
    _may_touch(opened, say("更正"))
    _refuse_unexplained(opened, say("更正"))
    flow.refuse_correcting(opened.form, opened.acting)
    problems: list[Problem] = []
    read = _with_files(opened, _read(opened, values, problems), attachments, leaving, problems)
    problems.extend(writable.uncorrectable(opened.form, opened.before, read))
    after = opened.wound(flow.amended(opened.form, opened.before, acting=opened.acting, values=read), "amend")
    if not opened.acting.explains:
        day = opened.acting.day
        problems.extend(growing.shrunk(opened.form.kind, opened.before, after))
        problems.extend(opened.times.refusals(opened.form, opened.before, after, day=day, extends=None))
    if opened.form.must_be_whole(after):
        opened.form.complete(after, opened.acting.day, opened.near, problems)
    forms.refuse(problems, opened.form)
    if after == opened.before and not read.personal:
        raise Problem("ledger.nothing_changed", "内容与原来相同，没有更正。", hint="请核对要改的内容。")
    return after, read.personal


def _with_files(
    opened: Opened, read: Values, attachments: files.Given, leaving: files.Leaving, problems: list[Problem]
) -> Values:
    held = opened.before.values
    staying = files.taken_off(opened.form, leaving, held, problems)
    found: dict[str, Any] = {**staying}
    files.put(opened.form, attachments, found, {**held, **staying}, problems)
    emptied = tuple(name for name, hashes in found.items() if not hashes)
    clear = {**read.clear, **{name: hashes for name, hashes in found.items() if hashes}}
    return read._replace(clear=clear, emptied=(*read.emptied, *emptied))


def _read(opened: Opened, values: Given, problems: list[Problem]) -> Values:
    read = opened.form.read(values, problems)
    if read.clear and opened.form.references:
        resolve(opened.form, [Named(read.clear, opened.acting.day, problems)], opened.near.lineage)
    return read


def _taken(opened: Opened, action: str, after: Image, *, told: Mapping[str, str] | None = None) -> Taken:
    acting = opened.acting
    after = opened.wound(after, action)
    return Taken(action, acting.day, acting.organisation, after, acting.reason, told or {})


def _write(
    steps: Sequence[tuple[Opened, Taken]],
    *,
    by: Actor,
    on_behalf: int | None,
    attachments: Sequence[Mapping[str, object]] = (),
) -> range:
    writings = [_writing(opened, taken.after) for opened, taken in steps]
    conditions.weigh(writings)
    steps = [(opened, _with_commitments(opened, taken)) for opened, taken in steps]
    conditions.refuse(writings)
    scribes = [Scribe(opened.form.figures) for opened, _ in steps]
    drafts = [
        draft(opened.form, opened.id, opened.before, taken, scribe, on_behalf=on_behalf, attachments=attachments)
        for (opened, taken), scribe in zip(steps, scribes, strict=True)
    ]
    numbers = append(drafts, by=by)
    rows = [
        projection.row(opened.id, opened.form, taken.after, seq, scribe)
        for (opened, taken), seq, scribe in zip(steps, numbers, scribes, strict=True)
    ]
    # The columns are our own; values are parameters.
    assignments = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in projection.COLUMNS[1:])
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE ledger_record SET {assignments} WHERE id = %s",  # noqa: S608
            [(*row[1:], row[0]) for row in rows],
        )
    for opened, taken in steps:
        mentions.changed(opened.form, opened.id, opened.before, taken.after)
    return numbers


def _writing(opened: Opened, after: Image) -> conditions.Writing:
    return conditions.Writing(record=opened.id, form=opened.form, before=opened.before, after=after)


def _with_commitments(opened: Opened, taken: Taken) -> Taken:
    if not taken.told:
        return taken
    (commitments,) = personal.keep(opened.form, [personal.Telling(opened.id, taken.after, taken.told)])
    return taken._replace(after=personal.committed(taken.after, commitments))


def _may_touch(opened: Opened, doing: str, capacities: tuple[str, ...] = CORRECTORS) -> None:
    if opened.before.state == WITHDRAWN:
        raise flow.withdrawn_already()
    if opened.acting.personally or opened.acting.capacities.isdisjoint(capacities):
        raise wrong_actor(capacities, opened.form.scheme, doing)
    flow.refuse_day(opened.before, opened.acting.day, opened.today)


def _refuse_unexplained(opened: Opened, doing: str) -> None:
    if not opened.acting.reason:
        raise Problem("ledger.reason", say("“{doing}”要写明理由。", doing=doing), hint="请填写理由。", place="理由")
