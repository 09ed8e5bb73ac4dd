"""Settings of issuer and box in one process, for a demonstration on one machine (docs/ballots.md).

Whoever runs it can link voters to their ballots, which the voters' page says. The two still keep a database each.
"""

from __future__ import annotations

from xianfeng.config import box
from xianfeng.config.apart import *  # noqa: F403 -- what both share
from xianfeng.config.apart import databases

INSTALLED_APPS = ["xianfeng.ballots.issuing", "xianfeng.ballots.box"]
ROOT_URLCONF = "xianfeng.config.together_urls"
DATABASES = databases("issuing") | box.DATABASES
