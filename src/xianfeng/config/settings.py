"""Django settings. What an installation changes it changes by environment variable (docs/settings.md)."""

from __future__ import annotations

import os

from xianfeng import paths
from xianfeng.config import environment
from xianfeng.config.sign_in import *  # noqa: F403 -- who signs in, and how: a page of settings of its own

DEBUG = False
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = os.environ.get("XIANFENG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    *SIGN_IN_APPS,  # noqa: F405
    "django_tasks",
    "django_tasks_db",
    "xianfeng.log",
    "xianfeng.vault",
    "xianfeng.registry",
    "xianfeng.accounts",
    "xianfeng.calendars",
    "xianfeng.ledger",
    "xianfeng.clockwork",
    "xianfeng.messages",
    "xianfeng.duties",
    "xianfeng.matters",
    "xianfeng.inspections",
    "xianfeng.agenda",
    "xianfeng.signals",
    "xianfeng.evaluations",
    "xianfeng.gradings",
    "xianfeng.commendations",
    "xianfeng.bulletins",
    "xianfeng.voice",
    "xianfeng.search",
    "xianfeng.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xianfeng.web.compressed.Compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "xianfeng.accounts.middleware.reading",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "xianfeng.web.headers.content_security",
    "xianfeng.web.language.chosen",
    "xianfeng.web.offline.told",
    "axes.middleware.AxesMiddleware",
    "xianfeng.web.stopping.Stopping",
]
ROOT_URLCONF = "xianfeng.config.urls"
WSGI_APPLICATION = "xianfeng.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            paths.PROJECT / "src" / "xianfeng" / "web",  # each page lies beside its view
            paths.PROJECT / "src" / "xianfeng" / "web" / "account" / "library",  # those whose view is a library's
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["xianfeng.web.templatetags.forms"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "xianfeng.web.shell.context",
            ],
        },
    }
]
DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [paths.PROJECT / "src" / "xianfeng" / "locale"]
LANGUAGES = [("zh-hans", "简体"), ("zh-hant", "繁體"), ("en", "English")]

STATIC_URL = "/static/"
STATIC_ROOT = paths.room("static")
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/[a-z]+-[0-9A-Z]{8}\."  # their names are of their contents

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a grid of a hundred records (web/forms/grid.py)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A demonstration says so on every page and shows everything up to its last entry; `xianfeng demo` leaves the mark, with
# the number of that entry, in its data folder.
XIANFENG_SYNTHETIC = paths.synthetic().exists()
XIANFENG_DEMONSTRATED = paths.demonstrated()

# The campaigns that take comments; none of itself, for somebody has to read them.
XIANFENG_COMMENTS = frozenset(os.environ.get("XIANFENG_COMMENTS", "").replace(",", " ").split())

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The ways out of the house (messages/channels/known.py); none of itself: then messages are read in the inbox.
XIANFENG_CHANNELS = os.environ.get("XIANFENG_CHANNELS", "")

# Where the worker runs: inside the process that serves pages, or apart, as `xianfeng worker`.
XIANFENG_WORKER = os.environ.get("XIANFENG_WORKER", "") or (
    "inside" if DATABASES["default"]["ENGINE"].endswith("sqlite3") else "apart"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # It writes whom it could not reach, by address; what became of a delivery stands in the delivery log.
    "loggers": {"apprise": {"handlers": [], "level": "CRITICAL", "propagate": False}},
}
