"""What is owed: by one organisation, in the order in which it falls due; and by those under one, counted by child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from xianfeng.duties import naming
from xianfeng.duties.models import Duty, Round, State
from xianfeng.duties.status import Status, status
from xianfeng.registry.models import Place
from xianfeng.registry.paths import span

_LIMIT = 50
_MOST_NAMED = 2_000  # organisations that a list of arrears names


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One duty, as it stands at a moment. `about`: the subordinate, or the record that began it; 0 for neither."""

    id: int
    scheme: str
    kind: str
    obligation: str
    move: str
    title: str
    stretch: str
    organisation: int
    appointment: int
    about: int
    begun_by: int  # the record that began it
    due: dt.datetime
    least: int
    most: int | None
    met: int
    status: Status
    handed_up: bool  # somebody else owed it, and left

    @property
    def missing(self) -> int:
        return max(0, self.least - self.met)


@dataclass(frozen=True)
class Page:
    rows: tuple[Owed, ...]
    following: str  # where the next page begins; '' on the last


def owed(
    organisation: int,
    *,
    now: dt.datetime,
    scheme: str = "",
    until: dt.datetime | None = None,
    after: str = "",
    limit: int = _LIMIT,
) -> Page:
    """What an organisation owes and has not met, the earliest due first; what has not begun is left out.

    `scheme`: one campaign's alone; `until`: due by then; `after`: where the page before ended.
    """
    rows = Duty.objects.filter(_answering(organisation), state=State.OPEN)
    if until is not None:
        rows = rows.filter(due__lte=until)
    if after:
        due, _, number = after.rpartition("~")
        moment = dt.datetime.fromisoformat(due)
        rows = rows.filter(Q(due__gt=moment) | Q(due=moment, id__gt=int(number)))
    rows = rows.filter(round__in=_begun(now, scheme))
    found = list(rows.order_by("due", "id")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(told(found[:limit], now=now), f"{last.due.isoformat()}~{last.id}" if last else "")


def of(duty: int, *, now: dt.datetime) -> Owed | None:
    return next(iter(told(Duty.objects.filter(id=duty), now=now)), None)


def told(duties: Iterable[Duty], *, now: dt.datetime) -> tuple[Owed, ...]:
    """Duties as they stand, in as many queries for one as for hundreds."""
    rows = list(duties)
    rounds = Round.objects.in_bulk({row.round for row in rows})
    return tuple(_owed(row, rounds[row.round], now) for row in rows)


@dataclass(frozen=True)
class Arrears:
    """Of one round, how the organisations under one child stand. `overdue` is in `open`."""

    round: Round
    place: int
    open: int
    overdue: int
    met: int
    late: int


def arrears(scheme: str, under: int, *, now: dt.datetime) -> tuple[Arrears, ...]:
    """The rounds of a campaign that have begun, by the children of an organisation's place."""
    rounds = Round.objects.in_bulk(_begun(now, scheme))
    found: list[Arrears] = []
    for child, path in Place.objects.filter(parent=under, ended_seq=None).values_list("id", "path"):
        below = _below(path).filter(round__in=rounds).values("round")
        counted = below.annotate(
            open=Count("id", filter=Q(state=State.OPEN)),
            overdue=Count("id", filter=Q(state=State.OPEN, due__lt=now)),
            met=Count("id", filter=Q(state=State.MET)),
            late=Count("id", filter=Q(state=State.LATE)),
        )
        found += [
            Arrears(rounds[row["round"]], child, row["open"], row["overdue"], row["met"], row["late"])
            for row in counted
        ]
    return tuple(found)


def lacking(round_: int, under: Sequence[str], *, now: dt.datetime) -> tuple[int, ...]:
    """The organisations below these paths that are overdue in a round, by number."""
    found: set[int] = set()
    for path in under:
        rows = _below(path).filter(round=round_, state=State.OPEN, due__lt=now)
        found.update(rows.values_list("organisation", flat=True)[:_MOST_NAMED])
    return tuple(sorted(found))


def _below(path: str) -> QuerySet[Duty]:
    since, before = span(path)
    places = Place.objects.filter(path__gte=since, path__lt=before).values("id")
    return Duty.objects.filter(place__in=places)


def _answering(organisation: int) -> Q:
    """Whose it is, unless somebody above answers for it."""
    return Q(organisation=organisation, holder=None) | Q(holder=organisation)


def _begun(now: dt.datetime, scheme: str) -> list[int]:
    rounds = Round.objects.filter(since__lte=timezone.localdate(now))
    return list((rounds.filter(scheme=scheme) if scheme else rounds).values_list("id", flat=True))


def _owed(row: Duty, round_: Round, now: dt.datetime) -> Owed:
    scheme = naming.scheme_of(round_)
    return Owed(
        id=row.id,
        scheme=round_.scheme,
        kind=round_.kind,
        obligation=round_.obligation,
        move=round_.move,
        title=naming.title(round_),
        stretch=naming.stretch(round_),
        organisation=row.organisation,
        appointment=row.answers or row.appointment,
        about=0 if row.started else row.about,
        begun_by=row.about if row.started else 0,
        due=row.due,
        least=row.least,
        most=row.most,
        met=row.met,
        status=status(row, opens=round_.since, ends=scheme.until, now=now),
        handed_up=row.holder is not None,
    )
