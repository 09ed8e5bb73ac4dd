"""How long it takes to propose a class for every organisation of a nation's province, from ten indicators each.

    python -m benchmarks.gradings [ORGANISATIONS]

Units under a hundred counties, each with a report of ten numbers; ten indicators in three parts, two bars, a quota in
each county. Measured: the whole of proposing, figures and lines written included. The processor's time is told beside
the wall clock, which another's load lengthens.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

ORGANISATIONS = 500_000
GOAL = 30.0  # seconds
COUNTIES = 100
DAY = dt.date(2012, 6, 1)
INDICATORS = 10
_BANDS = "[{at_least: 10, points: 5}, {at_least: 50, points: 10}]"

_SCHEME = """
xianfeng: 1
scheme: bench-2012
title: 测速
at: "350000"
include: [core]
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
kinds:
  report:
    title: 报告
    fields:
"""
_GRADING = """
gradings:
  year:
    title: 定级
    kind: grading
    where: "level == 'unit'"
    classes: {advanced: 70, average: 40, backward: 0}
    parts:
"""
_LIMITS = """
    bars:
      few: {title: 太少, when: "m1 < 5", at_most: average}
      none: {title: 没有, when: "m2 == 0 and m3 == 0", at_most: backward}
    quotas: {advanced: {at_most: 30%, within: county}}
"""


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XIANFENG_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _file(count)
        return _measure(count)


def _scheme() -> str:
    numbers = range(INDICATORS)
    fields = "".join(f"      f{n}: {{type: integer, title: 数{n}}}\n" for n in numbers)
    measures = "".join(f"  m{n}: {{title: 指标{n}, sum: report.f{n}}}\n" for n in numbers)
    parts = "".join(_part(part) for part in range(3))
    return f"{_SCHEME}{fields}measures:\n{measures}{_GRADING}{parts}{_LIMITS}"


def _part(part: int) -> str:
    own = range(part, INDICATORS, 3)
    said = "".join(
        f'          i{n}: {{measure: m{n}, full: 10, points: "value / {n + 2}"}}\n'
        if n % 2
        else f"          i{n}: {{measure: m{n}, full: 10, bands: {_BANDS}}}\n"
        for n in own
    )
    return f"      p{part}:\n        title: 部分{part}\n        weight: {part + 2}\n        indicators:\n{said}"


def _file(count: int) -> None:
    from xianfeng.ledger import actions
    from xianfeng.log.actors import Actor, ActorKind
    from xianfeng.registry import actions as registry
    from xianfeng.scheme.loader import with_libraries

    rows: list[tuple[str, str, str, str | None]] = [("350000", "division", "province", None)]
    rows += [(f"c{number:03}", "division", "county", "350000") for number in range(COUNTIES)]
    rows += [(f"u{number:06}", "unit", "unit", f"c{number % COUNTIES:03}") for number in range(count)]
    foundings = [
        registry.Founding(code=code, name=code, type=type_, level=level, parent=parent)
        for code, type_, level, parent in rows
    ]
    root, *below = registry.found_many(foundings=foundings, by=Actor(kind=ActorKind.IMPORT, id=1))
    by = Actor(kind=ActorKind.IMPORT, id=1, organisation=root)
    actions.adopt(with_libraries({"scheme.yaml": _scheme()}), by=by)
    actions.file_many(by=by, scheme="bench-2012", kind="report", rows=_rows(below[COUNTIES:]))


def _rows(units: list[int]) -> Iterator[Any]:
    from xianfeng.ledger.actions import Row

    for at, unit in enumerate(units):
        yield Row(organisation=unit, day=DAY, values={f"f{n}": (at * (n + 7)) % 97 for n in range(INDICATORS)})


def _measure(count: int) -> int:
    from xianfeng import paths
    from xianfeng.figures import engine
    from xianfeng.figures.lake import Lake
    from xianfeng.figures.source import DatabaseSource
    from xianfeng.gradings import actions
    from xianfeng.gradings.models import ProposalLine
    from xianfeng.ledger import powers, versions

    engine()
    Lake(paths.room("lake")).extend(DatabaseSource(), least=1)  # as the worker does, long before anybody proposes
    by = powers.office(versions.current("bench-2012"))
    wall, processor = time.perf_counter(), time.process_time()
    made = actions.propose(by=by, scheme="bench-2012", grading="year", day=DAY)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    held = ProposalLine.objects.filter(proposal=made).count()
    asked = f"(asked: {GOAL:.0f} at {ORGANISATIONS:,})"
    print(f"{held:,} organisations x {INDICATORS} indicators proposed: {wall:.1f} s {asked}")
    print(f"processor's time: {processor:.1f} s, {processor / count * 1e6:.0f} us an organisation")
    print(f"peak resident: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")
    return 0 if wall <= GOAL or count < ORGANISATIONS else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ORGANISATIONS))
