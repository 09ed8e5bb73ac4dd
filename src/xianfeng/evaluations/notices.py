"""What a round comes to is told to each organisation judged, as a record of its own: it sees what was published of it
and on which ballots that rests, objects, and is answered by a day, as with every other decision about it.

A notice says nothing that is not published. A correction alters it, which is a new decision: one can object anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from xianfeng.evaluations import stages
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.ledger.preparing import Row
from xianfeng.log.actors import Actor
from xianfeng.scheme.evaluating import NOTICES
from xianfeng.scheme.nodes import Kind, Scheme


@dataclass(frozen=True, kw_only=True)
class ResultNotice:
    """`told`: what was published of it; `grounds`: of whom and how many, and under which rule."""

    told: str
    grounds: str


def tell(row: EvaluationRound, notices: Mapping[int, ResultNotice], *, reason: str = "", by: Actor) -> None:
    """By organisation. Those that were told before are altered where they differ, with the reason; within the caller's
    transaction, by the house."""
    scheme, rule = stages.rule_of(row)
    kind = kind_of(scheme)
    if kind is None:
        return
    known = {one.reference: one for one in _records(scheme, kind, (_reference(row, at) for at in notices))}
    fresh = []
    for organisation, one in notices.items():
        values: dict[str, object] = {"told": one.told, "grounds": one.grounds}
        before = known.get(_reference(row, organisation))
        if before is None:
            said = {"judged": organisation, "evaluation": rule.name, "round": row.id, **values}
            day = timezone.localdate(by.moment)
            fresh.append(Row(organisation=organisation, day=day, values=said, reference=_reference(row, organisation)))
        elif any(json.loads(before.values)[name] != value for name, value in values.items()):
            actions.amend(by=by, record=before.id, values=values, reason=reason)
    if fresh:
        actions.file_many(by=by, scheme=scheme.name, kind=kind.name, rows=fresh)


def told(rows: Iterable[EvaluationRound], organisations: Collection[int]) -> dict[int, Record]:
    """By round the notice of one of these, where it was given one."""
    registers, references = set[str](), dict[str, int]()
    for row in rows if organisations else ():
        scheme, _ = stages.rule_of(row)
        if kind := kind_of(scheme):
            registers.add(scheme.key(kind.name))
            references |= {_reference(row, at): row.id for at in organisations}
    found = Record.objects.filter(register__in=registers, reference__in=[*references]) if references else ()
    return {references[one.reference]: one for one in found if one.reference}


def kind_of(scheme: Scheme) -> Kind | None:
    """The kind that holds notices; None for a campaign of old, whose results nobody objects to."""
    return next((kind for kind in scheme.kinds.values() if kind.source == NOTICES), None)


def _reference(row: EvaluationRound, organisation: int) -> str:
    return f"{row.id}-notice-{organisation}"


def _records(scheme: Scheme, kind: Kind, references: Iterable[str]) -> Iterable[Record]:
    return Record.objects.filter(register=scheme.key(kind.name), reference__in=[*references])
