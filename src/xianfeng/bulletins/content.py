"""What an office writes of one issue before it has a number: its imprint and its text.

A campaign's file may carry the template of a bulletin; an issue written at the desk carries its own. The content is
kept as canonical JSON, so that its hash says what was checked and signed, and a closing keeps it whole.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from xianfeng import canonical
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.nodes import Bulletin, Scheme
from xianfeng.sentences import say

TEXT = "正文"  # where faults of it are, as a file's name says it of a template in the package
LONGEST = 100_000  # characters; a bulletin has about 3 000
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_NOTE = re.compile(r"\s*>\s*编者按")


@dataclass(frozen=True, kw_only=True)
class Content:
    name: str  # its address within the campaign
    series: str
    issuer: str
    issued: dt.date
    title: tuple[str, ...]
    text: str
    special: str = ""
    copies: int | None = None
    to: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    editor: str = ""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def said(self) -> str:
        """Canonical JSON: what is kept and hashed."""
        return canonical.dumps(
            {
                "name": self.name,
                "series": self.series,
                "issuer": self.issuer,
                "issued": self.issued.isoformat(),
                "title": list(self.title),
                "text": self.text,
                "special": self.special,
                "copies": self.copies,
                "to": [list(pair) for pair in self.to.items()],
                "editor": self.editor,
                "notes": [[row, list(texts)] for row, texts in self.notes.items()],
            }
        )

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.said.encode()).hexdigest()

    def numbered(self, number: int) -> Bulletin:
        """The bulletin that this content is under a number."""
        return Bulletin(
            name=self.name,
            series=self.series,
            number=number,
            title=self.title,
            issuer=self.issuer,
            issued=self.issued,
            template=TEXT,
            special=self.special,
            editors_note=bool(_NOTE.match(self.text)),
            copies=self.copies,
            to=self.to,
            editor=self.editor,
            notes=self.notes,
        )


def read(said: str) -> Content:
    data = json.loads(said)
    return Content(
        **{
            **data,
            "issued": dt.date.fromisoformat(data["issued"]),
            "title": tuple(data["title"]),
            "to": dict(data["to"]),
            "notes": {row: tuple(texts) for row, texts in data["notes"]},
        }
    )


def of_scheme(bulletin: Bulletin, text: str) -> Content:
    """A bulletin of the campaign's file as the beginning of an issue of its own."""
    return Content(
        name=bulletin.name,
        series=bulletin.series,
        issuer=bulletin.issuer,
        issued=bulletin.issued,
        title=bulletin.title,
        text=text,
        special=bulletin.special,
        copies=bulletin.copies,
        to=bulletin.to,
        editor=bulletin.editor,
        notes=bulletin.notes,
    )


def within(scheme: Scheme, bulletin: Bulletin) -> Scheme:
    """The scheme version with an issue of its own beside the bulletins of its file: paths and titles are read there."""
    return replace(scheme, bulletins={**scheme.bulletins, bulletin.name: bulletin})


def refuse_incomplete(content: Content) -> None:
    """What cannot be kept at all; what merely cannot be printed yet is told by composing."""
    faults = list(_faults(content))
    if faults:
        raise Problems(faults, code="bulletin.incomplete", message="文稿的报头不全。", hint="补齐后再保存。")


def _faults(content: Content) -> list[Problem]:
    faults = []
    if not _NAME.fullmatch(content.name):
        hint = say("小写字母开头，可用字母、数字、- 和 _，如 no12。")
        faults.append(Problem("bulletin.name", "网址名不合要求。", hint=hint, field="name"))
    for part, title in (("series", "报头名称"), ("issuer", "编发单位")):
        if not getattr(content, part).strip():
            faults.append(Problem("bulletin.blank", say("没有写{title}。", title=title), field=part))
    if not any(line.strip() for line in content.title):
        faults.append(Problem("bulletin.blank", "没有写标题。", field="title"))
    if len(content.text) > LONGEST:
        faults.append(Problem("bulletin.too_long", say("正文超过{longest}字。", longest=LONGEST), field="text"))
    if "\x00" in content.said:
        faults.append(Problem("bulletin.characters", "有不能保存的字符。", field="text"))
    return faults
