"""Other weights and other limits over the same points: how many would change class, and which. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.gradings import whatif
from xianfeng.gradings.telling import titles
from xianfeng.gradings.whatif import Changed
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.scheme.grading import Grading
from xianfeng.sentences import following
from xianfeng.web import access, cells
from xianfeng.web.frame import asked
from xianfeng.web.office.gradings.finding import Opened, opened_or_404
from xianfeng.web.tables import Column, Table, answer, wanted

_SHOWN = 100


@dataclass(frozen=True)
class Input:
    name: str
    title: str
    value: str
    was: str


@dataclass(frozen=True)
class WhatIfPage:
    opened: Opened
    weights: tuple[Input, ...]
    classes: tuple[Input, ...]
    fault: str
    tried: bool
    changed: int
    moves: Table | None
    which: Table | None


@require_safe
@access.needs(Ability.OFFICE)
def grading_whatif(request: HttpRequest, number: int) -> HttpResponse:
    opened = opened_or_404(request, number)
    if not opened.runs:
        raise Http404(gettext("没有这号定级建议"))
    rule, fault, found = opened.rule, "", None
    try:
        other = whatif.adjusted(rule, weights=_weights(request, rule), classes=_classes(request, rule))
        found = whatif.reweighed(opened.proposal, other) if other != rule else None
    except Problem as problem:
        fault = following(problem.message, problem.hint)
    moves, which = _tables(opened, found, whole=bool(wanted(request))) if found else (None, None)
    page = WhatIfPage(
        opened=opened,
        weights=tuple(_input(request, f"w-{one.name}", one.title, one.weight) for one in rule.parts.values()),
        classes=tuple(
            _input(request, f"c-{name}", title, rule.classes[name])
            for name, title in [*titles(opened.scheme, rule).items()][:-1]
        ),
        fault=fault,
        tried=found is not None,
        changed=len(found.which) if found else 0,
        moves=moves,
        which=which,
    )
    tables = [table for table in (moves, which) if table]
    return answer(request, *tables) or render(request, "office/gradings/whatif.html", {"page": page})


def _input(request: HttpRequest, name: str, title: str, was: Decimal | int) -> Input:
    return Input(name, title, asked(request, name) or str(was), str(was))


def _weights(request: HttpRequest, rule: Grading) -> dict[str, int]:
    typed = {name: asked(request, f"w-{name}") for name in rule.parts}
    if any(text and not (text.isascii() and text.isdecimal() and len(text) <= 4) for text in typed.values()):
        raise Problem("gradings.weights", "权重要是整数。", hint="改权重。")
    return {name: int(text) for name, text in typed.items() if text}


def _classes(request: HttpRequest, rule: Grading) -> dict[str, Decimal]:
    try:
        return {name: Decimal(text) for name in rule.classes if (text := asked(request, f"c-{name}")[:8])}
    except InvalidOperation as error:
        raise Problem("gradings.classes", "起点分数要是数字。", hint="改起点分数。") from error


def _tables(opened: Opened, found: Changed, *, whole: bool) -> tuple[Table, Table]:
    called: Mapping[str, str] = {**titles(opened.scheme, opened.rule), "": gettext("没有建议")}
    both = (Column(gettext("现在的建议")), Column(gettext("试算的建议")))
    moves = [
        (cells.text(called[one]), cells.text(called[other]), cells.number(many))
        for (one, other), many in sorted(found.moves.items())
    ]
    some = found.which if whole else found.which[:_SHOWN]
    shown = [organisation for organisation, _, _ in some]
    names = tree.named(shown, opened.proposal.until)
    which = [
        (
            cells.text(names[at].name, link=reverse("grading_line", args=[opened.proposal.id, at])),
            cells.text(called[one]),
            cells.text(called[other]),
        )
        for at, one, other in some
    ]
    count = Column(gettext("组织"), gettext("个"), align="right")
    return (
        Table("moves", gettext("有多少变化"), (*both, count), moves, empty=gettext("没有变化。")),
        Table("which", gettext("哪些组织"), (Column(gettext("组织")), *both), which, empty=gettext("没有变化。")),
    )
