"""A record's canonical values as words: choices by their titles, references as links, nothing left as a code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from xianfeng import amounts
from xianfeng.ledger.saying import WORDS, unit
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme import titles
from xianfeng.scheme.nodes import Field, Kind
from xianfeng.scheme.types import FieldType

REFERENCES = (FieldType.ORGANISATION, FieldType.PLACE)

_WORDS: Mapping[FieldType, Callable[[Field, Any], str]] = {
    **WORDS,
    FieldType.DATE: lambda _, value: titles.day(dt.date.fromisoformat(value)),
    FieldType.DATETIME: lambda _, value: _moment(dt.datetime.fromisoformat(value)),
}


@dataclass(frozen=True)
class Shown:
    title: str
    text: str
    unit: str = ""
    link: str = ""
    exact: str = ""  # every digit, where the text says it in 万 or 亿


@dataclass(frozen=True)
class Speaker:
    """Says the values of one record's page; `organisations` are those its values name, read once."""

    kind: Kind
    organisations: Mapping[int, Node]

    def say(self, field: Field, value: Any) -> Shown:
        text = self.text(field, value)
        digits = amounts.exact(Decimal(value)) if field.type is FieldType.MONEY and value is not None else text
        return Shown(field.title, text, unit(field), self._link(field, value), digits if digits != text else "")

    def text(self, field: Field, value: Any) -> str:
        if value is None:
            return ""
        say = _WORDS.get(field.type)
        if say is not None:
            return say(field, value)
        if field.type in REFERENCES:
            node = self.organisations.get(value)
            return node.name if node else str(value)
        return str(value)

    def _link(self, field: Field, value: Any) -> str:
        if value is None:
            return ""
        if field.type is FieldType.ORGANISATION and value in self.organisations:
            return reverse("organisation", args=[self.organisations[value].code])
        if field.type is FieldType.RECORD:
            return reverse("record", args=[value])
        return ""


def speaker(kind: Kind, values: Iterable[Mapping[str, Any]], also: Iterable[int], day: dt.date) -> Speaker:
    """For a record page: `values` are all the images it will show, `also` other organisations it names."""
    fields = [name for name, field in kind.fields.items() if field.type in REFERENCES]
    ids = {image[name] for image in values for name in fields if isinstance(image.get(name), int)}
    return Speaker(kind, tree.named({*ids, *also}, day))


def _moment(at: dt.datetime) -> str:
    return f"{titles.day(at.date())} {at:%H:%M}"


def state_title(kind: Kind, state: str) -> str:
    states = kind.flow.states
    return states[state].title if state in states else state
