"""Whether the duties are what scheme, registry and records make of them; nothing is repaired here.

Each round is computed anew for the state of the registry and the day of its last making; then every record is read
again, as if it had just come: nothing in the table may change by that. Only of what the duties follow so far: entries
that are still to be taken are no fault.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, transaction

from xianfeng.duties import expanding, matching, progress, tally
from xianfeng.duties.models import Round
from xianfeng.ledger.drafting import STREAM
from xianfeng.log.append import head
from xianfeng.log.bulk import batched
from xianfeng.log.findings import Difference, Finding
from xianfeng.log.models import Entry
from xianfeng.sentences import Said, say

_SOME = 2_000
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def check() -> Iterator[Difference]:
    """Every difference; nothing when the duties may be trusted."""
    for row in Round.objects.filter(seq__gt=0).order_by("id"):
        wrong = expanding.compared(row)
        if wrong:
            yield Difference(about=_name(row.id), message=say("有 {n} 项与工作要求和组织不符", n=wrong))
    for number in Round.objects.order_by("id").values_list("id", flat=True):
        wrong = tally.differing(number)
        if wrong:
            yield Difference(about=_name(number), message=say("有 {n} 个合计数与逐项清点不符", n=wrong))
    yield from _of_records()


def findings(alias: str = DEFAULT_DB_ALIAS) -> Iterator[Finding]:
    """For `verify`: of the database that is being worked with, when its duties have followed the log to its end."""
    if alias == DEFAULT_DB_ALIAS and progress.reached() == head():
        for difference in check():
            yield Finding(
                code="duties.differ",
                message=say("待办{difference}。", difference=difference.told),
                hint=say("逐项核对：xianfeng duties check。"),
            )


def _of_records() -> Iterator[Difference]:
    """What reading them again would change; some at a time, each taken back at once."""
    records = Entry.objects.filter(stream=STREAM, seq__lte=progress.reached()).values_list("about", flat=True)
    now = progress.ticked() or _NEVER
    # No iterator(): SQLite lets nobody write behind a question still open, once somebody else has written.
    for some in batched(records.order_by("about").distinct(), _SOME):
        with transaction.atomic():
            progress.hold()
            changed = matching.touch(some, now=now)
            transaction.set_rollback(True)
        if changed:
            yield Difference(
                about=say("记录 {first} 至 {last}", first=some[0], last=some[-1]),
                message=say("有 {n} 项待办与记录不符", n=changed),
            )


def _name(number: int) -> Said:
    return say("第 {number} 轮", number=number)
