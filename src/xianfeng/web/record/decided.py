"""A decided class as whoever reviews it reads it: of whom, proposed and decided, the points and the reason."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext

from xianfeng.gradings.grounds import Grounds
from xianfeng.gradings.telling import Told
from xianfeng.registry.lineage import Node
from xianfeng.sentences import translated
from xianfeng.web import cells
from xianfeng.web.cells import Cell, Look
from xianfeng.web.tables import Column
from xianfeng.web.templatetags.xianfeng import exact


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
    total = one.why.total if one.why else None
    return (
        cells.text(nodes[one.subject].name, link=line(one)),
        cells.text(one.proposed) if one.proposed else cells.nothing(),
        cells.text(one.grade, look=Look.ATTENTION if one.departs else Look.PLAIN),
        cells.nothing() if total is None else cells.number(total),
        cells.text(reasons(one.why) if one.why else ""),
        cells.text(one.because),
    )


def line(one: Grounds) -> str:
    """Where each indicator stands; '' where the class was decided from no proposal."""
    return reverse("grading_line", args=[one.proposal, one.subject]) if one.why else ""


def reasons(why: Told) -> str:
    """The points of each part, and what moved the class."""
    points = (gettext("%(part)s %(share)s") % {"part": part.title, "share": exact(share)} for part, share in why.shares)
    shares = gettext("，").join(points) if why.total is not None else ""
    return gettext("；").join([*([shares] if shares else []), *(translated(one).rstrip("。.") for one in why.moved)])


def sentence(one: Grounds) -> str:
    """All of it in one line, for the record's own page; '' where the class was decided from no proposal."""
    if one.why is None:
        return ""
    why = reasons(one.why)
    if one.why.total is None:
        return gettext("{why}（第 {number} 号建议）").format(why=why, number=one.proposal)
    said = {"why": why, "total": exact(one.why.total), "number": one.proposal}
    return gettext("{why}；总分 {total}（第 {number} 号建议）").format(**said)
