"""A new plan: what was approved, when it is drawn, and by which public value; or its frame drawn up again."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.inspections import planning
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.planning import Wanted
from xianfeng.problems import Problem
from xianfeng.scheme.explain.inspections import brief
from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.inspecting import Inspection
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, language, scope
from xianfeng.web.frame import own_campaign_or_404
from xianfeng.web.office.calendar.days import DAY_INPUT
from xianfeng.web.office.inspections.own import plan_or_404


class PlanForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=100, help_text=_("例如：2026年第四季度督查。"))
    approval = forms.CharField(
        label=_("批准文号"), max_length=60, help_text=_("督查计划经批准才能抽取，一个文号只抽一次。")
    )
    known = forms.DateField(label=_("哪天抽"), widget=DAY_INPUT)
    value = forms.CharField(
        label=_("用哪个将来公布的数"),
        max_length=200,
        help_text=_(
            "本单位定不了、现在谁也不知道的数，例如：福利彩票双色球第2026140期红球号码，从小到大。抽取的那天或者以前公布。"
        ),
    )


@dataclass(frozen=True)
class NewPage:
    scheme: Scheme
    rule: Inspection
    told: str  # the rule in words
    form: PlanForm
    plan: InspectionPlan | None = None


@require_http_methods(["GET", "POST"])
@access.needs(Ability.OFFICE)
def new_inspection(request: HttpRequest, name: str, rule: str) -> HttpResponse:
    scheme = own_campaign_or_404(scope.of(request), name)
    return _form(request, scheme, rule, None)


@require_http_methods(["GET", "POST"])
@access.needs(Ability.OFFICE)
def inspection_again(request: HttpRequest, number: int) -> HttpResponse:
    row = plan_or_404(request, number)
    scheme = own_campaign_or_404(scope.of(request), row.scheme)
    return _form(request, scheme, row.inspection, row)


def _form(request: HttpRequest, scheme: Scheme, name: str, row: InspectionPlan | None) -> HttpResponse:
    rule = scheme.inspections.get(name)
    if rule is None:
        raise Http404(gettext("没有这种督查"))
    form = PlanForm(request.POST or None, initial=_initial(row))
    if rule.draw == "witnessed":
        del form.fields["value"]
    if form.is_valid():
        try:
            plan = _prepared(request, scheme, rule, form, row)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.told)
        else:
            messages.success(request, gettext("名册已经列出，请核对后封存。"))
            return redirect("inspection_plan", plan.id)
    page = NewPage(scheme, rule, brief(rule, scheme, Words(language.explaining())), form, row)
    status = 422 if form.errors else 200
    return render(request, "office/inspections/new.html", {"page": page}, status=status)


def _initial(row: InspectionPlan | None) -> dict[str, object]:
    if row is None:
        return {}
    frame = Frame.read(row.frame)
    return {"title": row.title, "approval": row.approval, "known": row.known, "value": frame.value}


def _prepared(
    request: HttpRequest, scheme: Scheme, rule: Inspection, form: PlanForm, row: InspectionPlan | None
) -> InspectionPlan:
    wanted, by = Wanted(inspection=rule.name, **form.cleaned_data), reader.of(request).actor
    if row is None:
        return planning.prepare(scheme=scheme.name, wanted=wanted, by=by)
    return planning.prepare_again(plan=row.id, wanted=wanted, by=by)
