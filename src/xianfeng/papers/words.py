"""What every export says in the same words."""

from __future__ import annotations

from collections.abc import Sequence

from xianfeng.papers.document import Masthead

SYNTHETIC = "演示数据：本件所依据的记录为模拟记录，不是真实工作记录。"


def name_size(name: str, most: int) -> int:
    """Points of the red name at the head: smaller where its letters, 2 apart, would not fit on 430 of the type area."""
    return min(most, 430 // max(len(name), 1) - 2)


def title_size(lines: Sequence[str]) -> float:
    """Points of the headline: 2号 (22), smaller where a line of it would not fit on the 442 of the type area."""
    longest = max(map(len, lines), default=1)
    return min(22, 2 * 438 // longest / 2)


def seal(masthead: Masthead) -> str:
    """The check code line; '' before closing."""
    if not masthead.root:
        return ""
    return f"校验码（第1—{masthead.sealed}条办理记录）：{masthead.root}"
