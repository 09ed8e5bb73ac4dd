"""A record's canonical values as words: choices by their titles, references as links, nothing left as a code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from xianfeng import amounts
from xianfeng.ledger.saying import WORDS, unit
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Field, Kind
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import Said, translated
from xianfeng.web import people
from xianfeng.web.record.files import FileLink
from xianfeng.web.templatetags.xianfeng import listed

_NO_FILES: Mapping[str, tuple[FileLink, ...]] = MappingProxyType({})
REFERENCES = (FieldType.ORGANISATION, FieldType.PLACE)

_WORDS: Mapping[FieldType, Callable[[Field, Any], str]] = {
    **WORDS,
    FieldType.DATE: lambda _, value: date_format(dt.date.fromisoformat(value)),
    FieldType.DATETIME: lambda _, value: _moment(dt.datetime.fromisoformat(value)),
}


@dataclass(frozen=True)
class Shown:
    """`files` instead of a text, of attachments."""

    title: str
    text: str
    unit: str = ""
    link: str = ""
    exact: str = ""  # every digit, where the text says it in 万 or 亿
    files: tuple[FileLink, ...] = ()


@dataclass(frozen=True)
class Speaker:
    """Says the values of one record's page; `organisations` and `people` are those its values name, read once."""

    kind: Kind
    organisations: Mapping[int, Node]
    people: Mapping[int, str]
    files: Mapping[str, tuple[FileLink, ...]]  # that may be named, by field

    def say(self, field: Field, value: Any) -> Shown:
        text = self.text(field, value)
        digits = amounts.exact(Decimal(value)) if field.type is FieldType.MONEY and value is not None else text
        exact = digits if digits != text else ""
        return Shown(field.title, text, unit(field), self._link(field, value), exact, self.held(field, value))

    def held(self, field: Field, value: Any) -> tuple[FileLink, ...]:
        """The files that a value of attachments names."""
        return tuple(file for file in self.files.get(field.name, ()) if value and file.sha256 in value)

    def text(self, field: Field, value: Any) -> str:
        if value is None:
            return ""
        if field.type is FieldType.PERSON and value in self.people:
            return self.people[value]
        if field.type is FieldType.ATTACHMENTS:
            return self._names(field, value)
        say = _WORDS.get(field.type)
        if say is not None:
            told = say(field, value)
            return translated(told) if isinstance(told, Said) else told
        if field.type in REFERENCES:
            node = self.organisations.get(value)
            return node.name if node else str(value)
        return str(value)

    def _names(self, field: Field, hashes: Collection[str]) -> str:
        known = {file.sha256: file.name for file in self.files.get(field.name, ())}
        return listed(known.get(one, gettext("已撤下的附件")) for one in hashes)

    def _link(self, field: Field, value: Any) -> str:
        if value is None:
            return ""
        if field.type is FieldType.ORGANISATION and value in self.organisations:
            return reverse("organisation", args=[self.organisations[value].code])
        if field.type is FieldType.RECORD:
            return reverse("record", args=[value])
        return ""


def speaker(
    kind: Kind,
    values: Iterable[Mapping[str, Any]],
    also: Iterable[int],
    day: dt.date,
    *,
    called: Callable[[Collection[int]], Mapping[int, str]] = people.unnamed,
    files: Mapping[str, tuple[FileLink, ...]] = _NO_FILES,
) -> Speaker:
    """For a record page: `values` are all the images it will show, `also` other organisations it names."""
    images = list(values)
    organisations = _named(kind, images, REFERENCES)
    persons = _named(kind, images, (FieldType.PERSON,))
    return Speaker(kind, tree.named({*organisations, *also}, day), called(persons), files)


def _named(kind: Kind, images: Iterable[Mapping[str, Any]], types: Collection[FieldType]) -> set[int]:
    fields = [name for name, field in kind.fields.items() if field.type in types]
    return {image[name] for image in images for name in fields if isinstance(image.get(name), int)}


def _moment(at: dt.datetime) -> str:
    return f"{date_format(at.date())} {at:%H:%M}"


def state_title(kind: Kind, state: str) -> str:
    states = kind.flow.states
    return translated(states[state].title) if state in states else state
