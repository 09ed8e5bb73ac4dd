"""Who is missing, as a text for the office's chat group: one paragraph and one link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from xianfeng.duties import naming
from xianfeng.duties.models import Round
from xianfeng.registry import tree
from xianfeng.sentences import say

NOBODY = say("没有逾期未办的。")


def missing(round_: Round, organisations: Sequence[int], *, now: dt.datetime, link: str) -> str:
    """`organisations`: who has not done it; `link`: where they do, '' when nobody is asked to any more."""
    if not organisations:
        return NOBODY
    local = timezone.localtime(now)
    nodes = tree.named(organisations, local.date())
    told = say(
        "截至{month}月{day}日{hour}时，“{what}”未办：{names}，共{n}个。",
        month=local.month,
        day=local.day,
        hour=local.hour,
        what=naming.what(round_),
        names="、".join(nodes[number].name for number in organisations if number in nodes),
        n=len(organisations),
    )
    return say("{told}请尽快办理：{link}", told=told, link=link) if link else told
