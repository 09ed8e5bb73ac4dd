"""Which classes of a grading everybody may read, and of which period each is.

What was decided from a proposal is of the proposal's period, whatever day it was decided on; what somebody filed
himself, of the period in which its day lies.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, Min, Q, QuerySet
from django.db.models.functions import Left

from xianfeng.canonical import member
from xianfeng.gradings.deciding import prefix
from xianfeng.gradings.models import Proposal
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.scheme import stretches
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch
from xianfeng.scheme.types import Level

MOST = 20  # of one organisation
_Proposed = Mapping[str, tuple[Stretch, int]]  # by how references of its decisions begin: the period, its first entry


def some(scheme: Scheme, rule: Grading) -> bool:
    """Whether something is published of any of the `periods`."""
    meant = Q(day__range=(scheme.since, scheme.until))
    for head, (_, seq) in _proposed(scheme, rule).items():
        meant |= Q(reference__startswith=head, id__gt=seq)
    return _published(scheme, rule).filter(meant).exists()


def periods(scheme: Scheme, rule: Grading) -> Sequence[Stretch]:
    """Those of which something is published, the newest first."""
    proposed, rows = _proposed(scheme, rule), _published(scheme, rule)
    length = len(prefix(scheme.name, rule.name, scheme.since))
    heads = rows.order_by().values_list(Left("reference", length), "day").annotate(first=Min("id"), last=Max("id"))
    found: dict[dt.date, Stretch] = {}
    for head, day, first, last in heads:
        stretch, seq = proposed.get(head or "", (None, 0))
        if stretch is not None and last > seq:
            found[stretch.since] = stretch
        if (stretch is None or first < seq) and (own := stretches.holding(rule, scheme, day)):
            found.setdefault(own.since, own)
    return [found[since] for since in sorted(found, reverse=True)]


def of(scheme: Scheme, rule: Grading, grade: str, period: Stretch) -> QuerySet[Record]:
    """The decisions of a class in one of the `periods`, by their numbers."""
    meant, any_ = Q(pk__in=[]), Q(pk__in=[])
    for head, (stretch, seq) in _proposed(scheme, rule).items():
        follows = Q(reference__startswith=head, id__gt=seq)
        any_ |= follows
        if stretch.since == period.since:
            meant |= follows
    mark = scheme.kinds[rule.kind].decided
    rows = _published(scheme, rule).filter(values__contains=member(mark.grade if mark else "", grade))
    by_hand = Q(day__range=(period.since, period.until)) & ~any_
    return rows.filter(meant | by_hand).order_by("id")


@dataclass(frozen=True, kw_only=True)
class Graded:
    """A published class of one organisation. `since`: the day of its publication, as far as the record says."""

    scheme: Scheme
    rule: Grading
    grade: str
    period: Stretch
    since: dt.date | None


def of_organisation(organisation: int, most: int = MOST) -> tuple[Graded, ...]:
    """Its classes in every campaign, the newest period first."""
    found: list[Graded] = []
    for scheme in versions.all_current():
        for rule in scheme.gradings.values():
            if rule.published:
                found += _graded(scheme, rule, organisation, most)
    return tuple(sorted(found, key=lambda one: one.period.since, reverse=True)[:most])


def _graded(scheme: Scheme, rule: Grading, organisation: int, most: int) -> Iterator[Graded]:
    held = _standing(scheme, rule).filter(subject=organisation).order_by("-id")[:most]
    rows = [row for row in held if row.level >= Level.FILED.rank]  # asked for, SQLite would go through the register
    proposed, mark = _proposed(scheme, rule) if rows else {}, scheme.kinds[rule.kind].decided
    for row in rows:
        filed = row.reference or ""
        follows = (each for head, (each, seq) in proposed.items() if filed.startswith(head) and row.id > seq)
        period = next(follows, None) or stretches.holding(rule, scheme, row.day)
        grade = json.loads(row.values).get(mark.grade if mark else "", "")
        if period and grade in rule.classes:
            day = json.loads(row.entered).get(rule.published)
            since = dt.date.fromisoformat(day) if day else None
            yield Graded(scheme=scheme, rule=rule, grade=grade, period=period, since=since)


def _published(scheme: Scheme, rule: Grading) -> QuerySet[Record]:
    return _standing(scheme, rule).filter(level__gte=Level.FILED.rank)


def _standing(scheme: Scheme, rule: Grading) -> QuerySet[Record]:
    """Of this campaign: several share a register."""
    return Record.objects.filter(register=scheme.key(rule.kind), state=rule.published, scheme__name=scheme.name)


def _proposed(scheme: Scheme, rule: Grading) -> _Proposed:
    """Nobody decides from what has not been proposed: a reference of before that is just a text."""
    held = Proposal.objects.filter(campaign=scheme.name, grading=rule.name).order_by("since")
    rows = held.values_list("since").annotate(until=Max("until"), first=Min("seq"))
    return {prefix(scheme.name, rule.name, since): (Stretch(since, until), first) for since, until, first in rows}
