"""That a year's holidays have been announced and entered: it is provisional no longer."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.calendars import actions
from xianfeng.problems import Problem
from xianfeng.web import access
from xianfeng.web.office.calendar import own


class AnnounceForm(forms.Form):
    source = forms.CharField(label=_("通知文号"), max_length=100)


@require_POST
@access.needs(Ability.READ)
def announce(request: HttpRequest, year: int) -> HttpResponse:
    mine = own.editable_or_404(request)
    form = AnnounceForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("请写明通知的文号。"))
    else:
        try:
            actions.announce(
                organisation=mine.organisation,
                year=year,
                source=form.cleaned_data["source"],
                day=timezone.localdate(),
                by=reader.of(request).actor,
            )
            messages.success(request, gettext("%(year)s年的放假安排已定，不再是暂定的。") % {"year": year})
        except Problem as problem:
            messages.error(request, problem.told)
    return redirect(f"{reverse('working_calendar')}?year={year}")
