"""A decided class as whoever reviews it reads it: of whom, proposed and decided, the points and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from xianfeng.gradings.grounds import Grounds, grounds
from xianfeng.gradings.telling import Told
from xianfeng.ledger.models import Record
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind
from xianfeng.sentences import translated
from xianfeng.web import cells
from xianfeng.web.cells import Cell, Look
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column


@dataclass(frozen=True)
class Rests:
    """On what a decided class rests, in words, and where it is told in full."""

    words: str
    href: str


def rests(found: Record, kind: Kind, seen: Scope) -> Rests | None:
    """For whoever stands above, and for the one concerned once he is told what was decided."""
    if kind.decided is None or found.subject is None or not seen.files_for(found.subject):
        return None
    own = seen.reader.organisation
    if own is not None and found.subject in (own.id, seen.head) and found.state not in kind.flow.told:
        return None
    held = grounds([found]).get(found.id)
    words = sentence(held) if held else ""
    return Rests(words, line(held)) if held and words else None


def columns() -> tuple[Column, ...]:
    return (
        Column(gettext("组织")),
        Column(gettext("建议等级")),
        Column(gettext("确定等级")),
        Column(gettext("得分"), align="right"),
        Column(gettext("依据")),
        Column(gettext("理由")),
    )


def row(one: Grounds, nodes: Mapping[int, Node]) -> tuple[Cell, ...]:
    why = one.why
    return (
        cells.text(nodes[one.subject].name, link=line(one)),
        cells.text(one.proposed) if one.proposed else cells.nothing(),
        cells.text(one.grade, look=Look.ATTENTION if one.departs else Look.PLAIN),
        cells.at_least(why.total, is_floor=why.is_floor) if why and why.total is not None else cells.nothing(),
        cells.text(reasons(why) if why else ""),
        cells.text(one.because),
    )


def line(one: Grounds) -> str:
    """Where each indicator stands; '' where the class was decided from no proposal."""
    return reverse("grading_line", args=[one.proposal, one.subject]) if one.why else ""


def reasons(why: Told) -> str:
    """The points of each part, and what moved the class."""
    points = ((one.part.title, cells.amount(one.share, is_floor=one.is_floor)) for one in why.shares)
    told = (gettext("%(part)s %(share)s") % {"part": part, "share": share} for part, share in points)
    shares = gettext("，").join(told) if why.total is not None else ""
    return gettext("；").join([*([shares] if shares else []), *(translated(one).rstrip("。.") for one in why.moved)])


def sentence(one: Grounds) -> str:
    """All of it in one line, for the record's own page; '' where the class was decided from no proposal."""
    if one.why is None:
        return ""
    why = reasons(one.why)
    if one.why.total is None:
        return gettext("{why}（第 {number} 号建议）").format(why=why, number=one.proposal)
    said = {"why": why, "total": cells.amount(one.why.total, is_floor=one.why.is_floor), "number": one.proposal}
    return gettext("{why}；总分 {total}（第 {number} 号建议）").format(**said)
