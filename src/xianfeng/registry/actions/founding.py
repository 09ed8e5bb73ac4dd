"""Organisations begin: one by one, or by the hundred thousand, through the same door.

A bulk import may be most of the log, so rows are streamed: only what stands above others is kept in memory, and what is
written at a time is a few thousand rows. Everything is one transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from xianfeng.log import bulk, counters
from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, append, next_number
from xianfeng.problems import Problem
from xianfeng.registry import changes, paths
from xianfeng.registry.models import Affiliation, Designation, Organisation, Place
from xianfeng.sentences import say

_BATCH = 10_000
_ORGANISATION = ("id", "code", "name", "type", "level", "category", "founded")
_AFFILIATION = ("organisation_id", "parent_id", "relation", "since", "seq")
_PLACE = ("id", "organisation_id", "parent_id", "path", "since", "until", "seq", "ended_seq")
DESIGNATION = ("organisation_id", "code", "name", "level", "category", "since", "until", "seq")


@dataclass(frozen=True, kw_only=True)
class Former:
    """What an organisation was called before `until`."""

    code: str
    name: str
    level: str
    category: str
    since: dt.date | None
    until: dt.date


@dataclass(frozen=True, kw_only=True)
class Founding:
    """An organisation before it has a number.

    `parent` is an organisation's number, or the code of an earlier row; None at the top. `founded` None: it was there
    before anybody's records begin; that is no event, and no figure counts it as new.
    """

    code: str
    name: str
    type: str
    level: str
    parent: int | str | None
    category: str = ""
    founded: dt.date | None = None
    former: tuple[Former, ...] = ()

    def __post_init__(self) -> None:
        for name in ("code", "name", "level", "category"):
            object.__setattr__(self, name, changes.text(getattr(self, name)))
        if isinstance(self.parent, str):
            object.__setattr__(self, "parent", changes.text(self.parent))


@dataclass(frozen=True)
class _Segment:
    """A place with its path, from a day to a day; of an organisation about to begin, those of the place above it."""

    place: int | None
    path: str
    since: dt.date | None
    until: dt.date | None


def found(*, founding: Founding, by: Actor) -> int:
    """Begin one organisation; its number."""
    return found_many(foundings=[founding], by=by)[0]


def found_many(*, foundings: Iterable[Founding], by: Actor, progress: Callable[[int], None] | None = None) -> range:
    """Begin many, everything or nothing; their numbers in order.

    A row whose parent is given by code comes after it. `progress` is told how many have been written so far.
    """
    with changes.changing():
        today = timezone.localdate(by.moment)
        numbers = range(0)
        for batch in _batches(foundings):
            written = _write(batch, by, today)
            numbers = range(numbers.start or written.start, written.stop)  # an append holds the sequence: no gaps
            if progress:
                progress(len(numbers))
        return numbers


def _batches(foundings: Iterable[Founding]) -> Iterator[list[Founding]]:
    """Cut so that a row's parent is always in an earlier batch."""
    batch: list[Founding] = []
    codes: set[str] = set()
    for founding in foundings:
        if len(batch) == _BATCH or founding.parent in codes:
            yield batch
            batch, codes = [], set()
        batch.append(founding)
        codes.add(founding.code)
    if batch:
        yield batch


def _write(batch: Sequence[Founding], by: Actor, today: dt.date) -> range:
    for founding in batch:
        _check(founding, today)
    _refuse_taken_codes(batch)
    parents = _parents(batch)
    above = _places_of({parent for parent in parents if parent is not None})
    segments = [
        _segments(founding, None if parent is None else above.get(parent, ()))
        for founding, parent in zip(batch, parents, strict=True)
    ]
    place_ids = counters.take(changes.PLACES, sum(map(len, segments)))
    rows = _Rows(next_number(), place_ids.start, today)
    for founding, parent, stretch in zip(batch, parents, segments, strict=True):
        rows.add(founding, parent, stretch)
    return rows.insert(by)


def _parents(batch: Sequence[Founding]) -> list[int | None]:
    codes = sorted({row.parent for row in batch if isinstance(row.parent, str)})
    numbers: dict[str, int] = {}
    for some in bulk.batched(codes):
        rows = Organisation.objects.filter(code__in=some)
        numbers.update(rows.values_list("code", "id"))
    return [_parent(row, numbers) for row in batch]


def _parent(founding: Founding, numbers: Mapping[str, int]) -> int | None:
    if founding.parent is None:
        return None
    number = numbers.get(founding.parent) if isinstance(founding.parent, str) else founding.parent
    if number is None or not 0 < number <= changes.LARGEST_NUMBER:
        raise Problem(
            "registry.unknown_parent",
            say("上级组织“{parent}”不存在", parent=founding.parent),
            hint="先登记上级组织，或把上级的一行排在前面。",
            place=founding.code,
        )
    return number


class _Rows:
    """The rows of one batch, numbered."""

    def __init__(self, first: int, first_place: int, today: dt.date) -> None:
        self._seq = first
        self._place = first_place
        self._today = today
        self._drafts: list[Draft] = []
        self._organisations: list[bulk.Row] = []
        self._affiliations: list[bulk.Row] = []
        self._places: list[bulk.Row] = []
        self._designations: list[bulk.Row] = []

    def add(self, founding: Founding, parent: int | None, segments: Sequence[_Segment]) -> None:
        seq, place, since = self._seq, self._place, founding.founded
        kinds = (founding.type, founding.level, founding.category)
        self._drafts.append(self._draft(founding, parent, place))
        self._organisations.append((seq, founding.code, founding.name, *kinds, since))
        self._affiliations.append((seq, parent, "counting", since, seq))
        for number, segment in enumerate(segments, place):
            ended = seq if segment.until else None
            path = segment.path + paths.step(number)
            self._places.append((number, seq, segment.place, path, segment.since, segment.until, seq, ended))
        for former in founding.former:
            called = (former.code, former.name, former.level, former.category)
            self._designations.append((seq, *called, former.since, former.until, seq))
        self._seq += 1
        self._place += len(segments)

    def _draft(self, founding: Founding, parent: int | None, place: int) -> Draft:
        after = {
            "category": founding.category,
            "code": founding.code,
            "founded": founding.founded,
            "level": founding.level,
            "name": founding.name,
            "parent": parent,
            "type": founding.type,
        }
        body: dict[str, Any] = {"after": after, "before": None, "place": place}
        if founding.former:
            body["former"] = [vars(former) for former in founding.former]
        if founding.founded is None:
            return Draft(stream=changes.STREAM, action="import", day=self._today, body=body)
        kinds = (founding.type, founding.level, founding.category)
        posting = changes.line("found", organisation=self._seq, place=place, day=founding.founded, kinds=kinds)
        return Draft(stream=changes.STREAM, action="found", day=founding.founded, body=body, lines=(posting,))

    def insert(self, by: Actor) -> range:
        numbers = append(self._drafts, by=by)
        bulk.insert(Organisation, _ORGANISATION, self._organisations)
        bulk.insert(Affiliation, _AFFILIATION, self._affiliations)
        bulk.insert(Place, _PLACE, self._places)
        if self._designations:
            bulk.insert(Designation, DESIGNATION, self._designations)
        return numbers


def _segments(founding: Founding, above: Sequence[_Segment] | None) -> list[_Segment]:
    """One place for each that the parent has had since: a firm of 1998 under a county that moved in 2005 has two."""
    since = founding.founded
    if above is None:
        return [_Segment(None, "", since, None)]
    found_: list[_Segment] = []
    for segment in above:
        if segment.until is None or since is None or segment.until > since:
            start = max((day for day in (segment.since, since) if day is not None), default=None)
            found_.append(_Segment(segment.place, segment.path, start, segment.until))
    if not found_ or found_[-1].until is not None:
        raise Problem(
            "registry.closed",
            say("{founding}的上级组织不存在或已撤销", founding=founding.name),
            hint="换一个上级组织。",
            place=founding.code,
        )
    if since is not None and found_[0].since != since:
        raise Problem(
            "registry.order",
            say(
                "{founding}的成立日期 {since} 早于上级组织的成立日期 {above}",
                founding=founding.name,
                since=since,
                above=found_[0].since,
            ),
            hint="核对两个日期。",
            place=founding.code,
        )
    return found_


def _places_of(parents: set[int]) -> dict[int, list[_Segment]]:
    """Every place that each parent has had, in the order of days."""
    found_: dict[int, list[_Segment]] = {}
    for some in bulk.batched(sorted(parents)):
        rows = Place.objects.filter(organisation__in=some).order_by("id")
        columns = rows.values_list("organisation_id", "id", "path", "since", "until")
        for organisation, place, path, since, until in columns:
            found_.setdefault(organisation, []).append(_Segment(place, path, since, until))
    return found_


def _refuse_taken_codes(batch: Sequence[Founding]) -> None:
    codes = [founding.code for founding in batch]
    if len(set(codes)) < len(codes):
        twice = next(code for position, code in enumerate(codes) if code in codes[:position])
        raise Problem(
            "registry.code_taken", say("代码“{twice}”出现了两次", twice=twice), hint="一个组织一个代码。", place=twice
        )
    for some in bulk.batched(codes):
        taken = Organisation.objects.filter(code__in=some).first()
        if taken is not None:
            raise Problem(
                "registry.code_taken",
                say("代码“{code}”已经属于{taken}", code=taken.code, taken=taken.name),
                hint="改用别的代码；如果是同一个组织，就不必再登记。",
                place=taken.code,
            )


def _check(founding: Founding, today: dt.date) -> None:
    if founding.type not in changes.TYPES:
        known = "、".join(changes.TYPES)
        raise Problem(
            "registry.type",
            say("没有“{type}”这种组织类型", type=founding.type),
            hint=say("可用：{known}。", known=known),
            place=founding.code,
        )
    if not founding.code or not founding.name:
        raise Problem("registry.empty", "组织要有代码和名称", hint="补上空着的一项。", place=founding.code)
    if founding.founded is not None and (type(founding.founded) is not dt.date or founding.founded > today):
        changes.not_future(founding.founded, place=founding.code)
    for former in founding.former:
        if former.since is not None and former.since > former.until:
            raise Problem(
                "registry.order",
                say("{former}的起止日期颠倒", former=former.name),
                hint="核对日期。",
                place=founding.code,
            )
