"""Telling those who have a matter in hand next that it has come, at once and not when its time is nearly over."""

from __future__ import annotations

import datetime as dt

from xianfeng.calendars import wording
from xianfeng.ledger import turns, versions
from xianfeng.ledger.models import Record
from xianfeng.messages import post
from xianfeng.messages.post import Note
from xianfeng.sentences import say


def tell(record: Record, *, now: dt.datetime) -> None:
    """To whoever acts for the organisation to which it was brought."""
    title = versions.scheme(record.scheme_id).kinds[record.kind].title
    told = say("新来一件{kind}（第 {number} 号）。", kind=title, number=record.id)
    for move, deadline in turns.due(record)[:1]:
        told = say(
            "新来一件{kind}（第 {number} 号），请在{due}前{move}。",
            kind=title,
            number=record.id,
            due=wording.moment(deadline.due),
            move=move.title,
        )
    topic = f"arrival:{record.id}"
    post.post([Note(topic=topic, words=told, link=f"/records/{record.id}", organisation=record.holder)], now=now)
