"""Matters that may be about the same thing: open ones of the same area whose words are much alike.

Chinese is written without spaces, so texts are compared by their pairs of neighbouring characters: which part of the
shorter one's the longer one has too. What says nothing of the matter is left out first: names of the places, for all
write them, and what everybody writes who asks for something.

A suggestion for whoever handles one, never a decision: what is done with it is his to say. It costs the same in a
village and in a city: of however many are open, the latest are compared.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.likeness import Clearing
from xianfeng.matters import intake
from xianfeng.registry import places, tree
from xianfeng.registry.models import Place

MOST_COMPARED = 500  # the latest of an area
MOST_SHOWN = 5
_LIMITS = ((3, 50), (2, 80))  # shared pairs, and which part of the shorter text they have to be, of 100
_SAID_BY_ALL = (
    "请问 请 希望 尽快 及时 处理 办理 解决 问题 反映 投诉 有关部门 相关部门 有关 没人 没有 已经 一个 一下 一直 多次 "
    "怎么 现在 我们 居民 群众 小区 社区 "
    "的 了 着 过 吗 呢 吧 啊 是 在 也 都 还 就 很 太 又 被 把 和 与 及 或 我 你 您 他 们 这 那"
)


@dataclass(frozen=True)
class Likeness:
    record: Record
    text: str
    share: int  # of 100


def near(record: Record) -> QuerySet[Record]:
    """The open matters of the same area: of the organisations under the same superior."""
    place = Place.objects.select_related("parent").get(id=record.place)
    area = place.parent or place
    inside = Place.objects.filter(places.within(area.path)).values("id")
    kind = versions.scheme(record.scheme_id).kinds[record.kind]
    over = [state.name for state in kind.flow.states.values() if not state.open]
    rows = Record.objects.filter(register=record.register, place__in=inside).exclude(state__in=over)
    return rows.exclude(id=record.id).order_by("-id")


def alike(record: Record, rows: QuerySet[Record]) -> tuple[Likeness, ...]:
    """Those whose words are most alike, the likest first, of as many as are compared."""
    compared = list(rows[:MOST_COMPARED])
    names = {node.name for node in tree.named({one.organisation for one in (record, *compared)}, record.day).values()}
    pairs = Pairs({*names, *(node.name for node in tree.path(record.organisation, record.day))})
    asked = pairs.of(intake.words(record))
    found = []
    for row in compared:
        text = intake.words(row)
        if share := alike_by(asked, pairs.of(text)):
            found.append(Likeness(row, text, share))
    return tuple(sorted(found, key=lambda one: -one.share)[:MOST_SHOWN])


class Pairs:
    """Texts as sets of the pairs of neighbouring characters that say something of the matter."""

    def __init__(self, names: Collection[str]) -> None:
        self._clearing = Clearing((*names, *_SAID_BY_ALL.split()))

    def of(self, text: str) -> frozenset[str]:
        return frozenset(part[at : at + 2] for part in self._clearing.parts(text) for at in range(len(part) - 1))


def alike_by(one: frozenset[str], other: frozenset[str]) -> int:
    """Which part of the shorter text the other has too, of 100; 0 for what is not enough to be told."""
    shared, least = len(one & other), min(len(one), len(other))
    share = round(100 * shared / least) if least else 0
    return share if any(shared >= pairs and share >= limit for pairs, limit in _LIMITS) else 0
