"""What other rooms have to say before a meeting: plans at risk, what is late, what people wait for. No names."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from xianfeng.accounts.reach import Reach, holding
from xianfeng.bulletins.briefing import Told
from xianfeng.calendars.days import ZONE
from xianfeng.duties import naming, owed
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.plans import planned
from xianfeng.plans.planned import Planned
from xianfeng.plans.standing import Light
from xianfeng.registry import desks
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.types import Level

_MOST = 3  # of each: what a meeting can take up


@dataclass(frozen=True)
class Around:
    """Whose facts, of which campaign, as of which day."""

    scheme: Scheme
    organisation: int
    until: dt.date

    @property
    def now(self) -> dt.datetime:
        now = timezone.now()
        return min(now, dt.datetime.combine(self.until, dt.time(23, 59), ZONE))


def told(around: Around) -> tuple[Told, ...]:
    """What there is to tell; a room without anything says nothing."""
    found = (Told(title, provider(around)) for title, provider in _PROVIDERS.items())
    return tuple(one for one in found if one.lines)


def _late(around: Around) -> tuple[str, ...]:
    """The demands of which most is overdue below the organisation, whichever period it is of."""
    desk = desks.at(around.organisation)
    arrears = owed.arrears(around.scheme.name, desk.place, now=around.now) if desk else ()
    overdue, titles = Counter[tuple[str, str]](), {}
    for one in arrears:
        demand = one.round.obligation, one.round.move
        overdue[demand] += one.overdue
        titles[demand] = naming.title(one.round)
    return tuple(f"{titles[demand]}{count}次" for demand, count in overdue.most_common(_MOST) if count)


def _plans(around: Around) -> tuple[str, ...]:
    """Of the records under plans those that are late or near, the gravest and the earliest due first."""
    within = Reach(holding(around.organisation)).place_in("place")
    found = [
        one
        for plan in around.scheme.plans.values()
        for one in planned.planned(
            around.scheme, plan, list(planned.records(around.scheme, plan).filter(within)), now=around.now
        )
    ]
    grave = sorted((one for one in found if one.standing.light in (Light.LATE, Light.NEAR)), key=_gravity)
    counted = Counter(one.standing.light for one in grave)
    shown = tuple(f"{one.name}{_why(one)}" for one in grave[: _MOST - 1])
    sums = "、".join(f"{light.word}{counted[light]}项" for light in (Light.LATE, Light.NEAR) if counted[light])
    return (f"共{len(found)}项，{sums}", *shown) if grave else ()


def _gravity(one: Planned) -> tuple[int, dt.date, int]:
    return -one.standing.light.rank, one.target, one.record.id


def _why(one: Planned) -> str:
    step = one.standing.next
    return f"“{step.stage.step.title}”最迟{step.stage.last.month}月{step.stage.last.day}日" if step else ""


def _matters(around: Around) -> tuple[str, ...]:
    """The three of the campaign's days that people wait for longest. What they wrote stays where only those who handle
    it read it."""
    kinds = {kind.name: kind for kind in around.scheme.kinds.values() if kind.requested}
    within = Reach(holding(around.organisation)).place_in("place")
    registers = [around.scheme.key(name) for name in kinds]
    rows = Record.objects.filter(
        within, register__in=registers, level__gte=Level.FILED.rank, day__range=(around.scheme.since, around.until)
    ).order_by("day", "id")
    waiting = [row for row in rows if _open(row)]
    named = tuple(f"第{row.id}号{row.day.month}月{row.day.day}日提出，{_state(row)}" for row in waiting[:_MOST])
    return (f"共{len(waiting)}件没有办结", *named) if waiting else ()


def _open(row: Record) -> bool:
    state = _kind(row).flow.states.get(row.state)
    return state is not None and state.open


def _state(row: Record) -> str:
    return str(_kind(row).flow.states[row.state].title)


def _kind(row: Record) -> Kind:
    return versions.scheme(row.scheme_id).kinds[row.kind]


_PROVIDERS: dict[str, Callable[[Around], tuple[str, ...]]] = {
    "逾期没有办的": _late,
    "群众诉求": _matters,
    "有风险的计划": _plans,
}
