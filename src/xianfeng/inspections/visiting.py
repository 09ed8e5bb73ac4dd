"""What becomes of those who were drawn: each is visited, or it is said why not; then everything is revealed."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction

from xianfeng.inspections import drawing
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import DrawnVisit, InspectionPlan
from xianfeng.inspections.outcome import Outcome, make
from xianfeng.inspections.planning import entry, opened, refuse_no_reason, secret_of
from xianfeng.inspections.stages import Stage, last, steps
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.log.append import append
from xianfeng.problems import Problem
from xianfeng.registry.models import Person
from xianfeng.sentences import say


@transaction.atomic
def visited(*, visit: int, record: Record, by: Actor) -> DrawnVisit:
    """The record of a visit is that of a unit which was drawn."""
    row = _going(visit, by)
    _refuse_other(row, record)
    row.record = record.id
    row.save(update_fields=["record"])
    append([entry("visit", row.plan, by, unit=row.unit, record=record.id)], by=by)
    return row


@transaction.atomic
def missed(*, visit: int, reason: str, by: Actor) -> DrawnVisit:
    """Nobody could go there: the reason is revealed with the rest."""
    row = _going(visit, by)
    refuse_no_reason(reason, say("没有去成的"))
    row.missed = reason.strip()
    row.save(update_fields=["missed"])
    append([entry("miss", row.plan, by, unit=row.unit, reason=row.missed)], by=by)
    return row


@transaction.atomic
def reveal(*, plan: int, by: Actor) -> InspectionPlan:
    """After the last visit: secret, value and the visits that were committed to are entered, for anybody to repeat."""
    row = opened(plan, by, among=(Stage.DRAWN,))
    left = row.visits.filter(record=None, missed="").count()
    if left:
        told = say("还有{n}个单位没有督查完，结果还不能公布。", n=left)
        raise Problem("inspections.unfinished", told, hint="等督查人员登记完；去不成的写明原因。")
    said: dict[str, Any] = {"visits": [vars(visit) for visit in drawing.bound(row, by, "公布督查结果")]}
    if not Frame.read(row.frame).by_hand:
        said |= {"secret": secret_of(row, by, "公布督查结果").hex(), "value": row.value}
    row.stage = Stage.REVEALED
    row.save()
    append([entry("reveal", row, by, **said)], by=by)
    return row


def outcome(row: InspectionPlan) -> Outcome | None:
    """What anybody repeats, as it was revealed; None where it is not revealed, or was drawn by hand."""
    revealed = last(steps(row), "reveal") if row.stage == Stage.REVEALED else None
    if revealed is None or "secret" not in revealed.body:
        return None
    secret, value = bytes.fromhex(revealed.body["secret"]), str(revealed.body["value"])
    return make(Frame.read(row.frame), secret=secret, value=value)


def mine(person: int) -> list[DrawnVisit]:
    """The units for which somebody was drawn, the latest plan first: what was found can be entered later too."""
    code = Person.objects.filter(id=person).values_list("code", flat=True).first()
    told = DrawnVisit.objects.filter(going__code=code, plan__stage__in=(Stage.DRAWN, Stage.REVEALED))
    return list(told.select_related("plan").order_by("-plan", "number")) if code else []


def _refuse_other(visit: DrawnVisit, record: Record) -> None:
    """A record of something else, of another unit or not by this plan's approval."""
    plan, campaign = visit.plan, versions.scheme(visit.plan.version)
    rule, values = campaign.inspections[plan.inspection], json.loads(record.values)
    said = dict([rule.recorded_as] if rule.recorded_as else [])
    if rule.approval:
        said[rule.approval] = plan.approval
    fits = record.register == campaign.key(rule.kind) and record.scheme.name == plan.scheme
    if not fits or record.subject != visit.organisation or any(values.get(name) != said[name] for name in said):
        told = say("第{record}号记录不是这次督查对这个单位的记录。", record=record.id)
        raise Problem("inspections.other_record", told, hint="从自己的督查列表进入，登记这个单位的督查。")


def _going(visit: int, by: Actor) -> DrawnVisit:
    """The visit, locked, for one of those who go there."""
    row = DrawnVisit.objects.select_for_update().select_related("plan").filter(id=visit).first()
    known = Person.objects.filter(id=by.person).values_list("code", flat=True).first() if by.person else None
    if row is None or row.plan.stage != Stage.DRAWN or known not in row.inspectors:
        raise Problem("inspections.not_yours", "这不是派给您的督查。", hint="从自己的督查列表进入。")
    if row.record is not None or row.missed:
        raise Problem("inspections.visited", "这个单位的督查已经登记。", hint="要改，在那条记录上更正。")
    return row
