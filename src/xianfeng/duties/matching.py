"""Duties follow the log: entry by entry, what an entry is about is counted anew.

A step is one transaction that takes some entries and says how far it came, so a run that is killed has lost nothing and
taking an entry twice changes nothing: everything is counted from what stands.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import OperationalError, transaction

from xianfeng.duties import clocks, meeting, progress
from xianfeng.duties.models import Round
from xianfeng.ledger.drafting import STREAM
from xianfeng.ledger.models import Record
from xianfeng.log.append import head
from xianfeng.log.bulk import batched
from xianfeng.log.models import Entry

_STEP = 5_000  # entries
_BEFORE_A_PAGE = 200


def catch_up(*, now: dt.datetime, most: int | None = None, wait: bool = True) -> int:
    """Take what the log has more; how many entries were taken."""
    taken = 0
    while (most is None or taken < most) and progress.reached() < head():
        asked = _STEP if most is None else min(_STEP, most - taken)
        more = _step(asked, now, wait)
        taken += more
        if more < asked:
            break
    return taken


def before_a_page(*, now: dt.datetime) -> None:
    """The entries since the last page, as many as nobody waits for; none while others write."""
    try:
        catch_up(now=now, most=_BEFORE_A_PAGE, wait=False)
    except OperationalError:
        return


@transaction.atomic
def _step(most: int, now: dt.datetime, wait: bool) -> int:
    row = progress.hold(wait=wait)
    rows = list(Entry.objects.filter(seq__gt=row.reached).order_by("seq").values_list("seq", "stream", "about")[:most])
    touch({about for _, stream, about in rows if stream == STREAM}, now=now)
    if rows:
        row.reached = rows[-1][0]
        row.registry = max((seq for seq, stream, _ in rows if stream in progress.REGISTRY), default=row.registry)
        row.save()
    return len(rows)


def touch(records: Iterable[int], *, now: dt.datetime) -> int:
    """Whatever these records may meet, begin or end; how many duties changed."""
    wanted = sorted(set(records))
    where: dict[str, set[int]] = defaultdict(set)
    for some in batched(wanted):
        for register, organisation in Record.objects.filter(id__in=some).values_list("register", "organisation"):
            where[register].add(organisation)
    changed = clocks.follow(wanted, now=now)
    for register, organisations in where.items():
        rounds = list(Round.objects.filter(register=register).exclude(obligation=""))
        if rounds:
            changed += meeting.recount(rounds, organisations)
    return changed
