"""Django settings. What an installation changes it changes by environment variable (docs/settings.md)."""

from __future__ import annotations

import os

from xianfeng.config import environment, paths

DEBUG = False
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = os.environ.get("XIANFENG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "xianfeng.log",
    "xianfeng.vault",
    "xianfeng.registry",
    "xianfeng.ledger",
    "xianfeng.bulletins",
    "xianfeng.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "xianfeng.web.headers.content_security",
    "xianfeng.web.reading.Reading",
]
ROOT_URLCONF = "xianfeng.config.urls"
WSGI_APPLICATION = "xianfeng.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [paths.PROJECT / "src" / "xianfeng" / "web"],  # each page lies beside its view
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = paths.room("static")
WHITENOISE_USE_FINDERS = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A demonstration says so on every page and shows everything; `xianfeng demo` leaves the mark in its data folder.
XIANFENG_SYNTHETIC = paths.synthetic().exists()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
