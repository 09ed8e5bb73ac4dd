"""What one day is, or several in a row: the form behind each square of the year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.calendars import actions
from xianfeng.calendars.days import Day, DayKind
from xianfeng.problems import Problem
from xianfeng.web import access
from xianfeng.web.frame import day_or_404
from xianfeng.web.office.calendar import months, own
from xianfeng.web.office.calendar.own import Own

DAY_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
AS_ABOVE = ""


class DaysForm(forms.Form):
    since = forms.DateField(label=_("从"), widget=DAY_INPUT)
    until = forms.DateField(label=_("到"), widget=DAY_INPUT, help_text=_("含当天；只改一天的，两个日期一样。"))
    kind = forms.ChoiceField()
    title = forms.CharField(label=_("名称"), required=False, max_length=40, help_text=_("什么假，例如：国庆节。"))
    source = forms.CharField(label=_("依据"), required=False, max_length=100, help_text=_("例如：通知文号。"))

    def __init__(self, data: Any = None, *, day: dt.date, found: Day) -> None:
        told = {"kind": found.kind.value, "title": found.title}
        super().__init__(data, initial={"since": day, "until": day, **told})
        choices = [*((kind.value, title) for kind, title in months.KINDS.items()), (AS_ABOVE, _("按上级的日历"))]
        self.fields["kind"] = forms.ChoiceField(
            label=_("安排"), choices=choices, required=False, widget=forms.RadioSelect
        )


@dataclass(frozen=True)
class DaysPage:
    day: dt.date
    words: str
    source: str
    own: Own
    form: DaysForm


@require_http_methods(["GET", "POST"])
@access.needs(Ability.READ)
def calendar_days(request: HttpRequest) -> HttpResponse:
    mine = own.editable_or_404(request)
    day = day_or_404(request, "day", timezone.localdate())
    found = mine.calendar().day(day)
    form = DaysForm(request.POST or None, day=day, found=found)
    if request.method == "POST" and form.is_valid() and _set(request, mine, form):
        messages.success(request, gettext("日历已改；已经给出的期限不变，以后的按新日历算。"))
        return redirect(f"{reverse('working_calendar')}?year={form.cleaned_data['since'].year}")
    page = DaysPage(day, months.words(found), months.source(found.source), mine, form)
    return render(request, "office/calendar/days.html", {"page": page}, status=400 if form.errors else 200)


def _set(request: HttpRequest, mine: Own, form: DaysForm) -> bool:
    given = form.cleaned_data
    try:
        actions.set_days(
            organisation=mine.organisation,
            since=given["since"],
            until=given["until"],
            kind=DayKind(given["kind"]) if given["kind"] else None,
            title=given["title"],
            source=given["source"],
            day=timezone.localdate(),
            by=reader.of(request).actor,
        )
    except Problem as problem:
        fields = {"calendars.no_title": "title", "calendars.order": "until", "calendars.too_long": "until"}
        form.add_error(fields.get(problem.code), problem.told)
        return False
    return True
