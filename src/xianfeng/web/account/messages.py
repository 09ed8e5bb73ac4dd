"""How one wants to be told: by which channels, at which address, and when not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages as flash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import reader
from xianfeng.accounts.reader import Reader
from xianfeng.messages import preferences, quiet
from xianfeng.messages.channels.known import Channel, channels
from xianfeng.messages.models import Preference
from xianfeng.problems import Problem
from xianfeng.web.access import signed_in


class MessagesForm(forms.Form):
    channels = forms.MultipleChoiceField(
        label=_("用哪些渠道告诉我"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一个都不选，就只在站内看。前一个送不到，自动换下一个。"),
    )
    email = forms.CharField(
        label=_("换一个邮件地址"),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("不换就空着。地址加密保存，任何页面都不显示。"),
    )
    language = forms.ChoiceField(
        label=_("用什么语言写"),
        required=False,
        choices=settings.LANGUAGES,
        help_text=_("邮件和短信用这种语言；页面的语言在页脚选。"),
    )
    quiet_from = forms.TimeField(
        label=_("从几点起不打扰"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("到几点为止"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("这段时间到的消息，过后再发；两个时间一样，就是随时可以发。休息日只发急的，其余等到下一个工作日。"),
    )

    def __init__(self, data: Any = None, *, known: dict[str, Channel], preference: Preference | None) -> None:
        chosen = list(known) if preference is None else preference.channels.split()
        hours = (preference.quiet_from, preference.quiet_until) if preference else (quiet.FROM, quiet.UNTIL)
        language = (preference.language if preference else "") or settings.LANGUAGE_CODE
        initial = {"channels": chosen, "language": language, "quiet_from": hours[0], "quiet_until": hours[1]}
        super().__init__(data, initial=initial)
        self.fields["channels"].choices = [(channel.name, channel.title) for channel in known.values()]  # type: ignore[attr-defined]
        if not known:
            del self.fields["channels"]


@dataclass(frozen=True)
class MessagesPage:
    """`addresses`: which are known, never what they are."""

    form: MessagesForm
    channels: tuple[Channel, ...]
    addresses: frozenset[str]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def account_messages(request: HttpRequest) -> HttpResponse:
    known, acting = reader.of(request), channels()
    if known.account is None or known.appointment is None:
        return redirect("acting")
    person = known.account.person_id
    preference = Preference.objects.filter(person=person).first()
    form = MessagesForm(request.POST or None, known=acting, preference=preference)
    if request.method == "POST" and form.is_valid() and _kept(form, person, known):
        flash.success(request, gettext("接收方式已保存。"))
        return redirect("account_messages")
    page = MessagesPage(form, tuple(acting.values()), preferences.addresses(person))
    return render(request, "account/messages.html", {"page": page}, status=422 if form.errors else 200)


def _kept(form: MessagesForm, person: int, known: Reader) -> bool:
    given = form.cleaned_data
    try:
        with transaction.atomic():
            preferences.prefer(
                person=person,
                names=given.get("channels", []),
                quiet_from=given["quiet_from"],
                quiet_until=given["quiet_until"],
                language=given["language"],
            )
            if given["email"].strip():
                preferences.keep_email(person=person, address=given["email"], by=known.actor)
    except Problem as problem:
        form.add_error(problem.field or None, problem.told)
        return False
    return True
