"""Which classes of a grading everybody may read, and of which period each is.

What was decided from a proposal is of the proposal's period, whatever day it was decided on; what somebody filed
himself, of the period in which its day lies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import Max, Min, Q, QuerySet
from django.db.models.functions import Left

from xianfeng.canonical import member
from xianfeng.gradings.deciding import prefix
from xianfeng.gradings.models import Proposal
from xianfeng.ledger.models import Record
from xianfeng.scheme import stretches
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch
from xianfeng.scheme.types import Level

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


def _published(scheme: Scheme, rule: Grading) -> QuerySet[Record]:
    records = Record.objects.filter(register=scheme.key(rule.kind), level__gte=Level.FILED.rank)
    return records.filter(state=rule.published)


def _proposed(scheme: Scheme, rule: Grading) -> _Proposed:
    """Nobody decides from what has not been proposed: a reference of before that is just a text."""
    held = Proposal.objects.filter(campaign=scheme.name, grading=rule.name).order_by("since")
    rows = held.values_list("since").annotate(until=Max("until"), first=Min("seq"))
    return {prefix(scheme.name, rule.name, since): (Stretch(since, until), first) for since, until, first in rows}
