"""只增不减: what was announced is made smaller by a superior who says why, and by nobody else."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tests.ledger.factories import DAY, World, package
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem

LATER = DAY + dt.timedelta(days=30)
SCHEME = """
xianfeng: 1
scheme: targets-2012
title: 目标
at: "350100"
runs: {from: 2012-01-01, to: 2012-12-31}
kinds:
  target:
    title: 年度目标任务
    fields:
      item: {type: text, title: 目标, required: true}
      now: {type: decimal, title: 现行目标, places: 2, only_grows: true}
      people: {type: integer, title: 人数, only_grows: true}
      notes: {type: long_text, title: 进展, only_grows: true}
    flow:
      initial: draft
      states:
        draft: {title: 草拟, level: none}
        set: {title: 已下达, level: filed}
      moves:
        announce: {title: 下达, from: draft, to: set, by: author}
        adjust: {title: 调整, from: set, to: set, by: [author, superior], needs: [now, reason]}
        note: {title: 记进展, from: set, by: author, needs: [notes]}
"""


@pytest.fixture
def target(world: World) -> Record:
    actions.adopt(package(SCHEME), by=world.importer)
    return actions.file(
        by=world.author,
        scheme="targets-2012",
        kind="target",
        organisation=world.village,
        day=DAY,
        values={"item": "修路", "now": "9.50", "people": 12},
        state="set",
    )


def amended(world: World, record: Record, *, above: bool = False, **values: Any) -> dict[str, Any]:
    by = world.of(world.town) if above else world.author
    changed = actions.amend(by=by, record=record.id, values=values, reason="情况有变", day=LATER)
    return dict(json.loads(changed.values))


def test_it_grows_and_stays(world: World, target: Record) -> None:
    assert amended(world, target, now="10.00")["now"] == "10.00"
    assert amended(world, target, item="修公路", now="10.00")["item"] == "修公路"


@pytest.mark.parametrize("values", [{"now": "9.49"}, {"now": None}, {"people": 11}], ids=["less", "gone", "whole"])
def test_its_author_does_not_make_it_smaller(world: World, target: Record, values: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refused:
        amended(world, target, **values)
    assert (refused.value.code, refused.value.field) == ("ledger.only_grows", next(iter(values)))
    assert "上级" in refused.value.hint


def test_a_superior_does_and_says_why(world: World, target: Record) -> None:
    assert amended(world, target, above=True, now="8.00")["now"] == "8.00"
    with pytest.raises(Problem, match="理由"):
        actions.amend(by=world.of(world.town), record=target.id, values={"now": "7.00"}, reason="", day=LATER)


def test_a_move_does_it_no_sooner_than_a_correction(world: World, target: Record) -> None:
    with pytest.raises(Problem, match="只增不减"):
        actions.move(
            by=world.author, record=target.id, move="adjust", day=LATER, values={"now": "1.00"}, reason="做不到"
        )
    moved = actions.move(
        by=world.of(world.town), record=target.id, move="adjust", day=LATER, values={"now": "1.00"}, reason="核减"
    )
    assert json.loads(moved.values)["now"] == "1.00"


def test_a_draft_was_announced_to_nobody(world: World) -> None:
    actions.adopt(package(SCHEME), by=world.importer)
    record = actions.file(
        by=world.author,
        scheme="targets-2012",
        kind="target",
        organisation=world.village,
        day=DAY,
        values={"item": "修路", "now": "9.50"},
    )
    assert amended(world, record, now="2.00")["now"] == "2.00"


def test_what_a_move_writes_is_added_below_a_text_that_only_grows(world: World, target: Record) -> None:
    for text in ("动工了", "完成一半", "动工了\n\n完成一半\n\n完工了"):
        noted = actions.move(by=world.author, record=target.id, move="note", day=LATER, values={"notes": text})
    assert json.loads(noted.values)["notes"] == "动工了\n\n完成一半\n\n完工了"


def test_and_what_stands_there_is_not_taken_out_by_its_author(world: World, target: Record) -> None:
    actions.move(by=world.author, record=target.id, move="note", day=LATER, values={"notes": "动工了"})
    with pytest.raises(Problem) as refused:
        actions.amend(by=world.author, record=target.id, values={"notes": "没有动工"}, reason="写错", day=LATER)
    assert refused.value.code == "ledger.only_grows"
    superior = world.of(world.town)
    actions.amend(by=superior, record=target.id, values={"notes": "没有动工"}, reason="核实过", day=LATER)
