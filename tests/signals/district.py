"""A county of twelve villages whose campaign counts people, sums projects and asks citizens how content they are."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xianfeng.ledger import actions
from xianfeng.ledger.preparing import Row, Step
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import actions as registry
from xianfeng.scheme.loader import with_libraries
from xianfeng.signals import finding
from xianfeng.signals.models import Signal, standing

DAY = dt.date(2012, 3, 1)
TODAY = dt.date(2012, 7, 1)
VILLAGES = 12
CAMPAIGN = "counted-2012"
SCHEME = """
xianfeng: 1
scheme: counted-2012
title: 走访活动
at: "350121"
include: [core]
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
kinds:
  talk:
    title: 宣讲
    basis: event
    fields:
      people: {type: tally, title: 听讲人数, unit: 人, groups: {members: 党员, masses: 群众}}
      leaflets: {type: integer, title: 发放材料, unit: 份}
      cost: {type: money, title: 花费, unit: 元}
  road:
    title: 修路
    basis: each
    fields:
      length: {type: integer, title: 长度, unit: 米}
      planted: {type: integer, title: 植树, unit: 棵}
  stretch:
    title: 路段
    basis: event
    fields:
      road: {type: record, of: road, title: 哪条路}
      before: {type: record, of: stretch, title: 前一段}
      length: {type: integer, title: 长度, unit: 米}
      planted: {type: integer, title: 植树, unit: 棵}
  check:
    title: 兑现检查
    basis: event
    fields:
      checked: {type: integer, title: 检查承诺, unit: 条}
      kept: {type: integer, title: 其中兑现, unit: 条}
  service:
    title: 代办
    basis: event
    fields:
      host: {type: organisation, title: 承办单位, acts: handler}
      content: {type: choice, title: 满意度, by: requester, choices: {good: 满意, fair: 基本满意, poor: 不满意}}
    flow:
      initial: asked
      states:
        asked: {title: 待评价, level: filed}
        judged: {title: 已评价, level: filed, open: false}
      moves:
        judge: {title: 评价, from: asked, to: judged, by: requester, needs: [content]}
  turnout:
    title: 到会情况
    basis: event
    subject: host
    fields:
      host: {type: organisation, title: 哪里}
      present: {type: tally, title: 到会党员, unit: 名, among: members, groups: {women: 女, men: 男}}
      villages: {type: integer, title: 到会的村, unit: 个, among: {of: organisations, where: "level == 'village'"}}
evaluations:
  yearly:
    title: 群众评议
    where: "level == 'village'"
    electorate: list
    questions:
      content: {title: 是否满意, ask: scale, choices: {good: 满意, fair: 基本满意, poor: 不满意}}
measures:
  built: {title: 已修, unit: 米, sum: stretch.length}
"""
STRICTER = SCHEME.replace(
    "    title: 兑现检查\n", '    title: 兑现检查\n    check: "missing(kept) or kept <= checked"\n'
).replace("title: 检查承诺, unit: 条", "title: 检查承诺, unit: 条, max: 500")


def lots(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 -- numbers, no secrets


@dataclass(frozen=True)
class District:
    county: int
    villages: tuple[int, ...]

    @property
    def importer(self) -> Actor:
        return Actor(kind=ActorKind.IMPORT, id=1, organisation=self.county)

    def adopt(self, text: str) -> None:
        actions.adopt(with_libraries({"scheme.yaml": text}), by=self.importer)

    def file(self, kind: str, rows: Iterable[tuple[int, Mapping[str, object]]]) -> tuple[int, ...]:
        """Each at the village of that number."""
        filed = [Row(organisation=self.villages[at], day=DAY, values=values) for at, values in rows]
        return actions.file_many(by=self.importer, scheme=CAMPAIGN, kind=kind, rows=filed)

    def join(self, at: int, number: int, *, day: dt.date = DAY, code: str = "") -> None:
        """So many people become members at the village of that number."""
        for n in range(number):
            person = registry.enter(code=f"{code}{at}-{n}", name=f"{at}-{n}", day=day, by=self.importer)
            registry.join(person=person, organisation=self.villages[at], day=day, by=self.importer)

    def serve(self, answers: Iterable[tuple[int, str]], **values: object) -> tuple[int, ...]:
        """Services of these villages, and what was said of each."""
        filed = [
            Row(
                organisation=self.villages[at],
                day=DAY,
                values=values,
                moves=[Step("judge", DAY, values={"content": said})],
            )
            for at, said in answers
        ]
        return actions.file_many(by=self.importer, scheme=CAMPAIGN, kind="service", rows=filed)

    def found(self, rule: str) -> list[Signal]:
        finding.find(day=TODAY)
        return list(standing().filter(rule=rule).order_by("organisation", "field"))


def district() -> District:
    importer = Actor(kind=ActorKind.IMPORT, id=1)
    named = [("350121", "闽侯县", "county", None)]
    named += [(f"3501211002{n:02}", f"第{n}村", "village", "350121") for n in range(1, VILLAGES + 1)]
    county, *villages = registry.found_many(
        foundings=[
            registry.Founding(code=code, name=name, type="division", level=level, parent=parent)
            for code, name, level, parent in named
        ],
        by=importer,
    )
    here = District(county, tuple(villages))
    here.adopt(SCHEME)
    return here
