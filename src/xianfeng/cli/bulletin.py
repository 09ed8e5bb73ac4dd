"""`xianfeng bulletin …`: compose, close, verify, correct and export bulletins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianfeng import paths
from xianfeng.cli import acting
from xianfeng.cli.spoken import tell
from xianfeng.sentences import say, together

if TYPE_CHECKING:
    from xianfeng.bulletins.corrections import Correction
    from xianfeng.bulletins.models import Closing
    from xianfeng.scheme.nodes import Bulletin
    from xianfeng.scheme.nodes import Scheme as Version

SCHEMES = paths.PROJECT / "schemes"
_SHOWN = 20
_SHORT = 12  # characters of a version

bulletin = typer.Typer(no_args_is_help=True, help="简报：成稿、定稿、核对、更正、导出。")

Scheme = Annotated[str, typer.Argument(help="活动名，如 fuzhou-2010")]
Name = Annotated[str, typer.Argument(help="简报在活动方案里的名称，如 no98")]
Whose = Annotated[str, typer.Argument(metavar="SCHEME", help="活动名；没有别的简报重名时可以省略，只写 NAME")]
Closed = Annotated[str, typer.Argument(metavar="NAME", help="已定稿的简报：名称或期号")]
Site = Annotated[
    str, typer.Option(help="网站地址，导出的网页从这里打开数据，如 http://127.0.0.1:8000；不写则网页里的数据没有链接")
]


def register(app: typer.Typer) -> None:
    app.add_typer(bulletin, name="bulletin")


@bulletin.command("compose")
def compose(
    scheme: Scheme,
    name: Name,
    out: Annotated[Path | None, typer.Option(help="写出文件的文件夹；不写则只检查并列出数据")] = None,
    as_of: Annotated[int | None, typer.Option(help="截止到第几条办理记录；不写则到最后一条")] = None,
    site: Site = "",
) -> None:
    """成稿（不定稿）：取数、检查每个数字都有出处。"""
    from xianfeng.bulletins import export
    from xianfeng.bulletins.compose import compose as make
    from xianfeng.bulletins.wording import wording

    made = make(scheme, name, as_of=as_of)
    for source in made.document.sources:
        about = wording(source, made.scheme)
        tell(together((f"{source.text:>12}", about.title, about.line), by="　"))
    version = made.scheme.hash[:_SHORT]
    tell(say("{title}（{name}），方案版本 {version}", title=made.scheme.title, name=made.scheme.name, version=version))
    counted = say(
        "{figures}项数据、{notes}处文稿数字，截止到第{as_of}条办理记录。",
        figures=len(made.document.sources),
        notes=len(made.notes),
        as_of=made.as_of,
    )
    tell(counted)
    for path in export.write(made.document, made.scheme, out, name, site=site) if out else ():
        typer.echo(str(path))
    _remind(made.scheme)


@bulletin.command("close")
def close(
    scheme: Scheme,
    name: Name,
    if_open: Annotated[bool, typer.Option("--if-open", help="已经定稿时不报错，显示原来的定稿")] = False,
) -> None:
    """锁数定稿：记下截止的办理记录、每个数据和校验码，从此不改。"""
    from xianfeng.bulletins.closing import close as lock
    from xianfeng.bulletins.compose import compose as make

    made = make(scheme, name)
    tell(_told(lock(made, by=acting.office(made.scheme), if_open=if_open)))


@bulletin.command("verify")
def verify(scheme: Whose, name: Closed = "") -> None:
    """按定稿时的模板、方案和办理记录重新成稿，逐项核对。有不符时退出码为1。"""
    from xianfeng.bulletins.corrections import corrected
    from xianfeng.bulletins.verifying import verify as check

    found = check(_closed(scheme, name))
    for fault in found.faults:
        typer.echo(f"✗ {fault}", err=True)
    outcome = say("全部相符") if found.stands else say("{n}处不符", n=len(found.faults))
    number = found.closing.number
    tell(say("第{number}期，{n}项数据重新计算：{outcome}。", number=number, n=found.figures, outcome=outcome))
    if found.stands and (since := corrected(found.closing)):
        command = f"xianfeng bulletin corrections {found.closing.scheme.name} {found.closing.bulletin}"
        tell(say("定稿后另有{n}项更正：{command}", n=since, command=command))
    raise typer.Exit(0 if found.stands else 1)


@bulletin.command("corrections")
def corrections(scheme: Whose = "", name: Closed = "") -> None:
    """列出今天会与定稿不同的数据，以及哪些记录变了；不写简报则看全部定稿。"""
    from xianfeng.bulletins.corrections import corrections as compare
    from xianfeng.bulletins.models import Closing

    for closing in [_closed(scheme, name)] if scheme else Closing.objects.order_by("id"):
        found = compare(closing)
        told = say("{n}项更正", n=len(found)) if found else say("没有更正")
        tell(say("第{number}期：{told}。", number=closing.number, told=told))
        for item in found:
            _tell_correction(item)


def _tell_correction(item: Correction) -> None:
    told = say(
        "  {title}（{period}）：印为{printed}，现为{now}",
        title=item.wording.title,
        period=item.wording.period,
        printed=item.source.text,
        now=item.text,
    )
    tell(told)
    for change in item.changes[:_SHOWN]:
        entries = together(map(str, change.entries), by="、")
        tell(say("    记录{record}：办理记录第{entries}条", record=change.record, entries=entries))


@bulletin.command("export")
def export(
    scheme: Whose,
    name: Closed = "",
    out: Annotated[Path, typer.Option(help="写出文件的文件夹")] = Path("out"),
    site: Site = "",
) -> None:
    """导出定稿：网页、DOCX、PDF，各附数据来源单。"""
    from xianfeng.bulletins import export as exports
    from xianfeng.bulletins.closing import document_of, scheme_of

    closing = _closed(scheme, name)
    version = scheme_of(closing)
    for path in exports.write(document_of(closing), version, out, f"{version.name}-{closing.bulletin}", site=site):
        typer.echo(str(path))
    if not site:
        tell(say("网页里的数据没有链接。要能点开，写明网站地址：--site http://127.0.0.1:8000"))


@bulletin.command("list")
def list_() -> None:
    """列出各活动方案里的简报，和已经定稿的期号。"""
    from xianfeng.bulletins.closing import latest
    from xianfeng.bulletins.models import Closing
    from xianfeng.ledger import versions

    for scheme in versions.names():
        for item in versions.current(scheme).bulletins.values():
            closing = latest(scheme, item.name)
            state = say("已定稿，截止到第{as_of}条", as_of=closing.as_of) if closing else say("未定稿")
            tell(together((scheme, item.name, _issue(item), str(item.issued), state), by="　"))
        for row in Closing.objects.filter(scheme__name=scheme).exclude(content="").order_by("id"):
            state = say("已定稿，截止到第{as_of}条", as_of=row.as_of)
            tell(together((scheme, row.bulletin, _issue(row), str(row.issued), state), by="　"))


def _issue(item: Bulletin | Closing) -> str:
    return say("{series}第{number}期", series=item.series, number=item.number)


def _remind(version: Version) -> None:
    """Whoever has edited the scheme or the template on disk and not adopted it wonders why nothing has changed."""
    from xianfeng.scheme import loader

    folder = SCHEMES / version.name
    if folder.is_dir() and loader.address(loader.package(folder)) != version.hash:
        tell(say("注意：{folder} 里的文件与载入的版本不同，成稿没有用它们。", folder=folder), err=True)
        tell(say("要按文件成稿，先载入：xianfeng scheme adopt {folder}", folder=folder), err=True)


def _closed(first: str, second: str) -> Closing:
    """The closing that SCHEME NAME or NAME alone means."""
    from xianfeng.bulletins.closing import find

    return find(second, scheme=first) if second else find(first)


def _told(closing: Closing) -> str:
    return say(
        "{issue}已定稿，截止到第{as_of}条办理记录，定稿记录为第{seq}条。\n校验码（第1—{sealed}条）{root}",
        issue=_issue(closing),
        as_of=closing.as_of,
        seq=closing.id,
        sealed=closing.sealed,
        root=closing.root,
    )
