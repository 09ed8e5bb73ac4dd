"""When offices are open: the jurisdiction's own hours, by season."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.calendars import actions
from xianfeng.calendars.hours import MonthDay, Season
from xianfeng.web import access
from xianfeng.web.office.calendar import own
from xianfeng.web.office.calendar.own import Own


class HoursForm(forms.Form):
    since = forms.CharField(
        label=_("每年从哪天起"), max_length=5, help_text=_("月-日，例如 06-01；全年一样的写 01-01。")
    )
    hours = forms.CharField(
        label=_("上下班时间"),
        max_length=60,
        required=False,
        help_text=_("例如：08:30-12:00 14:30-17:30。空着就是取消这一条。"),
    )

    def clean_since(self) -> MonthDay:
        try:
            day = dt.date.fromisoformat(f"2000-{self.cleaned_data['since'].strip()}")
        except ValueError:
            raise forms.ValidationError(gettext("写成月-日，例如 06-01。")) from None
        return day.month, day.day


@dataclass(frozen=True)
class HoursPage:
    own: Own
    seasons: tuple[Season, ...]  # that hold
    said: bool  # by this jurisdiction itself
    form: HoursForm


@require_http_methods(["GET", "POST"])
@access.needs(Ability.READ)
def calendar_hours(request: HttpRequest) -> HttpResponse:
    mine = own.editable_or_404(request)
    form = HoursForm(request.POST or None, initial={"since": "01-01"})
    if own.written(request, mine, form, actions.set_hours, faulty={"": "hours"}):
        messages.success(request, gettext("上下班时间已改；已经给出的期限不变。"))
        return redirect("calendar_hours")
    page = HoursPage(mine, mine.calendar().seasons, bool(mine.table().seasons), form)
    return render(request, "office/calendar/hours.html", {"page": page}, status=400 if form.errors else 200)
