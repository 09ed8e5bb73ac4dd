"""Sheets and gradings written by hand: a value for each organisation, a rule in YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from textwrap import dedent, indent

import numpy as np
import pyarrow as pa

from xianfeng.figures.each import Column
from xianfeng.measured import Sheet
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Scheme

HEAD = """\
xianfeng: 1
scheme: spec
title: 样例
at: "350100"
runs: {from: 2012-01-01, to: 2012-12-31}
include: [core]
measures:
  visits: {title: 走访, count: visit}
  deeds: {title: 实事, count: deed}
  share: {title: 比例, ratio: [visits, deeds]}
"""
Values = Mapping[str, Sequence[str | None]]


def scheme(rule: str) -> Scheme:
    loaded = load_package(with_libraries({"scheme.yaml": HEAD + rule}))
    assert isinstance(loaded, Scheme), str(loaded)
    return loaded


def grading(rule: str) -> Grading:
    """The rest of a grading named `year`, below its title and kind."""
    said = indent(dedent(rule).strip(), "    ")
    return scheme(f"gradings:\n  year:\n    title: 定级\n    kind: grading\n{said}\n").gradings["year"]


def column(values: Sequence[str | None]) -> Column:
    """As figures give it: whole numbers, or of as many places as the longest has; None for what is not known."""
    numbers = [Decimal(each or 0) for each in values]
    places = max(max(0, -int(each.as_tuple().exponent)) for each in numbers)
    return Column(
        values=np.array([int(each.scaleb(places)) for each in numbers], np.int64),
        known=np.array([each is not None for each in values]),
        places=places or None,
    )


def sheet(values: Values, *, within: Mapping[str, Sequence[int]] | None = None, level: str = "branch") -> Sheet:
    count = len(next(iter(values.values())))
    called = {name: [""] * count for name in ("code", "name", "type", "tier", "category")}
    return Sheet(
        organisations=np.arange(1, count + 1),
        places=np.arange(1, count + 1),
        values={name: column(each) for name, each in values.items()},
        called=pa.table({**called, "level": [level] * count}),
        within={name: np.array(each, np.int64) for name, each in (within or {}).items()},
    )
