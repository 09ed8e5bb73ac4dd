"""Whoever is commended was nominated by a step, noticed for a time in which objections are heard, and approved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xianfeng.scheme.commending import COMMENDED_TYPES, Commendation, Commended
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, nearest
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType, Level


def check(draft: Draft) -> Iterator[Fault]:
    for own in draft.kinds.values():
        if own.commended:
            yield from _fields(draft, own, own.commended)
    given = Counter((each.kind, award) for each in draft.commendations.values() for award in each.awards)
    for each in draft.commendations.values():
        kind = draft.kinds.get(each.kind)
        for award in each.awards:
            if given[each.kind, award] > 1:
                yield draft.at_key("award_twice", f"commendations.{each.name}.awards.{award}", name=award)
        if kind:
            yield from _kind(draft, each, kind)


def _fields(draft: Draft, kind: Kind, mark: Commended) -> Iterator[Fault]:
    for role, name in mark.roles.items():
        field = kind.fields.get(name)
        if field is not None and field.type is not COMMENDED_TYPES[role]:
            yield draft.at("commended_unfit", f"kinds.{kind.name}.commended.{role}", name=name, type=field.type)


def _kind(draft: Draft, each: Commendation, kind: Kind) -> Iterator[Fault]:
    path, mark, subject = f"commendations.{each.name}", kind.commended, kind.fields.get(kind.subject)
    if mark is None or subject is None or subject.type is not FieldType.ORGANISATION:
        if not draft.reading.is_broken(f"kinds.{kind.name}.commended"):
            yield draft.at("uncommended", f"{path}.kind", kind=kind.name)
        return
    field = kind.fields.get(mark.award)
    for award in each.awards if field and field.type is FieldType.CHOICE else ():
        if field and award not in field.choices:
            known = "、".join(field.choices)
            near = nearest(award, field.choices)
            yield draft.at_key("unknown_award", f"{path}.awards.{award}", name=award, known=known, near=near)
    states = kind.flow.states
    if {kind.flow.initial, each.noticed, each.awarded} <= states.keys():
        yield from _flow(draft, each, kind, mark)


def _flow(draft: Draft, each: Commendation, kind: Kind, mark: Commended) -> Iterator[Fault]:
    path, flow = f"commendations.{each.name}", kind.flow
    levels = [flow.states[name].level.rank for name in (kind.flow.initial, each.noticed, each.awarded)]
    if levels[0] != Level.NONE.rank or min(levels[1:]) < Level.REVIEWED.rank:
        yield draft.at("commended_levels", f"{path}.kind", kind=kind.name)
    if flow.states[each.noticed].heard is None:
        yield draft.at("notice_unheard", f"{path}.noticed", name=each.noticed)
    giving = [move for move in flow.moves.values() if move.target == each.awarded]
    for move in giving:
        clock = flow.clocks.get(move.name)
        if move.origins != (each.noticed,) or clock is None or clock.not_before is None:
            yield draft.at("award_unnoticed", f"{path}.awarded", move=move.name, noticed=each.noticed)
        if mark.approval not in move.needs:
            yield draft.at("award_unapproved", f"{path}.awarded", move=move.name, approval=mark.approval)
