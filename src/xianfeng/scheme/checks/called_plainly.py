"""A record is called by what can be said in a word, and by nothing personal."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.calling import may_call
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for number, name in enumerate(kind.called):
            field = kind.fields.get(name)
            if field is not None and not may_call(field):
                yield draft.at("called_unfit", f"kinds.{kind.name}.called[{number}]", name=name, type=field.type)
