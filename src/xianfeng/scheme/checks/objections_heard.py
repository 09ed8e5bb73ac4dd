"""Where one can object to a record somebody is concerned, there is a kind to object in, and a day by which that is
answered."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType

_CONCERNED = (FieldType.ORGANISATION, FieldType.PERSON)
_DAYS = ("days", "workdays", "months")


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        if kind.objects and not any(clock.until for clock in kind.flow.due(kind.flow.initial)):
            yield draft.at("objection_undated", f"kinds.{kind.name}.request.about")
        for state in kind.flow.states.values():
            if state.heard is not None:
                yield from _heard(draft, kind, f"kinds.{kind.name}.flow.states.{state.name}.heard")
                if state.heard.unit not in _DAYS:
                    yield draft.at("heard_hours", f"kinds.{kind.name}.flow.states.{state.name}.heard")


def _heard(draft: Draft, kind: Kind, path: str) -> Iterator[Fault]:
    if draft.reading.incomplete:
        return
    subject = kind.fields.get(kind.subject)
    if subject is None or subject.type not in _CONCERNED or subject.personal:
        yield draft.at("heard_nobody", path)
    if not any(kind.objected_in(one) for one in draft.kinds.values()):
        yield draft.at("heard_nowhere", path)
