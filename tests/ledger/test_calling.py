"""What records are called: by what their kind says, told only as far as whoever asks may read."""

from __future__ import annotations

from tests.ledger.factories import DAY, World, package
from xianfeng.ledger import actions, calling, versions
from xianfeng.ledger.models import Record
from xianfeng.scheme.nodes import Kind

MARKED = """
xianfeng: 1
scheme: marked-2012
title: 标记活动
at: "350100"
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
kinds:
  inspection:
    title: 督查
    called: [target, form, found, day]
    fields:
      name: {type: text, title: 题目, public: true}
      target: {type: organisation, title: 被督查单位}
      form: {type: choice, title: 方式, choices: {spot: 暗访, open: 明查}, public: true}
      found: {type: integer, title: 问题, unit: 个}
"""


def kind_of(record: Record) -> Kind:
    return versions.scheme(record.scheme_id).kinds[record.kind]


def inspection(world: World, **values: object) -> Record:
    actions.adopt(package(MARKED), by=world.importer)
    return actions.file(
        by=world.author,
        scheme="marked-2012",
        kind="inspection",
        organisation=world.village,
        day=DAY,
        values={"name": "一季度督查", "target": world.other_town, "form": "spot", "found": 3, **values},
    )


def test_by_what_its_kind_says_and_not_by_its_first_text(world: World) -> None:
    record = inspection(world)
    assert calling.called(kind_of(record), [record]) == ("荆溪镇 · 暗访 · 3个 · 2012-03-01",)


def test_what_was_left_empty_is_left_out(world: World) -> None:
    record = inspection(world, form=None, found=None)
    assert calling.called(kind_of(record), [record]) == ("荆溪镇 · 2012-03-01",)


def test_whoever_may_read_a_part_hears_that_part(world: World) -> None:
    record = inspection(world)
    assert calling.called(kind_of(record), [record], {"name", "form"}) == ("暗访 · 2012-03-01",)


def test_what_has_nothing_to_tell_is_called_by_its_number(world: World) -> None:
    record = world.file(kind="study")
    assert calling.called(kind_of(record), [record]) == ("学党章",)
    assert calling.called(kind_of(record), [record], ()) == (f"学习第{record.id}号",)


def test_many_are_called_at_once(world: World) -> None:
    rows = [inspection(world), inspection(world, target=world.village, found=None)]
    assert calling.called(kind_of(rows[0]), rows) == (
        "荆溪镇 · 暗访 · 3个 · 2012-03-01",
        "青口村 · 暗访 · 2012-03-01",
    )
