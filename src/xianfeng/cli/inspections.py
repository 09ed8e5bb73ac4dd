"""`xianfeng inspections`: a draw's files, for which nobody needs a database, and orders on paper."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from xianfeng import lots, paths
from xianfeng.cli.spoken import tell
from xianfeng.inspections import outcome
from xianfeng.inspections.frame import Frame, unreadable
from xianfeng.problems import Problem
from xianfeng.scheme import expressions
from xianfeng.scheme.build import names
from xianfeng.scheme.inspecting import Inspection, Inspectors, Size, Stratum
from xianfeng.sentences import say

_DAYS = ["%Y-%m-%d"]
FrameFile = Annotated[Path, typer.Argument(metavar="名册", help="督查名册的文件（JSON）。")]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    inspections = typer.Typer(no_args_is_help=True, help="督查：密数，封存名册，抽取，核对，通知书")
    inspections.command("secret")(secret)
    inspections.command("frame")(frame)
    inspections.command("seal")(seal)
    inspections.command("draw")(draw_)
    inspections.command("check")(check)
    inspections.command("order")(order)
    app.add_typer(inspections, name="inspections")


def secret(file: Annotated[Path, typer.Argument(metavar="文件", help="密数写到这里；已有的不改。")]) -> None:
    """新制密数。封存值写进名册，密数本身在督查结束前不得示人。"""
    kept = paths.write_once(file, lots.fresh().hex().encode())
    tell(say("写进名册的封存值：{commitment}", commitment=lots.commitment(_secret(kept))))


def frame(
    out: Annotated[Path, typer.Argument(metavar="名册", help="名册写到这里。")],
    *,
    under: Annotated[str, typer.Option("--under", metavar="代码", help="督查哪个组织以下的单位。")],
    strata: Annotated[
        list[str], typer.Option("--draw", metavar="层=个数", help="如 village=4：类别或级别；可以重复。")
    ],
    inspector: Annotated[list[str], typer.Option("--inspector", metavar="代码", help="督查人员；可以重复。")],
    title: Annotated[str, typer.Option("--title", metavar="名称", help="督查的名称。")],
    approval: Annotated[str, typer.Option("--approval", metavar="文号", help="督查计划的批准文号。")],
    secret: Annotated[Path, typer.Option("--secret", metavar="文件", help="密数。")],
    value: Annotated[str, typer.Option("--value", metavar="说明", help="用哪个将来公布的数，怎么写。")],
    known: Annotated[dt.datetime, typer.Option("--known", formats=_DAYS, metavar="日期", help="那个数哪天产生。")],
    since: Annotated[
        dt.datetime, typer.Option("--since", formats=_DAYS, metavar="日期", help="这天起督查过的不再抽。")
    ],
    visits: Annotated[
        str, typer.Option("--visits", metavar="台账", help="以往督查记在哪个台账，如 inspection_visit。")
    ],
    each: Annotated[int, typer.Option("--each", metavar="人数", help="每个单位去几个人。")] = 2,
) -> None:
    """按组织库和以往的督查记录写出名册：各层的单位、上次督查的日期、督查人员该回避的单位。"""
    from xianfeng.inspections.listing import Listing
    from xianfeng.inspections.strata import sizes
    from xianfeng.registry import tree

    today = timezone.localdate()
    lots.refuse_known(known.date(), today=today)
    root = tree.by_code(under, today)
    if root is None:
        raise Problem("inspections.no_organisation", say("没有代码是{code}的组织。", code=under), hint="请核对代码。")
    drawn = [_stratum(written) for written in strata]
    rule = Inspection(
        name="", title=title, kind=visits, strata={one.name: one for one in drawn}, inspectors=Inspectors(each=each)
    )
    listing = Listing(root.id, today)
    found = listing.organisations(rule, visits)
    made = Frame(
        title=title,
        approval=approval,
        commitment=lots.commitment(_secret(secret.read_bytes())),
        value=value,
        known=known.date(),
        since=since.date(),
        each=each,
        strata=sizes(rule, found.units, since=since.date()),
        units=found.units,
        inspectors=tuple(listing.inspectors(inspector, rule, found)),
    )
    paths.write_atomically(out, made.text.encode())
    tell(say("名册列入{n}个单位。", n=len(found.units)))


def seal(file: FrameFile) -> None:
    """核对名册，给出封存的校验码；在公布的数产生以前登记、张贴。"""
    frame = Frame.read(_text(file))
    for flaw in frame.flaws:
        tell(flaw, err=True)
    if frame.flaws:
        raise typer.Exit(1)
    if not frame.by_hand:
        lots.refuse_known(frame.known, today=timezone.localdate())
    for stratum in frame.strata:
        found = say(
            "{stratum}：从{of}个中抽{size}个，近期督查过不再抽的{recent}个。",
            stratum=stratum.name,
            of=len(frame.eligible(stratum.name)),
            size=stratum.size,
            recent=len(frame.excluded(stratum.name)),
        )
        tell(found)
    tell(say("公布的数：{value}，{known}产生。", value=frame.value, known=frame.known))
    tell(say("封存的校验码：{hash}", hash=frame.fingerprint.hex()))


def draw_(
    file: FrameFile,
    secret: Annotated[Path, typer.Option("--secret", metavar="文件", help="封存时的密数。")],
    value: Annotated[str, typer.Option("--value", metavar="数", help="公布的数，照名册写明的写法。")],
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="抽取结果写到这里，督查结束后公布。")],
) -> None:
    """抽取督查对象和督查人员。结果含密数，督查结束前不得示人。"""
    frame = Frame.read(_text(file))
    lots.refuse_early(frame.known, today=timezone.localdate())
    made = outcome.make(frame, secret=_secret(secret.read_bytes()), value=value)
    paths.write_atomically(out, made.text.encode(), mode=0o600)
    tell(say("已抽取{n}个单位。", n=len(made.visits)))


def check(
    file: Annotated[Path, typer.Argument(metavar="结果", help="公布的抽取结果（JSON）。")],
    fingerprint: Annotated[str, typer.Option("--sealed", metavar="校验码", help="抽取以前公布的封存校验码。")],
) -> None:
    """凭公布的文件重新抽取一遍，核对名册、密数和结果有没有改动。"""
    published = outcome.Outcome.read(_text(file))
    faults = outcome.faults(published, fingerprint=fingerprint)
    for fault in faults:
        tell(fault, err=True)
    if faults:
        raise typer.Exit(1)
    frame = published.frame
    tell(say("{title}（{approval}）：重新抽取，结果相同。", title=frame.title, approval=frame.approval))
    tell(say("请再与公布处核对：{value}是“{found}”。", value=frame.value, found=published.value))
    units = {unit.code: unit.title for unit in frame.units}
    inspectors = {inspector.code: inspector.title for inspector in frame.inspectors}
    for visit in published.visits:
        tell(f"  {units[visit.unit]}\t{'、'.join(inspectors[code] for code in visit.inspectors)}")


def order(
    number: Annotated[int, typer.Argument(metavar="编号", help="整改等要对方办理的记录的编号。")],
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="写到这里，.docx 或 .pdf。")],
) -> None:
    """把要对方办理的记录印成通知书，内容以下达时为准。"""
    from xianfeng import papers
    from xianfeng.inspections.orders import dispatch
    from xianfeng.ledger.models import Record

    suffix = out.suffix.removeprefix(".").lower()
    if suffix not in ("docx", "pdf"):
        raise Problem("inspections.suffix", "通知书只能写成 .docx 或 .pdf。", hint="改一改文件名的后缀。")
    record = Record.objects.filter(id=number).first()
    if record is None:
        raise Problem("inspections.no_record", say("没有第{number}号记录。", number=number), hint="请核对编号。")
    paths.write_atomically(out, papers.written(dispatch(record), suffix))
    tell(say("已写出：{file}", file=out))


def _stratum(written: str) -> Stratum:
    name, _, size = written.partition("=")
    if not size.isdecimal():
        message = say("“{written}”看不出哪一层抽几个。", written=written)
        raise Problem("inspections.stratum", message, hint="写成 village=4 这样。")
    where = expressions.parse(f"category == {name!r} or level == {name!r}", names.ORGANISATION)
    return Stratum(name=name, title=name, size=Size(number=int(size)), where=where)


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except UnicodeDecodeError as error:
        raise unreadable() from error


def _secret(written: bytes) -> bytes:
    try:
        return bytes.fromhex(written.decode())
    except ValueError as error:
        raise unreadable() from error
