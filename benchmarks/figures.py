"""How fast figures are answered by the reference engine, on a county's work.

    python -m benchmarks.figures [RECORDS]

A city of 13 counties and 3 000 villages; promises filed by villages, in one register. Measured: folding the log into
the lake, the first question of a process, one figure, forty figures of a bulletin, the rows of a breakdown, a page of
records, the same from the log alone, and the memory of it all.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

RECORDS = 60_000
COUNTIES, VILLAGES = 13, 3_000
UNTIL = dt.date(2012, 12, 31)

SCHEME = """
xianfeng: 1
scheme: bench-2012
title: 测速
at: "350100"
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
kinds:
  promise:
    title: 承诺
    fields:
      post: {type: choice, title: 岗位, choices: {policy: 政策, mediation: 调解, safety: 治安}}
      people: {type: tally, title: 人数, groups: {members: 党员, masses: 群众}}
      cost: {type: money, title: 经费}
      kept: {type: boolean, title: 兑现}
      target: {type: organisation, title: 对象}
obligations:
  promise: {title: 一村一诺, kind: promise, of: organisations, where: "level == 'village'", at_least: 1, every: year}
measures:
  promises: {title: 承诺, count: promise}
  kept: {title: 兑现, count: promise, where: kept}
  villages_kept: {title: 村里兑现, count: promise, where: "kept and organisation.level == 'village'"}
  cost: {title: 经费, sum: promise.cost}
  people: {title: 人数, sum: promise.people}
  latest: {title: 最近经费, latest: promise.cost}
  doers: {title: 承诺的组织, distinct: promise.organisation}
  rate: {title: 兑现率, ratio: [kept, promises]}
  growth: {title: 增长, growth: {of: promises, since: 2012-06-30}}
  covered: {title: 覆盖, coverage: {of: organisation, where: "level == 'village'", kind: promise, field: organisation}}
"""


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XIANFENG_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _file(count)
        _measure(count)


def _file(count: int) -> None:
    from xianfeng.ledger import actions
    from xianfeng.log.actors import Actor, ActorKind
    from xianfeng.registry import actions as registry
    from xianfeng.scheme.loader import with_libraries

    rows = [("350100", "city", None)]
    rows += [(f"3501{number:02d}", "county", "350100") for number in range(1, COUNTIES + 1)]
    rows += [(f"v{number:05d}", "village", f"3501{number % COUNTIES + 1:02d}") for number in range(VILLAGES)]
    numbers = registry.found_many(
        foundings=[
            registry.Founding(code=code, name=code, type="division", level=level, parent=parent)
            for code, level, parent in rows
        ],
        by=Actor(kind=ActorKind.IMPORT, id=1),
    )
    by = Actor(kind=ActorKind.IMPORT, id=1, organisation=numbers[0])
    actions.adopt(with_libraries({"scheme.yaml": SCHEME}), by=by)
    villages = numbers[COUNTIES + 1 :]
    actions.file_many(by=by, scheme="bench-2012", kind="promise", rows=_rows(count, list(villages)))


def _rows(count: int, villages: list[int]) -> Iterator[Any]:
    from xianfeng.ledger.actions import Row

    for number in range(count):
        yield Row(
            organisation=villages[number * 7 % len(villages)],
            day=dt.date(2012, 1, 1) + dt.timedelta(days=number % 360),
            values={
                "post": ("policy", "mediation", "safety")[number % 3],
                "people": {"members": number % 5, "masses": number % 11},
                "cost": f"{number % 1000}.50",
                "kept": number % 4 != 0,
                "target": villages[number % len(villages)],
            },
        )


def _measure(count: int) -> None:
    begun = time.perf_counter()
    from xianfeng import paths
    from xianfeng.figures import engine, from_log
    from xianfeng.figures.interface import Query
    from xianfeng.figures.lake import Lake
    from xianfeng.figures.source import DatabaseSource
    from xianfeng.ledger import versions
    from xianfeng.registry.models import Organisation

    figures = engine()
    print(f"importing DuckDB and Ibis: {time.perf_counter() - begun:.2f} s")
    begun = time.perf_counter()
    manifest = Lake(paths.room("lake")).extend(DatabaseSource(), least=1)
    spent = time.perf_counter() - begun
    size = sum(segment.size for segment in manifest.segments)
    print(
        f"folding {count} postings into the lake: {spent:.2f} s, {count / spent:,.0f}/s, {size / count:.1f} bytes each"
    )

    scheme = versions.current("bench-2012")
    root = Organisation.objects.get(code="350100").id
    counties = list(Organisation.objects.filter(level="county").values_list("id", flat=True))
    every = [Query(scheme=scheme.hash, measure=name, organisation=root, until=UNTIL) for name in scheme.measures]
    _timed("each measure for the first time, compiled", [lambda q=q: figures.figure(q) for q in every])
    elsewhere = [
        lambda name=name, at=at: figures.figure(
            Query(scheme=scheme.hash, measure=name, organisation=at, until=UNTIL - dt.timedelta(days=at % 200))
        )
        for name in scheme.measures
        for at in counties[:4]
    ]
    _timed("one figure at a county (goal: 30 ms)", elsewhere)
    forty = [
        Query(scheme=scheme.hash, measure=name, organisation=at, until=dt.date(2012, 11, 30))
        for name in scheme.measures
        for at in (root, *counties[:3])
    ]
    _timed("forty figures of a bulletin (goal: 2 s)", [lambda: figures.figures(forty)])
    whole = every[0]
    _timed("children", [lambda: figures.breakdown(whole, "children")])
    _timed("by category", [lambda: figures.breakdown(whole, "category", field="post")])
    _timed("months of a year", [lambda: figures.breakdown(whole, "month")])
    _timed("first 50 records", [lambda: figures.trace(whole)])
    _timed("one figure from the log alone, all of it read first", [lambda: from_log().figure(whole)])
    _timed("forty figures from the log alone", [lambda: from_log().figures(forty)])
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def _timed(what: str, calls: list[Callable[[], object]]) -> None:
    times = []
    for call in calls:
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    print(f"{what}: median {statistics.median(times):.1f} ms, most {max(times):.1f} ms ({len(times)} asked)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
