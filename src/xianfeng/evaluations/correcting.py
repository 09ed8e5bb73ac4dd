"""A published round is corrected: a miscounted batch is counted anew as it was first, by others, with a reason.

What may still be told is decided where publishing is; what may not is withdrawn, and no figure counts it any more.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace

from django.db import transaction

from xianfeng.evaluations import notices, published, publishing, results, sheets, stages, wording
from xianfeng.evaluations.batches import FIRST, Counted, Line
from xianfeng.evaluations.models import CountingSheet, EvaluationRound
from xianfeng.evaluations.published import Filed
from xianfeng.evaluations.publishing import Asked, Cell, Part
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger import actions
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.sentences import say


@transaction.atomic
def correct(*, number: int, pool: int, batch: int, counted: Counted, reason: str = "", by: Actor) -> CountingSheet:
    """A reading of a batch that is counted anew: the first with the reason, the second by somebody else again. Where
    they agree, what they say holds."""
    row = _published(number, by)
    sheet = sheets.again(row, pool=pool, batch=batch, counted=counted, by=by)
    count = sheets.last_count(row, pool=pool, batch=batch)
    said = sheets.said_of(sheet, pool)
    if len(count.sheets) == FIRST:
        if not reason.strip():
            raise Problem("evaluations.no_reason", "更正要写明理由。", hint="写明哪里数错了。", field="reason")
        said["reason"] = reason.strip()
    stages.note(row, "count", by, body=said)
    if count.settled:
        _tell(row, sheet, pool, by)
    return sheet


@transaction.atomic
def settle(*, number: int, pool: int, batch: int, looked: Mapping[Line, int], by: Actor) -> CountingSheet:
    """The third look, by somebody who has not read it either, where the two readings differ."""
    row = _published(number, by)
    sheet = sheets.look(row, pool=pool, batch=batch, looked=looked, by=by)
    _tell(row, sheet, pool, by)
    return sheet


def _published(number: int, by: Actor) -> EvaluationRound:
    return stages.opened(number, by, at=(Stage.PUBLISHED,), doing=say("更正结果"))


def _tell(row: EvaluationRound, sheet: CountingSheet, pool: int, by: Actor) -> None:
    """What holds now, told anew where it changes what was told."""
    scheme, rule = stages.rule_of(row)
    reason, mark = _reason(row, pool, sheet.batch), f"again-{sheet.id}"
    now = {cell.path[-1]: cell for cell in results.cells(row, rule)}
    kept, before = list[Filed](), [*published.filed(row)]
    for part, records in before:
        after = _after(part, now, results.asked(rule))
        if after == part:
            kept.append((part, records))
            continue
        for record in records:
            actions.withdraw(by=results.house(scheme, by), record=record, reason=reason)
        if after is not None:
            kept.append((after, results.file(row, after, mark=mark, by=by)))
    was, holds = (
        wording.notices(row, rule, [part for part, _ in those], annulled=results.annulled(row))
        for those in (before, kept)
    )
    told = {**dict.fromkeys(was, wording.untold()), **holds}
    notices.tell(row, told, reason=reason, by=results.house(scheme, by))
    stages.note(
        row, "correct", by, body={**sheets.said_of(sheet, pool), "reason": reason, **results.statement(row, kept)}
    )


def _reason(row: EvaluationRound, pool: int, batch: int) -> str:
    """Why the batch is counted anew, as its first reading says."""
    begun = [step.body for step in stages.steps(row, "count") if "reason" in step.body]
    return next(str(said["reason"]) for said in reversed(begun) if (said["pool"], said["batch"]) == (pool, batch))


def _after(part: Part, now: Mapping[Hashable, Cell], asked: Asked) -> Part | None:
    """A unit may have moved since; its ballots stay those of the place where they were told."""
    cells = [replace(now[path[-1]], path=path) for path in part.cells]
    recounted = all(cell.cast == part.cells[cell.path] for cell in cells)
    again = publishing.corrected(part, cells, recounted=recounted, asked=asked)
    return part if again and again.told == part.told else again
