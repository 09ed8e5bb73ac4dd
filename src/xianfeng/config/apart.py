"""What the settings of issuer and box share: an application of its own, with one database and nothing that remembers.

No session, no cookie, no sign-in, no log of requests; errors are told on the console without what was sent.
"""

from __future__ import annotations

import os
from typing import Any

from xianfeng import paths
from xianfeng.config import environment

DEBUG = False
ALLOWED_HOSTS = os.environ.get("XIANFENG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SECRET_KEY = environment.secret_key()
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.locale.LocaleMiddleware",  # a voter's page says which language it is written in
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体"), ("zh-hant", "繁體"), ("en", "English")]
LOCALE_PATHS = [paths.PROJECT / "src" / "xianfeng" / "locale"]
DATABASE_ROUTERS = ["xianfeng.ballots.routing.Apart"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "CRITICAL", "propagate": False}},
}


def databases(name: str) -> dict[str, Any]:
    """Django asks for a default one, which nothing uses."""
    return {"default": {}, name: environment.database(f"{name}.sqlite3", durable=True)}
