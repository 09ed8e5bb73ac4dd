"""A promise is kept by a day, in one way or another, and of a shared register every campaign reads the same of it."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.types import FieldType


def check(draft: Draft) -> Iterator[Fault]:
    lines, foreign = draft.reading.lines(), draft.reading.foreign
    for kind in draft.kinds.values():
        if kind.promise is None:
            continue
        path = f"kinds.{kind.name}.promise"
        due = kind.fields.get(kind.promise.due)
        if due is not None and (due.type is not FieldType.DATE or due.personal):
            yield draft.at("promise_no_date", f"{path}.due", name=due.name)
        for number, state in enumerate(kind.promise.broken):
            if state in kind.promise.kept:
                yield draft.at("promise_both", f"{path}.broken[{number}]", name=state)
        own = (at for at, (file, _) in lines.items() if at.startswith(path) and file not in foreign)
        if kind.shared and (written := next(own, "")):
            yield draft.at_key("promise_shared", written, kind=kind.title)
