"""What an organisation owes, by when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from xianfeng.agenda import naming
from xianfeng.agenda.item import Item
from xianfeng.calendars.days import ZONE
from xianfeng.duties import owed
from xianfeng.duties.owed import Owed
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.sentences import Said, say

_MOST = 1_000


def items(organisation: int, *, since: dt.date, until: dt.date, now: dt.datetime) -> Iterator[Item]:
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time.min, ZONE)
    rows = owed.owed(organisation, now=now, until=end, limit=_MOST).rows
    about = tree.named({one.about for one in rows} - {0}, until)
    for one in rows:
        if one.due.astimezone(ZONE).date() >= since:
            yield Item(
                uid=f"duty-{one.id}",
                title=_title(one, about),
                at=one.due,
                path=f"/desk/duties/{one.id}",
                late=one.due < now,
                apart=naming.numbered(one.begun_by) if one.begun_by else one.stretch,
            )


def _title(one: Owed, about: Mapping[int, Node]) -> Said:
    if one.about in about:  # else nobody, or the record that began it
        return say("截止：{title}，{about}", title=one.title, about=about[one.about].name)
    return say("截止：{title}", title=one.title)
