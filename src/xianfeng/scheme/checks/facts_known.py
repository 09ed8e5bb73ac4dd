"""The figures with which a form opens are measures of the scheme, and there is a text into which they can be quoted."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.types import FieldType

_QUOTING = (FieldType.TEXT, FieldType.LONG_TEXT)


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for number, name in enumerate(kind.facts or ()):
            path = f"kinds.{kind.name}.facts[{number}]"
            found = draft.unknown("unknown_measure", path, name, "measures", draft.measures)
            if found:
                yield found
        if kind.facts is not None and not any(field.type in _QUOTING for field in kind.fields.values()):
            yield draft.at_key("facts_unquoted", f"kinds.{kind.name}.facts")
