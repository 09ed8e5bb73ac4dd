"""The end of a command that wrote: once enough stands after the last seal, it is sealed without being asked for."""

from __future__ import annotations

import datetime as dt

from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.sentences import say

_STARTED = dt.datetime.now(dt.UTC)


def seal_when_due(*_: object, **__: object) -> None:
    """What the command did is done, whatever becomes of its sealing: that is told and no failure of the command's."""
    from django.db import DatabaseError, connection

    from xianfeng.log import sealing, seals
    from xianfeng.log.actors import CLOCK

    if connection.connection is None:  # it asked the database nothing
        return
    try:
        if sealing.due(since=_STARTED):
            tell(say("已自动封存第1至{size}条办理记录。", size=seals.seal(by=CLOCK).size), err=True)
    except (Problem, DatabaseError, OSError) as error:
        tell(say("办理的已经写入，但没有能自动封存：{error}", error=error), err=True)
