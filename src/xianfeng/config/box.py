"""Settings of the ballot box, which runs apart from the house and from the issuer (docs/ballots.md).

It keeps ballots in SQLite alone: PostgreSQL's log has the order of casting in it whatever is done to the table, and is
shared with whatever else the server holds, so that no command of the box could destroy it (ADR 20).
"""

from __future__ import annotations

from xianfeng.config.apart import *  # noqa: F403 -- what both share
from xianfeng.config.apart import databases
from xianfeng.config.environment import SettingError

INSTALLED_APPS = ["xianfeng.ballots.box"]
ROOT_URLCONF = "xianfeng.ballots.box.urls"
DATABASES = databases("box")
if not DATABASES["box"]["ENGINE"].endswith("sqlite3"):
    raise SettingError(
        "票箱只用 SQLite：PostgreSQL 的日志留着投票的先后次序。去掉 DATABASE_URL，或写成 sqlite:///路径。"
    )
