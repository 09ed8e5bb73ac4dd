"""Punctuation as Chinese typesetting has it: full-width beside Chinese, no blanks between characters.

A line of 28 characters holds 28 only if every mark in it is as wide as a character; templates typed on any keyboard
come out the same.
"""

from __future__ import annotations

import re

from xianfeng.bulletins.marks import PRIVATE
from xianfeng.characters import without_no_width

_WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_CHINESE = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef“”‘’—…" + PRIVATE.pattern[1:-1]
_BEFORE = re.compile(f"(?<=[{_CHINESE}])\\s*([,;:!?()])[ \t]*")
_AFTER = re.compile(f"([,;:!?()])(?=[{_CHINESE}])")
_STOP = re.compile("(?<=[\u4e00-\u9fff”）\ue001])\\.(?![0-9A-Za-z.])")
_BLANK = re.compile(f"(?<=[{_CHINESE}])[ \t\n]+(?=[{_CHINESE}])")
_BESIDE_A_CALL = re.compile("\\s+(?=\ue000)|(?<=\ue001)\\s+")  # a blank would part a figure from what changes it
_QUOTED = re.compile('"([^"\n]*)"')


def normalise(text: str) -> str:
    text = _BESIDE_A_CALL.sub("", without_no_width(text))
    text = _QUOTED.sub(lambda match: f"“{match[1]}”" if _is_chinese(match[1]) else match[0], text)
    text = _BEFORE.sub(lambda match: _WIDE[match[1]], text)
    text = _AFTER.sub(lambda match: _WIDE[match[1]], text)
    text = _STOP.sub("。", text)
    return _BLANK.sub("", text).replace("\n", " ")


def _is_chinese(text: str) -> bool:
    return bool(re.search(f"[{_CHINESE}]", text))
