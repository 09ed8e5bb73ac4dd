"""What sign-in does differently here from what its library does: nobody signs up, and attempts are counted once."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from xianfeng.accounts.attempts import normal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # untyped library
    def clean_username(self, username: str, shallow: bool = False) -> str:
        return normal(username)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Failed attempts are counted by axes, in the database that all processes share; its page says what to do."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # untyped library
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """An account of the unit's sign-in is linked by whoever is signed in, never opened by itself."""
        return False
