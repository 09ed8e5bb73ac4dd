"""Where the administration of accounts stands, under /office/accounts/."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.accounts.account import account, act
from xianfeng.web.office.accounts.accounts import accounts
from xianfeng.web.office.accounts.one_hand import one_hand
from xianfeng.web.office.accounts.opening import open_account

urlpatterns: list[URLPattern] = [
    path("", accounts, name="office_accounts"),
    path("new", open_account, name="open_account"),
    path("one-hand", one_hand, name="one_hand"),
    path("<int:number>", account, name="office_account"),
    path("<int:number>/<slug:act>", act, name="office_account_act"),
]
