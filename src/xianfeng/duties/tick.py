"""What returns, for one moment: move what moves by itself, take what the log has more, expand what has begun, climb the
ladder."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from xianfeng.duties import expanding, ladder, matching, progress
from xianfeng.duties.expanding import Expanded
from xianfeng.ledger import clockwork
from xianfeng.sentences import say


@dataclass(frozen=True)
class Ticked:
    """`behind`: the clock is back before the last tick that did anything, which was for `since`; nothing was done."""

    entries: int = 0
    added: int = 0
    climbed: int = 0
    behind: bool = False
    since: dt.datetime | None = None

    @property
    def told(self) -> str:
        if self.behind:
            return say("时钟比上一次（{since}）早，这一次什么也没有做。", since=self.since)
        return say(
            "读入 {entries} 条办理记录，新增 {added} 项待办，催办 {climbed} 项。",
            entries=self.entries,
            added=self.added,
            climbed=self.climbed,
        )


def tick(*, now: dt.datetime) -> Ticked:
    last = progress.ticked()
    if last is not None and now < last:
        return Ticked(behind=True, since=last)
    clockwork.run(now=now)
    entries = matching.catch_up(now=now)
    expanded: tuple[Expanded, ...] | None = None
    try:
        expanded = expanding.expand_all(now=now)
    finally:  # what was expanded before falls due whatever became of this
        climbed = ladder.climb(now=now)
        if entries or climbed or expanded != () or last is None:
            _remember(now)
    return Ticked(entries, sum(one.added for one in expanded), climbed)


@transaction.atomic
def _remember(now: dt.datetime) -> None:
    """When something was done last: before that nothing is done any more."""
    row = progress.hold()
    row.ticked = now
    row.save()
