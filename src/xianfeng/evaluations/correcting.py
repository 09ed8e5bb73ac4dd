"""A published round is corrected: a batch was miscounted, somebody else counts it again and says why.

What may still be told is decided where publishing is; what may not is withdrawn, and no figure counts it any more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from xianfeng.evaluations import publishing, results, sheets, stages
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.publishing import Asked, Cell, Part, Path, Told
from xianfeng.evaluations.sheets import Counted
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger import actions
from xianfeng.log.actors import Actor
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.sentences import say

Filed = tuple[Part, tuple[int, ...]]  # with the numbers of its records


@transaction.atomic
def correct(*, number: int, pool: int, batch: int, counted: Counted, reason: str, by: Actor) -> EvaluationRound:
    row = stages.opened(number, by, at=(Stage.PUBLISHED,), doing=say("更正结果"))
    scheme, rule = stages.rule_of(row)
    if not reason.strip():
        raise Problem("evaluations.no_reason", "更正要写明理由。", hint="写明哪里数错了。", field="reason")
    before = _told(row)
    sheet = sheets.again(row, pool=pool, batch=batch, counted=counted, by=by)
    now = {cell.path: cell for cell in results.cells(row, rule)}
    kept: list[Filed] = []
    for part, records in before:
        after = _after(part, now, results.asked(rule))
        if after == part:
            kept.append((part, records))
            continue
        for record in records:
            actions.withdraw(by=results.house(scheme, by), record=record, reason=reason.strip())
        if after is not None:
            kept.append((after, results.file(row, after, mark=f"again-{sheet.id}", by=by)))
    body = {**sheets.said_of(sheet, pool), "reason": reason.strip(), **results.statement(row, kept)}
    stages.note(row, "correct", by, body=body)
    return row


def _after(part: Part, now: Mapping[Path, Cell], asked: Asked) -> Part | None:
    cells = [now[path] for path in part.cells]
    recounted = all(cell.cast == part.cells[cell.path] for cell in cells)
    again = publishing.corrected(part, cells, recounted=recounted, asked=asked)
    return part if again and again.told == part.told else again


def _told(row: EvaluationRound) -> Iterator[Filed]:
    """The parts that are published, as their entry says."""
    entry = Entry.objects.filter(stream=stages.STREAM, about=row.id, action__in=stages.TELLING).latest("seq")
    for said in json.loads(entry.body)["parts"]:
        yield _part(said), tuple(said["records"])


def _part(said: Mapping[str, Any]) -> Part:
    cells = {tuple(path): cast for path, cast in said["cells"]}
    return Part(
        at=(said["at"],),
        cells=cells,
        electors=said["electors"],
        cast=said["cast"],
        told={name: Told(one["at_least"], one["at_most"], one["nearly_all"]) for name, one in said["told"].items()},
        grown=said["grown"],
    )
