"""What rows of a breakdown are called, on every page and in every bulletin."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from xianfeng import paths
from xianfeng.scheme import loader, titles
from xianfeng.scheme.nodes import Field, Scheme

TEXT = """
xianfeng: 1
scheme: trial-2012
title: 试点活动
at: "350100"
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
kinds:
  study:
    title: 学习
    basis: each
    fields:
      form: {type: choice, title: 形式, choices: {class: 授课, "true": 属实}}
      people: {type: tally, title: 人数, unit: 人, groups: {members: 党员}}
      open: {type: boolean, title: 群众可参加}
    flow:
      initial: held
      states: {held: {title: 已举行, level: filed}}
"""


@pytest.fixture(scope="module")
def fields() -> dict[str, Field]:
    loaded = loader.load_package({"scheme.yaml": TEXT})
    assert isinstance(loaded, Scheme), loaded
    return dict(loaded.kinds["study"].fields)


@pytest.mark.parametrize(
    ("key", "name", "title"),
    [
        ("class", "form", "授课"),
        ("true", "form", "属实"),
        ("gone", "form", "gone"),
        ("members", "people", "党员"),
        (True, "open", "是"),
        ("False", "open", "否"),
        ("true", "open", "是"),
        (None, "open", "未填"),
        (None, "form", "未填"),
        ("", "form", "未填"),
        ("township", "", "township"),
        (None, "", "未填"),
    ],
)
def test_a_row_is_called_by_what_its_records_say(fields: dict[str, Field], key: object, name: str, title: str) -> None:
    assert titles.part(key, fields.get(name)) == title


@dataclass(frozen=True)
class Body:
    type: str
    level: str
    category: str = ""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (Body("unit", "firm", "firm"), "非公有制企业 · 单位"),
        (Body("unit", "unit"), "单位"),
        (Body("division", "village", "community"), "村级 · 区划 · 社区"),
        (Body("body", "branch", "party"), "党支部 · 组织 · 党组织"),
        (Body("unit", "unit", "合作社"), "单位 · 合作社"),
    ],
)
def test_an_organisation_is_called_what_it_is_and_nothing_twice(body: Body, words: str) -> None:
    assert titles.kind_of(body) == words


def test_the_registry_calls_categories_of_firms_what_the_core_calls_them(core: Scheme) -> None:
    assert dict(core.kinds["firm"].fields["category"].choices).items() <= titles.CATEGORIES.items()


def test_a_category_typed_in_words_is_kept_as_the_house_keeps_it() -> None:
    assert [titles.category(words) for words in ("社区", "firm", "合作社")] == ["community", "firm", "合作社"]


@pytest.fixture(scope="module")
def core() -> Scheme:
    loaded = loader.load(paths.PROJECT / "schemes" / "fuzhou-2010")
    assert isinstance(loaded, Scheme), loaded
    return loaded
