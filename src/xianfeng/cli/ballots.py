"""`xianfeng ballots`: what printer, observers and anybody who doubts a result do with a poll's files; no database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianfeng import paths
from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.sentences import say

if TYPE_CHECKING:
    from xianfeng.ballots.forms import Question
    from xianfeng.ballots.lists import Issued
    from xianfeng.ballots.protocol import Poll
    from xianfeng.ballots.recount import Recount

Folder = Annotated[Path, typer.Argument(metavar="文件夹", help="放着公布的文件：poll.json 等。")]
Processes = Annotated[int, typer.Option("--processes", metavar="个数", help="同时用几个处理器。", min=1)]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    ballots = typer.Typer(no_args_is_help=True, help="无记名测评：票码，开票，重新计票")
    ballots.command("observers")(observers)
    ballots.command("codes")(codes)
    ballots.command("slips")(slips)
    ballots.command("disputes")(disputes)
    ballots.command("open")(open_)
    ballots.command("calls")(calls)
    ballots.command("recount")(recount)
    app.add_typer(ballots, name="ballots")


def observers(folder: Annotated[Path, typer.Argument(metavar="文件夹", help="公钥和三份密钥写到这里。")]) -> None:
    """新制开票密钥，分给三位监票人，任意两份可以开票。印出后删去三份密钥的文件。"""
    from xianfeng.ballots import opening

    public, shares = opening.fresh()
    folder.mkdir(parents=True, exist_ok=True)
    paths.write_atomically(folder / "observers.pub", public)
    for share in shares:
        paths.write_atomically(folder / f"share-{share.place}.txt", share.text.encode(), mode=0o600)
    tell(say("已写出公钥和三份密钥：{folder}", folder=folder))


def codes(
    folder: Folder,
    key: Annotated[Path, typer.Option("--key", metavar="文件", help="领票处交来的校验密钥。")],
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="票码写到这里。")],
) -> None:
    """按封存的人数制作票码：codes.txt 印票条，印完删去；digests.txt 交领票处。"""
    from xianfeng.ballots import codes as made
    from xianfeng.ballots import lists

    poll, secret = lists.poll(folder), key.read_bytes()
    printed = made.numbered(poll.electors, poll=poll.fingerprint, key=secret)
    out.mkdir(parents=True, exist_ok=True)
    paths.write_atomically(out / "codes.txt", "\n".join(printed.values()).encode(), mode=0o600)
    paths.write_atomically(out / "digests.txt", "\n".join(printed).encode())
    tell(say("已制作票码{n}个。", n=len(printed)))


def slips(
    folder: Folder,
    codes: Annotated[Path, typer.Option("--codes", metavar="文件", help="制作好的票码 codes.txt。")],
    site: Annotated[str, typer.Option("--site", metavar="网址", help="投票网页的网址。")],
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="票条写到这里，印完删去。")],
) -> None:
    """排出票条：一人一条，印票码、校验码和二维码，裁开打乱后发放。"""
    from xianfeng.ballots import lists
    from xianfeng.web import voting

    printed = codes.read_text().split()
    voting.write_slips(voting.Slips(lists.poll(folder), printed, site), out)
    tell(say("已排出票条{n}张：{file}", n=len(printed), file=out / "slips.html"))


def disputes(
    folder: Folder,
    used: Annotated[Path, typer.Option("--used", metavar="文件", help="领票处交监票人的、用过的票码序号。")],
    issuing: Annotated[Path, typer.Option("--issuing", metavar="文件", help="领票处的领票数。")],
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="要核实的序号写到这里，交打电话的人。")],
) -> None:
    """开票以前：写出要打电话核实的票码序号，反映被别人用了的、没人反映的和没用过的混在一起，只问投没投。"""
    from xianfeng.ballots import calls as drawing
    from xianfeng.ballots import lists

    poll = lists.poll(folder)
    drawn = drawing.disputed(poll, used, issued=lists.issued(issuing, poll))
    paths.write_atomically(out, "\n".join(map(str, drawn.numbers)).encode(), mode=0o600)
    tell(say("要核实{n}个序号：{file}", n=len(drawn.numbers), file=out))
    if drawn.is_told_apart:
        tell(say("能混在里面的别的序号只有{n}个：打电话的人猜得出是谁反映的。", n=len(drawn.others.numbers)))


def open_(
    folder: Folder,
    *,
    sealed: Annotated[Path, typer.Option("--from", metavar="文件夹", help="票箱移交的文件；文字意见也写到这里。")],
    share: Annotated[list[Path], typer.Option("--share", metavar="文件", help="监票人的一份密钥；要两份。")],
    issuing: Annotated[Path, typer.Option("--issuing", metavar="文件", help="领票处的领票数。")],
    used: Annotated[
        Path | None, typer.Option("--used", metavar="文件", help="反映超过规定、要核实的：用过的票码序号。")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", metavar="文件", help="同上：打电话的结果，一行写序号和是、否或未通。")
    ] = None,
    processes: Processes = 1,
) -> None:
    """开票：两位监票人打开票箱移交的票，写出清单B和各项数目。"""
    from xianfeng.ballots import lists, observing
    from xianfeng.ballots.opening import Opener, Share

    if len(share) != 2:
        raise Problem("ballots.shares", "开票要两份密钥。", hint="写两次 --share，每次一份。")
    poll = lists.poll(folder)
    signed = lists.issued(issuing, poll)
    refuted = _refuted(poll, signed, used, answers)
    one, other = (Share.read(path.read_text(errors="replace")) for path in share)
    ballots = observing.handed_over(folder, sealed, processes=processes)
    opened = observing.open_all(poll, ballots, Opener(one, other, public=poll.observers))
    shown = observing.publish(folder, sealed, issued=signed, opened=opened, refuted=refuted)
    tell(say("有效票{valid}张，无效票{void}张。", valid=opened.valid, void=opened.void))
    if poll.annuls(used=signed.signed, disputed=signed.disputed - refuted):
        tell(say("反映票码被别人用了的超过规定，本场作废，不公布各项结果。"))
    elif shown is None:
        tell(say("人数不足，按规定不公布各项结果。"))


def _refuted(poll: Poll, signed: Issued, used: Path | None, answers: Path | None) -> int:
    """How many of the disputes that would annul fall, once their electors were called; 0 where nobody is called."""
    from xianfeng.ballots import calls as drawing

    if not poll.calls or not poll.annuls(used=signed.signed, disputed=signed.disputed):
        return 0
    if used is None or answers is None:
        hint = say("先用 xianfeng ballots disputes 写出序号，打电话问投没投，开票时写上 --used 和 --answers。")
        raise Problem("ballots.disputes_uncalled", "反映票码被别人用了的超过规定，还没有打电话核实。", hint=hint)
    drawn = drawing.disputed(poll, used, issued=signed)
    heard = drawing.heard_of(drawn, drawing.heard(answers))
    refuted = heard.disputed.confirmed
    tell(say("反映的{n}个里{refuted}个说自己投了，不再计入。", n=heard.disputed.called, refuted=refuted))
    if heard.unused.denied:
        numbers = {"n": heard.unused.called, "denied": heard.unused.denied}
        tell(say("没用过的{n}个里有{denied}个也说投了：电话结果可能不实，请监票人查清。", **numbers))
    if heard.used.denied:
        numbers = {"n": heard.used.called, "denied": heard.used.denied}
        tell(say("用过、没人反映的{n}个里有{denied}个说没投：票码可能被别人用了，请监票人查清。", **numbers))
    return refuted


def calls(
    folder: Folder,
    used: Annotated[Path, typer.Option("--used", metavar="文件", help="领票处交监票人的、用过的票码序号。")],
    value: Annotated[str, typer.Option("--value", metavar="数", help="约定的、已经公布的数。")],
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="抽中的序号写到这里，交打电话的人。")],
    answers: Annotated[
        Path | None, typer.Option("--answers", metavar="文件", help="打电话的结果：一行写序号和是、否或未通。")
    ] = None,
) -> None:
    """抽取要回访的票码序号，一半用过、一半没用过，混在一起；打完以后核对，得出可以公布的数。"""
    from xianfeng.ballots import calls as drawing

    drawn = drawing.drawn(folder, used, value=value)
    paths.write_atomically(out, "\n".join(map(str, drawn.numbers)).encode(), mode=0o600)
    tell(say("抽中{n}个序号：{file}", n=len(drawn.numbers), file=out))
    if answers is None:
        return
    of_used, of_unused = drawing.outcomes(drawn, drawing.heard(answers))
    for told, one in ((say("票码用过的"), of_used), (say("票码没用过的"), of_unused)):
        n = {"confirmed": one.confirmed, "denied": one.denied, "unreached": one.unreached}
        tell(say("{told}：相符{confirmed}人，不符{denied}人，没打通{unreached}人。", told=told, **n))


def recount(folder: Folder, processes: Processes = 1) -> None:
    """只凭公布的文件重新计票：验每张票的签名，逐项加总。"""
    from xianfeng.ballots import lists
    from xianfeng.ballots.recount import recount as counted

    poll, found = lists.poll(folder), counted(folder, processes=processes)
    tell(say("{title}：{n}张票。", title=poll.title, n=found.ballots))
    for question in poll.form.counted:
        _tell_answers(question, found)
    if found.is_annulled:
        tell(say("反映票码被别人用了的超过规定，本场作废，不公布各项结果。"))
    for fault in found.faults:
        tell(fault, err=True)
    if not found.stands:
        raise typer.Exit(1)
    tell(say("签名全部成立，各项数目相符。"))
    tell(say("公布文件的校验码：{hash}", hash=lists.hash_of(folder, lists.COUNTS)))


def _tell_answers(question: Question, found: Recount) -> None:
    tally, nearly_all = found.tallies.get(question.name), found.bands.get(question.name)
    if tally is not None or nearly_all is not None:
        tell(f"  {question.title}")
    if nearly_all is not None:
        tell(say("    九成以上：{answer}", answer=nearly_all or say("未选")))
    elif tally is not None:
        for answer in (*question.choices, ""):
            tell(say("    {answer}：{n}", answer=answer or say("未选"), n=tally.get(answer, 0)))
