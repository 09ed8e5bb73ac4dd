"""What people type into a box, as it is kept: seen characters only, in lines, within a length."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from xianfeng import characters
from xianfeng.problems import Problem
from xianfeng.sentences import say

_LINES = re.compile(r"\n{3,}")


def mark(text: str, salt: str) -> str:
    """By which words are known again as long as their salt is kept."""
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def clean(text: str, *, field: str, title: str, most: int, needed: bool = False) -> str:
    """A Problem beside `field` when it is too long, empty though needed, or reads otherwise than it is stored."""
    lines = (line.strip() for line in characters.without_no_width(text).replace("\r", "\n").split("\n"))
    said = _LINES.sub("\n\n", unicodedata.normalize("NFC", "\n".join(lines))).strip()
    if len(said) > most:
        message = say("“{title}”最多 {most} 个字，现在有 {count} 个。", title=title, most=most, count=len(said))
        raise Problem("voice.too_long", message, hint="请写得短一些，或者分几次说。", field=field)
    if characters.misleading(said, allowed="\n\t") is not None:
        message = say("“{title}”里有看不见的控制字符。", title=title)
        raise Problem("voice.characters", message, hint="请直接输入，不要从网页或文件里复制。", field=field)
    if characters.says_nothing(said):
        if needed:
            raise Problem("voice.empty", say("“{title}”还没有写。", title=title), hint="写好以后再提交。", field=field)
        return ""
    return said
