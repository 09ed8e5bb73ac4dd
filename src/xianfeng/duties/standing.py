"""How things stand with each obligation of campaigns in the period that has begun last: what a desk begins with.

Of one organisation's desk, all that is asked with what is there already; of those below it, how many are overdue.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone

from xianfeng.duties import naming, owed
from xianfeng.duties.models import Duty, Round, State, Term
from xianfeng.remembered import once_a_page


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One obligation. `wanted`, `done`: records; of one about many, or of many who hold a role, as many as count."""

    obligation: str
    kind: str
    title: str
    stretch: str
    wanted: int
    done: int
    missing: int
    due: dt.datetime  # of what is missing the earliest
    over: bool  # that moment has passed
    owing: tuple[int, ...]  # the organisations of the desk that lack something


@dataclass(frozen=True)
class Behind:
    """Of one round, how many organisations below are overdue."""

    round: Round
    organisations: int


def of_organisation(
    organisation: int, schemes: Iterable[str], *, now: dt.datetime
) -> Mapping[str, tuple[Standing, ...]]:
    """By campaign: what is missing first, the earliest due before the later."""
    rounds = _latest(row for row, _ in _begun(tuple(schemes), timezone.localdate(now)))
    found: dict[int, list[Duty]] = {}
    rows = Duty.objects.filter(owed.answering(organisation), round__in=[row.id for row in rounds])
    for duty in rows.exclude(state=State.VOID):
        found.setdefault(duty.round, []).append(duty)
    lines: defaultdict[str, list[Standing]] = defaultdict(list)
    for row in rounds:
        if row.id in found:
            lines[row.scheme].append(_line(row, found[row.id], now))
    return {name: tuple(sorted(those, key=lambda line: (not line.missing, line.due))) for name, those in lines.items()}


def below(place: int, schemes: Iterable[str], *, now: dt.datetime) -> tuple[Behind, ...]:
    """Of each obligation the round that fell due last, where somebody below a place's desk is overdue in it."""
    begun = _begun(tuple(schemes), timezone.localdate(now))
    rounds = {row.id: row for row in _latest(row for row, falls in begun if falls is None or falls < now)}
    rows = Duty.objects.filter(owed.below(place), round__in=list(rounds), state=State.OPEN, due__lt=now)
    counted = rows.values_list("round").annotate(Count("organisation", distinct=True)).order_by("round")
    return tuple(Behind(rounds[number], many) for number, many in counted)


@once_a_page
def _begun(schemes: tuple[str, ...], day: dt.date) -> tuple[tuple[Round, dt.datetime | None], ...]:
    """The rounds of obligations in the order in which they began; when one falls due, if all of it does at once."""
    rows = Round.objects.filter(scheme__in=schemes, since__lte=day).exclude(obligation="").order_by("since", "id")
    due = Term.objects.filter(id=OuterRef("term")).values("due")
    return tuple((row, row.falls) for row in rows.annotate(falls=Subquery(due)))


def _latest(rounds: Iterable[Round]) -> list[Round]:
    """One of each obligation."""
    return list({(row.scheme, row.obligation): row for row in rounds}.values())


def _line(row: Round, duties: Sequence[Duty], now: dt.datetime) -> Standing:
    wanted = sum(duty.least for duty in duties)
    missing = sum(max(0, duty.least - duty.met) for duty in duties)
    due = min([duty.due for duty in duties if duty.state == State.OPEN] or [max(duty.due for duty in duties)])
    return Standing(
        obligation=row.obligation,
        kind=row.kind,
        title=naming.title(row),
        stretch=naming.stretch(row),
        wanted=wanted,
        done=duties[0].met if len(duties) == 1 else wanted - missing,
        missing=missing,
        due=due,
        over=due < now,
        owing=tuple(sorted({duty.organisation for duty in duties if duty.met < duty.least})),
    )
