"""A field says what its type needs, and nothing that its type has no use for."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.evaluating import CHOSEN
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType

NUMBERS = {type_ for type_ in FieldType if type_.is_number}
TEXTS = {type_ for type_ in FieldType if type_.is_text}
CHOICES = {FieldType.CHOICE, FieldType.CHOICES}
USES: dict[str, set[FieldType]] = {
    "choices": CHOICES,
    "groups": {FieldType.TALLY},
    "of": {FieldType.RECORD},
    "places": {FieldType.DECIMAL},
    "min": NUMBERS,
    "max": NUMBERS,
    "phrases": TEXTS,
    "acts": {FieldType.PERSON, FieldType.ORGANISATION},
    "among": {FieldType.INTEGER, FieldType.TALLY},
    "only_grows": NUMBERS | {FieldType.LONG_TEXT},
}


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for field in kind.fields.values():
            filled = kind.of_evaluations and field.name in CHOSEN  # by the campaign's, if it has any
            filled = filled or field.name == kind.objects  # to a record of whichever kind
            yield from _of_field(draft, f"kinds.{kind.name}.fields.{field.name}", field, filled=filled)


def _of_field(draft: Draft, path: str, field: Field, *, filled: bool) -> Iterator[Fault]:
    for key, types in USES.items():
        if draft.reading.has(f"{path}.{key}") and field.type not in types:
            yield draft.at_key("key_not_for_type", f"{path}.{key}", key=key, type=field.type)
    for key, said in (("choices", field.choices), ("groups", field.groups), ("of", field.of)):
        if field.type in USES[key] and not (said or filled) and f"{path}.{key}" not in draft.reading.broken:
            yield draft.at_key(f"{key}_missing", path)
