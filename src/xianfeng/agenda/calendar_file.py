"""An agenda as iCalendar (RFC 5545), for calendar programs.

Instants are in UTC and days are days, so no time zone has to be described. What does not change is told byte for byte
the same, for the program asks again every hour.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable

from icalendar import Calendar, Event

from xianfeng.agenda.item import Item
from xianfeng.log.models import Entry
from xianfeng.sentences import translated

_REFRESH = dt.timedelta(hours=1)


def written(items: Iterable[Item], *, name: str, address: Callable[[str], str]) -> bytes:
    """`address` makes a page's path one that can be opened from anywhere."""
    calendar = Calendar()
    calendar.add("prodid", "-//Xianfeng//agenda//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    house = _house()
    for item in items:
        calendar.add_component(_event(item, house, address))
    return bytes(calendar.to_ical())


def tag(content: bytes) -> str:
    """Its ETag."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _event(item: Item, house: str, address: Callable[[str], str]) -> Event:
    event = Event()
    event.add("uid", f"{item.uid}@{house}")
    event.add("summary", translated(item.title))
    event.add("dtstart", item.at.astimezone(dt.UTC) if isinstance(item.at, dt.datetime) else item.at)
    event.add("dtstamp", dt.datetime.combine(item.day, dt.time.min, dt.UTC))
    event.add("transp", "OPAQUE" if item.busy else "TRANSPARENT")
    if item.path:
        event.add("url", address(item.path))
    return event


def _house() -> str:
    """Tells this installation's things from another's: by its first entry."""
    first = Entry.objects.order_by("seq").values_list("leaf", flat=True).first()
    return f"{bytes(first).hex()[:16] if first else 'empty'}.xianfeng"
