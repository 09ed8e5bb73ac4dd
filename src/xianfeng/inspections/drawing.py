"""The draw of a sealed plan: by secret and public value, or by hand, typed by one and confirmed by another.

What was drawn is known to those who go there. The entry holds no more of it than a commitment, until it is revealed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from xianfeng import canonical, lots
from xianfeng.inspections import outcome
from xianfeng.inspections.draw import Visit
from xianfeng.inspections.frame import Frame, Inspector, Unit
from xianfeng.inspections.models import DrawnVisit, Going, InspectionPlan
from xianfeng.inspections.planning import entry, opened, refuse_no_reason, secret_of
from xianfeng.inspections.stages import Stage, steps
from xianfeng.ledger import sheets
from xianfeng.log.actors import Actor
from xianfeng.log.append import append
from xianfeng.log.steps import Step
from xianfeng.problems import Problem
from xianfeng.sentences import say
from xianfeng.vault import values as vault

VISITS, WITNESSES = "visits", "witnesses"  # the vault's names


@transaction.atomic
def draw(*, plan: int, value: str, by: Actor) -> InspectionPlan:
    """By the public value, on the day it becomes known or later. Once: the stage says that it was done."""
    row = _to_be_drawn(plan, by)
    made = outcome.make(Frame.read(row.frame), secret=secret_of(row, by, "督查抽取"), value=value)
    row.value, row.stage = made.value.strip(), Stage.DRAWN
    row.save()
    _keep(row, made.visits)
    append([entry("draw", row, by, value=row.value, visits=_committed(row, made.visits))], by=by)
    return row


@transaction.atomic
def enter(*, plan: int, lines: str, witnesses: str, scan: tuple[str, bytes], by: Actor) -> InspectionPlan:
    """By hand: what was drawn, by the numbers on the slips; who watched; the sheet that they signed, scanned."""
    row = _to_be_drawn(plan, by)
    frame = Frame.read(row.frame)
    if not frame.by_hand:
        raise Problem("inspections.by_value", "这份名册用公布的数抽，不能手工登记。", hint="填公布的数。")
    lots.refuse_unwitnessed(witnesses, person=by.person)
    visits = tuple(read(frame, lines))
    kept = sheets.keep(*scan, record=row.id)
    row.stage, row.typed_by = Stage.TYPED, by.person
    row.save()
    _keep(row, visits)
    watched = vault.keep(field=WITNESSES, value=witnesses.strip(), record=row.id)
    said = {"visits": _committed(row, visits), "witnesses": watched, sheets.NAMED: kept}
    append([entry("type", row, by, **said)], by=by)
    return row


@transaction.atomic
def confirm(*, plan: int, seen: int, by: Actor) -> InspectionPlan:
    """Another person has held what was typed against the signed sheet. `seen`: the typing's number in the log."""
    row = opened(plan, by, among=(Stage.TYPED,))
    if not by.apart(row.typed_by):
        raise lots.own_typing()
    lots.refuse_typed_anew(seen, typed=typed(row).seq)
    bound(row, by, "核对摇号结果")
    row.stage = Stage.DRAWN
    row.save()
    append([entry("confirm", row, by)], by=by)
    return row


@transaction.atomic
def send_back(*, plan: int, reason: str, by: Actor) -> InspectionPlan:
    """What was typed is not what was drawn: it is typed again."""
    row = opened(plan, by, among=(Stage.TYPED,))
    refuse_no_reason(reason, say("退回"))
    row.visits.all().delete()
    row.stage, row.typed_by = Stage.SEALED, None
    row.save()
    append([entry("retype", row, by, reason=reason.strip())], by=by)
    return row


def typed(row: InspectionPlan) -> Step:
    """The step by which what was drawn by hand was typed last."""
    return next(step for step in reversed(steps(row)) if step.move == "type")


def slips(frame: Frame) -> tuple[tuple[int, Unit], ...]:
    """Who can be drawn, by the numbers on the slips: stratum by stratum, in the frame's order."""
    units = [unit for stratum in frame.strata for unit in frame.eligible(stratum.name)]
    return tuple(enumerate(units, start=1))


def read(frame: Frame, lines: str) -> Iterator[Visit]:
    """A line for each unit, in the order drawn: its number, then those of its inspectors."""
    units, inspectors = dict(slips(frame)), dict(enumerate(frame.inspectors, start=1))
    drawn: list[str] = []
    for line in filter(None, (line.strip() for line in lines.splitlines())):
        first, *others = lots.numbers(lots.words(line), line=line)
        unit = units.get(first)
        if unit is None or unit.code in drawn:
            told = say("“{line}”：第{n}号不在名册里，或者已经抽过。", line=line, n=first)
            raise Problem("inspections.slip", told, hint="照签上的编号填。", field="lines")
        going = [inspectors.get(n) for n in others]
        _refuse_inspectors(frame, unit, line, going)
        drawn.append(unit.code)
        yield Visit(unit=unit.code, inspectors=tuple(one.code for one in going if one))
    _refuse_count(frame, drawn)


def _refuse_inspectors(frame: Frame, unit: Unit, line: str, going: Sequence[Inspector | None]) -> None:
    named = [one for one in going if one]
    if len(named) != len(going) or len({one.code for one in named}) != len(going) or len(going) != frame.each:
        told = say("“{line}”：要写{each}名不同的督查人员的编号。", line=line, each=frame.each)
        raise Problem(
            "inspections.inspectors", told, hint="单位编号在前，督查人员编号在后，用空格隔开。", field="lines"
        )
    for one in named:
        if unit.code in one.conflicts:
            told = say("{who}应当回避“{unit}”。", who=one.title, unit=unit.title)
            raise Problem("inspections.conflict", told, hint="另摇一名督查人员。", field="lines")


def _refuse_count(frame: Frame, drawn: Sequence[str]) -> None:
    for stratum in frame.strata:
        found = sum(unit.code in drawn for unit in frame.eligible(stratum.name))
        if found != stratum.size:
            told = say(
                "“{stratum}”要抽{size}个，登记了{found}个。", stratum=stratum.name, size=stratum.size, found=found
            )
            raise Problem("inspections.count", told, hint="照签批的摇号结果补全。", field="lines")


def _to_be_drawn(plan: int, by: Actor) -> InspectionPlan:
    row = opened(plan, by, among=(Stage.SEALED,))
    lots.refuse_early(row.known, today=timezone.localdate(by.moment))
    return row


def _keep(row: InspectionPlan, visits: Iterable[Visit]) -> None:
    kept = {
        visit: DrawnVisit(plan=row, number=number, unit=visit.unit, organisation=row.organisations[visit.unit])
        for number, visit in enumerate(visits, start=1)
    }
    DrawnVisit.objects.bulk_create(kept.values())
    Going.objects.bulk_create(Going(visit=held, code=code) for visit, held in kept.items() for code in visit.inspectors)


def _committed(row: InspectionPlan, visits: Iterable[Visit]) -> str:
    """What stands for the visits in an entry; `bound` opens it."""
    return vault.keep(field=VISITS, value=canonical.dumps([vars(visit) for visit in visits]), record=row.id)


def bound(row: InspectionPlan, by: Actor, purpose: str) -> tuple[Visit, ...]:
    """The visits to which the last draw's entry commits; refused where what is kept of them is something else."""
    entered = [step.body["visits"] for step in steps(row) if step.move in ("draw", "type")]
    said = json.loads(vault.read(entered[-1], by=by, purpose=purpose))
    visits = tuple(Visit.of(each) for each in said)
    if visits != drawn(row):
        told = say("抽中的单位或督查人员与抽取时登记的不符，登记以后改动过。")
        raise Problem("inspections.altered", told, hint="从备份恢复，或写明原因作废，另行报批重抽。")
    return visits


def drawn(row: InspectionPlan) -> tuple[Visit, ...]:
    visits = row.visits.order_by("number").prefetch_related("going")
    return tuple(Visit(unit=one.unit, inspectors=one.inspectors) for one in visits)
