"""A county with two towns and a small campaign in it: enough for everything that the ledger does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from xianfeng.ledger import actions
from xianfeng.ledger.models import Record, SchemeVersion
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import actions as registry
from xianfeng.scheme.loader import with_libraries

DAY = dt.date(2012, 3, 1)

SCHEME = """
xianfeng: 1
scheme: trial-2012
title: 试点活动
at: "350100"
include: [core]
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
roles:
  supervisor: {title: 督导员}
kinds:
  matter: {intake: true}
  study:
    title: 学习
    basis: event
    subject: host
    check: "missing(ended) or ended >= started"
    fields:
      name: {type: text, title: 题目, required: true, public: true}
      text: {type: long_text, title: 内容}
      hours: {type: decimal, title: 学时, places: 1, min: 0, max: 24}
      count: {type: integer, title: 人数, unit: 人, min: 0, check: "count <= 5000"}
      cost: {type: money, title: 经费, unit: 元}
      share: {type: percent, title: 到会率}
      started: {type: date, title: 开始}
      ended: {type: date, title: 结束}
      noted: {type: datetime, title: 记录时间}
      form: {type: choice, title: 形式, choices: {class: 授课, talk: 讨论}}
      media: {type: choices, title: 媒介, choices: {web: 网络, press: 报刊, radio: 广播}}
      everybody: {type: boolean, title: 群众可参加}
      speaker: {type: person, title: 主讲人}
      phone: {type: text, title: 电话, personal: true}
      host: {type: organisation, title: 承办单位}
      earlier: {type: record, of: study, title: 上一次学习}
      people: {type: tally, title: 参加人数, unit: 人, groups: {members: 党员, masses: 群众}}
      files: {type: attachments, title: 材料}
      spot: {type: place, title: 地点}
      old: {type: text, title: 旧项, retired: true}
    flow:
      initial: draft
      states:
        draft: {title: 草稿, level: none}
        held: {title: 已举行, level: filed}
        checked: {title: 已核实, level: reviewed}
        closed: {title: 已归档, level: submitted, open: false}
        lapsed: {title: 逾期, level: reviewed, open: false}
      moves:
        hold: {title: 举行, from: draft, to: held, by: author, needs: [count]}
        check: {title: 核实, from: held, to: checked, by: [superior, supervisor], when: "count > 0"}
        redo: {title: 退回, from: [held, checked], to: draft, by: superior, needs: [reason]}
        adjust: {title: 调整, from: checked, to: checked, by: author, needs: [reason]}
        archive: {title: 归档, from: checked, to: closed, by: office}
        expire: {title: 逾期, from: checked, to: lapsed, by: clock, until: ended}
"""


@dataclass(frozen=True)
class World:
    """Organisations of the trial, by number, and who acts for them."""

    province: int
    city: int
    county: int
    town: int
    village: int
    other_town: int
    other_village: int
    version: SchemeVersion

    def of(self, organisation: int, role: str = "secretary") -> Actor:
        return Actor(kind=ActorKind.APPOINTMENT, id=organisation, organisation=organisation, role=role, person=1)

    @property
    def importer(self) -> Actor:
        return Actor(kind=ActorKind.IMPORT, id=7, organisation=self.city)

    @property
    def author(self) -> Actor:
        return self.of(self.village)

    def file(self, *, state: str | None = "held", **changed: Any) -> Record:
        values: dict[str, object] = {"name": "学党章", "count": 12}
        given: dict[str, Any] = {
            "by": self.author,
            "scheme": "trial-2012",
            "kind": "study",
            "organisation": self.village,
            "day": DAY,
            "state": state,
            **changed,
        }
        given["values"] = {**values, **changed.get("values", {})}
        return actions.file(**given)


def package(text: str = SCHEME, **files: str) -> Mapping[str, str]:
    return with_libraries({"scheme.yaml": text, **files})


def world() -> World:
    """Build it in the test's database."""
    operator = Actor(kind=ActorKind.IMPORT, id=1)
    rows = [
        ("350000", "福建省", "division", "province", None, ""),
        ("350100", "福州市", "division", "city", "350000", ""),
        ("350121", "闽侯县", "division", "county", "350100", ""),
        ("350121100", "青口镇", "division", "township", "350121", ""),
        ("350121100200", "青口村", "division", "village", "350121100", "village"),
        ("350121101", "荆溪镇", "division", "township", "350121", ""),
        ("350121101200", "荆溪村", "division", "village", "350121101", "village"),
    ]
    numbers = registry.found_many(
        foundings=[
            registry.Founding(code=code, name=name, type=type_, level=level, parent=parent, category=category)
            for code, name, type_, level, parent, category in rows
        ],
        by=operator,
    )
    importer = replace(operator, organisation=numbers[1])
    return World(*numbers, version=actions.adopt(package(), by=importer))
