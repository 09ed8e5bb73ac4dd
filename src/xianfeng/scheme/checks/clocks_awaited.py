"""What is due is somebody's to do: no time runs for a requester, whom nobody reminds, nor for what makes itself."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.flowing import CLOCK, REQUESTER


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for clock in kind.flow.clocks.values():
            if clock.falls_due and set(kind.flow.moves[clock.move].by) <= {REQUESTER, CLOCK}:
                path = f"kinds.{kind.name}.flow.moves.{clock.move}"
                yield draft.at_key("clock_for_nobody", f"{path}.{'within' if clock.within else 'until'}")
