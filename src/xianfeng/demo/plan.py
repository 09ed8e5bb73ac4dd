"""A plan of synthetic work: how much of what, where and when. Read once, checked whole, then only counted out.

plan: 1
scheme: fuzhou-2010
seed: 98                                # the same seed makes the same records, on every machine
until: 2010-08-29                       # nothing is reviewed after this day; plans are filed in this order
closes: no98                            # the bulletin that is closed when all is filed; nothing without it
organisations:                          # what stands on the divisions before work begins
  - {id: branches, on: village, under: "350100", type: body, level: branch, suffix: Z, name: "{name}党支部"}
people:
  - {id: officials, count: 863, name: "样例干部{n}"}
filings:
  - id: posted                          # references are scheme/id/number: filing a plan again files nothing twice
    kind: secondment
    count: 863
    at: {above: village, in: townships} # who files: a group in turn, a draw, or who stands above a value
    days: [2010-07-05, 2010-08-20]
    values: {batch: 3, village: {one_of: villages, distinct: 802}, person: {person: officials}, since: {after: 0}}
    moves: [{do: review, by: county, share: 90, after: [2, 9]}]
    source: 全市共选派863名机关干部到802个村驻村任职
    invented: 任期开始的日期；村的名单
files:                                  # a drawn picture and a made paper on the first records in a state
  - {id: proofs, of: commitments, field: proof, state: fulfilled, count: 2, picture: 照片.png, paper: 证明.pdf}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from xianfeng.problems import Problem
from xianfeng.sentences import say, together


@dataclass(frozen=True, kw_only=True)
class Founded:
    """A group of organisations: one on each division of a level, or `count` of them spread over those divisions."""

    id: str
    on: str  # the level of the divisions they stand on
    under: str  # the code of the division they lie in
    type: str
    level: str
    name: str
    suffix: str  # of the code: division-suffix, with a number when there are several
    category: str = ""
    where: str = ""  # the category of those divisions: village, community
    count: int = 0
    source: str = ""
    invented: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Organisations that are there already: the divisions of a level."""

    id: str
    level: str
    under: str
    category: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class People:
    id: str
    count: int
    name: str
    invented: str = ""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A move that a share of the filed records make, `after` so many days."""

    do: str
    by: str  # author, or the level of the superior who decides: township, county, city
    share: int = 100
    after: tuple[int, int] = (1, 7)
    values: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Filing:
    id: str
    kind: str
    count: int
    at: str | Mapping[str, str]
    days: tuple[dt.date, dt.date]
    values: Mapping[str, Any] = field(default_factory=dict)
    moves: tuple[Planned, ...] = ()
    source: str = ""
    invented: str = ""


@dataclass(frozen=True, kw_only=True)
class Enclosed:
    """The files of a filing's records in one state, the first `count` of them."""

    id: str
    of: str
    field: str
    state: str
    count: int
    picture: str  # what the files are called
    paper: str
    invented: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    scheme: str
    seed: int
    until: dt.date
    closes: str
    groups: tuple[Group, ...]
    organisations: tuple[Founded, ...]
    people: tuple[People, ...]
    filings: tuple[Filing, ...]
    files: tuple[Enclosed, ...] = ()


_SECTIONS = {"groups": Group, "organisations": Founded, "people": People, "filings": Filing, "files": Enclosed}


def read(path: Path) -> Plan:
    """The plan in a file; a Problem that names the item and what is wrong with it."""
    try:
        return build(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")), place=path.name)
    except YAMLError as error:
        raise Problem("demo.not_yaml", f"{error}".strip(), hint="改正 YAML 语法。", place=str(path)) from None


def build(raw: Any, *, place: str) -> Plan:
    """A plan from its parsed text."""
    if not isinstance(raw, Mapping) or raw.get("plan") != 1:
        raise Problem("demo.not_a_plan", "不是演示计划，或版本不对。", hint="第一行写 plan: 1。", place=place)
    unknown = set(raw) - {"plan", "scheme", "seed", "until", "closes", *_SECTIONS}
    if unknown:
        hint = say("可用：{known}。", known=together(_SECTIONS, by="、"))
        raise Problem("demo.unknown_key", say("没有“{section}”这一节。", section=min(unknown)), hint=hint, place=place)
    sections: dict[str, tuple[Any, ...]] = {
        name: tuple(
            _item(class_, item, place=f"{place} {name}[{number}]") for number, item in enumerate(raw.get(name) or ())
        )
        for name, class_ in _SECTIONS.items()
    }
    plan = Plan(
        scheme=raw["scheme"], seed=int(raw["seed"]), until=raw["until"], closes=raw.get("closes", ""), **sections
    )
    named = (sections["groups"] + sections["organisations"], sections["people"], sections["filings"], sections["files"])
    for items in named:
        names = [item.id for item in items]
        twice = next((name for position, name in enumerate(names) if name in names[:position]), None)
        if twice:
            raise Problem("demo.twice", say("“{item}”写了两次。", item=twice), hint="每一项用不同的 id。", place=place)
    return plan


def _item(class_: Any, raw: Any, *, place: str) -> Any:
    try:
        given = dict(raw)
        if class_ is Filing:
            given["days"] = _days(given["days"])
            given["moves"] = tuple(_move(move) for move in given.get("moves", ()))
        if "codes" in given:
            given["codes"] = tuple(given["codes"])
        return class_(**given)
    except (TypeError, ValueError, KeyError) as error:
        message = say("这一项写得不对：{error}", error=error)
        raise Problem("demo.item", message, hint="对照计划的写法改正。", place=place) from None


def _days(raw: Any) -> tuple[dt.date, dt.date]:
    first, last = (raw, raw) if isinstance(raw, dt.date) else raw
    if not (isinstance(first, dt.date) and isinstance(last, dt.date) and first <= last):
        raise ValueError(f"days: {raw}")
    return first, last


def _move(raw: Mapping[str, Any]) -> Planned:
    given = dict(raw)
    if "after" in given:
        given["after"] = tuple(given["after"])
    return Planned(**given)
