"""A campaign of the installation with inspections by lot, and plans of it at every stage.

Everybody is drawn: what a page asks and shows may not hang on chance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from xianfeng.inspections import drawing, planning, visiting
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import DrawnVisit, InspectionPlan
from xianfeng.inspections.planning import Wanted
from xianfeng.inspections.stages import OPEN, last, steps
from xianfeng.ledger import actions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry.models import Person

_RULE = """  {name}:
    title: 抽签督查
    kind: inspection_visit
    strata: {{towns: {{title: 乡镇, where: "level == 'township'", size: 100%}}, rest: {{title: 其他, size: 100%}}}}
    inspectors: {{each: 1, conflicts: []}}
    draw: {draw}
    approval: approval
    recorded_as: form.random
"""
_DRAWS = {
    "prepared": "commit",
    "sealed": "witnessed",
    "typed": "witnessed",
    "drawn": "commit",
    "revealed": "commit",
    "free": "commit",
}
_DAYS = dt.timedelta(days=4)  # between sealing and drawing


def drawn_by_lot(files: Mapping[str, str]) -> dict[str, str]:
    """The files of its package with rules of inspections, one for each stage of a plan, beside those that it has."""
    rules, section = "".join(_RULE.format(name=name, draw=draw) for name, draw in _DRAWS.items()), "\ninspections:\n"
    text = files["scheme.yaml"]
    if section not in text:
        text = text.replace("\nkinds:\n", f"{section}\nkinds:\n", 1)
    return {**files, "scheme.yaml": text.replace(section, section + rules, 1)}


def office(root: int, person: int, day: dt.date) -> Actor:
    at = dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)
    return Actor(kind=ActorKind.APPOINTMENT, id=person, organisation=root, role="office", person=person, at=at)


def plans(scheme: str, root: int, day: dt.date, *, series: int = 0) -> dict[str, str]:
    """One at each stage, by what addresses call it, with a visit that is open and the scan of a signed sheet."""
    made = {name: _prepared(scheme, root, day, name, series) for name in _DRAWS if name != "free"}
    for name in ("sealed", "typed", "drawn", "revealed"):
        planning.seal(plan=made[name].id, by=office(root, 1, day))
    for name in ("drawn", "revealed"):
        drawing.draw(plan=made[name].id, value="03 07", by=office(root, 1, day + _DAYS))
    by, scan = office(root, 1, day + _DAYS), ("摇号单.pdf", b"%PDF-1.7 ")
    drawing.enter(plan=made["typed"].id, lines=_lines(made["typed"]), witnesses="林某", scan=scan, by=by)
    for visit in made["revealed"].visits.all():
        visited(visit, root, day + _DAYS)
    visiting.reveal(plan=made["revealed"].id, by=office(root, 1, day + _DAYS))
    names = {f"lot_{name}": str(row.id) for name, row in made.items()}
    visit = made["drawn"].visits.order_by("unit")[0]  # not the first drawn: what its page shows would hang on the draw
    return {**names, "lot_visit": str(visit.pk), "lot_scan": _scan(made["typed"])}


def void(scheme: str, root: int, day: dt.date) -> None:
    """Given up, all that are open, so that others can be made by the same rules."""
    for row in InspectionPlan.objects.filter(scheme=scheme, stage__in=OPEN):
        planning.make_void(plan=row.id, reason="重来", by=office(root, 1, day))


def visited(visit: DrawnVisit, root: int, day: dt.date) -> None:
    """A visit is entered with what it found, and the unit is told to put it right."""
    by = office(root, 1, day)
    about = visit.organisation
    record = actions.file(
        by=by,
        scheme=visit.plan.scheme,
        kind="inspection_visit",
        organisation=root,
        day=day,
        values={"about": about, "form": "random", "approval": visit.plan.approval},
    )
    visiting.visited(visit=visit.pk, record=record, by=_inspector(visit, root, day))
    found = {"about": about, "visit": record.id, "text": "台账没有更新"}
    finding = actions.file(by=by, scheme=visit.plan.scheme, kind="finding", organisation=root, day=day, values=found)
    order = {"about": about, "finding": finding.id, "problem": "没有更新", "demand": "补齐", "due": "2011-12-30"}
    actions.file(
        by=by, scheme=visit.plan.scheme, kind="rectification", organisation=root, day=day, values=order, state="issued"
    )


def _prepared(scheme: str, root: int, day: dt.date, name: str, series: int) -> InspectionPlan:
    wanted = Wanted(
        inspection=name, title="抽签督查", approval=f"督〔2010〕{series}{name}", known=day + _DAYS, value="某期号码"
    )
    return planning.prepare(scheme=scheme, wanted=wanted, by=office(root, 1, day))


def _inspector(visit: DrawnVisit, root: int, day: dt.date) -> Actor:
    (code,) = visit.inspectors
    person = Person.objects.get(code=code).id
    at = dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)
    return Actor(kind=ActorKind.APPOINTMENT, id=person, organisation=root, role="inspector", person=person, at=at)


def _lines(row: InspectionPlan) -> str:
    frame = Frame.read(row.frame)
    slips = drawing.slips(frame)
    drawn = [n for one in frame.strata for n in [n for n, unit in slips if unit.stratum == one.name][: one.size]]
    return "\n".join(f"{n} 1" for n in drawn)


def _scan(row: InspectionPlan) -> str:
    typed = last(steps(row), "type")
    assert typed is not None
    return str(typed.seq)
