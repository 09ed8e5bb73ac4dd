"""A campaign with inspections by lot, its office and its inspectors, and a plan as far as a test wants it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from tests.duties.offices import Office, at, campaign, day, office
from xianfeng.inspections import drawing, planning
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.planning import Wanted
from xianfeng.log.actors import Actor, ActorKind

RULES = """
inspections:
  quarterly:
    title: 季度督查
    kind: inspection_visit
    strata:
      villages: {title: 村, where: "level == 'village'", size: 2}
      towns: {title: 乡镇, where: "level == 'township'", size: 50%}
    recently: 12 months
    inspectors: {each: 1}
    approval: approval
    recorded_as: form.random
  witnessed:
    title: 当众摇号
    kind: inspection_visit
    strata: {villages: {title: 村, where: "level == 'village'", size: 2}}
    inspectors: {each: 1}
    draw: witnessed
  calls:
    title: 电话核实
    kind: recipient_call
    of: visit
    where: "total(people) > 0"
    strata: {all: {title: 走访, size: 50%}}
    inspectors: {each: 1}
  busy:
    title: 走访多的
    kind: inspection_visit
    where: "level == 'village'"
    by: visits
    strata: {many: {title: 走访多的, where: "value >= 2", size: 1}, rest: {title: 其他, size: 1}}
    inspectors: {each: 1}
  doubtful:
    title: 有失真提示的先去
    kind: inspection_visit
    where: "level == 'village'"
    by: visits
    strata: {first: {title: 先去的, where: "signals >= 1 or value >= 2", size: 1}, rest: {title: 其他, size: 1}}
    inspectors: {each: 1}
measures:
  visits: {title: 走访, unit: 次, count: visit}
"""
PREPARED, SEALED, KNOWN = "2012-06-04 09:00", "2012-06-04 10:00", "2012-06-08 15:00"
VALUE = "03 07 12 15 22 31"


@dataclass
class County:
    office: Office
    roles: dict[str, int] = field(default_factory=dict)

    def by(self, who: str, moment: str) -> Actor:
        return Actor(
            kind=ActorKind.APPOINTMENT,
            id=self.roles[who],
            organisation=self.office.number["福州市"],
            role="inspector" if who.startswith("督查员") else "office",
            person=self.office.people[who],
            at=at(moment),
        )

    def prepared(
        self, rule: str = "quarterly", *, approval: str = "榕督〔2012〕3号", **wanted: object
    ) -> InspectionPlan:
        told = {"title": "季度督查", "value": "某期号码", "known": day(KNOWN[:10]), **wanted}
        asked = Wanted(inspection=rule, approval=approval, **told)  # type: ignore[arg-type]
        return planning.prepare(scheme=self.office.scheme.name, wanted=asked, by=self.by("甲", PREPARED))

    def sealed(self, rule: str = "quarterly", **wanted: object) -> InspectionPlan:
        row = self.prepared(rule, **wanted)  # type: ignore[arg-type]
        return planning.seal(plan=cast("int", row.id), by=self.by("甲", SEALED))

    def drawn(self, rule: str = "quarterly") -> InspectionPlan:
        return drawing.draw(plan=self.sealed(rule).id, value=VALUE, by=self.by("甲", KNOWN))

    def visits(self, village: str, moment: str, people: int = 3) -> None:
        self.office.file("visit", village, moment, {"people": {"villagers": people}})


def county(more: str = "") -> County:
    """`more`: of its scheme."""
    one = office(campaign(RULES + more, since="2012-01-01"))
    roles = {who: one.appoint(who, "福州市", "office", "2012-01-01") for who in ("甲", "乙")}
    roles |= {who: one.appoint(who, "福州市", "inspector", "2012-01-01") for who in ("督查员一", "督查员二")}
    one.appoint("督查员二", "青口镇", "secretary", "2012-01-01")
    return County(one, roles)
