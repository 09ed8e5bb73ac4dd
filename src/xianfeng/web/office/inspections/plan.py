"""A plan: how far it has got, the next step as its one button, and everything that was done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.inspections import drawing, planning, stages, visiting
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.stages import OPEN, Stage
from xianfeng.ledger import versions
from xianfeng.log.steps import Step
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, cells, scope
from xianfeng.web.entries import actors
from xianfeng.web.forms import late
from xianfeng.web.office.inspections.own import followed_or_404, plan_or_404
from xianfeng.web.tables import Column, Table, answer

_WAY = (Stage.PREPARED, Stage.SEALED, Stage.DRAWN, Stage.REVEALED)
_WORDS: Mapping[Stage, str | Promise] = {
    Stage.PREPARED: _("列名册"),
    Stage.SEALED: _("封存"),
    Stage.DRAWN: _("抽取、督查"),
    Stage.REVEALED: _("公布"),
}


@dataclass(frozen=True)
class PlanPage:
    """`way`: its stages with where it stands among them. `own`: whether the reader typed what was drawn by hand."""

    scheme: Scheme
    row: InspectionPlan
    stage: Stage
    by_hand: bool
    value: str
    flaws: tuple[str, ...]
    strata: Table
    way: tuple[tuple[str | Promise, str], ...]
    drawable: bool
    own: bool
    drawn: int
    done: int
    steps: tuple[tuple[Step, str], ...]
    acts: bool  # whether the reader's office runs it; else he only reads

    @property
    def open(self) -> bool:
        return self.stage in OPEN


@require_safe
@access.needs(Ability.OVERLOOK)
def inspection_plan(request: HttpRequest, number: int) -> HttpResponse:
    row = followed_or_404(request, number)
    frame, stage = Frame.read(row.frame), Stage(row.stage)
    visits = list(row.visits.values_list("record", "missed"))
    scheme, found = versions.current(row.scheme), stages.steps(row)
    who = actors(step.actor for step in found)
    page = PlanPage(
        scheme=scheme,
        acts=scope.of(request).runs(scheme),
        row=row,
        stage=stage,
        by_hand=frame.by_hand,
        value=frame.value,
        flaws=frame.flaws if stage is Stage.PREPARED else (),
        strata=_strata(frame),
        way=_way(stage),
        drawable=timezone.localdate() >= row.known,
        own=reader.of(request).actor.person == row.typed_by,
        drawn=len(visits),
        done=sum(record is not None or bool(missed) for record, missed in visits),
        steps=tuple((step, who.get(step.actor, "")) for step in found),
    )
    return answer(request, page.strata) or render(request, "office/inspections/plan.html", {"page": page})


@require_POST
@access.needs(Ability.OFFICE)
def inspection_move(request: HttpRequest, number: int, move: str) -> HttpResponse:
    row, by = plan_or_404(request, number), reader.of(request).actor
    reason = request.POST.get("reason", "")
    try:
        match move:
            case "seal":
                planning.seal(plan=row.id, by=by)
                told = gettext("名册已经封存。请把校验码张贴出去。")
            case "draw":
                drawing.draw(plan=row.id, value=request.POST.get("value", ""), by=by)
                told = gettext("已经抽取。抽到谁，只有去督查的人知道。")
            case "confirm":
                drawing.confirm(plan=row.id, seen=late.seq_of(request), by=by)
                told = gettext("摇号结果已经核对，督查人员可以看到自己的任务。")
            case "retype":
                drawing.send_back(plan=row.id, reason=reason, by=by)
                told = gettext("已经退回，请重新登记。")
            case "reveal":
                visiting.reveal(plan=row.id, by=by)
                told = gettext("抽取结果已经公布，谁都可以核对。")
            case "void":
                planning.make_void(plan=row.id, reason=reason, by=by)
                told = gettext("这次督查已经作废，原因留在办理经过里。")
            case _:
                raise Http404(gettext("没有这一步"))
        messages.success(request, told)
    except Problem as problem:
        messages.error(request, problem.told)
    return redirect("inspection_plan", row.id)


def _way(stage: Stage) -> tuple[tuple[str | Promise, str], ...]:
    """'done', 'here' or '' for each; nothing of a plan that is void."""
    if stage is Stage.VOID:
        return ()
    at = _WAY.index(Stage.SEALED if stage is Stage.TYPED else stage)
    return tuple((_WORDS[one], "done" if n < at else "here" if n == at else "") for n, one in enumerate(_WAY))


def _strata(frame: Frame) -> Table:
    columns = (
        Column(_("层")),
        Column(_("可以抽的"), _("个"), align="right"),
        Column(_("近期督查过、不再抽的"), _("个"), align="right"),
        Column(_("抽取"), _("个"), align="right"),
    )
    rows = [
        (
            cells.text(one.name),
            cells.number(len(frame.eligible(one.name))),
            cells.number(len(frame.excluded(one.name))),
            cells.number(one.size),
        )
        for one in frame.strata
    ]
    return Table("strata", _("各层"), columns, rows)
