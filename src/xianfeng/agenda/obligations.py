"""What an organisation owes, by when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from xianfeng.agenda.item import Item
from xianfeng.calendars.days import ZONE
from xianfeng.duties import owed
from xianfeng.sentences import say

_MOST = 1_000


def items(organisation: int, *, since: dt.date, until: dt.date, now: dt.datetime) -> Iterator[Item]:
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time.min, ZONE)
    for one in owed.owed(organisation, now=now, until=end, limit=_MOST).rows:
        if one.due.astimezone(ZONE).date() >= since:
            yield Item(
                uid=f"duty-{one.id}",
                title=say("截止：{title}", title=one.title),
                at=one.due,
                path=f"/desk/duties/{one.id}",
                late=one.due < now,
            )
