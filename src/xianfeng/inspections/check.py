"""What `verify` proves of plans: each that was sealed is still there as its entries say, and what was revealed is what
comes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from xianfeng.inspections import outcome
from xianfeng.inspections.draw import Visit
from xianfeng.inspections.drawing import drawn
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.stages import STREAM, stage_after
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.sentences import say


def findings(alias: str) -> Iterator[Finding]:
    for sealed in Entry.objects.using(alias).filter(stream=STREAM, action="seal").order_by("seq"):
        row = InspectionPlan.objects.using(alias).filter(id=sealed.about).first()
        entries = Entry.objects.using(alias).filter(stream=STREAM, about=sealed.about).order_by("seq")
        told = [(entry.seq, entry.action, json.loads(entry.body)) for entry in entries]
        if row is None:
            yield _changed(sealed.seq, say("封存过的第{plan}号督查计划不在了。", plan=sealed.about))
            continue
        for seq, message in _faults(row, told):
            said = say(
                "督查计划“{title}”（{approval}）：{message}", title=row.title, approval=row.approval, message=message
            )
            yield _changed(seq, said)


def _faults(row: InspectionPlan, told: list[tuple[int, str, Mapping[str, Any]]]) -> Iterator[tuple[int, str]]:
    last = {action: (seq, body) for seq, action, body in told}
    sealed, bound = last["seal"]
    if row.stage != stage_after(action for _, action, _ in told):
        yield told[-1][0], say("办到哪一步，与登记的不同。")
    try:
        frame = Frame.read(row.frame)
    except Problem as problem:
        yield sealed, problem.message
        return
    if not frame.fingerprint.hex() == row.fingerprint == bound["fingerprint"]:
        yield sealed, say("名册与封存时登记的校验码不符。")
    if "reveal" in last:
        seq, revealed = last["reveal"]
        yield from ((seq, message) for message in _revealed(row, frame, last.get("draw", (seq, {}))[1], revealed))


def _revealed(
    row: InspectionPlan, frame: Frame, entered: Mapping[str, Any], revealed: Mapping[str, Any]
) -> Iterator[str]:
    published = tuple(Visit.of(each) for each in revealed["visits"])
    if published != drawn(row):
        yield say("抽中的单位或督查人员与公布的不同。")
    if frame.by_hand:
        return
    try:
        again = outcome.make(frame, secret=bytes.fromhex(revealed["secret"]), value=revealed["value"])
    except Problem as problem:
        yield problem.message
        return
    if again.visits != published or revealed["value"] != entered.get("value"):
        yield say("重新抽取的结果与公布的不同。")


def _changed(seq: int, message: str) -> Finding:
    return Finding(code="inspections.changed", seq=seq, message=message, hint=say("从备份恢复，不要改动。"))
