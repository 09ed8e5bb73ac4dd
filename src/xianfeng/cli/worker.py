"""`xianfeng worker`: sends messages and keeps time, beside the process that serves pages."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Annotated

import typer

from xianfeng.cli.spoken import tell
from xianfeng.sentences import say

Once = Annotated[bool, typer.Option(help="做完现在该做的就结束")]


def register(app: typer.Typer) -> None:
    """Add this noun's command."""
    app.command("worker")(work)


def work(once: Once = False) -> None:
    """发送消息，到时办理该办的事；一直运行，按 Ctrl-C 结束。可以同时开几个。"""
    from django.utils import timezone

    from xianfeng.clockwork import worker

    if once:
        tell(say("做完 {n} 项。", n=worker.turn(worker.fresh_name(), now=timezone.now())))
        return
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    tell(say("后台工作已开始（按 Ctrl-C 结束）"))
    worker.run(stop, clock=timezone.now)
