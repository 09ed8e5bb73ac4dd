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

A campaign that goes on is written as of one day, `today`, and `begins` on its first. All days of its plan and of its
scheme are moved together, so that `today` is the day of preparing. Its work is done day by day (living):
posts: [{id: head, who: leader, at: "350102", role: superior_head}]  # what visitors are besides
quiet: [{id: storm, at: "350102", title: 防台风, days: [2026-05-20, 2026-05-22]}]
circulars: [{id: issued, at: "350102", day: 2026-04-23, decision: issued}]   # of all that await a decision then
inspections:
  - {id: june, at: "350102", rule: monthly, title: 督查, approval: 1号, value: 某期号码, drawn: "03 07", note: 督查情况,
     sealed: 2026-06-01, known: 2026-06-03, visited: 2026-06-05, revealed: 2026-06-09}
explained: [{id: service, of: service_same, words: 样例说明}]   # to the signals that are found of an item's records
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

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
    """Organisations that are there already: the divisions of a level, or all that stand directly under one."""

    id: str
    level: str = ""
    under: str = ""
    above: str = ""  # its code
    category: str = ""
    codes: tuple[str, ...] = ()
    but: tuple[str, ...] = ()  # the codes of those that do not belong to it


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
    by: str  # author, requester, handler, or the level of the superior who decides: township, county, city
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
    """The files of a filing's records in one state, the first `count` of them; `same`: one picture on them all."""

    id: str
    of: str
    field: str
    state: str
    count: int
    picture: str  # what the files are called
    paper: str = ""
    same: bool = False
    invented: str = ""


@dataclass(frozen=True, kw_only=True)
class Explained:
    """What the author of a filing's records says to the signals that are found of them."""

    id: str
    of: str
    words: str
    invented: str = ""


@dataclass(frozen=True, kw_only=True)
class Post:
    """What a visitor is besides, from the first day of a campaign that goes on."""

    id: str
    who: str  # the visitor's account
    at: str  # the code of the organisation
    role: str


@dataclass(frozen=True, kw_only=True)
class Quiet:
    id: str
    at: str
    title: str
    days: tuple[dt.date, dt.date]


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """What an organisation decided, on a day, of the circulars that were drafted for it by then."""

    id: str
    at: str
    day: dt.date
    decision: Literal["issued", "dropped"]
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Inspected:
    """An inspection by lot, its days, and the value that was made up for one that is drawn in public."""

    id: str
    at: str  # the code of the office
    rule: str  # its name in the scheme
    title: str
    approval: str
    value: str  # by which it is drawn, in words
    drawn: str  # the value itself
    note: str
    sealed: dt.date
    known: dt.date
    visited: dt.date
    revealed: dt.date
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
    today: dt.date | None = None  # of a campaign that goes on: the day on which the demonstration is prepared
    begins: dt.date | None = None  # of the same: its first day
    moved: int = 0  # by so many days all days were moved
    posts: tuple[Post, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    circulars: tuple[Deciding, ...] = ()
    inspections: tuple[Inspected, ...] = ()
    explained: tuple[Explained, ...] = ()


_SECTIONS = {
    "groups": Group,
    "organisations": Founded,
    "people": People,
    "filings": Filing,
    "files": Enclosed,
    "posts": Post,
    "quiet": Quiet,
    "circulars": Deciding,
    "inspections": Inspected,
    "explained": Explained,
}
_NAMED = tuple(name for name in _SECTIONS if name not in ("groups", "organisations"))  # these two share their names
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def moved(text: str, days: int) -> str:
    """The text with every day in it moved by so many days."""
    return _DAY.sub(lambda found: str(dt.date.fromisoformat(found[0]) + dt.timedelta(days=days)), text)


def read(path: Path, *, days: int = 0) -> Plan:
    """The plan in a file, moved by so many days; a Problem that names the item and what is wrong with it."""
    try:
        raw = YAML(typ="safe", pure=True).load(moved(path.read_text(encoding="utf-8"), days))
        return replace(build(raw, place=path.name), moved=days)
    except YAMLError as error:
        raise Problem("demo.not_yaml", f"{error}".strip(), hint="改正 YAML 语法。", place=str(path)) from None


def build(raw: Any, *, place: str) -> Plan:
    """A plan from its parsed text."""
    if not isinstance(raw, Mapping) or raw.get("plan") != 1:
        raise Problem("demo.not_a_plan", "不是演示计划，或版本不对。", hint="第一行写 plan: 1。", place=place)
    unknown = set(raw) - {"plan", "scheme", "seed", "until", "closes", "today", "begins", *_SECTIONS}
    if unknown:
        hint = say("可用：{known}。", known=together(_SECTIONS, by="、"))
        raise Problem("demo.unknown_key", say("没有“{section}”这一节。", section=min(unknown)), hint=hint, place=place)
    sections: dict[str, Any] = {
        name: tuple(
            _item(class_, item, place=f"{place} {name}[{number}]") for number, item in enumerate(raw.get(name) or ())
        )
        for name, class_ in _SECTIONS.items()
    }
    today = raw.get("today")
    plan = Plan(
        scheme=raw["scheme"],
        seed=int(raw["seed"]),
        until=raw.get("until", today),
        closes=raw.get("closes", ""),
        today=today,
        begins=raw.get("begins"),
        **sections,
    )
    for items in (sections["groups"] + sections["organisations"], *(sections[name] for name in _NAMED)):
        names = [item.id for item in items]
        twice = next((name for position, name in enumerate(names) if name in names[:position]), None)
        if twice:
            raise Problem("demo.twice", say("“{item}”写了两次。", item=twice), hint="每一项用不同的 id。", place=place)
    return plan


def _item(class_: Any, raw: Any, *, place: str) -> Any:
    try:
        given = dict(raw)
        if "days" in given:
            given["days"] = _days(given["days"])
        if class_ is Filing:
            given["moves"] = tuple(_move(move) for move in given.get("moves", ()))
        for codes in given.keys() & {"codes", "but"}:
            given[codes] = tuple(given[codes])
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
