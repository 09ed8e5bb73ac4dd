"""What sign-in does differently here from what its library does: nobody signs up, and attempts are counted once."""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar
from urllib.parse import unquote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.accounts import attempts
from xianfeng.accounts.models import Account
from xianfeng.accounts.notices import untold
from xianfeng.accounts.reader import held_by


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # untyped library
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("用户名或密码不对。"),
        "incorrect_password": _("密码不对。"),
        "enter_current_password": _("当前密码不对。"),
        "rate_limited": _("试得太快，请过几分钟再来。"),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        return attempts.normal(username)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the work; whoever holds no office finds his account only."""
        account = request.user
        works = isinstance(account, Account) and held_by(account)
        return resolve_url(settings.LOGIN_REDIRECT_URL if works else "account")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever adds a way in, or takes one away, says once more who he is; a new password asks for the old one."""
        return app in ("allauth.mfa", "allauth.socialaccount")

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """However one came in: what others did to the account is told before anything else."""
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        if untold(user):
            messages.warning(request, gettext("您的账号有过变动，请到“我的账号”核对。"))
        return answer

    def reauthenticate(self, user: Account, password: str) -> bool:
        return attempts.again(context.request, user, password)

    def is_safe_url(self, url: str) -> bool:
        """Also as it is after unquoting: something on the way to the page may do that."""
        plain = unquote(url)
        if any(unicodedata.category(character) == "Cc" for character in plain):
            return False
        return bool(super().is_safe_url(url) and super().is_safe_url(plain))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Failed attempts are counted by axes, in the database that all processes share; its page says what to do."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # untyped library
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("这个代码不对或已经过期。请看验证器上现在的六位数字，并核对手机的时间。"),
    }


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # untyped library
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """An account of the unit's sign-in is linked by whoever is signed in, never opened by itself."""
        return False
