"""A field's type never changes: records of the same register were filed under the old one."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, fault


def check(draft: Draft) -> Iterator[Fault]:
    for path, before, after in draft.replaced:
        section, *_, key = path.split(".")
        if section == "kinds" and ".fields." in path and key in ("type", "places"):
            yield fault("type_changed", after.mark, before=before.text, after=after.text)
