"""`xianfeng demo`: the demonstration, from an empty folder to pages that open every figure."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path
from typing import Annotated
from urllib.request import urlopen

import typer

from xianfeng import paths
from xianfeng.cli import here
from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.sentences import say, translated
from xianfeng.web.headers import INSTALLATION

HOST = "127.0.0.1"  # loopback only: synthetic records are for looking at, not for publishing
LAST_PORT = 65_535

demo = typer.Typer(help="演示：模拟记录、简报和阅读页面", invoke_without_command=True)

Out = Annotated[Path, typer.Option(help="写出简报的文件夹")]
Port = Annotated[int, typer.Option(help="本机端口", min=1024, max=LAST_PORT)]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    app.add_typer(demo, name="demo")


@demo.callback()
def both(context: typer.Context, out: Out = paths.PROJECT / "out", port: Port = 8000) -> None:
    """准备演示并打开阅读页面；可以重复运行。"""
    context.default_map = {"prepare": {"out": out, "port": port}, "serve": {"port": port}}
    if context.invoked_subcommand is None:
        _refuse_strangers(port)
        prepare(out, port)
        serve(port)


@demo.command()
def prepare(out: Out = paths.PROJECT / "out", port: Port = 8000) -> None:
    """导入区划、载入活动、登记模拟记录、定稿简报并写出；做过的不再做。"""
    from xianfeng.demo import lock
    from xianfeng.demo import prepare as steps

    start = time.monotonic()

    def step(line: str) -> None:
        typer.echo(f"{time.monotonic() - start:6.1f}s  {translated(line)}")

    def waiting(holder: str) -> None:
        step(say("另一个演示准备正在进行（进程 {holder}），等它完成 …", holder=holder))

    with lock.turn(paths.data() / "demo.lock", waiting=waiting):
        closings = steps.prepare(tell=step)
        for path in steps.exports(closings, out, site=_address(port)):
            step(say("写出 {path}", path=here.short(path)))
    step(say("演示已准备好；记录全部是模拟的。核对：{command} acceptance", command=here.command()))


@demo.command()
def serve(port: Port = 8000) -> None:
    """在本机打开阅读页面；已经开着时告诉地址。"""
    address = _address(port)
    _refuse_strangers(port)
    _tell_accounts(address)
    if _taken(port):
        tell(say("阅读页面已经开着：{address}", address=address))
        return
    _tell_rehearsal()
    tell(say("阅读页面：{address}（按 Ctrl-C 结束）", address=address))
    sys.stdout.flush()
    command = [sys.executable, "-m", "gunicorn", "xianfeng.config.wsgi:application"]
    options = [
        "--bind",
        f"{HOST}:{port}",
        "--workers",
        "1",
        "--threads",
        "4",
        "--timeout",
        "120",
        "--limit-request-line",
        "8190",
        "--log-level",
        "warning",
    ]
    # The process becomes the server: what preparing held in memory is given back.
    os.execv(sys.executable, [*command, *options])  # noqa: S606 - fixed command


def _tell_accounts(address: str) -> None:
    """One account for each kind of visitor; who reads without signing in sees everything, for nothing is real."""
    from xianfeng.demo import visitors

    doors = visitors.known()
    if not doors:
        return
    tell(say("演示账号（仅供演示，只能在本机登录：{address}/account/sign-in）", address=address))
    for door in doors:
        typer.echo(f"  {door.username:<10} {door.password:<14} {door.title}　{door.at}")


def _tell_rehearsal() -> None:
    """Another program, for neither issuer nor box is part of the house."""
    from xianfeng.demo import evaluating

    if number := evaluating.ready():
        tell(
            say(
                "网上投票的演示，另开一个窗口：{command} evaluations rehearse {number}",
                command=here.command(),
                number=number,
            )
        )


def _address(port: int) -> str:
    return f"http://{HOST}:{port}"


def _refuse_strangers(port: int) -> None:
    """Before minutes of preparing: whoever listens on the port must be this installation's demonstration."""
    if _taken(port) and not _ours(_address(port)):
        free = next((other for other in range(port + 1, min(port + 50, LAST_PORT + 1)) if not _taken(other)), 0)
        hint = (
            say("换一个：{command}", command=f"{here.command()} demo --port {free}")
            if free
            else say("换一个端口：--port。")
        )
        raise Problem("demo.port", say("端口 {port} 已被别的程序占用。", port=port), hint=hint)


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _ours(address: str) -> bool:
    """Whether what answers serves this installation's demonstration, not another program's or another checkout's."""
    try:
        with urlopen(address, timeout=30) as answer:  # noqa: S310 - loopback
            return bool(answer.headers.get(INSTALLATION) == paths.installation())
    except OSError:
        return False
