"""What is owed: by one organisation, in the order in which it falls due; and by those under one, counted by child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import connection
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from xianfeng.calendars import arithmetic, deadlines, store
from xianfeng.duties import moments, naming
from xianfeng.duties.models import Duty, Round, State
from xianfeng.duties.status import Status, status
from xianfeng.ledger import versions
from xianfeng.registry import desks, places
from xianfeng.registry.models import Place
from xianfeng.remembered import once_a_page

_LIMIT = 50
_DIGITS = 18  # of a number that every database takes
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
    at: int = 0,
    round_: int = 0,
    until: dt.datetime | None = None,
    by: Order = "due",
    after: str = "",
    limit: int = _LIMIT,
) -> Page:
    """What an organisation's desk owes and has not met, the earliest due first, of campaigns that are over last; what
    has not begun is left out.

    `scheme`: one campaign's alone; `at`: what one organisation of the desk owes or answers for; `round_`: one round's,
    with what is owed in it below the organisation; `until`: due by then; `by`: what it is put in order by before that;
    `after`: where the page before ended.
    """
    over, campaign = When(round__in=_of_the_past(now), then=1), Round.objects.filter(id=OuterRef("round"))
    whose = answering(organisation, state=State.OPEN)
    if round_:
        whose |= _under(organisation) & Q(state=State.OPEN)
    rows = Duty.objects.filter(whose, round__in=_begun(now, scheme, round_)).annotate(
        over=Case(over, default=0), campaign=Subquery(campaign.values("scheme"))
    )
    if at:
        rows = rows.filter(Q(organisation=at, holder=None) | Q(holder=at))
    if until is not None:
        rows = rows.filter(due__lte=until)
    keys = _ORDERS[by]
    if after:
        rows = rows.filter(_behind(keys, after))
    found = list(rows.order_by(*keys)[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(told(found[:limit], now=now), _place(keys, last) if last else "")


Order = Literal["due", "organisation", "campaign"]
_ORDERS: Mapping[Order, tuple[str, ...]] = {
    "due": ("over", "due", "id"),
    "organisation": ("organisation", "over", "due", "id"),
    "campaign": ("over", "campaign", "due", "id"),
}


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > _DIGITS:
        raise ValueError(text)
    return int(text)


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


_READ: Mapping[str, Callable[[str], object]] = {
    "organisation": _number,
    "campaign": str,
    "over": _number,
    "due": _moment,
    "id": _number,
}


def _place(keys: Sequence[str], row: Duty) -> str:
    """Where a row stands in an order, for an address."""
    values = (getattr(row, key) for key in keys)
    return "~".join(value.isoformat() if isinstance(value, dt.datetime) else str(value) for value in values)


def _behind(keys: Sequence[str], place: str) -> Q:
    """What comes after such a place; ValueError where it is none."""
    values = [_READ[key](text) for key, text in zip(keys, place.split("~"), strict=True)]
    found = Q()
    for n, key in enumerate(keys):
        found |= Q(**{f"{key}__gt": values[n]}, **dict(zip(keys[:n], values, strict=False)))
    return found


def _under(organisation: int) -> Q:
    """What is owed at and below the place of an organisation."""
    held = Place.objects.filter(organisation=organisation, ended_seq=None).first()
    if held is None:
        return Q(pk=None)
    return Q(place__in=Place.objects.filter(places.within(held.path)).values("id"))


def exceeded(organisation: int, *, now: dt.datetime, scheme: str = "") -> tuple[Owed, ...]:
    """What an organisation's desk has done more often than it may, the latest first, as many as a page holds."""
    rows = Duty.objects.filter(answering(organisation, state=State.OVER), round__in=_begun(now, scheme))
    return told(rows.order_by("-due", "-id")[:_LIMIT], now=now)


def overdue(organisation: int, *, now: dt.datetime, appointment: int = 0) -> int:
    """How much an organisation's desk has not done in time, in campaigns that still run; `appointment`: of what is its
    holder's own."""
    begun = set(_begun(now, "")) - set(_of_the_past(now))
    return _open(organisation, appointment).filter(due__lt=now, round__in=begun).count()


def soon(organisation: int, *, now: dt.datetime, appointment: int = 0) -> int:
    """How much an organisation's desk has to do by the close of the next working day, in whatever campaign."""
    calendar, tomorrow = store.calendar(organisation), timezone.localdate(now) + dt.timedelta(days=1)
    close = deadlines.by(arithmetic.on_or_after(tomorrow, calendar), calendar).due
    return _open(organisation, appointment).filter(round__in=_begun(now, ""), due__range=(now, close)).count()


def _open(organisation: int, appointment: int) -> QuerySet[Duty]:
    rows = Duty.objects.filter(answering(organisation, state=State.OPEN))
    own = Q(answers=appointment) | Q(answers=None, appointment=appointment)
    return rows.filter(own) if appointment else rows


def told(duties: Iterable[Duty], *, now: dt.datetime) -> tuple[Owed, ...]:
    """Duties as they stand, in as many queries for one as for hundreds."""
    rows = list(duties)
    rounds = Round.objects.in_bulk({row.round for row in rows})
    return tuple(_owed(row, rounds[row.round], now) for row in rows)


@dataclass(frozen=True)
class Arrears:
    """Of one round, how the organisations under a place stand. `overdue` is in `open`."""

    round: Round
    place: int
    open: int
    overdue: int
    met: int
    late: int
    over: int  # done more often than they may


_ARREARS = """
SELECT t.{by}, SUM(CASE WHEN t.state = 0 THEN t.many ELSE 0 END),
    SUM(CASE WHEN t.state = 0 AND t.due < %s THEN t.many ELSE 0 END),
    SUM(CASE WHEN t.state = 1 THEN t.many ELSE 0 END), SUM(CASE WHEN t.state = 2 THEN t.many ELSE 0 END),
    SUM(CASE WHEN t.state = 4 THEN t.many ELSE 0 END)
FROM duties_tally AS t WHERE t.place IN ({children}){more} GROUP BY t.{by} ORDER BY t.{by}
"""


def arrears(scheme: str, under: int, *, now: dt.datetime) -> tuple[Arrears, ...]:
    """The rounds of a campaign that have begun, of all below a place and the bodies at one desk with it."""
    rounds = Round.objects.in_bulk(_begun(now, scheme))
    # Every round of the children is read: told to look for some, PostgreSQL reads the whole table.
    found = _arrears("round", under, now)
    return tuple(Arrears(rounds[number], under, *counts) for number, *counts in found if number in rounds)


def by_child(round_: int, under: int, *, now: dt.datetime) -> tuple[Arrears, ...]:
    """One round, by the children of a place and of the bodies at one desk with it."""
    row = Round.objects.get(id=round_)
    found = _arrears("place", under, now, f" AND t.round = {round_:d}")
    return tuple(Arrears(row, child, *counts) for child, *counts in found)


def _arrears(by: str, under: int, now: dt.datetime, more: str = "") -> list[tuple[int, ...]]:
    desk = (under, *desks.attached(under))
    places = Place.objects.filter(parent__in=desk, ended_seq=None).exclude(id__in=desk)
    children = ", ".join(map(str, places.order_by("id").values_list("id", flat=True)))
    if not children:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ARREARS.format(by=by, children=children, more=more), [moments.kept(now)])
        return [tuple(map(int, row)) for row in cursor.fetchall()]


def lacking(round_: int, under: int, *, now: dt.datetime) -> tuple[int, ...]:
    """The organisations below a place's desk that are overdue in a round, by number."""
    return _named(Duty.objects.filter(below(under), round=round_, state=State.OPEN, due__lt=now))


def exceeding(round_: int, under: int) -> tuple[int, ...]:
    """The organisations below a place's desk that have done more in a round than they may, by number."""
    return _named(Duty.objects.filter(below(under), round=round_, state=State.OVER))


def _named(rows: QuerySet[Duty]) -> tuple[int, ...]:
    return tuple(rows.order_by("organisation").values_list("organisation", flat=True).distinct()[:_MOST_NAMED])


def first_due(record: str) -> Subquery:
    """For a query of records: by when the first of what each keeps waiting is due; `record`: its number there."""
    rows = Duty.objects.filter(begun_by=OuterRef(record), started__gt=0, state=State.OPEN).order_by("due")
    return Subquery(rows.values("due")[:1])


def answering(organisation: int, **those: State) -> Q:
    """What a desk owes, unless somebody above answers for it; and what it answers for.

    `those`: in which state. Each of the two asks it for itself, as an index of open duties wants it.
    """
    desk = desks.of(organisation)
    return Q(organisation__in=desk, holder=None, **those) | Q(holder__in=desk, **those)


def below(place: int) -> Q:
    """What is owed under a place by others than the bodies at one desk with it."""
    path = Place.objects.values_list("path", flat=True).get(id=place)
    others = Place.objects.filter(places.within(path, itself=False)).exclude(id__in=desks.attached(place))
    return Q(place__in=others.values("id"))


def _begun(now: dt.datetime, scheme: str, number: int = 0) -> list[int]:
    return _begun_on(timezone.localdate(now), scheme, number)


@once_a_page
def _begun_on(day: dt.date, scheme: str, number: int) -> list[int]:
    rounds = Round.objects.filter(since__lte=day)
    rounds = rounds.filter(id=number) if number else rounds
    return list((rounds.filter(scheme=scheme) if scheme else rounds).values_list("id", flat=True))


def _of_the_past(now: dt.datetime) -> list[int]:
    """The rounds of campaigns that are over. Who asks for something waits for it whatever became of the campaign."""
    today, current = timezone.localdate(now), versions.all_current()
    over = [scheme.name for scheme in current if scheme.until < today]
    asked = {scheme.key(kind.name) for scheme in current for kind in scheme.kinds.values() if kind.requested}
    rounds = Round.objects.filter(scheme__in=over).exclude(register__in=asked)
    return list(rounds.values_list("id", flat=True))


def _owed(row: Duty, round_: Round, now: dt.datetime) -> Owed:
    scheme = naming.scheme_of(round_)
    ends = dt.date.max if scheme.kinds[round_.kind].requested else scheme.until  # as `_of_the_past` says
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
        about=row.about,
        begun_by=row.begun_by,
        due=row.due,
        least=row.least,
        most=row.most,
        met=row.met,
        status=status(row, opens=round_.since, ends=ends, now=now),
        handed_up=row.holder is not None,
    )
