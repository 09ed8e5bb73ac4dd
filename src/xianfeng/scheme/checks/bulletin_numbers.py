"""A number belongs to one issue of a series, and numbers rise with the day of issue."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.nodes import Bulletin


def check(draft: Draft) -> Iterator[Fault]:
    for bulletin in draft.bulletins.values():
        path = f"bulletins.{bulletin.name}"
        earlier = [each for each in _before(draft, bulletin) if _same_series(each, bulletin)]
        for other in earlier:
            if other.number == bulletin.number:
                details = {"series": bulletin.series, "number": bulletin.number, "first": other.name}
                yield draft.at("bulletin_number_taken", f"{path}.number", **details)
            elif (other.number < bulletin.number) != (other.issued <= bulletin.issued):
                details = {"number": max(bulletin.number, other.number), "before": min(bulletin.number, other.number)}
                yield draft.at("bulletin_order", f"{path}.issued", **details)


def _before(draft: Draft, bulletin: Bulletin) -> list[Bulletin]:
    listed = list(draft.bulletins.values())
    return listed[: listed.index(bulletin)]


def _same_series(one: Bulletin, other: Bulletin) -> bool:
    return (one.issuer, one.series) == (other.issuer, other.series)
