"""Settings of signing in: names and passwords, second factors, passkeys, the unit's own sign-in, lock-out, sessions."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from typing import Any
from urllib.parse import urlsplit

from xianfeng.config import environment

SIGN_IN_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]

SITE = os.environ.get("XIANFENG_SITE", "http://127.0.0.1:8000").rstrip("/")
SITE_IS_GIVEN = "XIANFENG_SITE" in os.environ
_LOOPBACK = urlsplit(SITE).hostname in ("127.0.0.1", "localhost", "::1")

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: whoever is locked out is not asked for a password
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [{"NAME": "xianfeng.accounts.passwords.LongEnough"}]
AUTH_PASSWORD_VALIDATORS += [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ["username"]}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"  # for whoever holds an office (accounts/adapter.py)
LOGOUT_REDIRECT_URL = "home"

# Over the network only under TLS; on this machine a browser sends such cookies over plain HTTP to nobody else.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not _LOOPBACK
SECURE_HSTS_SECONDS = int(dt.timedelta(days=365).total_seconds()) if SITE.startswith("https://") else 0
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(dt.timedelta(days=7).total_seconds())
CSRF_TRUSTED_ORIGINS = [] if _LOOPBACK else [SITE]
CSRF_FAILURE_VIEW = "xianfeng.web.errors.stale"

ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("XIANFENG_PROXIES", "0"))
ACCOUNT_FORMS = {
    "login": "xianfeng.web.account.forms.SignIn",
    "reauthenticate": "xianfeng.web.account.forms.Again",
    "change_password": "xianfeng.web.account.forms.Password",
}
ACCOUNT_ADAPTER = "xianfeng.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False  # until the browser is closed: offices share computers
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # on the other devices it does
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# A county's offices may have one address; who is signed in is counted in his session (accounts/attempts.py).
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "change_password": None, "reauthenticate": None}

MFA_FORMS = {
    "authenticate": "xianfeng.web.account.forms.Code",
    "reauthenticate": "xianfeng.web.account.forms.Code",
    "activate_totp": "xianfeng.web.account.forms.FirstCode",
    "add_webauthn": "xianfeng.web.account.forms.Key",
    "edit_webauthn": "xianfeng.web.account.forms.KeyName",
}
MFA_ADAPTER = "xianfeng.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "先锋"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _LOOPBACK
MFA_RECOVERY_CODES_SHOW_ONCE = True

USERSESSIONS_TRACK_ACTIVITY = False  # no write for every page that is read

AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says when to come back, and that stays true
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "xianfeng.accounts.attempts.username"
AXES_LOCKOUT_CALLABLE = "xianfeng.web.account.lockout.locked_out"
AXES_HANDLER = "xianfeng.accounts.attempts.Lock"
AXES_CLIENT_IP_CALLABLE = "xianfeng.accounts.attempts.address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SOCIALACCOUNT_ADAPTER = "xianfeng.accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""


def _unit_sign_in() -> dict[str, Any] | None:
    """The unit's own sign-in. Links are kept under a hash of its issuer: those of another issuer are not its own."""
    issuer = os.environ.get("XIANFENG_OIDC_ISSUER", "")
    client = os.environ.get("XIANFENG_OIDC_CLIENT_ID", "")
    secret = os.environ.get("XIANFENG_OIDC_CLIENT_SECRET", "")
    title = os.environ.get("XIANFENG_OIDC_TITLE", "单位统一登录")
    if not issuer:
        return None
    if not client:
        raise environment.SettingError("XIANFENG_OIDC_ISSUER 已设置，还要设置 XIANFENG_OIDC_CLIENT_ID。")
    return {
        "provider_id": hashlib.sha256(issuer.encode()).hexdigest()[:16],
        "name": title,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer, "fetch_userinfo": False, "oauth_pkce_enabled": True},
    }


XIANFENG_OIDC = _unit_sign_in()
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [XIANFENG_OIDC] if XIANFENG_OIDC else [],
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": ["openid"],
    }
}
