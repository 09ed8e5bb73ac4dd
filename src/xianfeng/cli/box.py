"""`python -m xianfeng.cli.box`: what the keeper of the ballot box does, on its own machine with its own database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xianfeng.cli import apart
from xianfeng.cli.spoken import tell
from xianfeng.sentences import say

app = typer.Typer(no_args_is_help=True, help="票箱：收票，关箱，移交监票人")
Which = Annotated[str, typer.Argument(metavar="场次", help="场次文件的校验码，64位。")]


@app.command("open")
def open_(poll: Annotated[Path, typer.Argument(metavar="场次文件", help="封存的 poll.json。")]) -> None:
    """开放一场测评的投票。"""
    from xianfeng.ballots import lists
    from xianfeng.ballots.box import actions, keys

    opened = actions.open_poll(poll=lists.poll_file(poll))
    tell(say("已开放投票：{fingerprint}", fingerprint=opened.fingerprint))
    tell(say("回执的公钥：{key}", key=keys.public().hex()))


@app.command("close")
def close(
    poll: Which,
    folder: Annotated[Path, typer.Argument(metavar="公布文件夹", help="清单A写到这里。")],
    observers: Annotated[Path, typer.Argument(metavar="移交文件夹", help="交给监票人的文件写到这里，不公布。")],
) -> None:
    """关箱，抹去先后次序，写出清单A和移交监票人的文件；中断了再执行一次。"""
    from xianfeng.ballots import lists
    from xianfeng.ballots.box import actions

    actions.close(fingerprint=poll)
    hash_ = lists.write_ballots(folder, actions.lines(poll))
    lists.write_sealed(observers, actions.sealed(poll))
    taken = actions.counted(poll, list_a=hash_)
    lists.write_taken(observers, taken)
    tell(say("关箱：{n}张票，清单A的校验码{hash}", n=taken.cast, hash=hash_))


@app.command("destroy")
def destroy(poll: Which) -> None:
    """开票以后：销毁箱里的票面内容，只留清单A。"""
    from xianfeng.ballots.box import actions

    actions.destroy(fingerprint=poll)


if __name__ == "__main__":
    apart.run(app, "box")
