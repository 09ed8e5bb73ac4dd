"""Settings of the ballot box, which runs apart from the house and from the issuer (docs/ballots.md)."""

from __future__ import annotations

from xianfeng.config.apart import *  # noqa: F403 -- what both share
from xianfeng.config.apart import databases

INSTALLED_APPS = ["xianfeng.ballots.box"]
ROOT_URLCONF = "xianfeng.ballots.box.urls"
DATABASES = databases("box")
