"""`xianfeng evaluations`: a frozen round online, from its polls to what anybody can count again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianfeng.cli import acting
from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.sentences import say

if TYPE_CHECKING:
    from xianfeng.log.actors import Actor

Number = Annotated[int, typer.Argument(metavar="评议", help="一轮评议的编号。")]
Electorate = Annotated[int, typer.Option("--electorate", metavar="序号", help="封存名单上的第几组参评人员。")]
Folder = Annotated[Path, typer.Argument(metavar="文件夹", help="放着场次文件和公布的文件。")]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    evaluations = typer.Typer(no_args_is_help=True, help="群众评议：开设网上投票，取回结果")
    evaluations.command("poll")(poll)
    evaluations.command("page")(page)
    evaluations.command("take")(take)
    evaluations.command("rehearse")(rehearse)
    app.add_typer(evaluations, name="evaluations")


def poll(
    number: Number,
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="场次文件 poll.json 写到这里。")],
    *,
    electorate: Electorate = 1,
    key: Annotated[Path, typer.Option("--key", metavar="文件", help="领票处为这一场新制的公钥。")],
    observers: Annotated[Path, typer.Option("--observers", metavar="文件", help="监票人的开票公钥。")],
) -> None:
    """按封存的名单和题目写出一场网上投票的场次文件，校验码记入并封存。"""
    from xianfeng.ballots import lists
    from xianfeng.evaluations import polls

    made = polls.make(
        number=number,
        electorate=electorate,
        key=key.read_bytes(),
        observers=observers.read_bytes(),
        by=_office(number),
    )
    lists.write_poll(folder, made)
    tell(say("{title}：{n}人，场次校验码{hash}", title=made.title, n=made.electors, hash=made.fingerprint))


def page(
    number: Number,
    folder: Folder,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="网页写到这里。")],
    issuing: Annotated[str, typer.Option("--issuing", metavar="网址", help="领票处的网址。")],
    box: Annotated[str, typer.Option("--box", metavar="网址", help="票箱的网址。")],
    site: Annotated[str, typer.Option("--site", metavar="网址", help="网页放在哪里，评议票上的二维码引到那里。")] = "",
    delay: Annotated[int, typer.Option("--delay", metavar="秒", help="投出前最多随机等几秒。", min=0)] = 30,
) -> None:
    """写出投票的网页，校验码记入并封存；在印票条以前做。"""
    from xianfeng.ballots import lists
    from xianfeng.evaluations import polls
    from xianfeng.web import voters, voting

    made = lists.poll(folder)
    told = polls.Site(issuing=issuing.rstrip("/"), box=box.rstrip("/"), delay=delay, address=site)
    files = voters.files(made, told)
    sealed = polls.SealedPage(made, told, voting.digest(files))
    voting.write(files, out)
    polls.seal_pages([sealed], number=number, by=_office(number))
    tell(say("网页的校验码：{hash}", hash=sealed.digest))


def take(
    number: Number,
    folder: Folder,
    processes: Annotated[int, typer.Option("--processes", metavar="个数", help="同时用几个处理器。", min=1)] = 1,
) -> None:
    """从公布的文件取回一场网上投票的结果：重新计票成立才采用，校验码记入并封存。"""
    from xianfeng.evaluations import polls

    taken = polls.take(number=number, folder=folder, by=_office(number), processes=processes)
    tell(say("重新计票成立：投票{cast}张，无效{invalid}张。", cast=taken.cast, invalid=taken.invalid))
    if taken.counts is None:
        tell(say("人数不足，按规定不公布各项结果。"))


def rehearse(
    number: Number,
    *,
    electorate: Electorate = 1,
    port: Annotated[int, typer.Option(help="本机端口", min=1024, max=65_535)] = 8010,
    finish: Annotated[bool, typer.Option("--finish", help="关箱、开票、取回结果。")] = False,
) -> None:
    """在本机演示一场网上投票：领票处和票箱是同一个程序，只供观看，正式测评由两个单位分开管。"""
    from xianfeng.cli import rehearsing

    if finish:
        take(number, rehearsing.finish(number, electorate))
        return
    address = f"http://{rehearsing.HOST}:{port}"
    home = rehearsing.prepare(number, electorate, address=address, by=_office(number))
    tell(say("票条：{file}", file=home / "slips" / "slips.html"))
    tell(say("投票网页：{address}（按 Ctrl-C 结束）", address=address))
    rehearsing.serve(number, electorate, port)


def _office(number: int) -> Actor:
    from xianfeng.evaluations.models import EvaluationRound
    from xianfeng.ledger import versions

    found = EvaluationRound.objects.filter(id=number).first()
    if found is None:
        raise Problem("evaluations.no_round", say("没有第{number}号评议。", number=number), hint="请核对编号。")
    return acting.office(versions.current(found.scheme))
