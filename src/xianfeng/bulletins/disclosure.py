"""The disclosure review (公开审查): what somebody must look at before an issue goes out to everybody.

Nothing here forbids: a person decides, and the log keeps what he was shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xianfeng.bulletins.wording import wording
from xianfeng.papers.document import Document, Source
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme

SMALL = 5  # a count of people below this may tell who they are
PEOPLE = frozenset("人名位户")


@dataclass(frozen=True, kw_only=True)
class Concern:
    """`sort`: unpublished, small, record or personal. `key` stands for it in the log."""

    sort: str
    told: str

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.sort}:{self.told}".encode()).hexdigest()[:16]


def concerns(document: Document, scheme: Scheme) -> tuple[Concern, ...]:
    """Each once, in the order of printing."""
    return tuple(dict.fromkeys(found for source in document.sources for found in _of(source, scheme)))


def _of(source: Source, scheme: Scheme) -> Iterator[Concern]:
    measure = scheme.measures.get(source.name)
    if source.query is None or measure is None:
        return
    about = wording(source, scheme)
    where = f"{source.at}{about.period}"
    if not measure.public:
        yield Concern(sort="unpublished", told=f"“{measure.title}”在活动方案里没有公开（{where}，印为{source.text}）。")
    if source.call == "figure" and _small(source):
        told = f"“{measure.title}”印为{source.text}，不满{SMALL}{source.unit}，可能看出是谁（{where}）。"
        yield Concern(sort="small", told=told)
    if source.call == "record":
        yield Concern(sort="record", told=f"“{source.text}”是记录里的原文，来自第{source.record}号记录。")
    if personal := _personal(measure, scheme):
        told = f"“{measure.title}”背后的台账含个人信息（{'、'.join(personal)}）；简报只印汇总数。"
        yield Concern(sort="personal", told=told)


def _small(source: Source) -> bool:
    return bool(source.value) and source.unit in PEOPLE and 0 < Decimal(source.value) < SMALL


def _personal(measure: Measure, scheme: Scheme) -> list[str]:
    kinds = (scheme.kinds[kind] for kind in measure.kinds)
    return [field.title for kind in kinds for field in kind.fields.values() if field.personal]
