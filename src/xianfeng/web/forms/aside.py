"""What a form says of drafts: by which words it is put aside, which of its kind wait, what a draft does not keep.

`KEEP` is the button's. `QUIETLY` is sent by the page itself while somebody types and when he leaves
(assets/parts/drafts.ts); its answer is the line that the page then shows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xianfeng.web.forms.sheet import Sheet, Typed, inputs_of

KEEP, QUIETLY = "keep", "keep-quietly"
_ROW = re.compile(r"^r\d+-")


@dataclass(frozen=True)
class Waiting:
    """A draft that can be taken up again."""

    address: str
    kept: dt.datetime


@dataclass(frozen=True)
class Aside:
    """`draft`: whether what is shown is one. `left_out`: the titles of what a draft never holds."""

    left_out: tuple[str, ...]
    draft: bool = False
    waiting: tuple[Waiting, ...] = ()


def left_out(sheet: Sheet) -> tuple[str, ...]:
    return tuple(one.title for one in sheet.fields if one.personal)


def kept_of(typed: Typed, sheet: Sheet) -> Mapping[str, Sequence[str]]:
    """What of a form, or of a grid's rows, may be put aside: all but what is personal."""
    personal = {name for one in sheet.fields if one.personal for name in inputs_of(one)}
    return {name: texts for name, texts in typed.items() if _ROW.sub("", name) not in personal}
