"""Whether the clock ran forwards while entries were written.

A wrong clock must not stop anybody from filing, and an entry tells the moment that the machine told; so nothing is
refused or straightened when it is written. But work entered late could be made to look early by setting the clock back,
and the order of the log shows it: the note names the entries where that may have happened. It is no fault, since the
entries are what they were when they were written, and a clock that was ahead is rightly set back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from xianfeng.log.findings import Finding
from xianfeng.sentences import say, together

TOLERATED = dt.timedelta(seconds=1)  # a clock kept by the network is set back by less
_NAMED = 5


@dataclass
class Clock:
    """Moments as they come, in the order of the log; as canonical text, which sorts as they do."""

    _last: str = ""
    _backwards: list[tuple[int, str, str]] = field(default_factory=list)

    def strike(self, seq: int, at: str) -> None:
        if at < self._last and _moment(self._last) - _moment(at) > TOLERATED:
            self._backwards.append((seq, self._last, at))
        self._last = at

    def findings(self) -> Iterator[Finding]:
        if not self._backwards:
            return
        named = together(
            (
                say("第{seq}条（前一条{before}，这一条{at}）", seq=seq, before=before[:19], at=at[:19])
                for seq, before, at in self._backwards[:_NAMED]
            ),
            by="、",
        )
        told = say(
            "登记时间有{n}处倒退，时钟曾被拨回：{named}。先后以序号为准。",
            n=len(self._backwards),
            named=say("{named}等", named=named) if len(self._backwards) > _NAMED else named,
        )
        yield Finding(code="log.clock", seq=self._backwards[0][0], message=told, weight="note")


def _moment(at: str) -> dt.datetime:
    """Of a text that was written as a moment; any other is named as changed, or sealed as it is."""
    try:
        return dt.datetime.fromisoformat(at)
    except ValueError:
        return dt.datetime.max.replace(tzinfo=dt.UTC)
