"""How fast records are filed: guards, checks, values, references, postings, sequence and projection, end to end.

    python -m benchmarks.ledger [RECORDS]

Files twice into a database of its own (XIANFENG_DATA in a temporary folder, or DATABASE_URL): as villages hand in their
work, a draft and the guarded move that files it (two entries a record), and the same with a superior's review (three).
Both the wall clock and the work of this process, user and system, are told: another's load shows in the first alone.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator

GOAL = 10_000  # records a second, filed through a guard
RECORDS = 50_000
VILLAGES = 500

SCHEME = """
xianfeng: 1
scheme: bench-2012
title: 测速
at: "350100"
include: [core]
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
kinds:
  claim:
    title: 认领
    basis: each
    fields:
      post: {type: choice, title: 岗位, required: true, choices: {policy: 政策, mediation: 调解, safety: 治安}}
      people: {type: integer, title: 人数, min: 0}
      cost: {type: money, title: 经费}
      since: {type: date, title: 开始}
      host: {type: organisation, title: 承办单位}
      note: {type: long_text, title: 说明}
    check: "post != 'safety' or people > 0"
    flow:
      initial: draft
      states:
        draft: {title: 草稿, level: none}
        filed: {title: 已报, level: filed}
        reviewed: {title: 已审, level: reviewed}
      moves:
        hand_in: {title: 上报, from: draft, to: filed, by: author, when: "not missing(since) and since <= today"}
        review: {title: 审核, from: filed, to: reviewed, by: superior}
"""


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XIANFENG_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        print(f"{connection.vendor}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}")
        return _run(count)


def _run(count: int) -> int:
    from xianfeng.ledger import actions, rebuild
    from xianfeng.log.actors import Actor, ActorKind
    from xianfeng.scheme.loader import with_libraries

    villages, town, importer = ground()
    by = Actor(kind=ActorKind.IMPORT, id=1, organisation=importer)
    actions.adopt(with_libraries({"scheme.yaml": SCHEME}), by=by)
    rates = {}
    for title, reviewer in (("filed", None), ("filed and reviewed", town)):
        rows = list(_rows(count, villages, town, reviewer))
        begun, worked = time.perf_counter(), time.process_time()
        actions.file_many(by=by, scheme="bench-2012", kind="claim", rows=rows)
        spent, worked = time.perf_counter() - begun, time.process_time() - worked
        asked = "nothing asked, three entries each" if reviewer else f"two entries each; asked: ≥ {GOAL:,}"
        print(f"file_many, {title}: {count} records in {spent:.2f} s, {count / spent:,.0f} records/s ({asked})")
        print(f"  of which on the processor {worked:.2f} s, {count / worked:,.0f} records/s")
        rates[title] = count / spent
    begun = time.perf_counter()
    differences = sum(1 for _ in rebuild.check())
    print(f"ledger check: {2 * count} records in {time.perf_counter() - begun:.2f} s, {differences} differences")
    return 0 if rates["filed"] >= GOAL and not differences else 1


def ground() -> tuple[list[int], int, int]:
    from xianfeng.log.actors import Actor, ActorKind
    from xianfeng.registry import actions as registry

    rows = [("350100", "city", None), ("350121", "county", "350100"), ("350121100", "township", "350121")]
    rows += [(f"350121100{number:03d}", "village", "350121100") for number in range(VILLAGES)]
    numbers = registry.found_many(
        foundings=[
            registry.Founding(code=code, name=code, type="division", level=level, parent=parent)
            for code, level, parent in rows
        ],
        by=Actor(kind=ActorKind.IMPORT, id=1),
    )
    return list(numbers[3:]), numbers[2], numbers[0]


def _rows(count: int, villages: list[int], town: int, reviewer: int | None) -> Iterator[object]:
    from xianfeng.ledger.actions import Row, Step

    for number in range(count):
        day = dt.date(2012, 1, 1) + dt.timedelta(days=number % 300)
        filed = Step("hand_in", day)
        moves = (filed,) if reviewer is None else (filed, Step("review", day + dt.timedelta(days=3), reviewer))
        yield Row(
            organisation=villages[number % len(villages)],
            day=day,
            values={
                "post": ("policy", "mediation", "safety")[number % 3],
                "people": 1 + number % 17,
                "cost": f"{number % 1000}.50",
                "since": day,
                "host": town,
                "note": "到村部张贴公告，逐户说明",
            },
            reference=f"{'f' if reviewer is None else 'r'}-{number}",
            moves=moves,
        )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS))
