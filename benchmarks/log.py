"""The log on SQLite: appending with postings, sealing, verifying, and the root of a million leaves."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
import time
from collections.abc import Callable

DRAFTS = 10_000
LEAVES = 1_000_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XIANFENG_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, skip_checks=True)
        _measure()


def _measure() -> None:
    from django.db import transaction

    from xianfeng.log import merkle
    from xianfeng.log.actors import CLOCK
    from xianfeng.log.append import append
    from xianfeng.log.seals import inclusion, seal
    from xianfeng.log.verify import verify

    drafts = [_draft(number) for number in range(DRAFTS)]

    def write() -> None:
        with transaction.atomic():
            append(drafts, by=CLOCK)

    seconds = min(_seconds(write) for _ in range(3))
    rate = DRAFTS / seconds
    print(f"append {DRAFTS} drafts with a posting each: {seconds:.2f} s, {rate:,.0f}/s (asked: well under 0.5 s)")
    seconds, size = _seconds(lambda: seal(by=CLOCK)), 3 * DRAFTS
    print(f"seal {size} entries: {seconds:.2f} s, {size / seconds:,.0f}/s (nothing asked)")
    print(f"prove one of them: {_seconds(lambda: inclusion(size // 2)) * 1000:.1f} ms (nothing asked)")
    seconds = _seconds(verify)
    print(f"verify them: {seconds:.2f} s, {size / seconds:,.0f}/s (nothing asked)")
    leaves = [hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(LEAVES)]
    print(f"root of {LEAVES} leaves: {_seconds(lambda: merkle.root_of(leaves)):.2f} s (nothing asked)")


def _draft(number: int) -> object:
    from xianfeng.log.append import Draft, Line

    day = dt.date(2010, 8, 30)
    fields = {"amount": "120.50", "level": "city", "people": number}
    line = Line(
        sign=1, record=None, scheme="fuzhou-2010", kind="project", organisation=3, place=4, subject=None, day=day,
        state="published", level=2, reviewer=1, entered={"published": day}, fields=fields,
    )  # fmt: skip
    body = {"values": {"title": "共富项目", "text": "建设内容和进度" * 6, **fields}, "state": "published", "reason": ""}
    return Draft(stream="record", action="file", day=day, scheme="a" * 64, body=body, lines=(line,))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
