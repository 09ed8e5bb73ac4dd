"""A bulletin reports on a scheme that has begun."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    begins = draft.heading.get("runs", {}).get("from")
    for bulletin in draft.bulletins.values():
        if begins is not None and bulletin.issued < begins:
            yield draft.at("bulletin_outside", f"bulletins.{bulletin.name}.issued", issued=bulletin.issued)
