"""An account for a person, and the link that is handed over: shown once, since only its hash is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import actions
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Account
from xianfeng.problems import Problem
from xianfeng.registry.models import Person
from xianfeng.web import access, outward, scope
from xianfeng.web.frame import asked
from xianfeng.web.office.registry import people
from xianfeng.web.scope import Scope


class OpenForm(forms.Form):
    person = forms.CharField(label=_("人员编号"), max_length=40, help_text=_("登记任职时给的编号。"))
    username = forms.CharField(
        label=_("用户名"), max_length=40, help_text=_("2 到 40 个汉字、字母、数字、点、横线或下划线；以后不能改。")
    )

    def __init__(self, data: Any = None, *, scope: Scope, person: str = "") -> None:
        self.scope = scope
        super().__init__(data, initial={"person": person})

    def clean_person(self) -> Person:
        found = people.found(self.scope, self.cleaned_data["person"].strip())
        if found is None:
            raise forms.ValidationError(gettext("本级范围内没有这个人员；先登记任职。"))
        in_use = Account.objects.filter(person=found, is_active=True).first()
        if in_use is not None:
            message = gettext("此人已有账号“%(username)s”；忘记密码的，在账号页面重发邀请。")
            raise forms.ValidationError(message % {"username": in_use.username})
        return found


@dataclass(frozen=True)
class OpenPage:
    form: OpenForm


@dataclass(frozen=True)
class HandingPage:
    """`words`: what is copied into the chat or read out."""

    account: Account
    link: str
    words: str
    days: int
    unconfirmed: bool  # whether another administrator has to confirm it first


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs(Ability.ACCOUNTS)
def open_account(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    form = OpenForm(request.POST or None, scope=seen, person=asked(request, "person"))
    if request.method == "POST" and form.is_valid():
        given, by = form.cleaned_data, seen.reader.actor
        try:
            with transaction.atomic():
                account = actions.open_account(person=given["person"].id, username=given["username"], by=by)
                token = actions.invite(account=account, by=by)
            return handing(request, account, token)
        except Problem as problem:
            form.add_error("username" if "username" in problem.code else None, problem.told)
    page = OpenPage(form)
    return render(request, "office/accounts/opening.html", {"page": page}, status=400 if form.errors else 200)


def handing(request: HttpRequest, account: Account, token: str) -> HttpResponse:
    """The one page that shows an invitation."""
    link = outward.address(request, reverse("invitation", args=[token]))
    until = timezone.localdate(timezone.now() + actions.VALID)
    words = gettext(
        "您在“先锋”的账号已经开好，用户名：%(username)s。请在 %(until)s 以前打开下面的链接设定密码，"
        "链接只能用一次，不要转给别人：%(link)s"
    ) % {"username": account.username, "until": until, "link": link}
    page = HandingPage(account, link, words, actions.VALID.days, actions.unconfirmed(account) is not None)
    return render(request, "office/accounts/handing.html", {"page": page})
