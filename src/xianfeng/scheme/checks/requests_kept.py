"""What somebody brings is kept in fields that can hold it, is shown to him without anything personal, and can be filed
by answering what he is asked."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.requesting import PERSONAL, TYPES, WAYS, Request


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        if kind.request is not None:
            yield from _roles(draft, kind, kind.request)
            yield from _unasked(draft, kind)
        elif kind.intake and kind.requested and not draft.reading.is_broken(f"kinds.{kind.name}.request"):
            yield draft.at("intake_unsaid", f"kinds.{kind.name}.intake")


def _roles(draft: Draft, kind: Kind, request: Request) -> Iterator[Fault]:
    path = f"kinds.{kind.name}.request"
    named: set[str] = set()
    for role, name in request.roles.items():
        field = kind.fields.get(name)
        if field is None:
            continue
        if field.type not in TYPES[role] or field.personal is not (role in PERSONAL):
            yield draft.at("request_unfit", f"{path}.{role}", name=name, type=field.type)
        elif name in named:
            yield draft.at("request_twice", f"{path}.{role}", name=name)
        elif role == "via" and (lacking := [way for way in WAYS if way not in field.choices]):
            yield draft.at("request_ways", f"{path}.{role}", name=name, ways="、".join(lacking))
        named.add(name)
    for number, name in enumerate(request.shown):
        if name in kind.fields and kind.fields[name].personal:
            yield draft.at("request_shows", f"{path}.shown[{number}]", name=name)


def _unasked(draft: Draft, kind: Kind) -> Iterator[Fault]:
    asked = {field.name for field in kind.asked}
    for field in kind.fields.values():
        if kind.intake and field.required and field.name not in asked:
            yield draft.at("intake_unasked", f"kinds.{kind.name}.fields.{field.name}.required", name=field.name)
