"""Recomputing everything that the log promises, and naming the entry that breaks it.

Three things are compared for each entry: what it hashes to now, the leaf written beside it, and the leaf kept in the
tiles when it was sealed. Whoever changes an entry must rewrite all three, and then the signed root no longer fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from xianfeng.log import keys, triggers
from xianfeng.log.merkle import Frontier
from xianfeng.log.models import Head, Tile
from xianfeng.log.rows import Hashed, Stray, hashed
from xianfeng.log.seal_checks import SealRow, faults_of, read_seals
from xianfeng.log.tiles import WIDTH


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that verification found. `note`: worth telling, but as it should be."""

    code: str
    message: str
    seq: int | None = None
    hint: str = ""
    weight: Literal["fault", "note"] = "fault"


@dataclass(frozen=True, kw_only=True)
class Report:
    entries: int
    sealed: int
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.weight == "fault")

    @property
    def holds(self) -> bool:
        return not self.faults


Check = Callable[[str], Iterable[Finding]]
_checks: list[Check] = []


def register(check: Check) -> None:
    """A room above adds what it can prove about its own tables; it is given the database's alias."""
    _checks.append(check)


def verify(alias: str = DEFAULT_DB_ALIAS, *, public_key: Path | None = None) -> Report:
    """Check entries, postings, seals and what other rooms registered."""
    seals = read_seals(alias)
    walk = _Walk(alias, seals)
    findings: list[Finding] = []
    try:
        findings.extend(walk.findings())
    except DatabaseError as fault:
        findings.append(_unreadable(walk.reached, fault))
    findings.extend(Finding(**fault) for fault in faults_of(seals, keys.public_keys(public_key), alias))
    findings.extend(_triggers(alias))
    for check in _checks:
        findings.extend(check(alias))
    return Report(entries=walk.reached, sealed=max((row.size for row in seals), default=0), findings=tuple(findings))


@dataclass
class _Walk:
    """Once through the log: each entry by itself, and the root at each seal."""

    alias: str
    seals: list[SealRow]
    reached: int = 0
    _frontier: Frontier = field(default_factory=Frontier)
    _suspects: list[int] = field(default_factory=list)  # since the last seal: entry and tile differ
    _named: bool = False  # some entry up to here is already known to be changed
    _fitting: int = 0  # the last seal whose root fits

    def findings(self) -> Iterator[Finding]:
        roots = {row.size: row.root for row in self.seals}
        tiles = _sealed_leaves(self.alias)
        for found in hashed(connections[self.alias]):
            if isinstance(found, Stray):
                yield Finding(code="log.stray", seq=found.seq, message="有流水，却没有它所属的条目。")
                continue
            if found.seq <= self.reached:
                yield Finding(code="log.forged", seq=found.seq, message="序号不在1之后的连续范围内，是另外加进来的。")
                continue
            yield from self._gap(found.seq, tiles, roots)
            yield from self._entry(found, next(tiles, None))
            yield from self._at_seal(roots)
        yield from self._end(tiles, roots)

    def _gap(self, until: int, tiles: Iterator[bytes], roots: dict[int, bytes]) -> Iterator[Finding]:
        """Missing entries stand in the tree by what the tiles say of them, so that others are judged alone."""
        while self.reached + 1 < until:
            self._take(next(tiles, b""))
            self._named = True
            yield Finding(code="log.missing", seq=self.reached, message="条目缺失。")
            yield from self._at_seal(roots)

    def _entry(self, found: Hashed, sealed_leaf: bytes | None) -> Iterator[Finding]:
        self._take(found.leaf or b"")
        if found.leaf is None or found.postings is None:
            self._named = True
            yield Finding(code="log.changed", seq=found.seq, message="内容已被改动，类型或编码不对，无法计算哈希值。")
        elif found.leaf not in (found.stored_leaf, sealed_leaf):
            self._named = True
            yield Finding(code="log.changed", seq=found.seq, message="内容已被改动，与写入时的哈希值不符。")
        elif found.leaf != found.stored_leaf:
            yield Finding(code="log.leaf", seq=found.seq, message="哈希值这一列被改动；内容与封存时一致。")
        elif sealed_leaf is not None and found.leaf != sealed_leaf:
            self._suspects.append(found.seq)
        if found.postings is not None and found.postings != found.stored_postings:
            yield Finding(code="log.postings", seq=found.seq, message="流水与条目不符，有增加、减少或改动。")

    def _at_seal(self, roots: dict[int, bytes]) -> Iterator[Finding]:
        root = roots.get(self.reached)
        if root is None:
            return
        fits = self._frontier.root() == root
        for seq in self._suspects:
            if fits:
                yield Finding(code="log.tile", seq=seq, message="封存时留下的哈希副本被改动；条目本身与封存一致。")
            else:
                yield Finding(code="log.changed", seq=seq, message="内容和哈希值一同被改动，与封存时不符。")
        if not fits and not self._suspects and not self._named:
            told = f"第{self._fitting + 1}至{self.reached}条与签名的校验码不符：条目、哈希值与副本一同被改写。"
            yield Finding(code="log.root", seq=self.reached, message=told)
        self._suspects = []
        self._named = not fits
        self._fitting = self.reached if fits else self._fitting

    def _end(self, tiles: Iterator[bytes], roots: dict[int, bytes]) -> Iterator[Finding]:
        head = Head.objects.using(self.alias).filter(name="entries").values_list("value", flat=True).first() or 0
        last = max((head, self.reached, *roots))
        yield from self._gap(last + 1, tiles, roots)
        if head != last:
            yield Finding(code="log.head", message=f"序号计数为{head}，最后一条为第{last}条，两者不符。")
        if roots and last > (sealed := max(roots)) + 1:
            told = f"第{sealed + 1}至{last}条尚未封存，只能按条核对。"
            yield Finding(code="log.unsealed", message=told, hint="运行 xianfeng seal 封存。", weight="note")

    def _take(self, leaf: bytes) -> None:
        self._frontier.add(leaf)
        self.reached += 1


def _sealed_leaves(alias: str) -> Iterator[bytes]:
    """The leaves that the tiles keep, from the first entry on; of each tile its widest copy."""
    widest: dict[int, int] = {}
    for start, width in Tile.objects.using(alias).values_list("start", "width"):
        widest[start] = max(width, widest.get(start, 0))
    start = 1
    while width := widest.get(start, 0):
        content = bytes(Tile.objects.using(alias).filter(start=start, width=width).values_list("leaves", flat=True)[0])
        length = len(content) // width
        yield from (content[place * length : (place + 1) * length] for place in range(width))
        start += WIDTH


def _triggers(alias: str) -> Iterator[Finding]:
    if names := triggers.missing(alias):
        told = f"只增不改的表缺少触发器：{'、'.join(names)}。"
        yield Finding(code="log.triggers", message=told, hint="运行 xianfeng log protect 重新安装。", weight="note")


def _unreadable(reached: int, fault: DatabaseError) -> Finding:
    return Finding(code="log.unreadable", seq=reached + 1, message=f"数据库文件从这里起读不下去：{fault}。")
