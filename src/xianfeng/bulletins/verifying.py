"""Verification: compose a closed bulletin again from what was stored, and compare everything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.db import connection

from xianfeng.bulletins.checks import altered, in_order
from xianfeng.bulletins.compose import Composition, compose_version
from xianfeng.bulletins.content import read, within
from xianfeng.bulletins.models import Closing
from xianfeng.bulletins.wording import wording
from xianfeng.figures.interface import Figures
from xianfeng.ledger import versions
from xianfeng.log.merkle import Frontier
from xianfeng.log.models import Entry, Seal
from xianfeng.log.rows import Stray, hashed
from xianfeng.papers import serial
from xianfeng.papers.document import Document
from xianfeng.problems import Problem
from xianfeng.sentences import say

_KEPT = 64  # compositions that pages showed last


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What was recomputed and what does not agree; no faults: the bulletin stands as published."""

    closing: Closing
    figures: int
    faults: tuple[Problem, ...]

    @property
    def stands(self) -> bool:
        return not self.faults


def verify(closing: Closing, *, engine: Figures | None = None, rehash: bool = True) -> Verification:
    """Recompute a closing from its scheme version, template and entry number; every fault at once.

    The figures are computed from the log itself and the seal from every entry it covers, some 30 000 a second. A page
    that anybody may call up has `rehash=False`: it asks the installation's engine, once in a process, and holds the
    printed root against the seal that was signed.
    """
    from xianfeng import figures

    root = _root_of_first(closing.sealed) if rehash else _root_signed(closing.sealed)
    faults = [*_entry_faults(closing), *_seal_faults(closing, root)]
    issue = _Issue.of(closing, root)
    try:
        again = issue.composed(engine or figures.from_log()) if rehash else _composed_once(issue)
    except Problem as problem:
        faults.append(problem)
    else:
        faults.extend(_composition_faults(closing, again))
    return Verification(closing=closing, figures=len(json.loads(closing.document)["sources"]), faults=tuple(faults))


@dataclass(frozen=True, kw_only=True)
class _Issue:
    """What a closed bulletin is composed from. `root` stands for all entries that its figures may rest on."""

    root: str
    scheme: str
    number: int
    bulletin: str
    as_of: int
    content: str
    synthetic: bool

    @staticmethod
    def of(closing: Closing, root: str) -> _Issue:
        return _Issue(
            root=root,
            scheme=closing.scheme_id,
            number=closing.number,
            bulletin=closing.bulletin,
            as_of=closing.as_of,
            content=closing.content,
            synthetic=json.loads(closing.document)["masthead"]["synthetic"],
        )

    def composed(self, engine: Figures) -> Composition:
        scheme = versions.scheme(self.scheme)
        content = read(self.content) if self.content else None
        bulletin = content.numbered(self.number) if content else scheme.bulletins[self.bulletin]
        return compose_version(
            within(scheme, bulletin) if content else scheme,
            bulletin,
            as_of=self.as_of,
            engine=engine,
            synthetic=self.synthetic,
            content=content,
        )


@lru_cache(maxsize=_KEPT)
def _composed_once(issue: _Issue) -> Composition:
    from xianfeng import figures

    return issue.composed(figures.engine())


def _entry_faults(closing: Closing) -> Iterator[Problem]:
    entry = Entry.objects.filter(seq=closing.id, stream="bulletin", action="close").first()
    for name in altered(closing, entry):
        yield Problem(
            "bulletin.altered", say("与第{id}条办理记录（定稿）不一致：定稿后被改动。", id=closing.id), place=name
        )
    if not in_order(closing):
        yield Problem("bulletin.out_of_order", "截止、封存、定稿三个顺序号前后颠倒。", place="顺序号")


def _seal_faults(closing: Closing, root: str) -> Iterator[Problem]:
    if root != closing.root:
        yield Problem(
            "bulletin.seal_differs",
            say("前{sealed}条办理记录算出的校验码与印出的不同。", sealed=closing.sealed),
            hint="运行 xianfeng verify，找出被改动的条目。",
            place="校验码",
        )


def _root_of_first(size: int) -> str:
    """The root over the first entries as they now stand, hashed anew."""
    frontier = Frontier()
    for found in islice(hashed(connection), size):
        if isinstance(found, Stray) or found.leaf is None:
            return ""
        frontier.add(found.leaf)
    return frontier.root().hex()


def _root_signed(size: int) -> str:
    signed = Seal.objects.filter(size=size).first()
    return bytes(signed.root).hex() if signed else ""


def _composition_faults(closing: Closing, again: Composition) -> Iterator[Problem]:
    if again.template != closing.template:
        yield Problem("bulletin.template_differs", "模板与定稿时不同。", place=again.bulletin.template)
    closed = serial.from_json(json.loads(closing.document))
    yield from _figure_faults(closed, again)
    if again.document != closed:
        yield Problem("bulletin.text_differs", "重新成稿与定稿的文字或取数口径不同。")


def _figure_faults(closed: Document, again: Composition) -> Iterator[Problem]:
    for old, new in zip(closed.sources, again.document.sources, strict=False):
        if (old.value, old.text) != (new.value, new.text):
            yield Problem(
                "bulletin.figure_differs",
                say(
                    "定稿为{old}（{value}），重算为{new}（{now}）。",
                    old=old.text,
                    value=old.value or say("未报"),
                    new=new.text,
                    now=new.value or say("未报"),
                ),
                place=wording(old, again.scheme).title,
            )
