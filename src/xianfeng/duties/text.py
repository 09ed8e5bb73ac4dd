"""Who is missing, as a text for the office's chat group: one paragraph and one link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from xianfeng.duties import naming
from xianfeng.duties.models import Round
from xianfeng.registry import tree
from xianfeng.sentences import say, together

NOBODY = say("没有逾期未办的。")


_MISSING = say("截至{month}月{day}日{hour}时，“{what}”未办：{names}，共{n}个。").template
_EXCEEDING = say("截至{month}月{day}日{hour}时，“{what}”超过规定次数：{names}，共{n}个。").template


def missing(round_: Round, lacking: Sequence[int], exceeding: Sequence[int], *, now: dt.datetime, link: str) -> str:
    """Who has not done it, and who more often than he may; `link`: where it is done, '' when nobody is asked to any
    more."""
    told = _told(_MISSING, round_, lacking, now) if lacking else ""
    if told and link:
        told = say("{told}请尽快办理：{link}", told=told, link=link)
    more = _told(_EXCEEDING, round_, exceeding, now) if exceeding else ""
    return together(filter(None, (told, more)), by="\n") or NOBODY


def _told(template: str, round_: Round, organisations: Sequence[int], now: dt.datetime) -> str:
    local = timezone.localtime(now)
    nodes = tree.named(organisations, local.date())
    return say(
        template,
        month=local.month,
        day=local.day,
        hour=local.hour,
        what=naming.what(round_),
        names="、".join(nodes[number].name for number in organisations if number in nodes),
        n=len(organisations),
    )
