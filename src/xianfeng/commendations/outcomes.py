"""What became of nominations: where each stands, why, and until when whom it concerns can object."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from xianfeng.commendations.notices import until
from xianfeng.commendations.rules import award_in, rule_of
from xianfeng.ledger import history, objecting, versions
from xianfeng.ledger.history import Event
from xianfeng.ledger.models import Record
from xianfeng.scheme.commending import Commendation
from xianfeng.scheme.nodes import Kind, Scheme


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`since`: the day on which it came to where it stands. `because`: the reason given then, or what was deliberated.
    `may`: the reader can object to it now; `until`: the first day on which the award can be given."""

    record: Record
    scheme: Scheme
    kind: Kind
    rule: Commendation
    award: str
    personal: bool
    since: dt.date
    because: str
    approval: str
    may: bool
    until: dt.date | None


def outcomes(records: Collection[Record], *, mine: Collection[int]) -> tuple[Outcome, ...]:
    """Of records in which somebody is commended; what its campaign has no commendation for is left out.

    `mine`: for whom the reader can object, himself and the organisation for which he files, by number.
    """
    events = history.later({one.id: one.id - 1 for one in records})
    able = objecting.able(records, mine=mine)
    found = (_outcome(one, events[one.id], may=one.id in able) for one in records)
    return tuple(one for one in found if one)


def _outcome(record: Record, events: Sequence[Event], *, may: bool) -> Outcome | None:
    scheme = versions.scheme(record.scheme_id)
    kind, values = scheme.kinds[record.kind], json.loads(record.values)
    mark = kind.commended
    rule = rule_of(scheme, kind, award_in(mark, values)) if mark else None
    if mark is None or rule is None:
        return None
    last = [one for one in events if any(change.field == "state" for change in one.changes)][-1:]
    return Outcome(
        record=record,
        scheme=scheme,
        kind=kind,
        rule=rule,
        award=award_in(mark, values),
        personal=mark.person in values,
        since=last[0].day if last else record.day,
        because=(last[0].reason if last else "") or str(values.get(mark.opinion, "")),
        approval=str(values.get(mark.approval, "")),
        may=may,
        until=until(scheme, rule, record) if record.state == rule.noticed else None,
    )
