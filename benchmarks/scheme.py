"""Loading and checking a scheme of 500 lines that includes the core library, as a fresh process does it.

Measured with an empty cache each time: the library's own 500 lines are read again too.
"""

from __future__ import annotations

import statistics
import time

from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.surface import yaml

GOAL = 0.300  # seconds
LINES = 500
ROUNDS = 7
HEAD = """\
xianfeng: 1
scheme: benchmark
title: 量度
at: "350100"
include: [core]
runs: {from: 2012-01-01, to: 2012-12-31}
"""
KIND = """\
  kind_{n}:
    title: 台账{n}
    check: "missing(ended) or ended >= started"
    fields:
      name: {{type: text, title: 名称, required: true}}
      form: {{type: choice, title: 形式, choices: {{one: 甲, two: 乙}}}}
      amount: {{type: money, title: 金额, min: 0, check: amount <= 1000000}}
      started: {{type: date, title: 开始}}
      ended: {{type: date, title: 结束}}
    flow:
      initial: draft
      states:
        draft: {{title: 草稿, level: none}}
        filed: {{title: 已填报}}
      moves:
        file: {{title: 填报, from: draft, to: filed, by: author, when: amount > 0}}
"""
MEASURES = """\
  count_{n}: {{title: 件数, count: kind_{n}, where: "state == 'filed' and form == 'one'"}}
  sum_{n}: {{title: 金额, sum: kind_{n}.amount, by: started}}
"""


def text() -> str:
    """As many kinds with their measures as fit."""
    each = KIND.count("\n") + MEASURES.count("\n")
    numbers = range((LINES - HEAD.count("\n") - 2) // each)
    kinds = "".join(KIND.format(n=n) for n in numbers)
    return f"{HEAD}kinds:\n{kinds}measures:\n{''.join(MEASURES.format(n=n) for n in numbers)}"


def main() -> None:
    files = with_libraries({"scheme.yaml": text()})
    seconds, busy = [], []
    for _ in range(ROUNDS):
        yaml.read.cache_clear()
        began, worked = time.perf_counter(), time.process_time()
        loaded = load_package(files)
        seconds.append(time.perf_counter() - began)
        busy.append(time.process_time() - worked)
        if not isinstance(loaded, Scheme):
            raise SystemExit(str(loaded))
    lines = files["scheme.yaml"].count("\n") + files["library:core.yaml"].count("\n")
    median = statistics.median(seconds) * 1000
    print(
        f"load and check {lines} lines, library included: {median:.0f} ms (asked: < {GOAL * 1000:.0f} ms for {LINES})"
    )
    worked_for, best = statistics.median(busy) * 1000, min(seconds) * 1000
    print(f"of which on the processor: {worked_for:.0f} ms; the best of {ROUNDS}: {best:.0f} ms")


if __name__ == "__main__":
    main()
