"""`python -m xianfeng.cli.issuing`: what the issuer of ballots does, on its own machine with its own database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xianfeng import paths
from xianfeng.cli import apart
from xianfeng.cli.spoken import tell
from xianfeng.sentences import say

app = typer.Typer(no_args_is_help=True, help="领票处：核对票码，盲签选票")
Which = Annotated[str, typer.Argument(metavar="场次", help="场次文件的校验码，64位。")]
PollFile = Annotated[Path, typer.Argument(metavar="场次文件", help="封存的 poll.json。")]


@app.command("key")
def key(out: Annotated[Path, typer.Argument(metavar="文件", help="公钥写到这里，交给组织测评的单位。")]) -> None:
    """为一场测评新制一对签名密钥；私钥只在领票处。"""
    from xianfeng.ballots.issuing import keys

    paths.write_atomically(out, keys.make())


@app.command("printer-key")
def printer_key(out: Annotated[Path, typer.Argument(metavar="文件", help="交给印制票条的单位。")]) -> None:
    """写出票码的校验密钥，印制票条时要用。"""
    from xianfeng.ballots.issuing import keys

    paths.write_atomically(out, keys.under_codes(), mode=0o600)


@app.command("open")
def open_(poll: PollFile, digests: Annotated[Path, typer.Argument(metavar="票码文件")]) -> None:
    """开放一场测评的领票。"""
    from xianfeng.ballots import lists
    from xianfeng.ballots.issuing import actions

    opened = actions.open_poll(poll=lists.poll_file(poll), digests=digests.read_text(errors="replace").split())
    tell(say("已开放领票：{fingerprint}", fingerprint=opened.fingerprint))


@app.command("void")
def void(poll: Which, code: Annotated[str, typer.Argument(metavar="票码")]) -> None:
    """选民换了纸质票：作废他的票码。"""
    from xianfeng.ballots.issuing import actions

    actions.void(fingerprint=poll, code=code)


@app.command("close")
def close(
    poll: Which,
    out: Annotated[Path, typer.Argument(metavar="文件", help="领票数写到这里。")],
    used: Annotated[Path | None, typer.Option("--used", metavar="文件", help="用过的票码序号，只交监票人。")] = None,
) -> None:
    """结束领票，抹去先后次序，写出领票数。"""
    from xianfeng.ballots import lists
    from xianfeng.ballots.issuing import actions

    actions.close(fingerprint=poll)
    lists.write_issued(out, actions.counted(poll))
    if used is not None:
        actions.used(poll).write(used)


@app.command("destroy")
def destroy(poll: Which) -> None:
    """开票以后：销毁签名密钥和领票记录。"""
    from xianfeng.ballots.issuing import actions

    actions.destroy(fingerprint=poll)


if __name__ == "__main__":
    apart.run(app, "issuing")
