"""The end of a command that wrote: once enough stands after the last seal, it is sealed without being asked for."""

from __future__ import annotations

import datetime as dt

import typer

from xianfeng.problems import Problem

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
            typer.echo(f"已自动封存第1至{seals.seal(by=CLOCK).size}条办理记录。", err=True)
    except (Problem, DatabaseError, OSError) as error:
        typer.echo(f"办理的已经写入，但没有能自动封存：{error}", err=True)
