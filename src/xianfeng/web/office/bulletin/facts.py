"""What other rooms have to say before a meeting: plans at risk, what is late and whose, what people wait for, and whom
the leader has taken on himself to visit. Organisations are named, people are not."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from xianfeng.accounts.reach import Reach, holding
from xianfeng.bulletins.briefing import Told
from xianfeng.calendars.days import ZONE
from xianfeng.canonical import member
from xianfeng.duties import naming, owed
from xianfeng.duties.models import Duty, State
from xianfeng.ledger import calling, versions
from xianfeng.ledger.models import Record
from xianfeng.plans import planned
from xianfeng.plans.planned import Planned
from xianfeng.plans.standing import Light
from xianfeng.registry import desks, tree
from xianfeng.registry.models import Appointment
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.types import FieldType, Level
from xianfeng.vault import details

_MOST = 3  # of each: what a meeting can take up
_MOST_READ = 20_000  # duties whose units are counted
_SHORT = 16  # letters of what somebody asks for
_LEADER = "leader"


@dataclass(frozen=True)
class Around:
    """Whose facts, of which campaign, as of which day; `person`: who reads them."""

    scheme: Scheme
    organisation: int
    until: dt.date
    person: int | None = None

    @property
    def now(self) -> dt.datetime:
        now = timezone.now()
        return min(now, dt.datetime.combine(self.until, dt.time(23, 59), ZONE))


def told(around: Around) -> tuple[Told, ...]:
    """What there is to tell; a room without anything says nothing."""
    found = (Told(title, provider(around)) for title, provider in _PROVIDERS.items())
    return tuple(one for one in found if one.lines)


def _late(around: Around) -> tuple[str, ...]:
    """The demands of which most is overdue below the organisation, whichever period it is of, and who owes them."""
    desk = desks.at(around.organisation)
    if desk is None:
        return ()
    arrears = owed.arrears(around.scheme.name, desk.place, now=around.now)
    overdue, titles, rounds = Counter[tuple[str, str]](), {}, defaultdict[tuple[str, str], list[int]](list)
    for one in arrears:
        if one.overdue:
            demand = one.round.obligation, one.round.move
            overdue[demand] += one.overdue
            titles[demand] = naming.title(one.round)
            rounds[demand].append(one.round.id)
    found = overdue.most_common(_MOST)
    wanted = [one for demand, _count in found for one in rounds[demand]]
    rows = Duty.objects.filter(owed.below(desk.place), round__in=wanted, state=State.OPEN, due__lt=around.now)
    late = defaultdict[int, set[int]](set)
    for number, unit in rows.values_list("round", "organisation").distinct()[:_MOST_READ]:
        late[number].add(unit)
    owing = {demand: set().union(*(late[one] for one in rounds[demand])) for demand, _count in found}
    told = [f"{titles[demand]}{count}次{_in_brackets(_units(owing[demand], around.until))}" for demand, count in found]
    if len(overdue) > len(found):
        told.append(f"等{len(overdue)}项要求，共{overdue.total()}次")
    return tuple(told)


def _in_brackets(words: str) -> str:
    return f"（{words}）" if words else ""


def _units(organisations: Collection[int], day: dt.date) -> str:
    """The first few by name."""
    named = tree.named(sorted(organisations)[:_MOST], day)
    names = "、".join(node.name for node in named.values())
    return f"{names}等{len(organisations)}个" if len(organisations) > _MOST else names


def _contacts(around: Around) -> tuple[str, ...]:
    """The organisations that the leader looks after: the reader, where he leads this one, else whoever does."""
    desk = desks.of(around.organisation)
    leading = Appointment.objects.filter(role=_LEADER, organisation__in=desk, ended_seq=None)
    leaders = frozenset(leading.values_list("person", flat=True))
    own = leaders & {around.person} or leaders
    if not own:
        return ()
    return tuple(filter(None, (_contact(around, kind, who, own) for kind, who in _taken_on(around.scheme))))


def _taken_on(scheme: Scheme) -> Iterator[tuple[Kind, Field]]:
    """The kinds whose records say who has taken on which organisation."""
    for kind in scheme.kinds.values():
        about = kind.fields.get(kind.subject)
        who = next((one for one in kind.fields.values() if one.type is FieldType.PERSON and not one.retired), None)
        if about and who and about.type is FieldType.ORGANISATION:
            yield kind, who


def _contact(around: Around, kind: Kind, who: Field, people: Collection[int]) -> str:
    """Records keep their values as one text, and nothing else is asked by a person."""
    named = Q()
    for person in people:
        named |= Q(values__contains=member(who.name, person))
    rows = Record.objects.filter(
        named,
        register=around.scheme.key(kind.name),
        level__gte=Level.FILED.rank,
        day__range=(around.scheme.since, around.until),
    )
    found = (json.loads(row.values) for row in rows)
    units = {values[kind.subject] for values in found if values.get(who.name) in people}
    return f"{kind.title}{len(units)}个（{_units(units, around.until)}）" if units else ""


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
    """The three of the campaign's days that people wait for longest. Of what they wrote the beginning, without whatever
    in it leads to a person: it is printed and handed round."""
    kinds = {kind.name: kind for kind in around.scheme.kinds.values() if kind.requested}
    within = Reach(holding(around.organisation)).place_in("place")
    registers = [around.scheme.key(name) for name in kinds]
    rows = Record.objects.filter(
        within, register__in=registers, level__gte=Level.FILED.rank, day__range=(around.scheme.since, around.until)
    ).order_by("day", "id")
    waiting = [row for row in rows if _open(row)]
    named = tuple(f"{_called(row)}（{row.day.month}月{row.day.day}日，{_state(row)}）" for row in waiting[:_MOST])
    return (f"共{len(waiting)}件没有办结", *named) if waiting else ()


def _open(row: Record) -> bool:
    state = _kind(row).flow.states.get(row.state)
    return state is not None and state.open


def _called(row: Record) -> str:
    (name,) = calling.called(_kind(row), [row])
    line = " ".join(details.masked(name).split()).rstrip("。")
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"


def _state(row: Record) -> str:
    return str(_kind(row).flow.states[row.state].title)


def _kind(row: Record) -> Kind:
    return versions.scheme(row.scheme_id).kinds[row.kind]


_PROVIDERS: dict[str, Callable[[Around], tuple[str, ...]]] = {
    "联系基层": _contacts,
    "逾期没有办的": _late,
    "群众诉求": _matters,
    "有风险的计划": _plans,
}
