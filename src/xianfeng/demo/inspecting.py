"""Inspections of a campaign that goes on: sealed, drawn by a value that was made up, visited by whoever was drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from xianfeng.demo.plan import Inspected
from xianfeng.inspections import drawing, planning, visiting
from xianfeng.inspections.models import DrawnVisit, InspectionPlan
from xianfeng.inspections.planning import Wanted
from xianfeng.ledger import actions, powers
from xianfeng.log.actors import Actor
from xianfeng.registry.actors import acting
from xianfeng.registry.models import Appointment
from xianfeng.scheme.nodes import Scheme

_AMONG = "inspector"  # the role of those who can be drawn to go


def seal(scheme: Scheme, one: Inspected, by: Actor) -> None:
    wanted = Wanted(inspection=one.rule, title=one.title, approval=one.approval, known=one.known, value=one.value)
    row = planning.prepare(scheme=scheme.name, wanted=wanted, by=by)
    planning.seal(plan=row.id, by=by)


def draw(scheme: Scheme, one: Inspected, by: Actor) -> None:
    drawing.draw(plan=_plan(scheme, one).id, value=one.drawn, by=by)


def visit(scheme: Scheme, one: Inspected, at: dt.datetime) -> None:
    """Everybody who was drawn goes on one day, and files what the rule records."""
    row, rule, office = _plan(scheme, one), scheme.inspections[one.rule], powers.root_of(scheme)
    said = dict([rule.recorded_as] if rule.recorded_as else []) | (
        {rule.approval: one.approval} if rule.approval else {}
    )
    for drawn in row.visits.order_by("number"):
        by = _inspector(drawn, row, at)
        values = {scheme.kinds[rule.kind].subject: drawn.organisation, "note": one.note, **said}
        record = actions.file(
            by=by, scheme=scheme.name, kind=rule.kind, organisation=office, day=at.date(), values=values
        )
        visiting.visited(visit=drawn.pk, record=record, by=by)


def reveal(scheme: Scheme, one: Inspected, by: Actor) -> None:
    visiting.reveal(plan=_plan(scheme, one).id, by=by)


def drawn(scheme: str, approval: str, number: int) -> DrawnVisit:
    """The unit that was drawn in a place, from 1 on."""
    return DrawnVisit.objects.get(plan__scheme=scheme, plan__approval=approval, number=number)


def _plan(scheme: Scheme, one: Inspected) -> InspectionPlan:
    return InspectionPlan.objects.get(scheme=scheme.name, approval=one.approval)


def _inspector(drawn: DrawnVisit, row: InspectionPlan, at: dt.datetime) -> Actor:
    code = drawn.inspectors[0]
    held = Appointment.objects.filter(person__code=code, role=_AMONG, until=None).order_by("id").first()
    if held is None:
        raise LookupError(f"{code} of {row.approval} is nobody's inspector")
    return replace(acting(held.id), at=at)
