"""Texts that are nearly the same: what an organisation wrote itself, in the same field of the same register.

What it was given does not count: a form's ready phrases and its own name are cut out, and what is like a text that a
superior had filed before it was handed down. A text is told with the one before it that it is most like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from xianfeng.likeness import Clearing
from xianfeng.registry.models import Designation, Organisation
from xianfeng.scheme.nodes import Field
from xianfeng.sentences import say
from xianfeng.signals.filed import Filed, Found, Register
from xianfeng.signals.rules.handed_down import without

NAME = "copied"
ASKED: tuple[str, ...] = ("share",)


def find(register: Register) -> Iterator[Found]:
    if register.by_organisations:
        for field in register.filled_in:
            if field.type.is_text:
                yield from without(_copied(register, field))


def sentence(told: Mapping[str, Any]) -> str:
    return say("第 {record} 号记录的“{field}”与第 {other} 号记录有 {share}% 相同。", **told)


def _copied(register: Register, field: Field) -> Iterator[tuple[Filed, Found]]:
    from xianfeng.signals.nearness import near  # numpy, which no page needs
    from xianfeng.signals.pieces import pieces

    filed: list[Filed] = []
    pairs = near(pieces(_parts(register, field, filed)))
    best: dict[int, tuple[float, int]] = {}
    for one, other, share in zip(pairs.ones.tolist(), pairs.others.tolist(), pairs.shares.tolist(), strict=True):
        best[other] = max(best.get(other, (0.0, 0)), (share, one))
    for later, (share, earlier) in best.items():
        told = {"share": int(100 * share)}
        yield filed[earlier], Found(filed[later], field.name, told, other=filed[earlier].number)


def _parts(register: Register, field: Field, kept: list[Filed]) -> Iterator[list[str]]:
    """The texts of a field, one by one, in parts; whose each is, is put into `kept`."""
    clearing, names = Clearing(field.phrases.values()), _names(register)
    for one, values in register.filed():
        if text := values.get(field.name):
            for name in names.get(one.organisation, ()):
                text = text.replace(name, " ")
            kept.append(one)
            yield clearing.parts(text)


def _names(register: Register) -> Mapping[int, frozenset[str]]:
    """What those who filed are or were called."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    authors = register.records.order_by().values("organisation")
    now = Organisation.objects.filter(id__in=authors).values_list("id", "name")
    before = Designation.objects.filter(organisation__in=authors).values_list("organisation", "name")
    for organisation, name in (*now, *before):
        found[organisation].add(name)
    return {organisation: frozenset(names) for organisation, names in found.items()}
