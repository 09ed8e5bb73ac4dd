"""By when what is to be done with a record, and what follows, as its page and its requester's say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from xianfeng.calendars import store
from xianfeng.ledger import foretold, projection, versions
from xianfeng.ledger.foretold import Foretold
from xianfeng.ledger.models import Record
from xianfeng.sentences import translated
from xianfeng.web.deadlines import Told, told


@dataclass(frozen=True)
class Clock:
    """A sentence, with the deadline that it tells and whether that has passed."""

    words: str
    deadline: Told | None
    over: bool


def clocks(record: Record, *, now: dt.datetime) -> tuple[Clock, ...]:
    """Everybody is called by his organisation's name: to whoever may see all of the record."""
    if record.clocks == "{}":
        return ()
    scheme = versions.scheme(record.scheme_id)
    kind, said = scheme.kinds[record.kind], projection.image_of(record, scheme.name)
    who = foretold.named(scheme, kind, said, timezone.localdate(now))
    return _shown(record, foretold.foretold(scheme, kind, said, who, now=now))


def requested(record: Record, *, now: dt.datetime) -> tuple[Clock, ...]:
    """To whom it was asked for by: the days alone, and nobody by a name that his page does not show."""
    if record.clocks == "{}":
        return ()
    scheme = versions.scheme(record.scheme_id)
    kind, said = scheme.kinds[record.kind], projection.image_of(record, scheme.name)
    found = foretold.foretold(scheme, kind, said, foretold.generally(scheme, kind), now=now)
    return _shown(record, (one for one in found if one.deadline))


def _shown(record: Record, found: Iterable[Foretold]) -> tuple[Clock, ...]:
    calendar = store.calendar(record.organisation)
    return tuple(
        Clock(translated(one.words), told(one.deadline, calendar) if one.deadline else None, one.over) for one in found
    )
