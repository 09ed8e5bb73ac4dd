"""A root that somebody holds on paper, held against the books.

A seal in the database, its list and its key can all be lost or replaced by whoever owns the machine. The root printed
in a bulletin that lies in other people's drawers cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xianfeng.log.findings import Finding
from xianfeng.problems import Problem
from xianfeng.sentences import say


@dataclass(frozen=True)
class Printed:
    """The root over the first `size` entries, as it was printed."""

    size: int
    root: bytes

    def findings(self, now: bytes | None) -> Iterator[Finding]:
        """`now`: the root over as many entries as they stand; None where there are fewer."""
        size = self.size
        if now is None:
            told = say("印出的校验码覆盖第1—{size}条，账上到不了第{size}条：有办理记录被删去。", size=size)
            yield Finding(code="log.printed", seq=size, message=told)
        elif now != self.root:
            told = say(
                "第1—{size}条现在算出的校验码是{root}，与印出的不同：其中有办理记录被改写。", size=size, root=now.hex()
            )
            hint = say("先看条数和校验码是否抄错，再与别处保存的简报对照。")
            yield Finding(code="log.printed", seq=size, message=told, hint=hint)
        else:
            told = say("第1—{size}条现在算出的校验码与印出的相同。", size=size)
            yield Finding(code="log.printed", seq=size, message=told, weight="note")


def parse(size: int | None, root: str) -> Printed:
    """From what a reader copies off a bulletin."""
    digits = "".join(root.split())
    if size is None or size < 1 or not re.fullmatch(r"[0-9a-fA-F]{64}", digits):
        hint = say(
            "照简报末尾的“校验码（第1—N条办理记录）”抄写：--size 后面写 N，--root 后面写64位校验码，两项都要写。"
        )
        raise Problem(
            "log.printed_root", "印出的校验码没有写全。", hint=hint, place=f"--size {size or ''} --root {root}"
        )
    return Printed(size, bytes.fromhex(digits))
