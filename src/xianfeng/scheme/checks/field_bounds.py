"""The least value of a field does not exceed the greatest."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for field in kind.fields.values():
            if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
                path = f"kinds.{kind.name}.fields.{field.name}.min"
                yield draft.at("bounds_crossed", path, least=field.minimum, most=field.maximum)
