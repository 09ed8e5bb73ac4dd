"""Quiet periods: when offices are left in peace, and whether working days stand still meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.calendars import actions
from xianfeng.calendars.days import Quiet
from xianfeng.problems import Problem
from xianfeng.web import access
from xianfeng.web.office.calendar import own
from xianfeng.web.office.calendar.days import DAY_INPUT
from xianfeng.web.office.calendar.own import Own


class QuietForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=40, help_text=_("例如：防汛、农忙。"))
    since = forms.DateField(label=_("从"), widget=DAY_INPUT)
    until = forms.DateField(label=_("到"), widget=DAY_INPUT, help_text=_("含当天。"))
    pauses = forms.BooleanField(
        label=_("期间的工作日不计入期限"), required=False, help_text=_("不选：只是不提醒、不催办，期限照算。")
    )


@dataclass(frozen=True)
class QuietPage:
    """`periods`: those that hold, each with whether it can be ended here."""

    own: Own
    periods: tuple[tuple[Quiet, bool], ...]
    form: QuietForm


@require_http_methods(["GET", "POST"])
@access.needs(Ability.READ)
def calendar_quiet(request: HttpRequest) -> HttpResponse:
    mine = own.editable_or_404(request)
    form = QuietForm(request.POST or None)
    faulty = {"calendars.no_title": "title", "": "until"}
    if own.written(request, mine, form, actions.declare_quiet, faulty=faulty):
        messages.success(request, gettext("静默期已定；已经给出的期限不变。"))
        return redirect("calendar_quiet")
    ending = mine.table().quiet
    periods = tuple((one, one.seq in ending) for one in mine.calendar().quiet)
    page = QuietPage(mine, periods, form)
    return render(request, "office/calendar/quiet.html", {"page": page}, status=400 if form.errors else 200)


@require_POST
@access.needs(Ability.READ)
def end_quiet(request: HttpRequest, number: int) -> HttpResponse:
    mine = own.editable_or_404(request)
    try:
        actions.end_quiet(
            organisation=mine.organisation, quiet=number, day=timezone.localdate(), by=reader.of(request).actor
        )
        messages.success(request, gettext("静默期已取消。"))
    except Problem as problem:
        messages.error(request, problem.told)
    return redirect("calendar_quiet")
