"""What `verify` proves of plans: a sealed frame is the one whose fingerprint was entered, and what was revealed is what
comes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from xianfeng.inspections import outcome
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.outcome import Outcome
from xianfeng.inspections.stages import STREAM, Stage
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.sentences import say

_FIXED = (Stage.SEALED, Stage.TYPED, Stage.DRAWN, Stage.REVEALED)


def findings(alias: str) -> Iterator[Finding]:
    for row in InspectionPlan.objects.using(alias).filter(stage__in=_FIXED).order_by("id"):
        told = {
            entry.action: (entry.seq, json.loads(entry.body))
            for entry in Entry.objects.using(alias).filter(stream=STREAM, about=row.id).order_by("seq")
        }
        yield from _of(row, told)


def _of(row: InspectionPlan, told: dict[str, tuple[int, dict[str, object]]]) -> Iterator[Finding]:
    seq, sealed = told.get("seal", (row.id, {}))
    try:
        frame = Frame.read(row.frame)
    except Problem as problem:
        yield _changed(row, seq, problem.message)
        return
    if frame.fingerprint.hex() != sealed.get("fingerprint"):
        yield _changed(row, seq, say("名册与封存时登记的校验码不符。"))
    if row.stage == Stage.REVEALED and not frame.by_hand and "reveal" in told:
        seq, revealed = told["reveal"]
        said = {"frame": json.loads(row.frame), "seed": "", **revealed}
        try:
            published = Outcome.read(json.dumps(said))
            again = outcome.make(frame, secret=published.secret, value=published.value)
        except Problem as problem:
            yield _changed(row, seq, problem.message)
            return
        if again.visits != published.visits:
            yield _changed(row, seq, say("重新抽取的结果与公布的不同。"))


def _changed(row: InspectionPlan, seq: int, message: str) -> Finding:
    told = say("督查计划“{title}”（{approval}）：{message}", title=row.title, approval=row.approval, message=message)
    return Finding(code="inspections.changed", seq=seq, message=told)
