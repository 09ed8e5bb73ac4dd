"""One file on records of two organisations or two days: a photograph shows one event. A superior's may be passed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say
from xianfeng.signals.filed import Filed, Found, Register
from xianfeng.signals.rules.handed_down import without

NAME = "same_file"
ASKED: tuple[str, ...] = ()


def find(register: Register) -> Iterator[Found]:
    if register.by_organisations:
        for field in register.filled_in:
            if field.type is FieldType.ATTACHMENTS:
                yield from without(_again(register, field))


def sentence(told: Mapping[str, Any]) -> str:
    return say("第 {record} 号记录的“{field}”与第 {other} 号记录有同一个文件。", **told)


def _again(register: Register, field: Field) -> Iterator[tuple[Filed, Found]]:
    """Each record with the first one that has a file which it has too."""
    first: dict[str, Filed] = {}
    for mine, values in register.filed():
        shared = [first.setdefault(sha256, mine) for sha256 in values.get(field.name, ())]
        others = [one for one in shared if one.organisation != mine.organisation or one.day != mine.day]
        if others:
            yield others[0], Found(mine, field.name, {}, other=others[0].number)
