"""What every export says in the same words."""

from __future__ import annotations

from xianfeng.bulletins.document import Masthead

SYNTHETIC = "演示数据：本件所依据的记录为演示而造，不是真实工作记录。"


def seal(masthead: Masthead) -> str:
    """The check code line; '' before closing."""
    if not masthead.root:
        return ""
    return f"校验码（第1—{masthead.sealed}条办理记录）：{masthead.root}"
