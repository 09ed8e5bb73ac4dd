"""Recomputing everything that the log promises, and naming the entry that breaks it.

Three things are compared for each entry: what it hashes to now, the leaf written beside it, and the leaf kept in the
tiles when it was sealed. Whoever changes an entry must rewrite all three, and then the signed root no longer fits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.utils import timezone

from xianfeng.log import triggers
from xianfeng.log.append import last_name
from xianfeng.log.clock import Clock
from xianfeng.log.findings import Finding, Report
from xianfeng.log.merkle import Frontier
from xianfeng.log.models import Entry, Head, Seal, Tile
from xianfeng.log.printed import Printed
from xianfeng.log.rows import Hashed, Stray, hashed
from xianfeng.log.seal_checks import check_seals
from xianfeng.log.tiles import WIDTH
from xianfeng.problems import Problem
from xianfeng.sentences import say, together

Check = Callable[[str], Iterable[Finding]]
Part = Callable[[], Iterable[Finding]]
_checks: list[Check] = []


def register(check: Check) -> None:
    """A room above adds what it can prove about its own tables; it is given the database's alias."""
    _checks.append(check)


def verify(alias: str = DEFAULT_DB_ALIAS, *, public_key: Path | None = None, paper: Printed | None = None) -> Report:
    """Check entries, postings, seals and what other rooms registered; hold a printed root against the entries."""
    if Entry._meta.db_table not in connections[alias].introspection.table_names():
        hint = say("请检查是否选错了数据库；新的安装先建库，见 docs/deploy.md。")
        raise Problem("log.no_log", "这个数据库里没有办理记录。", hint=hint)
    walk = _Walk(alias, paper)
    findings: list[Finding] = []
    own: list[Part] = [walk.findings, partial(check_seals, alias, public_key), partial(_triggers, alias)]
    for part in own + [partial(check, alias) for check in _checks]:
        try:
            findings.extend(part())
        except DatabaseError as fault:
            told = say("数据库读到第{seq}条之后读不下去：{fault}。", seq=walk.reached, fault=fault)
            findings.append(Finding(code="log.unreadable", seq=walk.reached + 1, message=told))
    return Report(entries=walk.reached, sealed=max(walk.roots, default=0), findings=tuple(findings))


@dataclass
class _Walk:
    """Once through the log: each entry by itself, and the root at each seal."""

    alias: str
    paper: Printed | None
    reached: int = 0
    roots: dict[int, bytes] = field(default_factory=dict)  # size of each seal -> its root
    _clock: Clock = field(default_factory=Clock)
    _on_paper: bytes | None = None  # the root over as many entries as the printed one covers
    _frontier: Frontier = field(default_factory=Frontier)
    _suspects: list[int] = field(default_factory=list)  # since the last seal: entry and tile differ
    _named: bool = False  # some entry up to here is already known to be changed
    _last: dict[str, int] = field(default_factory=dict)  # of each stream, as the entries say
    _believed: bool = True  # no entry was found missing or changed
    _fitting: int = 0  # the last seal whose root fits
    _loose_since: str = ""  # when the first entry was written that no seal covers

    def findings(self) -> Iterator[Finding]:
        sealed = Seal.objects.using(self.alias).values_list("size", "root")
        self.roots = {size: bytes(root) for size, root in sealed}
        head = Head.objects.using(self.alias).filter(name="entries").values_list("value", flat=True).first() or 0
        tiles = _sealed_leaves(self.alias)
        last = max((head, *self.roots))
        for found in hashed(connections[self.alias]):
            if isinstance(found, Stray):
                yield Finding(code="log.stray", seq=found.seq, message=say("有流水，却没有它所属的条目。"))
            elif found.seq == self.reached + 1 or self.reached < found.seq <= last:
                yield from self._gap(found.seq, tiles)
                yield from self._entry(found, next(tiles, None))
                yield from self._at_seal()
            else:
                yield Finding(code="log.forged", seq=found.seq, message=say("序号不在连续范围内，是另外加进来的。"))
        yield from self._gap(last + 1, tiles)
        yield from self._end(head)
        yield from self._clock.findings()
        if self.paper is not None:
            yield from self.paper.findings(self._on_paper)

    def _gap(self, until: int, tiles: Iterator[bytes]) -> Iterator[Finding]:
        """Missing entries stand in the tree by what the tiles say of them, so that others are judged alone."""
        first = self.reached + 1
        if first >= until:
            return
        told = say("条目缺失。") if first + 1 == until else say("从这一条起，到第{last}条，条目缺失。", last=until - 1)
        yield Finding(code="log.missing", seq=first, message=told)
        self._named, self._believed = True, False
        while self.reached + 1 < until and (leaf := next(tiles, None)) is not None:
            self._take(leaf)
            yield from self._at_seal()
        self.reached = until - 1

    def _entry(self, found: Hashed, sealed_leaf: bytes | None) -> Iterator[Finding]:
        self._take(found.leaf or b"")
        self._last[found.entry.stream] = found.seq
        self._believed = self._believed and found.leaf == found.stored_leaf and sealed_leaf in (None, found.leaf)
        if found.leaf is not None:
            if self.reached == max(self.roots, default=0) + 1:
                moment = dt.datetime.fromisoformat(found.entry.at)
                self._loose_since = f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
            self._clock.strike(found.seq, found.entry.at)
        if found.leaf is None or found.postings is None:
            self._named = True
            yield Finding(
                code="log.changed", seq=found.seq, message=say("内容已被改动，类型或编码不对，无法计算哈希值。")
            )
        elif found.leaf not in (found.stored_leaf, sealed_leaf):
            self._named = True
            yield Finding(code="log.changed", seq=found.seq, message=say("内容已被改动，与写入时的哈希值不符。"))
        elif found.leaf != found.stored_leaf:
            yield Finding(code="log.leaf", seq=found.seq, message=say("哈希值这一列被改动；内容与封存时一致。"))
        elif sealed_leaf is not None and found.leaf != sealed_leaf:
            self._suspects.append(found.seq)
        if found.postings is not None and found.postings != found.stored_postings:
            yield Finding(code="log.postings", seq=found.seq, message=say("流水与条目不符，有增加、减少或改动。"))

    def _at_seal(self) -> Iterator[Finding]:
        root = self.roots.get(self.reached)
        if root is None:
            return
        fits = self._frontier.root() == root
        for seq in self._suspects:
            if fits:
                yield Finding(code="log.tile", seq=seq, message=say("封存时留下的哈希副本被改动；条目本身与封存一致。"))
            else:
                yield Finding(code="log.changed", seq=seq, message=say("内容和哈希值一同被改动，与封存时不符。"))
        if not fits and not self._suspects and not self._named:
            told = say(
                "第{since}至{until}条与签名的校验码不符：条目、哈希值与副本一同被改写。",
                since=self._fitting + 1,
                until=self.reached,
            )
            yield Finding(code="log.root", seq=self.reached, message=told)
        self._suspects = []
        self._named = not fits
        self._fitting = self.reached if fits else self._fitting

    def _end(self, head: int) -> Iterator[Finding]:
        if head != self.reached:
            told = say("序号计数为{head}，最后一条为第{last}条，两者不符。", head=head, last=self.reached)
            yield Finding(code="log.head", message=told)
        yield from self._streams()
        sealed = max(self.roots, default=0)
        if self.reached > sealed + bool(sealed):  # a seal's own note is left to the next
            which = _unsealed(sealed, self.reached)
            if self._loose_since:
                which = say("{which}（自{since}起）", which=which, since=self._loose_since)
            told = say("{which}尚未封存；封存以前，有人从末尾删去几条，核对不出来。", which=which)
            yield Finding(code="log.unsealed", message=told, hint=say("封存：xianfeng seal。"), weight="note")

    def _streams(self) -> Iterator[Finding]:
        """Pages ask the heads whether anything changed. Entries that are not to be believed say nothing of them."""
        heads = dict(Head.objects.using(self.alias).filter(name__startswith="@").values_list("name", "value"))
        entries = {last_name(stream): seq for stream, seq in self._last.items()}
        for name in sorted(heads.keys() | entries.keys()) if self._believed else ():
            held, last = heads.get(name, 0), entries.get(name, 0)
            if held != last:
                numbers = {"stream": name.removeprefix("@"), "held": held, "last": last}
                told = say("“{stream}”的最后一条记为第{held}条，实际是第{last}条：页面会显示旧的内容。", **numbers)
                yield Finding(code="log.stream_head", seq=last or None, message=told)

    def _take(self, leaf: bytes) -> None:
        self._frontier.add(leaf)
        self.reached += 1
        if self.paper is not None and self.reached == self.paper.size:
            self._on_paper = self._frontier.root()


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


def _unsealed(sealed: int, reached: int) -> str:
    return say("第{sealed}条以后的{n}条", sealed=sealed, n=reached - sealed) if sealed else say("全部{n}条", n=reached)


def _triggers(alias: str) -> Iterator[Finding]:
    if names := triggers.missing(alias):
        told = say("只增不改的表缺少触发器：{triggers}。", triggers=together(names, by="、"))
        live = alias == DEFAULT_DB_ALIAS  # a copy is not written to any more
        hint = say("查明是谁去掉的，再运行 xianfeng log protect 重新安装。") if live else ""
        yield Finding(code="log.triggers", message=told, hint=hint, weight="fault" if live else "note")
