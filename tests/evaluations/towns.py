"""A county with two towns of three villages each, its campaign with an evaluation, and the steps of a round by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from xianfeng.evaluations import freezing, sheets, slips
from xianfeng.evaluations.batches import Counted
from xianfeng.evaluations.electors import Roll
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.ledger import actions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import actions as registry
from xianfeng.scheme.loader import with_libraries

NOW = dt.datetime(2012, 6, 20, 9, 0, tzinfo=dt.UTC)
SCHEME = """
xianfeng: 1
scheme: judged-2012
title: 为民服务活动
at: "350121"
include: [core]
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
evaluations:
  yearly:
    title: 群众评议
    where: "level == 'village'"
    electorate: list
    merged: superior
    questions:
      satisfied: {title: 是否满意, ask: scale, choices: {good: 满意, fair: 基本满意, poor: 不满意}}
      kept: {title: 承诺兑现了没有, ask: yes_no}
      advice: {title: 意见建议, ask: text}
measures:
  good:
    title: 满意票
    unit: 票
    sum: evaluation_result.count
    where: "evaluation == 'yearly' and question == 'satisfied' and answer == 'good'"
  answered:
    title: 是否满意的票
    unit: 票
    sum: evaluation_result.count
    where: "evaluation == 'yearly' and question == 'satisfied'"
  satisfaction: {title: 满意率, ratio: [good, answered], show: percent}
"""
VILLAGES = ("350121100201", "350121100202", "350121100203", "350121101201", "350121101202", "350121101203")
ANSWERS = {"satisfied": ("good", "fair", "poor", ""), "kept": ("yes", "no", "")}


@dataclass(frozen=True)
class Towns:
    county: int
    towns: tuple[int, int]
    villages: tuple[int, ...]

    def office(self, person: int = 1) -> Actor:
        """Somebody of the campaign's office."""
        return Actor(
            kind=ActorKind.APPOINTMENT, id=person, organisation=self.county, role="office", person=person, at=NOW
        )

    def village(self, at: int) -> Actor:
        return replace(self.office(90), organisation=self.villages[at], role="secretary")


def towns(scheme: str = SCHEME, files: Mapping[str, str] | None = None) -> Towns:
    rows = [
        ("350121", "闽侯县", "county", None, ""),
        ("350121100", "青口镇", "township", "350121", ""),
        ("350121101", "荆溪镇", "township", "350121", ""),
        *((code, f"第{n}村", "village", code[:9], "village") for n, code in enumerate(VILLAGES, start=1)),
    ]
    importer = Actor(kind=ActorKind.IMPORT, id=1)
    county, first, second, *villages = registry.found_many(
        foundings=[
            registry.Founding(code=code, name=name, type="division", level=level, parent=parent, category=category)
            for code, name, level, parent, category in rows
        ],
        by=importer,
    )
    actions.adopt(with_libraries({"scheme.yaml": scheme, **(files or {})}), by=replace(importer, organisation=county))
    return Towns(county, (first, second), tuple(villages))


def roll(*sizes: int) -> Roll:
    """So many electors in each village, in order."""
    return {code: tuple(f"{code}-{n:03}" for n in range(size)) for code, size in zip(VILLAGES, sizes, strict=False)}


def frozen(here: Towns, *sizes: int) -> EvaluationRound:
    row = freezing.begin(scheme="judged-2012", evaluation="yearly", day=NOW.date(), by=here.office())
    freezing.freeze(number=row.id, roll=roll(*sizes), by=here.office())
    row.refresh_from_db()
    return row


def closed(here: Towns, sizes: tuple[int, ...], returned: Mapping[int, int]) -> EvaluationRound:
    """Everybody was handed a slip."""
    row = frozen(here, *sizes)
    issued = dict(row.electorates.values_list("number", "electors"))
    slips.issue(number=row.id, issued=issued, by=here.office())
    return slips.close(number=row.id, returned=returned, by=here.office())


def counted(*satisfied: int, kept: tuple[int, ...], invalid: int = 0) -> Counted:
    """A sheet: answers to both questions in their order, what was left blank last."""
    numbers = {"satisfied": satisfied, "kept": kept}
    counts = {name: dict(zip(ANSWERS[name], numbers[name], strict=True)) for name in ANSWERS}
    return Counted(slips=sum(satisfied) + invalid, invalid=invalid, counts=counts)


def twice(here: Towns, row: EvaluationRound, pool: int, sheet: Counted, batch: int = 1) -> None:
    for person in (1, 2):
        sheets.enter(number=row.id, pool=pool, batch=batch, counted=sheet, by=here.office(person))
