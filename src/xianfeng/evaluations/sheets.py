"""Counting by hand: batches of slips, each counted by two people who do not see each other's figures, and a third look
at what they differ in. What was published is counted anew in the same way, by people who have not read it.

A sheet that does not add up is refused with where. Nobody counts the same batch twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from django.db import transaction
from django.db.models import QuerySet

from xianfeng import canonical
from xianfeng.evaluations import stages, texts
from xianfeng.evaluations.batches import BLANK, FIRST, INVALID, SECOND, SLIPS, Batch, Count, Counted, Line
from xianfeng.evaluations.models import CountingSheet, Electorate, EvaluationRound
from xianfeng.evaluations.stages import Stage
from xianfeng.evaluations.texts import Written
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.sentences import say

NOTHING: Written = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The slips that are counted together: those of one electorate, or of several whose boxes were too few."""

    leader: Electorate
    those: tuple[Electorate, ...]
    batches: tuple[Batch, ...]

    @property
    def number(self) -> int:
        return self.leader.number

    @property
    def title(self) -> str:
        return "、".join(one.title for one in self.those)

    @property
    def electors(self) -> int:
        return sum(one.electors for one in self.those)

    @property
    def returned(self) -> int:
        return sum(one.returned or 0 for one in self.those)

    @property
    def left(self) -> int:
        """Slips that stand on no sheet yet."""
        return self.returned - sum(batch.slips for batch in self.batches)

    @property
    def done(self) -> bool:
        return self.left == 0 and all(batch.settled for batch in self.batches)


def pools(row: EvaluationRound) -> tuple[Pool, ...]:
    """What is counted in a round that was closed, in order; each sheet in the order of the questions."""
    return _pools(row, row.electorates.all())


def pool_of(row: EvaluationRound, number: int) -> Pool | None:
    return next(iter(_pools(row, row.electorates.filter(together=number))), None)


def _pools(row: EvaluationRound, among: QuerySet[Electorate]) -> tuple[Pool, ...]:
    _, rule = stages.rule_of(row)
    read: dict[int, dict[int, list[CountingSheet]]] = {}
    for sheet in CountingSheet.objects.filter(electorate__in=among).order_by("batch", "reading"):
        sheet.counts = {name: {one: sheet.counts[name][one] for one in _answers(rule, name)} for name in _names(rule)}
        read.setdefault(sheet.electorate_id, {}).setdefault(sheet.batch, []).append(sheet)
    those: dict[int, list[Electorate]] = {}
    for one in among.order_by("number"):
        if one.together:
            those.setdefault(one.together, []).append(one)
    return tuple(_made(group, read) for _, group in sorted(those.items()))


def _made(group: Sequence[Electorate], read: Mapping[int, Mapping[int, Sequence[CountingSheet]]]) -> Pool:
    """It is led by the first of them."""
    found = read.get(group[0].id, {})
    made = tuple(Batch(number=number, counts=_counts(sheets)) for number, sheets in found.items())
    return Pool(leader=group[0], those=tuple(group), batches=made)


def _counts(sheets: Iterable[CountingSheet]) -> tuple[Count, ...]:
    return tuple(Count(sheets=tuple(some)) for _, some in groupby(sheets, key=lambda sheet: sheet.count))


@transaction.atomic
def enter(
    *, number: int, pool: int, batch: int, counted: Counted, written: Written = NOTHING, by: Actor
) -> CountingSheet:
    """The first reading of a batch, or the second by somebody else. `written`: what the first typed of its texts."""
    row = _closed(number, by)
    held, rule = _pool(row, pool), stages.rule_of(row)[1]
    first = _batch(held, batch) is None
    if first:
        if batch != len(held.batches) + 1:
            told = say("没有第{batch}批，该录第{next}批。", batch=batch, next=len(held.batches) + 1)
            raise Problem("evaluations.no_batch", told, hint="按顺序录。")
        _refuse_size(held, rule, counted.slips)
    sheet = _read(held, rule, batch, counted, by)
    if first:
        texts.keep(held.leader, rule, written, slips=counted.valid)
    stages.note(row, "count", by, body=said_of(sheet, pool))
    return sheet


@transaction.atomic
def settle(*, number: int, pool: int, batch: int, looked: Mapping[Line, int], by: Actor) -> CountingSheet:
    """The third look, by a third person: what stands on the slips, for every line in which the two readings differ."""
    return look(_closed(number, by), pool=pool, batch=batch, looked=looked, by=by)


def again(row: EvaluationRound, *, pool: int, batch: int, counted: Counted, by: Actor) -> CountingSheet:
    """A reading of a settled batch that is counted anew, as it was counted first, by people who have not read it;
    within the caller's transaction."""
    held, rule = _pool(row, pool), stages.rule_of(row)[1]
    found = _batch(held, batch)
    if found is None or counted.slips != found.slips:
        told = say("第{batch}批有{slips}张票。", batch=batch, slips=found.slips if found else 0)
        raise Problem("evaluations.batch_other", told, hint="重新数的是同一批票，张数不变。", field="slips")
    return _read(held, rule, batch, counted, by, anew=True)


def look(row: EvaluationRound, *, pool: int, batch: int, looked: Mapping[Line, int], by: Actor) -> CountingSheet:
    """A third look at the last count of a batch, with its entry; within the caller's transaction."""
    held, rule = _pool(row, pool), stages.rule_of(row)[1]
    found = _batch(held, batch)
    if found is None or found.last.settled or not found.last.differing:
        told = say("第{batch}批没有要复核的。", batch=batch)
        raise Problem("evaluations.nothing_differs", told, hint="刷新页面看最新情况。")
    refuse_same_hand(found, by)
    differing = found.last.differing
    if missing := [line for line in differing if line not in looked]:
        told = say("还有{count}处没有填。", count=len(missing))
        raise Problem("evaluations.not_looked", told, hint="每一处不同都要重新看票。")
    lines = Counted.of(found.last.sheets[0]).lines() | {line: looked[line] for line in differing}
    counts = {name: {answer: lines[name, answer] for answer in _answers(rule, name)} for name in _names(rule)}
    counted = Counted(slips=lines[SLIPS], invalid=lines[INVALID], counts=counts)
    _refuse_sums(rule, counted)
    others = sum(one.slips for one in held.batches if one.number != batch)
    if others + counted.slips > held.returned:
        raise _too_many(held.returned - others, counted.slips)
    sheet = _written(held, batch, found, counted, by)
    stages.note(row, "settle", by, body={**said_of(sheet, pool), "lines": [list(line) for line in differing]})
    return sheet


def last_count(row: EvaluationRound, *, pool: int, batch: int) -> Count:
    """How far a batch that has been read is."""
    found = _batch(_pool(row, pool), batch)
    if found is None:
        raise LookupError(f"round {row.id}: pool {pool} has no batch {batch}")
    return found.last


def _closed(number: int, by: Actor) -> EvaluationRound:
    return stages.opened(number, by, at=(Stage.CLOSED,), doing=say("计票"))


def _read(
    held: Pool, rule: Evaluation, batch: int, counted: Counted, by: Actor, *, anew: bool = False
) -> CountingSheet:
    """One reading, by somebody who has not read the batch. `anew`: of a count of its own where the last is settled."""
    found = _batch(held, batch)
    if found is not None:
        if len(found.last.sheets) >= SECOND and not (anew and found.last.settled):
            raise Problem(
                "evaluations.read_twice", say("第{batch}批已经录过两遍。", batch=batch), hint="去看比对结果。"
            )
        refuse_same_hand(found, by)
    _refuse_sums(rule, counted)
    return _written(held, batch, found, counted, by)


def _pool(row: EvaluationRound, number: int) -> Pool:
    held = pool_of(row, number)
    if held is None:
        raise Problem("evaluations.no_pool", say("没有第{pool}组票。", pool=number), hint="从列表中选择。")
    return held


def _batch(pool: Pool, number: int) -> Batch | None:
    return next((batch for batch in pool.batches if batch.number == number), None)


def refuse_same_hand(batch: Batch, by: Actor) -> None:
    """Whoever reads a batch again is another than who has read it."""
    if not by.apart(*(sheet.person for sheet in batch.sheets)):
        told = say("第{batch}批您已经数过。", batch=batch.number)
        raise Problem("evaluations.same_hand", told, hint="换一个没有数过这一批的人。")


def _refuse_size(pool: Pool, rule: Evaluation, slips: int) -> None:
    if slips > pool.left:
        raise _too_many(pool.left, slips)
    if slips < rule.batch or 0 < pool.left - slips < rule.batch:
        told = say("一批至少{least}张，剩下的也不能少于{least}张；这一批{slips}张。", least=rule.batch, slips=slips)
        hint = say("还有{left}张没有录，换一种分法，或一批录完。", left=pool.left)
        raise Problem("evaluations.batch_small", told, hint=hint, field="slips")


def _too_many(left: int, slips: int) -> Problem:
    told = say("只剩{left}张没有录，这一批写了{slips}张。", left=left, slips=slips)
    return Problem("evaluations.too_many", told, hint="核对收回的张数和前面各批。", field="slips")


def _refuse_sums(rule: Evaluation, counted: Counted) -> None:
    """Valid and invalid are the slips; each question's answers and blanks are the valid ones."""
    found = list(_wrong_sums(rule, counted))
    if found:
        message = say("有{count}处合计对不上，没有保存。", count=len(found))
        raise Problems(found, code="evaluations.sums", message=message, hint="对着票重新数这几处。")


def _wrong_sums(rule: Evaluation, counted: Counted) -> Iterator[Problem]:
    if not 0 <= counted.invalid <= counted.slips:
        told = say("无效票{invalid}张，多于全批{slips}张。", invalid=counted.invalid, slips=counted.slips)
        yield Problem("evaluations.sums", told, hint="核对无效票。", field="invalid")
    for question in rule.counted:
        numbers = counted.counts.get(question.name, {})
        if numbers.keys() != set(_answers(rule, question.name)) or any(n < 0 for n in numbers.values()):
            told = say("“{title}”有选项没有填。", title=question.title)
            yield Problem("evaluations.sums", told, hint="没有人选的填 0。", field=question.name)
        elif (found := sum(numbers.values())) != counted.valid:
            told = say(
                "“{title}”各选项和未填合计{found}张，有效票是{valid}张。",
                title=question.title,
                found=found,
                valid=counted.valid,
            )
            yield Problem("evaluations.sums", told, hint="重新数这一题。", field=question.name)


def _names(rule: Evaluation) -> Sequence[str]:
    return [question.name for question in rule.counted]


def _answers(rule: Evaluation, name: str) -> Sequence[str]:
    return [*rule.questions[name].choices, BLANK]


def _written(pool: Pool, batch: int, found: Batch | None, counted: Counted, by: Actor) -> CountingSheet:
    return CountingSheet.objects.create(
        electorate=pool.leader,
        batch=batch,
        reading=len(found.sheets) + 1 if found else FIRST,
        count=found.next if found else FIRST,
        person=by.person,
        slips=counted.slips,
        invalid=counted.invalid,
        counts={name: dict(numbers) for name, numbers in counted.counts.items()},
    )


def said_of(sheet: CountingSheet, pool: int) -> dict[str, object]:
    """The entry binds the figures and does not tell them: what may be told is decided when all is counted.

    Few figures are possible, so that without the salt whoever has the hash would find them by trying.
    """
    said = {"slips": sheet.slips, "invalid": sheet.invalid, "counts": sheet.counts}
    hash_ = hashlib.sha256(bytes(sheet.electorate.salt) + canonical.dumps(said).encode()).hexdigest()
    return {"pool": pool, "batch": sheet.batch, "reading": sheet.reading, "sheet": hash_}
