"""Writing into a scheme's text: what was meant stands there, and everything else is as it was, byte for byte."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianfeng.scheme.editing.spans import Path as Place
from xianfeng.scheme.editing.spans import spans, under
from xianfeng.scheme.editing.writing import Edit, prose, rewritten, word
from xianfeng.scheme.surface import yaml
from xianfeng.scheme.surface.tree import Node, Scalar, Sequence, Table

TEXT = """\
# 依据：文件
xianfeng: 1
title: 活动   # 名称
runs: {from: 2010-04-01, to: 2012-11-07}   # 起止

kinds:
  visit:
    help: >
      一行
      两行
    fields:
      form: {type: choice, choices: [甲, 乙, 丙]}   # 三种
      # 下面一项由市里定
      people:
        title: '人数'
        groups:
          a: 干部
          # 群众分两类
          b: "群众"
obligations:
  commit:
    windows:
      - {title: 年初, from: 01-01, to: 01-31}
      - title: 年底
        from: 12-01   # 上旬
        to: 12-31
    at_least: 1
empty:
"""
FORM: Place = ("kinds", "visit", "fields", "form")
SCHEMES = sorted((Path(__file__).parents[3] / "schemes").glob("*/scheme.yaml"))


def read(text: str) -> Any:
    tree, faults = yaml.read(text, "scheme.yaml")
    assert not faults
    return plain(tree)


def plain(node: Node) -> Any:
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Table():
            return {name: plain(pair.value) for name, pair in node.pairs.items()}
    raise TypeError(node)


def holder(tree: Any, path: Place) -> Any:
    for step in path[:-1]:
        tree = tree[step]
    return tree


def paths(text: str, *, scalars: bool = False) -> list[Place]:
    return [path for path, span in under(spans(text)) if path and (span.is_scalar or not scalars)]


@pytest.mark.parametrize("text", [TEXT, *(path.read_text(encoding="utf-8") for path in SCHEMES)])
def test_every_value_is_found_where_it_stands(text: str) -> None:
    for path, span in under(spans(text)):
        if span.is_scalar and not span.quote:
            assert text[span.start : span.end] == span.text, path


@settings(max_examples=150)
@given(path=st.sampled_from(paths(TEXT, scalars=True)), said=st.text("甲a1 :#,'\"{}[]-\n", min_size=1, max_size=12))
def test_a_value_is_replaced_and_nothing_else(path: Place, said: str) -> None:
    span = spans(TEXT).at(path)
    assert span is not None
    new = rewritten(TEXT, [Edit(path, prose(said, span.quote))])
    wanted = copy.deepcopy(read(TEXT))
    holder(wanted, path)[path[-1]] = said
    assert read(new) == wanted
    assert new.startswith(TEXT[: span.start])
    assert new.endswith(TEXT[span.end :])


@pytest.mark.parametrize("path", paths(TEXT), ids=str)
def test_what_is_taken_out_is_gone_and_nothing_else(path: Place) -> None:
    wanted = copy.deepcopy(read(TEXT))
    gone = path
    del holder(wanted, gone)[gone[-1]]
    while len(gone) > 1 and not holder(wanted, gone):  # a table left empty goes with it
        gone = gone[:-1]
        del holder(wanted, gone)[gone[-1]]
    new = rewritten(TEXT, [Edit(path, None)])
    assert read(new) == wanted
    kept = iter(new.split("\n"))
    assert sum(line not in TEXT.split("\n") for line in kept) <= 1


@pytest.mark.parametrize(
    ("path", "written", "line"),
    [
        (("title_en",), '"Campaign"', 'title_en: "Campaign"'),
        (
            ("runs", "timezone"),
            "Asia/Shanghai",
            "runs: {from: 2010-04-01, to: 2012-11-07, timezone: Asia/Shanghai}   # 起止",
        ),
        (("kinds", "visit", "fields", "people", "groups", "c"), "其他", "          c: 其他"),
        (
            ("kinds", "visit", "fields", "form", "choices", 3),
            "丁",
            "      form: {type: choice, choices: [甲, 乙, 丙, 丁]}   # 三种",
        ),
        (("obligations", "commit", "windows", 2), "{title: x}", "      - {title: x}"),
        (("measures", "kept", "help"), '"甲"', 'measures: {kept: {help: "甲"}}'),
        (("empty",), "甲", "empty: 甲"),
    ],
)
def test_what_is_added_is_one_line(path: Place, written: str, line: str) -> None:
    new = rewritten(TEXT, [Edit(path, written)]).split("\n")
    old = TEXT.split("\n")
    assert line in new
    assert [each for each in new if each not in old] == [line]
    assert len(new) - len(old) in (0, 1)


def test_edits_of_one_form_are_made_together() -> None:
    choices: Place = (*FORM, "choices")
    edits = [
        Edit((*choices, 0), None),
        Edit(("obligations", "commit", "at_least"), word("3")),
        Edit((*choices, 2), None),
        Edit((*choices, 1), prose("丁")),
    ]
    new = read(rewritten(TEXT, edits))
    assert new["kinds"]["visit"]["fields"]["form"]["choices"] == ["丁"]
    assert new["obligations"]["commit"]["at_least"] == "3"


@pytest.mark.parametrize(
    "said", ["true", "0123", "12", "2010-01-01x", "a: b", "# 甲", "- 甲", "甲 # 乙", "", "null", "甲、乙"]
)
def test_words_are_text_for_the_loader(said: str) -> None:
    tree, faults = yaml.read(f"x: {prose(said)}\n", "f")
    node = tree.pairs["x"].value
    assert not faults
    assert isinstance(node, Scalar)
    assert node.text == said
    assert not node.plain or said == "甲、乙"
