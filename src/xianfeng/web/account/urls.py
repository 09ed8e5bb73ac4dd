"""Signing in and one's own account. Of the library only what the product needs has an address."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as linked
from allauth.socialaccount.providers.openid_connect import views as unit
from allauth.usersessions import views as sessions
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext

from xianfeng.web import access
from xianfeng.web.access import View
from xianfeng.web.account.acting import act, acting
from xianfeng.web.account.calendar import account_calendar, revoke_feed
from xianfeng.web.account.invitation import invitation
from xianfeng.web.account.messages import account_messages
from xianfeng.web.account.overview import overview, seen


def public(view: View) -> View:
    return access.public(_in_our_words(view))


def signed_in(view: View) -> View:
    return access.signed_in(_in_our_words(view))


def unit_only(view: View) -> View:
    """Not there until the unit's own sign-in is configured."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.XIANFENG_OIDC:
            raise Http404(gettext("没有这个页面"))
        return view(request, *args, **kwargs)

    return cast("View", answer)


def _in_our_words(view: View) -> View:
    """What a library does not find, it says in English and in terms of its tables."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404 as error:
            raise Http404(gettext("没有这一项，或者已经移除")) from error

    return cast("View", answer)


urlpatterns: list[URLPattern] = [
    path("", overview, name="account"),
    path("seen", seen, name="account_seen"),
    path("acting", acting, name="acting"),
    path("act", act, name="act"),
    path("calendar", account_calendar, name="account_calendar"),
    path("calendar/<int:number>/revoke", revoke_feed, name="revoke_feed"),
    path("messages", account_messages, name="account_messages"),
    path("invitations/<str:token>", invitation, name="invitation"),
    path("sign-in", public(account.login), name="account_login"),
    path("sign-in/passkey", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/code", public(factors.authenticate), name="mfa_authenticate"),
    path("sign-out", public(account.logout), name="account_logout"),
    path("closed", public(account.account_inactive), name="account_inactive"),
    path("confirm", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("confirm/code", signed_in(factors.reauthenticate), name="mfa_reauthenticate"),
    path("confirm/passkey", signed_in(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("password", signed_in(account.password_change), name="account_change_password"),
    path("sessions", signed_in(sessions.list_usersessions), name="usersessions_list"),
    path("factors", signed_in(factors.index), name="mfa_index"),
    path("factors/app", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("factors/app/remove", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("factors/recovery", signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("factors/recovery/new", signed_in(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("factors/recovery/file", signed_in(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("factors/passkeys", signed_in(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("factors/passkeys/new", signed_in(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("factors/passkeys/<int:pk>/remove", signed_in(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("factors/passkeys/<int:pk>", signed_in(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("unit", unit_only(signed_in(linked.connections)), name="socialaccount_connections"),
    path("unit/cancelled", unit_only(public(linked.login_cancelled)), name="socialaccount_login_cancelled"),
    path("unit/<str:provider_id>/sign-in", unit_only(public(unit.login)), name="openid_connect_login"),
    path("unit/<str:provider_id>/back", unit_only(public(unit.callback)), name="openid_connect_callback"),
]
