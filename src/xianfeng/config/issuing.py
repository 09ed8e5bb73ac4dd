"""Settings of the issuer, which runs apart from the house and from the box (docs/ballots.md)."""

from __future__ import annotations

from xianfeng.config.apart import *  # noqa: F403 -- what both share
from xianfeng.config.apart import databases

INSTALLED_APPS = ["xianfeng.ballots.issuing"]
ROOT_URLCONF = "xianfeng.ballots.issuing.urls"
DATABASES = databases("issuing")
