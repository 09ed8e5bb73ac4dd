"""Dropping what was put aside."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from xianfeng.accounts import drafts
from xianfeng.accounts import reader as readers
from xianfeng.accounts.abilities import Ability
from xianfeng.web import access


@require_POST
@access.needs(Ability.FILE)
def drop_draft(request: HttpRequest, reference: str) -> HttpResponse:
    account = readers.of(request).account
    if account is None:
        raise Http404(gettext("没有登录"))
    drafts.drop(account=account, reference=reference)
    messages.success(request, gettext("草稿已删去。"))
    return redirect("desk")
