"""In a formula every name means one thing."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.build.names import ORGANISATION, RESERVED
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for name in kind.fields.keys() & RESERVED:
            yield draft.at_key("reserved_name", f"kinds.{kind.name}.fields.{name}", name=name)
        for name in kind.fields.keys() & draft.constants.keys():
            yield draft.at_key("constant_hidden", f"constants.{name}", name=name, kind=kind.name)
    for name in draft.constants.keys() & (RESERVED | ORGANISATION.keys()):
        yield draft.at_key("reserved_name", f"constants.{name}", name=name)
