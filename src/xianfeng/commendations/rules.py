"""Which commendation of a scheme a record belongs to, and to which stretch of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from xianfeng.canonical import member
from xianfeng.ledger.models import Record
from xianfeng.scheme.commending import Commendation, Commended
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.stretches import Stretch


def rules_of(scheme: Scheme, kind: Kind) -> tuple[Commendation, ...]:
    return tuple(one for one in scheme.commendations.values() if one.kind == kind.name)


def rule_of(scheme: Scheme, kind: Kind, award: str) -> Commendation | None:
    """The one that gives an award; none of a kind's awards belongs to two."""
    return next((one for one in rules_of(scheme, kind) if award in one.awards), None)


def mark_of(scheme: Scheme, rule: Commendation) -> Commended:
    mark = scheme.kinds[rule.kind].commended
    if mark is None:
        raise TypeError(f"'{rule.kind}' is no kind in which somebody is commended")  # `checks.commended` refuses it
    return mark


def titles(scheme: Scheme, rule: Commendation) -> Mapping[str, str]:
    choices = scheme.kinds[rule.kind].fields[mark_of(scheme, rule).award].choices
    return {name: choices[name] for name in rule.awards}


def records(scheme: Scheme, rule: Commendation, award: str) -> QuerySet[Record]:
    """This campaign's own; a shared register holds other campaigns' too."""
    held = Record.objects.filter(register=scheme.key(rule.kind), scheme__name=scheme.name)
    return held.filter(values__contains=member(mark_of(scheme, rule).award, award)).order_by("id")


def award_in(mark: Commended, values: Mapping[str, Any]) -> str:
    return str(values.get(mark.award, ""))


def standing_of(
    scheme: Scheme, rule: Commendation, organisations: Iterable[int], stretch: Stretch
) -> dict[int, tuple[int, str]]:
    """By organisation, where its last nomination of a stretch of time stands, and as which record."""
    held = Record.objects.filter(register=scheme.key(rule.kind), scheme__name=scheme.name)
    found = held.filter(subject__in=list(organisations), day__range=(stretch.since, stretch.until)).order_by("id")
    rows = found.values_list("id", "subject", "state")
    return {subject: (number, state) for number, subject, state in rows if subject is not None}
